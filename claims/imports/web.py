"""Addresses of documents, so that one document is known again however its address was copied. Pure."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 500
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|dclid|mc_cid|mc_eid|igshid|cmpid|ns_\w+|at_\w+")
BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?(?:/\S*)?", re.IGNORECASE)
HOST = re.compile(r"(?:[^\s./]+\.)+[^\s./]{2,}")


def tidy(typed: str) -> str:
    """An address without what was added to follow readers. Raises ValueError, in words, where it is none."""
    typed = typed.strip().strip("<>")
    if BARE.fullmatch(typed):
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise ValueError("it is no address of a page") from None
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(host) or re.search(r"\s", typed):
        raise ValueError("it is no address of a page; write it as https://example.org/page")
    if parts.username or parts.password:
        raise ValueError("an address holds no name and password")
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    found = urlunsplit(SplitResult(parts.scheme, place, parts.path or "/", _query(parts.query), ""))
    if len(found) > LONGEST:
        raise ValueError(f"an address has at most {LONGEST} characters")
    return found


def key(url: str) -> str:
    """What is the same for all ways in which an address is copied."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    query = f"?{_query(parts.query)}" if parts.query else ""
    return f"{host(url)}{path}{query}"


def host(url: str) -> str:
    """The host of an address, without “www.”."""
    try:
        found = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return found.lower().removeprefix("www.").removeprefix("m.")


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name.lower())]
    return query if kept == pairs else urlencode(kept)

"""Addresses of documents as people write them. Which are of one document is decided in ``claims.capture``."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from claims.capture import address_key, without_tracking

LONGEST = 500
BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?(?:/\S*)?", re.IGNORECASE)
HOST = re.compile(r"(?:[^\s./]+\.)+[^\s./]{2,}")


def tidy(typed: str) -> str:
    """An address without what was added to follow readers. Raises ValueError, in words, where it is none."""
    typed = typed.strip().strip("<>")
    if BARE.fullmatch(typed):
        typed = f"https://{typed}"
    try:
        parts = urlsplit(without_tracking(typed))
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise ValueError("it is no address of a page") from None
    if not (address_key(typed) and HOST.fullmatch(host)) or re.search(r"\s", typed):
        raise ValueError("it is no address of a page; write it as https://example.org/page")
    if parts.username or parts.password:
        raise ValueError("an address holds no name and password")
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    found = urlunsplit(SplitResult(parts.scheme, place, parts.path or "/", parts.query, parts.fragment))
    if len(found) > LONGEST:
        raise ValueError(f"an address has at most {LONGEST} characters")
    return found


def key(typed: str) -> str:
    """What is the same for all ways in which an address is copied; "" for what is none."""
    try:
        return address_key(tidy(typed))
    except ValueError:
        return ""


def host(url: str) -> str:
    """The host of an address, without “www.”."""
    try:
        found = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return found.lower().removeprefix("www.").removeprefix("m.")

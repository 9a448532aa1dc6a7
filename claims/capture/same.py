"""Whether a document is on file already: by its address in any spelling, or by its very words.

Addresses are held to be the same where they differ in what leads to another page on hardly any site: the scheme,
``www.``, a slash at the end, the fragment, how characters are escaped, and parameters that only tell where a reader
came from. All else tells them apart.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from django.db.models import Q

from claims.models import Citation, Snapshot, Source, digest

TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|ysclid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_ga|_gl"
    r"|_hsenc|_hsmi|mkt_tok|oly_enc_id|oly_anon_id|vero_id|s_cid|cmpid|ns_.*|at_.*",
    re.I,
)
PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[\w.:-]+")
SAFE_IN_PATH, LONGEST_KEY = "/:@!$&'()*+,;=~-._", 2_000


@dataclass(frozen=True, slots=True)
class OnFile:
    """A source that is on file, and why it may be the same document."""

    source: Source
    why: str


def address_key(url: str) -> str:
    """What two addresses of one page have in common; "" for what is no address of the web."""
    parts = _parts(url)
    if parts is None or not HOST.fullmatch(parts.hostname or ""):
        return ""
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, *PORTS.values()) else ""
    path = quote(unquote(parts.path), SAFE_IN_PATH).rstrip("/")
    query = urlencode(sorted(_telling(parts.query)))
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""  # a page of its own, on old sites
    return f"{host}{port}{path}{'?' if query else ''}{query}{fragment}"[:LONGEST_KEY]


def without_tracking(url: str) -> str:
    """The address without parameters that only tell where a reader came from, and without its fragment."""
    parts = _parts(url)
    if parts is None:
        return url
    kept = [pair for pair in parts.query.split("&") if not _is_tracking(pair.partition("=")[0])]
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(parts._replace(query="&".join(kept), fragment=fragment))


def on_file(addresses: Iterable[str], text: str | None = None, apart: int = 0) -> list[OnFile]:
    """The sources at one of these addresses, or with this text, which is normalised; ``apart`` is one to leave out.

    A text that is not held is known where passages were found in it before they were recorded.
    """
    found = dict.fromkeys(_at(addresses), "has the same address")
    if text is not None:
        held = Snapshot.objects.filter(sha256=digest(text)).values_list("source", flat=True)
        found |= {key: "has the same address and the very same text" if key in found else "has the very same text"
                  for key in held}  # fmt: skip
        checked = Citation.objects.filter(checked_sha256=digest(text)).values_list("source", flat=True)
        found = dict.fromkeys(checked, "has passages that were found in this very text") | found
    rows = Source.objects.filter(pk__in=found).exclude(pk=apart).select_related("publisher").order_by("pk")
    return [OnFile(source, found[source.pk]) for source in rows]


def _at(addresses: Iterable[str]) -> list[int]:
    """The sources at one of these addresses: those of the same hosts are looked through.

    The address of one that was merged into another is the other's too.
    """
    keys = {key for url in addresses if (key := address_key(url))}
    found = []
    for host in {key.partition("/")[0].partition("?")[0].partition("#")[0] for key in keys}:
        rows = Source._base_manager.filter(Q(url__icontains=host) | Q(archive_url__icontains=host))
        for pk, kept, *urls in rows.values_list("pk", "merged_into", "url", "archive_url"):
            if keys & {*map(address_key, urls)}:
                found.append(kept or pk)
    return found


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        return parts if parts.scheme in PORTS and parts.port != -1 else None
    except ValueError:
        return None


def _telling(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _is_tracking(name)]


def _is_tracking(name: str) -> bool:
    return TRACKING.fullmatch(name) is not None

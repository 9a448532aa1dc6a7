"""The sources' texts brought from their addresses, and those addresses looked at again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from claims.capture.answers import FetchError, Trouble
from claims.capture.extract import text_of
from claims.capture.normalise import DoubtfulText, RefusedText, normalise
from claims.capture.store import Captured, capture
from claims.capture.web import Fetcher
from claims.evidence import find
from claims.models import Citation, Snapshot, Source, digest

DEAD = (Trouble.GONE, Trouble.NO_HOST)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one source: ``captured``, or the reason why there is no text."""

    source: Source
    outcome: str
    note: str = ""
    captured: Captured | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """How the address of a source stands: ``reachable``, ``changed``, ``dead``, or the trouble on the way."""

    source: Source
    state: str
    note: str = ""


def hosts_in_turn(sources: Iterable[Source]) -> list[Source]:
    """The sources ordered so that neighbours are on different hosts where possible: less time is spent waiting."""
    seen: Counter[str | None] = Counter()
    turns = []
    for source in sources:
        host = urlsplit(source.url).netloc
        turns.append((seen[host], source))
        seen[host] += 1
    return [source for _, source in sorted(turns, key=lambda turn: turn[0])]


def bring(source: Source, fetcher: Fetcher, *, anyway: bool = False, take_out: bool = False) -> Brought:
    """Fetch the page of a source and capture its text, which is committed when this returns.

    A text that looks wrong or incomplete is kept only ``anyway``, on a curator's word. ``take_out`` is whether signs
    that no text may hold are taken out; else a text with some is not kept.
    """
    try:
        text = page_text(source.url, fetcher, anyway=anyway)
        return _kept(source, capture(source, text, anyway=anyway, take_out=take_out))
    except FetchError as error:
        return Brought(source, error.trouble, str(error))
    except DoubtfulText as error:
        return Brought(source, "doubtful", str(error))
    except RefusedText as error:
        return Brought(source, "not kept", str(error))


def check(source: Source, fetcher: Fetcher) -> Link:
    """Whether the address of a source still leads to the text that is held. Writes nothing."""
    try:
        text = normalise(page_text(source.url, fetcher, anyway=True))
    except FetchError as error:
        return Link(source, "dead" if error.trouble in DEAD else error.trouble, str(error))
    except RefusedText as error:
        return Link(source, "changed", str(error))
    newest = Snapshot.objects.filter(source=source).first()
    if newest is None:
        return Link(source, "reachable", "no text held")
    return Link(source, "reachable" if newest.sha256 == digest(text) else "changed", _still_there(source, text))


def page_text(url: str, fetcher: Fetcher, *, anyway: bool) -> str:
    """The words of the page at an address. Raises FetchError, RefusedText, or DoubtfulText unless it is ``anyway``."""
    answer = fetcher.get(url)
    return text_of(answer.body, *answer.type_and_charset, anyway=anyway)


def _kept(source: Source, captured: Captured) -> Brought:
    return Brought(source, "captured" if captured.is_new else "unchanged", captured.counts, captured)


def _still_there(source: Source, text: str) -> str:
    citations = list(Citation.objects.filter(source=source))
    found = sum(find(text, one.exact, one.prefix, one.suffix).span is not None for one in citations)
    return f"{found} of {len(citations)} passages found in it"

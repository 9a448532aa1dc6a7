"""Exact-match anchoring of quoted words in a text. Pure; never fuzzy.

Text and quote are compared in one spelling (``conflict_site.base.spelling``): what looks the same is the same, all else
must agree letter by letter. Places are those of the text itself.
Selectors follow the W3C Web Annotation Data Model: TextQuoteSelector (exact, prefix, suffix) and
TextPositionSelector (start, end; in code points).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from conflict_site.base.spelling import BREAK, Spelling, kept, pattern, spelled, spelling


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a text, from ``start`` up to but without ``end``, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """What came of looking for a quote: its status (as in ``CitationStatus``) and, where verified, its place."""

    status: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a text that the same spans cover; ``covers`` are their places in the list of spans."""

    text: str
    start: int
    covers: tuple[int, ...] = ()


def spaced(text: str) -> str:
    """The text with every run of white space as one space and none at its ends."""
    return " ".join(text.split())


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> Anchor:
    """Where in the text the quote stands: ``verified``, ``not_found``, or ``ambiguous`` where several places fit.

    Prefix and suffix decide between several places; they are not asked of a single one.
    """
    found = list(islice(places(text, exact), 2))
    if len(found) > 1:
        framed = list(islice(places(text, exact, prefix, suffix), 2))
        found = framed if len(framed) == 1 else found
    if not found:
        return Anchor("not_found")
    return Anchor("verified", found[0]) if len(found) == 1 else Anchor("ambiguous")


def places(text: str, exact: str, prefix: str = "", suffix: str = "") -> Iterator[Span]:
    """The places in the text where the quote stands within its frame, those that overlap too; none if it is empty."""
    words, known = spelling(exact), _known(text)
    if not words:
        return
    for start, end in _matches(known.text, words, spelling(prefix), spelling(suffix)):
        if place := known.place(start, end):
            yield Span(*place)


def holds(text: str, start: int, end: int, exact: str) -> bool:
    """The invariant of a verified citation: the text between the offsets is the quote, in one spelling."""
    held = text[start:end]
    return spaced(held) == spaced(exact) or _agree(spelling(held), spelling(exact))


def own_words(text: str, span: Span) -> str:
    """The words between two places of a text as the text itself has them, white-space runs as one space."""
    return kept(text[span.start : span.end])


def segments(text: str, spans: Sequence[Span]) -> list[Segment]:
    """The text cut wherever a span begins or ends, so that overlapping passages can be marked. They join to the text.

    Of a span only what lies within the text counts.
    """
    inside = [(max(span.start, 0), min(span.end, len(text))) for span in spans]
    turns: dict[int, list[int]] = {0: [], len(text): []}
    for place, (start, end) in enumerate(inside):
        if start < end:
            turns.setdefault(start, []).append(place)
            turns.setdefault(end, []).append(place)
    cut = []
    covers: set[int] = set()
    for start, end in pairwise(sorted(turns)):
        covers.symmetric_difference_update(turns[start])  # what was open ends here, what was not begins
        cut.append(Segment(text[start:end], start, tuple(sorted(covers))))
    return cut


def lines_around(text: str, span: Span) -> str:
    """The line or lines on which a run of the text stands, in one spelling."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    return spelling(text[start : end if end >= 0 else None])


@lru_cache(maxsize=16)
def _known(text: str) -> Spelling:
    """A whole text in its one spelling; the passages of a source are looked for one after the other."""
    return spelled(text)


def _matches(text: str, words: str, prefix: str, suffix: str) -> Iterator[tuple[int, int]]:
    """Where in a text words stand within their frame, all three in one spelling."""
    broken = BREAK in text
    if not (broken or prefix or suffix or BREAK in words):
        yield from _runs(text, words)
        return
    before, quote, after = (pattern(part, broken=broken) for part in (prefix, words, suffix))
    wanted = re.compile(f"{before and before + ' ?'}({quote}){after and ' ?' + after}")
    match = wanted.search(text)
    while match:
        yield match.span(1)
        match = wanted.search(text, match.start() + 1)


def _runs(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def _agree(held: str, exact: str) -> bool:
    return bool(re.fullmatch(pattern(exact, broken=BREAK in held), held))

"""Exact-match anchoring of quoted words in a text. Pure; never fuzzy.

White-space runs count as one space, in the text as in the quote; all else must agree code point by code point.
Selectors follow the W3C Web Annotation Data Model: TextQuoteSelector (exact, prefix, suffix) and
TextPositionSelector (start, end; in code points).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


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
    found = places(text, exact)
    if len(found) > 1:
        framed = [span for span in found if _framed(text, span, prefix, suffix)]
        found = framed if len(framed) == 1 else found
    if not found:
        return Anchor("not_found")
    return Anchor("verified", found[0]) if len(found) == 1 else Anchor("ambiguous")


def places(text: str, exact: str) -> list[Span]:
    """Every place in the text where the quote stands, those that overlap among them; none for an empty quote."""
    words = exact.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found, match = [], pattern.search(text)
    while match:
        found.append(Span(*match.span()))
        match = pattern.search(text, match.start() + 1)
    return found


def holds(text: str, start: int, end: int, exact: str) -> bool:
    """The invariant of a verified citation: the text between the offsets is the quote."""
    return spaced(text[start:end]) == spaced(exact)


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
    """The line or lines on which a run of the text stands, white-space runs as one space."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    return spaced(text[start : end if end >= 0 else None])


def _framed(text: str, span: Span, prefix: str, suffix: str) -> bool:
    before, after = spaced(prefix), spaced(suffix)
    return _before(text, span.start, len(before)).endswith(before) and _after(text, span.end, len(after)).startswith(
        after
    )


def _before(text: str, end: int, length: int) -> str:
    """Enough of the text before a place, spaced, to compare so many characters with."""
    width = 2 * length
    while len(near := spaced(text[max(0, end - width) : end])) < length and width < end:
        width *= 2
    return near


def _after(text: str, start: int, length: int) -> str:
    width = 2 * length
    while len(near := spaced(text[start : start + width])) < length and start + width < len(text):
        width *= 2
    return near

"""Exact-match anchoring of quoted words in a text. Pure; never fuzzy.

White-space runs count as one space, in the text as in the quote; all else must agree code point by code point.
Selectors follow the W3C Web Annotation Data Model: TextQuoteSelector (exact, prefix, suffix) and
TextPositionSelector (start, end; in code points).
"""

import re
from dataclasses import dataclass


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


def spaced(text: str) -> str:
    """The text with every run of white space as one space and none at its ends."""
    return " ".join(text.split())


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> Anchor:
    """Where in the text the quote stands: ``verified``, ``not_found``, or ``ambiguous`` where several places fit.

    Prefix and suffix decide between several places; they are not asked of a single one.
    """
    places = _places(text, exact)
    if len(places) > 1:
        framed = [span for span in places if _framed(text, span, prefix, suffix)]
        places = framed if len(framed) == 1 else places
    if not places:
        return Anchor("not_found")
    return Anchor("verified", places[0]) if len(places) == 1 else Anchor("ambiguous")


def holds(text: str, start: int, end: int, exact: str) -> bool:
    """The invariant of a verified citation: the text between the offsets is the quote."""
    return spaced(text[start:end]) == spaced(exact)


def _places(text: str, exact: str) -> list[Span]:
    words = exact.split()
    if not words:
        return []
    pattern = r"\s+".join(map(re.escape, words))
    # A look-ahead, so that overlapping places are all found.
    return [Span(match.start(), match.end(1)) for match in re.finditer(rf"(?=({pattern}))", text)]


def _framed(text: str, span: Span, prefix: str, suffix: str) -> bool:
    before, after = spaced(text[: span.start]), spaced(text[span.end :])
    return before.endswith(spaced(prefix)) and after.startswith(spaced(suffix))

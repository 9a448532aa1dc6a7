"""Where words that are no longer found may have gone. Pure; a person decides, nothing is anchored by it."""

from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz, process

from claims.evidence.locating import frame, quote
from claims.evidence.passages import Span, places

LIKE_ENOUGH = 60.0
MOST = 10  # of the places of words that stand more than once


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A run of a text that resembles the words looked for; ``score`` is rapidfuzz's, 100 for equal."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """A run of a text as a citation would quote it: its words, up to six before and after, and how like it is."""

    span: Span
    exact: str
    prefix: str
    suffix: str
    score: float


def near_places(text: str, exact: str) -> list[Place]:
    """Where a passage that is lost in a text may be meant to stand: where its words do, else where others are like."""
    found = [Suggestion(span, 100.0) for span in islice(places(text, exact), MOST)] or suggestions(text, exact)
    return [_framed(text, one) for one in found]


def suggestions(text: str, exact: str, limit: int = 3) -> list[Suggestion]:
    """The runs of the text that are most like the quoted words, best first; none overlaps another."""
    if not exact.strip():
        return []
    # Overlapping windows: each run as long as twice the quote lies whole within one of them.
    step = 2 * len(exact)
    windows = {start: text[start : start + 2 * step] for start in range(0, max(1, len(text) - step), step)}
    near = process.extract(
        exact, windows, scorer=fuzz.partial_ratio, score_cutoff=LIKE_ENOUGH, limit=4 * limit, processor=None
    )
    found = sorted((_aligned(exact, windows[start], start) for _, _, start in near), key=lambda one: -one.score)
    apart = [one for n, one in enumerate(found) if not any(_overlap(one.span, better.span) for better in found[:n])]
    return apart[:limit]


def _aligned(exact: str, window: str, offset: int) -> Suggestion:
    """The best place within a window, widened to whole words."""
    match = fuzz.partial_ratio_alignment(exact, window)
    start, end = (match.dest_start, match.dest_end) if match else (0, 0)
    while start > 0 and window[start - 1].isalnum():
        start -= 1
    while end < len(window) and window[end].isalnum():
        end += 1
    return Suggestion(Span(offset + start, offset + end), match.score if match else 0.0)


def _framed(text: str, found: Suggestion) -> Place:
    return Place(found.span, quote(text, found.span), *frame(text, found.span), found.score)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

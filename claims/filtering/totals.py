"""Published claims and their numbers from the read model: of one thing, of each speaker, issue, event or source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from claims.filtering.horizon import DAYS, Horizon
from claims.readmodel import NEVER, NO_DAY, Condition, Found, Having, Ordered, Selection, current, day, united
from conflict_site.base import edtf


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of claims, and the first and the last day on which one was said."""

    claims: int = 0
    first: date | None = None
    last: date | None = None
    sources: int = 0

    @property
    def span(self) -> str:
        """The months in words: "Feb 2022 – May 2024"; "" without claims."""
        if not (self.first and self.last):
            return ""
        first, last = self.first.isoformat()[:7], self.last.isoformat()[:7]
        return edtf.parse(first if first == last else f"{first}/{last}").short()

    @property
    def words(self) -> str:
        """The tally in words: "41 claims, 12 sources, Feb 2022 – May 2024"."""
        counted = [_counted(self.claims, "claim"), _counted(self.sources, "source") if self.sources else "", self.span]
        return ", ".join(part for part in counted if part)


def within(horizon: Horizon, *conditions: Condition, published: Found | None = None) -> Selection:
    """The published claims within a horizon that meet these conditions.

    What is asked in one answer shares ``published``, the claims as they stood at its first question.
    """
    limits = zip(DAYS, (horizon.said, horizon.known), strict=True)
    limiting = [Having(name, limit.last) for name, limit in limits if limit]
    return Selection(published or current(), "said", [*limiting, *conditions])


def of(found: Found) -> Tally:
    """The tally of claims, with the number of sources that carry them."""
    clock, codes = found.snapshot.clocks["said"], np.flatnonzero(found.of_clock("said"))
    first, last = clock.first[codes].min(initial=NEVER), clock.last[codes].max(initial=NO_DAY)
    sources = int(np.count_nonzero(found.tally("source")))
    return Tally(found.size, day(int(first)), day(int(last)), sources) if found.size else Tally()


def newest(selection: Selection, number: int) -> list[int]:
    """The keys of the claims that were said last."""
    return [key for _, key in Ordered(selection, "newest", "said").page(None, number)]


def of_any(selections: Sequence[Selection], claims: Iterable[int]) -> Tally:
    """The tally of all that one of these selections finds, and of these published claims, by key."""
    return of(united(selections[0].snapshot, [selection.found() for selection in selections], claims))


def of_each(name: str, horizon: Horizon | None = None, published: Found | None = None) -> dict[int, Tally]:
    """The tally of each "speaker", "issue" or "event" by primary key, within a horizon; none for those without."""
    found = within(horizon or Horizon(), published=published).found()
    keys, counts, (first, last) = found.snapshot.terms_of(name).coding.keys, found.tally(name), found.period(name)
    return {
        int(keys[code]): Tally(int(counts[code]), day(int(first[code])), day(int(last[code])))
        for code in np.flatnonzero(counts)
    }


def numbers(found: Found, name: str) -> dict[int, int]:
    """How many of the claims have each value of a column, by primary key; nothing for values that none has."""
    counts = found.tally(name)
    codes = np.flatnonzero(counts)
    return dict(zip(found.snapshot.terms_of(name).coding.keys[codes].tolist(), counts[codes].tolist(), strict=True))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

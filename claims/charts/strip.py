"""A strip of numbered events on one line of time. Pure geometry; a template draws it.

x in per cent of the width, y in pixels, so that type and marks keep their size at any width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ROWS = 4
APART = 7.0  # per cent between two flags of one row


@dataclass(frozen=True, slots=True)
class Flag:
    """One event: where its span begins and ends, where its numbered flag stands and in which row (0 is lowest)."""

    number: int
    start: float
    end: float
    at: float
    row: int
    is_day: bool

    @property
    def y(self) -> int:
        """Where the middle of the flag is."""
        return 74 - 21 * self.row

    @property
    def stem(self) -> int:
        """Where its stem begins."""
        return self.y + 10


@dataclass(frozen=True, slots=True)
class Strip:
    """Flags in the order of time, and the labelled years."""

    flags: list[Flag]
    years: list[tuple[float, int]]


def strip(spans: Sequence[tuple[date, date]]) -> Strip:
    """Place the first and last days of events, given in the order of time, on whole years."""
    if not spans:
        return Strip([], [])
    first = date(min(start for start, _ in spans).year, 1, 1)
    last = date(max(end for _, end in spans).year, 12, 31)
    days = (last - first).days + 1

    def x(day: date) -> float:
        return round((day - first).days / days * 100, 2)

    taken = [-100.0] * ROWS
    flags = []
    for number, (start, end) in enumerate(spans, 1):
        at = x(start + timedelta(days=(end - start).days // 2))
        row = next((row for row in range(ROWS) if at - taken[row] >= APART), taken.index(min(taken)))
        taken[row] = at
        flags.append(Flag(number, x(start), x(end), at, row, start == end))
    return Strip(flags, [(x(date(year, 1, 1)), year) for year in range(first.year, last.year + 1)])

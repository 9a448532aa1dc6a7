"""The marks of a swimlane, one for each statement: in rows, so that none lies upon another; binned where rows are full.

Pure. x in per cent of the plot, y in pixels.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from conflict_site.base import edtf

NARROW = 290  # the width of the narrowest plot on which marks are to fit, in pixels
TARGET, SIGN = 24, 15  # what a pointer needs (WCAG 2.2, 2.5.8), and what a mark takes, in pixels
APART, TARGETS_APART = SIGN / NARROW * 100, TARGET / NARROW * 100
RANGE = 2.0  # a range that is wider than its mark, in per cent
ROWS = 4
UNITS, ONE, TEN = {1_000_000: "M", 1_000: "k"}, 0.9995, 9.95  # what is rounded to one, and to ten of a unit
A_PAGE = 25  # rows of the table that a chart can be read from


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as evidence of a position, with the days between which it was said.

    ``order`` and ``label`` are the stance's. Only one that ``shows`` the position makes its bar longer; of others
    ``role`` says what they do. One without a position is on file and takes no coded stance. Statements of one
    ``source`` with one range of days stand evenly within the range, in their given order. ``row`` is the place in the
    table that the chart can be read from. One of a larger ``count`` stands for so many that are on file in its days.
    """

    position: str
    order: int
    label: str
    first: date
    last: date
    shows: bool = True
    source: str = ""
    form: str = ""
    url: str = ""
    title: str = ""
    role: str = "shows"
    row: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement, or several that would lie upon one another (``others`` are those but the first).

    ``is_clear`` where nothing else is within reach of a finger even on a narrow screen. ``letter`` names what
    statements that do not show the stance do: the first letter of their role.
    """

    x: float
    y: int
    statement: Statement
    is_clear: bool = True
    others: tuple[Statement, ...] = ()

    @property
    def count(self) -> int:
        """How many statements it stands for."""
        return sum(one.count for one in (self.statement, *self.others))

    @property
    def number(self) -> str:
        """The same in as few signs as a mark has room for: "640", "1.2k", "34k"."""
        for unit, sign in UNITS.items():
            if (units := self.count / unit) >= ONE:
                return f"{units:.0f}{sign}" if units >= TEN else f"{units:.1f}{sign}"
        return f"{self.count}"

    @property
    def letter(self) -> str:
        """Q where it qualifies, C where it contradicts, "" where it shows the stance or stands for several."""
        return "" if self.others or self.statement.shows else self.statement.role[:1].upper()

    @property
    def page(self) -> int:
        """The page of the table on which its first statement stands."""
        return self.statement.row // A_PAGE + 1

    @property
    def title(self) -> str:
        """What a pointer and a screen reader are told."""
        if not self.others:
            return self.statement.title
        every = (self.statement, *self.others)
        first, last = min(one.first for one in every), max(one.last for one in every)
        told = f"{self.count} statements, {edtf.short_day(first)} to {edtf.short_day(last)}"
        if not self.statement.position:
            return f"{told}, on file without a stance coded here."
        return f"{told}; of them show “{self.statement.label}”: {sum(one.shows for one in every)}."


@dataclass(frozen=True, slots=True)
class Counted:
    """Statements of a lane that take no coded stance, where they are too many to be drawn one by one.

    ``bins`` has one that stands for all of a span of time; ``spoken`` are the days between which any was made.
    """

    bins: Sequence[Statement] = ()
    spoken: Sequence[tuple[date, date]] = ()


Placed = tuple[date, Statement]
X = Callable[[date], float]


class Spot(NamedTuple):
    """A mark in its row: its place, the ends of its whisker, and its statements."""

    x: float
    first: float
    last: float
    statements: list[Statement]

    @property
    def has_words(self) -> bool:
        """Whether a letter or a number stands below the mark."""
        return len(self.statements) > 1 or not self.statements[0].shows

    def is_clear_of(self, other: "Spot") -> bool:
        """Whether it can stand to the right of another one. Those that share a whisker only mind each other's marks."""
        if (self.first, self.last) == (other.first, other.last):
            return self.x - other.x >= APART
        return self.first - other.last >= APART


def in_rows(track: Sequence[Placed], x: X, most: int = ROWS) -> list[list[Spot]]:
    """The marks in rows: each in the first where nothing reaches it; after ``most``, it joins the nearest mark."""
    rows: list[list[Spot]] = []
    for day, statement in track:
        at = x(day)
        spot = Spot(at, *(whisker(statement, x) or (at, at)), [statement])
        row = next((row for row in rows if _is_free(row, spot)), None)
        if row is not None:
            row.append(spot)
        elif len(rows) < most:
            rows.append([spot])
        else:
            max((row[-1] for row in rows), key=lambda last: last.x).statements.append(statement)
    return rows


def drawn(row: Sequence[Spot], y: int) -> list[Mark]:
    """The marks of one row."""
    xs = [-100.0, *(spot.x for spot in row), 200.0]
    return [
        Mark(
            spot.x,
            y,
            spot.statements[0],
            min(spot.x - before, after - spot.x) >= TARGETS_APART,
            tuple(spot.statements[1:]),
        )
        for before, spot, after in zip(xs, row, xs[2:], strict=False)
    ]


def whiskers(marks: Iterable[Mark], x: X) -> list[tuple[float, float, int]]:
    """The ranges of single statements, from the first to the last day, once in a row."""
    single = (mark for mark in marks if not mark.others)
    found = {(mark.y, ends) for mark in single if (ends := whisker(mark.statement, x))}
    return sorted((first, last, y) for y, (first, last) in found)


def whisker(statement: Statement, x: X) -> tuple[float, float] | None:
    """From the first to the last day of a range that is wider than its mark."""
    first, last = x(statement.first), x(statement.last)
    return (first, last) if last - first >= RANGE else None


def _is_free(row: Sequence[Spot], spot: Spot) -> bool:
    """Whether a mark can stand at the end of a row. A whisker may reach further than those of later marks."""
    return spot.is_clear_of(row[-1]) and all(
        spot.is_clear_of(other) for other in row[-2::-1] if other.last > row[-1].first
    )

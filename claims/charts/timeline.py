"""Positions on a line of time: the bars, marks and silences of swimlanes. Pure geometry; a template draws the SVG.

x in per cent of the plot, y in pixels, so that type and marks keep their size at any width. A bar runs from the first
to the last statement that shows one stance and breaks where more than half a year is silent; nothing is extended past
the last statement. Bars that would touch stand in tracks one below the other, marks that would touch in rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

BREAK = timedelta(days=183)
PLOT, NARROW = 800, 320  # the widths, in pixels, for which marks and labels are fitted
LETTER = 6.4  # the advance of a letter of a label, in pixels
TARGET = 24  # what a pointer needs (WCAG 2.2, 2.5.8), in pixels
APART, NARROW_APART = TARGET / PLOT * 100, TARGET / NARROW * 100
CAPS = 2.0  # the square caps of two bars side by side
ROWS = 6
WIDE_GAP = 24.0  # a silence that has room for the words
EMPTY_HEIGHT, TRACK_HEIGHT, LABEL_Y, BAR_Y, MARK_Y = 34, 58, 12, 25, 46


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as evidence of a position, with the days between which it was said.

    ``order`` and ``label`` are the stance's. Only one that ``shows`` the position makes its bar longer. Statements of
    one ``source`` with one range of days stand evenly within the range, in their given order.
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


@dataclass(frozen=True, slots=True)
class Axis:
    """Whole years from ``first`` up to but without ``end``; where the labelled years, the quarters and July stand."""

    first: date
    end: date
    years: list[tuple[float, int]]
    ticks: list[float]
    mids: list[float]

    def x(self, day: date) -> float:
        """Where a day stands."""
        return round((day - self.first).days / (self.end - self.first).days * 100, 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A run of statements that show one stance. ``label_x`` is None where its words don't fit above it."""

    order: int
    label: str
    x: float
    width: float
    y: int
    label_x: float | None = None
    label_ends: bool = False

    @property
    def label_y(self) -> int:
        """The baseline of the label."""
        return self.y - BAR_Y + LABEL_Y

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return round(self.x + self.width, 2)


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement; ``is_clear`` where nothing else is within reach of a finger even on a narrow screen."""

    x: float
    y: int
    statement: Statement
    is_clear: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """A swimlane: ``silences`` are the spans without a bar, drawn at ``y``; ``gap`` is where the widest is named."""

    height: int
    y: int
    bars: list[Bar]
    marks: list[Mark]
    whiskers: list[tuple[float, float, int]]
    silences: list[tuple[float, float]]
    gap: float | None


def axis(first: date, last: date) -> Axis:
    """The axis of whole years that holds both days, with at most eight labelled years; quarters where years are few."""
    start, end = date(first.year, 1, 1), date(last.year + 1, 1, 1)
    span = range(start.year, end.year)
    step = -(-len(span) // 8)
    bare = Axis(start, end, [], [], [])
    few = step == 1
    return replace(
        bare,
        years=[(bare.x(date(year, 1, 1)), year) for year in span[::step]],
        ticks=[bare.x(date(year, month, 1)) for year in span for month in (1, 4, 7, 10)][1:] if few else [],
        mids=[bare.x(date(year, 7, 1)) for year in span] if few else [],
    )


def lane(statements: Sequence[Statement], axis: Axis) -> Lane:
    """The swimlane of these statements of one actor on one issue."""
    if not statements:
        return Lane(EMPTY_HEIGHT, EMPTY_HEIGHT // 2, [], [], [], [(0.0, 100.0)], 50.0)
    bars: list[Bar] = []
    marks: list[Mark] = []
    top = 0
    for track in _tracks(_placed(statements), axis):
        bars += _labelled(_bars(track, axis, top + BAR_Y))
        row_of = _rows(track, axis)
        marks += _marks(track, row_of, axis, top + MARK_Y)
        top += TRACK_HEIGHT + TARGET * max(row_of)
    silences = _silences(bars)
    start, end = max(silences, key=lambda silence: silence[1] - silence[0], default=(0.0, 0.0))
    gap = round((start + end) / 2, 2) if end - start >= WIDE_GAP else None
    return Lane(top, BAR_Y, bars, marks, _whiskers(marks, axis), silences, gap)


Placed = tuple[date, Statement]


class Taken(NamedTuple):
    """What a mark takes of its row: its place, and the ends of its whisker."""

    x: float
    first: float
    last: float

    def is_clear_of(self, other: "Taken") -> bool:
        """Whether the two can stand in one row. Those that share a whisker only mind each other's marks."""
        if (self.first, self.last) == (other.first, other.last):
            return abs(self.x - other.x) >= APART
        return self.first - other.last >= APART or other.first - self.last >= APART


def _placed(statements: Sequence[Statement]) -> list[Placed]:
    """Each statement with the day at which it is drawn, in the order of time: lo + (i + 1) / (k + 1) of its range."""
    groups: dict[tuple[str, date, date], list[int]] = {}
    for number, statement in enumerate(statements):
        groups.setdefault((statement.source, statement.first, statement.last), []).append(number)
    placed = {}
    for (_, first, last), numbers in groups.items():
        for place, number in enumerate(numbers, 1):
            placed[number] = first + (last - first) * place / (len(numbers) + 1)
    return sorted(((placed[n], s) for n, s in enumerate(statements)), key=lambda pair: pair[0])


def _tracks(placed: Sequence[Placed], axis: Axis) -> list[list[Placed]]:
    """The statements by track: a position goes where the one before it has ended."""
    positions: dict[str, list[Placed]] = {}
    for day, statement in placed:
        positions.setdefault(statement.position, []).append((day, statement))
    tracks: list[list[Placed]] = []
    for evidence in positions.values():
        begins = axis.x(evidence[0][0])
        free = (track for track in tracks if begins - max(axis.x(day) for day, _ in track) >= CAPS)
        track = next(free, None)
        if track is None:
            tracks.append(list(evidence))
        else:
            track += evidence
    return tracks


def _bars(track: Iterable[Placed], axis: Axis, y: int) -> list[Bar]:
    bars = []
    shown = [(day, statement) for day, statement in track if statement.shows]
    for _, group in groupby(shown, key=lambda pair: pair[1].position):
        for run in _runs(list(group)):
            x = axis.x(run[0][0])
            # A line of no length is lost in print.
            width = max(round(axis.x(run[-1][0]) - x, 2), 0.02)
            bars.append(Bar(run[0][1].order, run[0][1].label, x, width, y))
    return bars


def _runs(shown: Sequence[Placed]) -> list[list[Placed]]:
    """The statements of one position, parted where the silence is too long."""
    runs = [[shown[0]]]
    for before, after in pairwise(shown):
        if after[0] - before[0] > BREAK:
            runs.append([])
        runs[-1].append(after)
    return runs


def _labelled(bars: Sequence[Bar]) -> list[Bar]:
    """The bars of one track, with a label above each that stands clear on its left and has room on its right."""
    labelled = []
    taken = -100.0
    for number, bar in enumerate(bars):
        width = (len(bar.label) * LETTER + 14) / PLOT * 100
        after = bars[number + 1].x if number + 1 < len(bars) else 200.0
        if bar.x - taken >= APART and bar.x + width <= min(after, 100):
            bar = replace(bar, label_x=bar.x)
            taken = max(bar.x + width, bar.end)
        elif bar.x - taken >= APART and after > 100 and bar.end - width > max(taken, 0):
            bar = replace(bar, label_x=bar.end, label_ends=True)
            taken = bar.end
        else:
            taken = max(taken, bar.end)
        labelled.append(bar)
    return labelled


def _rows(track: Sequence[Placed], axis: Axis) -> list[int]:
    """The row of each mark: the first in which neither it nor its whisker touches what stands there, else the last."""
    rows: list[list[Taken]] = [[] for _ in range(ROWS)]
    chosen = []
    for day, statement in track:
        first, last = _whisker(statement, axis) or (axis.x(day), axis.x(day))
        taken = Taken(axis.x(day), first, last)
        number = next((n for n, row in enumerate(rows) if all(taken.is_clear_of(other) for other in row)), ROWS - 1)
        rows[number].append(taken)
        chosen.append(number)
    return chosen


def _marks(track: Sequence[Placed], row_of: Sequence[int], axis: Axis, y: int) -> list[Mark]:
    marks = [
        Mark(axis.x(day), y + TARGET * row, statement) for (day, statement), row in zip(track, row_of, strict=True)
    ]
    return [replace(mark, is_clear=_is_clear(mark, marks)) for mark in marks]


def _is_clear(mark: Mark, marks: Iterable[Mark]) -> bool:
    return all(other is mark or other.y != mark.y or abs(other.x - mark.x) >= NARROW_APART for other in marks)


def _whisker(statement: Statement, axis: Axis) -> tuple[float, float] | None:
    """From the first to the last day of a range that is wider than its mark."""
    first, last = axis.x(statement.first), axis.x(statement.last)
    return (first, last) if last - first >= CAPS else None


def _whiskers(marks: Iterable[Mark], axis: Axis) -> list[tuple[float, float, int]]:
    """The whiskers, once in a row."""
    found = {(mark.y, whisker) for mark in marks if (whisker := _whisker(mark.statement, axis))}
    return sorted((first, last, y) for y, (first, last) in found)


def _silences(bars: Sequence[Bar]) -> list[tuple[float, float]]:
    """The spans of the plot in which no bar stands in any track."""
    silences = []
    reached = 0.0
    for bar in sorted(bars, key=lambda bar: bar.x):
        if bar.x > reached:
            silences.append((reached, bar.x))
        reached = max(reached, bar.end)
    return [*silences, (reached, 100.0)] if reached < 100 else silences

"""Positions on a line of time: the bars, marks and silences of swimlanes. Pure geometry; a template draws the SVG.

x in per cent of the plot, y in pixels, so that type and marks keep their size at any width. A bar runs from the first
to the last statement that shows one stance and breaks where the silence is too long; nothing is extended past the last
statement. Bars that would touch stand in tracks one below the other, marks that would touch in rows; where the rows are
full, marks are binned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from claims.charts.marks import NARROW, TARGET, Mark, Placed, Statement, drawn, in_rows, whiskers

BREAK = timedelta(days=183)  # the silence that breaks a bar, where no other is given
PLOT = 720  # the width of the narrowest plot that shows labels, in pixels
LETTER = 6.6  # the advance of a letter of a label, in pixels
CAPS = 14 / NARROW * 100  # the square caps of two bars side by side
CLEAR = 3.0  # between a label and what stands to its left
WIDE_GAP = 24.0  # a silence that has room for the words
BELOW = 6  # for the letters and numbers under the marks of a track's last row
EMPTY_HEIGHT, TRACK_HEIGHT, LABEL_Y, BAR_Y, MARK_Y = 34, 58, 12, 25, 46


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
class Lane:
    """A swimlane: ``silences`` are the spans without a bar, drawn at ``y``; ``gap`` is where the widest is named.

    ``notches`` are the places on bars (x, y) of statements that do not show the stance, with their roles.
    """

    height: int
    y: int
    bars: list[Bar]
    marks: list[Mark]
    whiskers: list[tuple[float, float, int]]
    silences: list[tuple[float, float]]
    gap: float | None
    notches: list[tuple[float, int, str]] = field(default_factory=list)


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


def lane(statements: Sequence[Statement], axis: Axis, silence: timedelta = BREAK) -> Lane:
    """The swimlane of these statements of one actor on one issue; a bar breaks after more than ``silence``."""
    if not statements:
        return Lane(EMPTY_HEIGHT, EMPTY_HEIGHT // 2, [], [], [], [(0.0, 100.0)], 50.0)
    bars: list[Bar] = []
    marks: list[Mark] = []
    notches: list[tuple[float, int, str]] = []
    top = 0
    for track in _tracks(_placed(statements), axis):
        own = _labelled(_bars(track, axis, top + BAR_Y, silence))
        bars += own
        notches += _notches(track, own, axis)
        rows = in_rows(track, axis.x)
        marks += [mark for number, row in enumerate(rows) for mark in drawn(row, top + MARK_Y + TARGET * number)]
        top += TRACK_HEIGHT + TARGET * (len(rows) - 1) + (BELOW if any(spot.has_words for spot in rows[-1]) else 0)
    silences = _silences(bars)
    start, end = max(silences, key=lambda silence: silence[1] - silence[0], default=(0.0, 0.0))
    gap = round((start + end) / 2, 2) if end - start >= WIDE_GAP else None
    return Lane(top, BAR_Y, bars, marks, whiskers(marks, axis.x), silences, gap, notches)


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


def _bars(track: Iterable[Placed], axis: Axis, y: int, silence: timedelta) -> list[Bar]:
    bars = []
    shown = [(day, statement) for day, statement in track if statement.shows]
    for _, group in groupby(shown, key=lambda pair: pair[1].position):
        for run in _runs(list(group), silence):
            x = axis.x(run[0][0])
            # A line of no length is lost in print.
            width = max(round(axis.x(run[-1][0]) - x, 2), 0.02)
            bars.append(Bar(run[0][1].order, run[0][1].label, x, width, y))
    return bars


def _notches(track: Iterable[Placed], bars: Sequence[Bar], axis: Axis) -> list[tuple[float, int, str]]:
    """Where statements that do not show a stance fall upon the bar of one."""
    others = [(axis.x(day), statement.role) for day, statement in track if not statement.shows]
    return [(x, bar.y, role) for x, role in others for bar in bars if bar.x <= x <= bar.end]


def _runs(shown: Sequence[Placed], silence: timedelta) -> list[list[Placed]]:
    """The statements of one position, parted where the silence is too long."""
    runs = [[shown[0]]]
    for before, after in pairwise(shown):
        if after[0] - before[0] > silence:
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
        if bar.x - taken >= CLEAR and bar.x + width <= min(after, 100):
            bar = replace(bar, label_x=bar.x)
            taken = max(bar.x + width, bar.end)
        elif bar.x - taken >= CLEAR and after > 100 and bar.end - width > max(taken, 0):
            bar = replace(bar, label_x=bar.end, label_ends=True)
            taken = bar.end
        else:
            taken = max(taken, bar.end)
        labelled.append(bar)
    return labelled


def _silences(bars: Sequence[Bar]) -> list[tuple[float, float]]:
    """The spans of the plot in which no bar stands in any track."""
    silences = []
    reached = 0.0
    for bar in sorted(bars, key=lambda bar: bar.x):
        if bar.x > reached:
            silences.append((reached, bar.x))
        reached = max(reached, bar.end)
    return [*silences, (reached, 100.0)] if reached < 100 else silences

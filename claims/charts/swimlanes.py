"""Positions on a line of time: the bars, marks and silences of swimlanes. Pure geometry; a template draws the SVG.

x in per cent of the plot, y in pixels, so that type and marks keep their size at any width. A bar runs from the first
to the last statement that shows one stance and breaks where the silence is too long; nothing is extended past the last
statement. Where the day of a statement is not known, only what is certain is drawn as a bar, and the rest as its open
end. Bars that would touch stand in tracks one below the other, marks that would touch in rows; where the rows are full,
marks are binned. Statements on file that take no coded stance stand on the first line, which is silent only where
nothing is on file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby

from claims.charts.marks import APART, NARROW, TARGET, Counted, Mark, Placed, Statement, drawn, in_rows, whiskers

BREAK = timedelta(days=183)  # the silence that breaks a bar, where no other is given
PLOT = 720  # the width of the narrowest plot that shows labels, in pixels
LETTER = 6.6  # the advance of a letter of a label, in pixels
CAPS = 14 / NARROW * 100  # the square caps of two bars side by side
CLEAR = 3.0  # between a label and what stands to its left
WIDE_GAP = 24.0  # a silence that has room for the words
BELOW = 6  # for the letters and numbers under the marks of a track's last row
EMPTY_HEIGHT, TRACK_HEIGHT, LABEL_Y, BAR_Y, MARK_Y = 34, 62, 12, 25, 50
BESIDE = 1.2  # how far from a statement the dots of a silence end


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
    """A run of statements that show one stance, as far as they may reach. ``certain`` is where it is held for certain.

    That is None where all rests on one day that is not known. ``label_x`` is None where its words don't fit above it.
    """

    order: int
    label: str
    x: float
    width: float
    y: int
    certain: tuple[float, float] | None
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

    @property
    def certain_width(self) -> float:
        """How long it is held for certain; a line of no length is lost in print."""
        first, last = self.certain or (0.0, 0.0)
        return max(round(last - first, 2), 0.02)

    @property
    def is_short(self) -> bool:
        """Whether nothing is certain and the range may be too narrow to be seen: then it is drawn as wide as a mark."""
        return self.certain is None and self.width < CAPS

    @property
    def middle(self) -> float:
        """Where the middle of the bar stands."""
        return round(self.x + self.width / 2, 2)

    @property
    def open_ends(self) -> list[tuple[float, float]]:
        """Where it may be held: before and after what is certain."""
        first, last = self.certain or (self.end, self.end)
        return [(start, end) for start, end in ((self.x, first), (last, self.end)) if start < end]


@dataclass(frozen=True, slots=True)
class Lane:
    """A swimlane: ``silences`` are the spans with neither bar nor statement, at ``y``; in ``gap`` the widest is named.

    ``notches`` are the places on bars (x, y) of statements that do not show the stance, with their roles. ``uncoded``
    are the marks of statements that take no coded stance.
    """

    height: int
    y: int
    bars: list[Bar]
    marks: list[Mark]
    whiskers: list[tuple[float, float, int]]
    silences: list[tuple[float, float]]
    gap: float | None
    notches: list[tuple[float, int, str]] = field(default_factory=list)
    uncoded: list[Mark] = field(default_factory=list)


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


def lane(
    statements: Sequence[Statement], axis: Axis, silence: timedelta = BREAK, counted: Counted | None = None
) -> Lane:
    """The swimlane of these statements of one actor on one issue; a bar breaks after more than ``silence``."""
    counted = counted or Counted()
    bars: list[Bar] = []
    marks: list[Mark] = []
    notches: list[tuple[float, int, str]] = []
    top = 0
    for track in _tracks(_placed([one for one in statements if one.position]), axis):
        own = _labelled(_bars(track, axis, top + BAR_Y, silence))
        bars += own
        notches += _notches(track, own, axis)
        rows = in_rows(track, axis.x)
        marks += [mark for number, row in enumerate(rows) for mark in drawn(row, top + MARK_Y + TARGET * number)]
        top += TRACK_HEIGHT + TARGET * (len(rows) - 1) + (BELOW if any(spot.has_words for spot in rows[-1]) else 0)
    y, height = (BAR_Y, top) if top else (EMPTY_HEIGHT // 2, EMPTY_HEIGHT)
    on_line = [bar for bar in bars if bar.y == y]
    uncoded = _uncoded([one for one in statements if not one.position], axis, y, top + TARGET // 2, on_line)
    ranges = whiskers([*marks, *uncoded], axis.x)
    uncoded += _binned(counted.bins, axis, y, top + TARGET // 2, [*on_line, *uncoded])
    if any(mark.y != y for mark in uncoded):
        height += TARGET
    spoken = [*((one.first, one.last) for one in statements), *counted.spoken]
    silences = _silences([*((bar.x, bar.end) for bar in bars), *(_beside(days, axis) for days in spoken)])
    start, end = max(silences, key=lambda silence: silence[1] - silence[0], default=(0.0, 0.0))
    gap = round((start + end) / 2, 2) if end - start >= WIDE_GAP else None
    return Lane(height, y, bars, marks, ranges, silences, gap, notches, uncoded)


def _uncoded(statements: Sequence[Statement], axis: Axis, y: int, below: int, bars: Sequence[Bar]) -> list[Mark]:
    """The marks of statements without a coded stance: on the line, or below all else where a bar is in the way."""
    placed = _placed(statements)
    aside = [one for one in placed if any(_meets(bar, *_reach(one[1], axis)) for bar in bars)]
    rows = ((y, [one for one in placed if one not in aside]), (below, aside))
    return [mark for at, group in rows for row in in_rows(group, axis.x, most=1) for mark in drawn(row, at)]


def _binned(bins: Iterable[Statement], axis: Axis, y: int, below: int, in_the_way: Sequence[Bar | Mark]) -> list[Mark]:
    """The mark of each span of time, in its middle: on the line, or below all else where something is in the way."""
    middles = [(axis.x(one.first + (one.last - one.first) / 2), one) for one in bins]
    return [Mark(x, below if any(_is_at(other, x) for other in in_the_way) else y, one) for x, one in middles]


def _is_at(other: Bar | Mark, x: float) -> bool:
    """Whether a mark there would lie upon a bar or another mark."""
    return _meets(other, x, x) if isinstance(other, Bar) else abs(other.x - x) < APART


def _meets(bar: Bar, first: float, last: float) -> bool:
    """Whether what may have been said between two places would lie upon a bar."""
    return first - CAPS < bar.end and bar.x < last + CAPS


def _beside(days: tuple[date, date], axis: Axis) -> tuple[float, float]:
    """Where the line can't be silent, because a statement may have been made between these days."""
    first, last = map(axis.x, days)
    return round(first - BESIDE, 2), round(last + BESIDE, 2)


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
    """The statements by track: a position goes where the one before it has ended, one of the same stance close by."""
    positions: dict[str, list[Placed]] = {}
    for day, statement in placed:
        positions.setdefault(statement.position, []).append((day, statement))
    tracks: list[list[Placed]] = []
    for evidence in positions.values():
        begins, order = min(_reach(one, axis)[0] for _, one in evidence), evidence[0][1].order
        free = (
            track
            for track in tracks
            if begins - max(_reach(one, axis)[1] for _, one in track) >= (0 if track[-1][1].order == order else CAPS)
        )
        track = next(free, None)
        if track is None:
            tracks.append(list(evidence))
        else:
            track += evidence
    return tracks


def _reach(statement: Statement, axis: Axis) -> tuple[float, float]:
    """Where a statement may have been made."""
    return axis.x(statement.first), axis.x(statement.last)


def _bars(track: Iterable[Placed], axis: Axis, y: int, silence: timedelta) -> list[Bar]:
    shown = [(day, statement) for day, statement in track if statement.shows]
    return [
        _bar(run, axis, y)
        for _, group in groupby(shown, key=lambda pair: pair[1].position)
        for run in _runs(list(group), silence)
    ]


def _bar(run: Sequence[Placed], axis: Axis, y: int) -> Bar:
    """The bar of a run: held for certain from when one of its statements was made at the latest to the last one."""
    reaches = [_reach(statement, axis) for _, statement in run]
    first, last = min(start for start, _ in reaches), max(end for _, end in reaches)
    certain = min(end for _, end in reaches), max(start for start, _ in reaches)
    statement = run[0][1]
    return Bar(
        order=statement.order,
        label=statement.label,
        x=first,
        width=max(round(last - first, 2), 0.02),
        y=y,
        certain=certain if certain[0] <= certain[1] else None,
    )


def _notches(track: Iterable[Placed], bars: Sequence[Bar], axis: Axis) -> list[tuple[float, int, str]]:
    """Where statements that do not show a stance fall upon the bar of one."""
    others = [(axis.x(day), statement.role) for day, statement in track if not statement.shows]
    return [(x, bar.y, role) for x, role in others for bar in bars if bar.x <= x <= bar.end]


def _runs(shown: Sequence[Placed], silence: timedelta) -> list[list[Placed]]:
    """The statements of one position, parted where the silence is too long for certain."""
    runs = [[shown[0]]]
    for after in shown[1:]:
        if after[1].first - max(statement.last for _, statement in runs[-1]) > silence:
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


def _silences(spoken: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spans of the plot in which there is no bar and no statement, in whatever track."""
    silences = []
    reached = 0.0
    for start, end in sorted(spoken):
        if start > reached:
            silences.append((reached, start))
        reached = max(reached, end)
    return [*silences, (reached, 100.0)] if reached < 100 else silences

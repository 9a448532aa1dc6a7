"""One lane of a timeline: a mark for each thing where there is room, else bars of how many there are. Pure geometry.

x in per cent of the plot, y in pixels. A known day is a point, a range of days a band from its first to its last day:
an uncertain date is never given a day. Bars count what certainly falls into their part of the period; what may do so,
but need not, is hatched below them, and counted apart.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from claims.charts.zoom import NARROW, WIDE, Period, Row, Scale

ROWS = 6
ROW = 24  # pixels: what a pointer needs (WCAG 2.2, 2.5.8)
APART = {WIDE: 3.1, NARROW: 7.5}  # the same in per cent of a plot of 775 and of 320 pixels
SIZES = {WIDE: "wide", NARROW: "narrow"}
NUMBER, FOOT = 16, 10  # pixels above and below the bars
TALLEST, TALLEST_ALONE = 36, 96  # pixels of the fullest bar: among other lanes, and in the only one
LARGEST_NUMBER = 999  # of those that have room above a bar
SLIGHTEST = 1.2  # per cent: a band of two days in five years is seen, too


@dataclass(frozen=True, slots=True)
class Item:
    """Something with a date: ``sign`` names its mark, ``title`` says all that a reader must know before following."""

    first: date | None
    last: date | None
    url: str
    title: str
    sign: str = ""
    is_expected: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An item on a known day, at ``x``; or the band of one whose day is not known, ``width`` wide."""

    x: float
    width: float
    y: int
    item: Item

    @property
    def middle(self) -> float:
        """The middle of the mark or band."""
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the period: ``count`` things certainly fall into it, ``possible`` more may; ``url`` zooms in."""

    x: float
    width: float
    y: int
    height: int
    period: Period
    words: str
    count: int
    possible: int
    url: str
    title: str

    @property
    def left(self) -> float:
        """Where the drawn bar begins, within the part."""
        return round(self.x + self.width * 0.12, 3)

    @property
    def drawn(self) -> float:
        """The width of the drawn bar."""
        return round(self.width * 0.76, 3)

    @property
    def middle(self) -> float:
        """The middle of the part."""
        return round(self.x + self.width / 2, 3)

    @property
    def number_y(self) -> int:
        """The baseline of the number above it."""
        return self.y - 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """A lane as it is drawn for one width: marks, or bars on a ``base``.

    ``bands`` (x and width) are where more may be than the bars count; the ``note`` says what has no place at all.
    """

    size: str
    height: int
    marks: list[Mark]
    bars: list[Bar]
    bands: list[tuple[float, float]]
    note: str
    base: int = 0
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many things certainly fall into each part, how many more may, and how many fall into none for certain."""

    certain: list[int]
    possible: list[int]
    apart: int


def tally(rows: Iterable[Row], scale: Scale) -> Tally:
    """Count rows that meet the period by its parts; each is counted in one part, or apart."""
    starts = [part.first for part in scale.parts]
    certain, possible, apart = [0] * len(starts), [0] * len(starts), 0
    for first, last, count in rows:
        begins = max(bisect_right(starts, first) - 1, 0) if first else 0
        ends = bisect_right(starts, last) - 1 if last else len(starts) - 1
        if first and last and begins == ends and scale.parts[begins].holds(Period(first, last)):
            certain[begins] += count
            continue
        apart += count
        for place in range(begins, ends + 1) if first else ():  # without a first day no period finds it
            possible[place] += count
    return Tally(certain, possible, apart)


@dataclass(frozen=True, slots=True)
class Measure:
    """How bars are drawn that are to be compared: ``tallest`` pixels stand for the count of the ``fullest``.

    ``noun`` is what they count, and ``url_of`` gives the address of a part.
    """

    fullest: int
    tallest: int
    noun: str
    url_of: Callable[[Period], str]


def bars(counted: Tally, scale: Scale, measure: Measure) -> Drawing:
    """A lane of bars, each of which leads to its part of the period."""
    base = NUMBER + measure.tallest
    drawn = []
    for part, count, possible in zip(scale.parts, counted.certain, counted.possible, strict=True):
        if count:
            x, end = scale.period.x(part.first), scale.period.end_x(part.last)
            tall = max(round(count / measure.fullest * measure.tallest), 3)
            words = part.words
            title = f"{words}: {found(count, possible, measure.noun)}"
            url = measure.url_of(part)
            drawn.append(Bar(x, round(end - x, 3), base - tall, tall, part, words, count, possible, url, title))
    note = f"{counted.apart:,} without a certain {scale.unit}" if counted.apart else ""
    bands = _bands(counted.possible, scale)
    is_numbered = measure.fullest <= LARGEST_NUMBER
    return Drawing(SIZES[scale.room], base + FOOT, [], drawn, bands, note, base, is_numbered)


def marks(items: Sequence[Item], scale: Scale) -> Drawing | None:
    """A lane with a mark or band for each item, in rows in which none touches another; None where they don't fit.

    Items that may be anywhere in the period, or have no date, have no place in it.
    """
    room = APART[scale.room]
    reached = [-room] * ROWS
    placed = []
    spans = [span(item, scale.period) for item in items if is_placed(item, scale.period)]
    for start, end, item in sorted(spans, key=lambda spanned: spanned[:2]):
        middle, half = (start + end) / 2, max(end - start, room) / 2
        row = next((row for row in range(ROWS) if middle - half >= reached[row]), None)
        if row is None:
            return None
        reached[row] = middle + half
        placed.append(Mark(start, round(end - start, 3), ROW // 2 + ROW * row, item))
    base = ROW * (max((mark.y // ROW for mark in placed), default=0) + 1)
    apart = len(items) - len(placed)
    note = f"{apart:,} not certain within this view" if apart else ""
    is_open = any((item.first or item.last) and not is_placed(item, scale.period) for item in items)
    bands = [(0.0, 100.0)] if is_open else []
    return Drawing(SIZES[scale.room], base + FOOT * is_open, placed, [], bands, note, base)


def is_placed(item: Item, period: Period) -> bool:
    """Whether an item that meets the period has a place in it: it does not reach over all of several days."""
    if not (item.first and item.last):
        return bool(item.first or item.last)
    return item.first == item.last or item.first > period.first or item.last < period.last


def span(item: Item, period: Period) -> tuple[float, float, Item]:
    """From where to where an item is drawn: one place for a known day, else what its band has of the period."""
    start = period.x(item.first) if item.first else 0.0
    end = period.end_x(item.last) if item.last else 100.0
    if item.first == item.last:
        middle = round((start + end) / 2, 3)
        return middle, middle, item
    if end - start < SLIGHTEST:
        start = round(min(max((start + end - SLIGHTEST) / 2, 0.0), 100 - SLIGHTEST), 3)
        end = round(start + SLIGHTEST, 3)
    return start, end, item


def found(count: int, possible: int, noun: str) -> str:
    """How many things a part holds, in words: "14 claims, and 3 more that may be"."""
    words = f"{count:,} {noun}{'' if count == 1 else 's'}"
    return f"{words}, and {possible:,} more that may be" if possible else words


def _bands(possible: Sequence[int], scale: Scale) -> list[tuple[float, float]]:
    """Where they begin, and how wide they are: the runs of parts into which more may fall."""
    bands = []
    for is_open, run in groupby(zip(possible, scale.parts, strict=True), key=lambda pair: pair[0] > 0):
        parts = [part for _, part in run]
        if is_open:
            x = scale.period.x(parts[0].first)
            bands.append((x, round(scale.period.end_x(parts[-1].last) - x, 3)))
    return bands

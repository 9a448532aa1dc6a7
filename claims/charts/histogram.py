"""Claims a year, month or day, the finest for which the range of dates leaves room, as columns. Pure geometry.

A template draws the SVG: x in per cent, y in pixels. In years and months, known days and ranges, which count at their
middle, are drawn apart; in days a range has no column, as none of its days is more likely than another.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from claims.charts.zoom import Period as Days
from claims.charts.zoom import Row, levels
from conflict_site.base.edtf import bounds, parse

HEIGHT = 64  # of the fullest column
TOP = 16  # room for the number above it
FOOT = 24  # room for the labels below
BASE = TOP + HEIGHT
MOST_DAYS = 42  # columns of days at most
NARROW, WIDE = 320, 832  # pixels that the columns share on a small screen, and beside the facets
DAY = 24  # pixels at least for a day, which scrolls where there is no room
DIGIT, LABEL = 7, 30  # pixels for a digit and for the label of a year

type Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Month:
    """How many known days, or ranges, count in a month."""

    year: int
    month: int
    is_range: bool
    count: int


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event to mark: its date as EDTF with the days it lies between (None is open), its title and address."""

    edtf: str
    first: date
    last: date | None
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Flag:
    """The events of one column: where their flag stands, their titles, and the page of the one, or a list of all."""

    middle: float
    label: str
    titles: list[str]
    url: str


@dataclass(frozen=True, slots=True)
class Column:
    """A year, month or day (``name``): how many known days and ranges fall into it, and where it is drawn."""

    name: str
    label: str
    short: str
    first: date
    last: date
    url: str
    exact: int
    ranged: int
    is_on: bool
    left: float
    width: float
    exact_height: int
    ranged_height: int

    @property
    def count(self) -> int:
        """All claims of the column."""
        return self.exact + self.ranged

    @property
    def x(self) -> float:
        """Where the drawn bar begins, within the area that can be clicked."""
        return round(self.left + self.width * 0.12, 3)

    @property
    def bar(self) -> float:
        """The width of the drawn bar."""
        return round(self.width * 0.76, 3)

    @property
    def middle(self) -> float:
        """Where the number and the label stand."""
        return round(self.left + self.width / 2, 3)

    @property
    def exact_y(self) -> int:
        """The top of the known days."""
        return BASE - self.exact_height

    @property
    def ranged_y(self) -> int:
        """The top of the ranges, which stand on the known days."""
        return self.exact_y - self.ranged_height

    @property
    def number_y(self) -> int:
        """The baseline of the number."""
        return self.ranged_y - 5

    def holds(self, event: DatedEvent) -> bool:
        """Whether an event began here for certain."""
        within = self.first <= event.first and (event.last is not None and event.last <= self.last)
        return within or event.edtf.startswith(self.name)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Columns by ``unit`` (year, month or day)."""

    unit: str
    columns: list[Column]
    is_whole: bool  # no column that is on begins before the period or ends after it
    base: int = BASE
    height: int = BASE + FOOT

    @property
    def has_ranges(self) -> bool:
        """Whether any column holds ranges."""
        return any(column.ranged for column in self.columns)

    @property
    def words(self) -> str:
        """The time that is drawn: "2022 to 2025", "2023", "November 2023"; empty without columns."""
        return Days(self.columns[0].first, self.columns[-1].last).words if self.columns else ""

    @property
    def is_numbered(self) -> bool:
        """Whether there is room for the numbers of all columns."""
        return self._numbers_fit(WIDE)

    @property
    def is_numbered_when_narrow(self) -> bool:
        """Whether there is, on a small screen."""
        return self._numbers_fit(NARROW)

    @property
    def is_long(self) -> bool:
        """Whether there are more days than a month has."""
        return len(self.columns) > 31 and self.unit == "day"

    def apart(self, found: int, *, certain: bool) -> int:
        """How many of the claims found are in no column that is on: ranges that reach into the period, or no date.

        What is certainly within a period has its middle there. Where a column is cut by the period, what it holds
        cannot be told from what is found, and nothing is counted.
        """
        if self.unit != "day" and (certain or not self.is_whole):
            return 0
        return max(found - sum(column.count for column in self.columns if column.is_on), 0)

    def _numbers_fit(self, room: int) -> bool:
        digits = len(f"{max((column.count for column in self.columns), default=0):,}")
        return digits * DIGIT + 3 <= (DAY if self.unit == "day" else room / max(len(self.columns), 1))


def histogram(months: Iterable[Month], period: Period, url_of: Callable[[str], str]) -> Histogram:
    """The claims of these months by year, or by month where the period lies within one year.

    ``url_of`` gives the address for a year (2023) or month (2023-11).
    """
    year = _one_year(period)
    exact, ranged = _counted(months, year)
    names = _months_of(year) if year else _years([*exact, *ranged])
    return _drawn("month" if year else "year", names, exact, ranged, period, url_of)


def by_day(dates: Iterable[Row], days: Days, period: Period, url_of: Callable[[str], str]) -> Histogram:
    """The claims of known days by day. ``dates`` are first and last days with numbers; ``url_of`` is as above."""
    known = Counter({first.isoformat(): count for first, last, count in dates if first and first == last})
    names = [(days.first + timedelta(days=gone)).isoformat() for gone in range(days.days)]
    return _drawn("day", names, known, Counter(), period, url_of)


def days_of(period: Period) -> Days | None:
    """The days to draw for a period: the month that it lies within, or itself; None where it is too long."""
    first, last = period
    if not (first and last) or (last - first).days >= MOST_DAYS:
        return None
    days = Days(first, last)
    return next((level for level in levels(days) if level.days <= 31), days)


def flags(columns: Sequence[Column], events: Iterable[DatedEvent], url_of: Callable[[str], str]) -> list[Flag]:
    """One flag for each column in which events began for certain; ``url_of`` gives the address of all of its events."""
    began: dict[int, list[DatedEvent]] = {}
    starts = [column.first for column in columns]
    for event in events:
        place = bisect_right(starts, event.first) - 1
        if place >= 0 and columns[place].holds(event):
            began.setdefault(place, []).append(event)
    return [_flag(columns[place], found, url_of) for place, found in sorted(began.items())]


def _flag(column: Column, found: list[DatedEvent], url_of: Callable[[str], str]) -> Flag:
    titles = [event.title for event in found]
    url = found[0].url if len(found) == 1 else url_of(column.name)
    return Flag(column.middle, column.label, titles, url)


def _drawn(
    unit: str,
    names: list[str],
    exact: Counter[str],
    ranged: Counter[str],
    period: Period,
    url_of: Callable[[str], str],
) -> Histogram:
    fullest = max((exact[name] + ranged[name] for name in names), default=1) or 1
    width = 100 / (len(names) or 1)
    columns = [
        Column(
            name,
            parse(name).words(),
            short,
            *bounds(name),
            url_of(name),
            exact[name],
            ranged[name],
            _is_on(name, period),
            round(width * place, 3),
            round(width, 3),
            *_heights(exact[name], ranged[name], fullest),
        )
        for place, (name, short) in enumerate(zip(names, _labels(unit, names), strict=True))
    ]
    return Histogram(unit, columns, all(_is_within(column, period) for column in columns if column.is_on))


def _labels(unit: str, names: list[str]) -> list[str]:
    """What stands below each column: nothing below some years where they are many, a month's name at its first day."""
    words = [parse(name).short().split() for name in names]
    if unit == "day" and names[0][:7] != names[-1][:7]:
        return [month if day == "1" else day for day, month, _ in words]
    step = ceil(len(names) * LABEL / NARROW) if unit == "year" else 1
    return [first if place % step == 0 else "" for place, (first, *_) in enumerate(words)]


def _one_year(period: Period) -> int | None:
    first, last = period
    return first.year if first and last and first.year == last.year else None


def _counted(months: Iterable[Month], year: int | None) -> tuple[Counter[str], Counter[str]]:
    """Known days and ranges by the name of their column; with a year, those of its months alone."""
    exact: Counter[str] = Counter()
    ranged: Counter[str] = Counter()
    for month in months:
        if year in (None, month.year):
            name = f"{month.year:04}-{month.month:02}" if year else f"{month.year:04}"
            (ranged if month.is_range else exact)[name] += month.count
    return exact, ranged


def _months_of(year: int) -> list[str]:
    return [f"{year:04}-{month:02}" for month in range(1, 13)]


def _years(counted: Iterable[str]) -> list[str]:
    years = [int(name) for name in counted]
    return [f"{year:04}" for year in range(min(years), max(years) + 1)] if years else []


def _is_on(name: str, period: Period) -> bool:
    (begins, ends), (first, last) = bounds(name), period
    return (first is None or ends >= first) and (last is None or begins <= last)


def _is_within(column: Column, period: Period) -> bool:
    first, last = period
    return (first is None or first <= column.first) and (last is None or column.last <= last)


def _heights(exact: int, ranged: int, fullest: int) -> tuple[int, int]:
    """The heights of a column's two parts; what is there is seen, however little of the fullest it is."""
    whole = max(round((exact + ranged) / fullest * HEIGHT), 3 * (exact > 0) + 3 * (ranged > 0))
    if not exact or not ranged:
        return (whole, 0) if exact else (0, whole)
    upper = min(max(round(whole * ranged / (exact + ranged)), 3), whole - 3)
    return whole - upper, upper

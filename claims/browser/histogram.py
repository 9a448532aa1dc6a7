"""Claims a year, or a month where one year is chosen, as columns. Pure geometry; a template draws the SVG.

Known days and ranges, which count at their middle, are drawn apart. x in per cent, y in pixels.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from conflict_site.edtf import bounds, parse

HEIGHT = 64  # of the fullest column
TOP = 16  # room for the number above it
FOOT = 24  # room for the labels below
NUMBERED = 18  # columns at most, for numbers and labels not to touch

type Period = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Month:
    """How many known days, or ranges, count in a month."""

    year: int
    month: int
    is_range: bool
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """A year or month: how many known days and ranges fall into it, and where it is drawn."""

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


BASE = TOP + HEIGHT


@dataclass(frozen=True, slots=True)
class Histogram:
    """Columns by ``unit`` (year or month)."""

    unit: str
    columns: list[Column]
    has_ranges: bool
    base: int = BASE
    height: int = BASE + FOOT

    @property
    def is_numbered(self) -> bool:
        """Whether there is room for the numbers and labels of all columns."""
        return len(self.columns) <= NUMBERED


def histogram(months: Iterable[Month], period: Period, url_of: Callable[[str], str]) -> Histogram:
    """The claims of these months by year, or by month where the period lies within one year.

    ``url_of`` gives the address for a year (2023) or month (2023-11).
    """
    year = _one_year(period)
    exact, ranged = _counted(months, year)
    names = _months_of(year) if year else _years([*exact, *ranged])
    fullest = max((exact[name] + ranged[name] for name in names), default=1) or 1
    width = 100 / (len(names) or 1)
    columns = [
        Column(
            parse(name).words(),
            parse(name).short().split()[0],
            *bounds(name),
            url_of(name),
            exact[name],
            ranged[name],
            _is_on(name, period),
            round(width * place, 3),
            round(width, 3),
            *_heights(exact[name], ranged[name], fullest),
        )
        for place, name in enumerate(names)
    ]
    return Histogram("month" if year else "year", columns, any(ranged.values()))


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


def _heights(exact: int, ranged: int, fullest: int) -> tuple[int, int]:
    """The heights of a column's two parts; what is there is seen, however little of the fullest it is."""
    whole = max(round((exact + ranged) / fullest * HEIGHT), 3 * (exact > 0) + 3 * (ranged > 0))
    if not exact or not ranged:
        return (whole, 0) if exact else (0, whole)
    upper = min(max(round(whole * ranged / (exact + ranged)), 3), whole - 3)
    return whole - upper, upper

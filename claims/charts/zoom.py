"""Periods of a timeline that can be zoomed: their names, what they are within, beside and made of. Pure.

A period is any run of whole days. What has a name in the calendar (a day, month or year) is called by it; a period is
parted by the finest of days, weeks, months, quarters, years and so on that leaves room for every part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from itertools import count

from conflict_site.base import edtf

WIDE, NARROW = 31, 12  # the parts for which there is room on a wide and on a narrow screen, each 24 pixels
DAYS = {1: "day", 7: "week"}
DAYS_OF = {unit: days for days, unit in DAYS.items()}
MONTHS = {
    1: "month", 3: "quarter", 12: "year", 24: "two years", 60: "five years", 120: "decade", 600: "half century",
    1200: "century", 6000: "half millennium", 12000: "millennium",
}  # fmt: skip
CROWDED = 9  # more years than this have room for every second number only
SLIMMEST = 6.5  # per cent: a part that has no room for its label

type Row = tuple[date | None, date | None, int]  # a first and a last day (None is open), and how many share them


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both of them within."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def typed(self) -> tuple[str, str]:
        """Its first and last day, month or year, as a filter's address writes it, as short as can be."""
        first, last = self.first.isoformat(), self.last.isoformat()
        if not self.is_of_months:
            return first, last
        return (first[:4], last[:4]) if first[5:7] == "01" and last[5:7] == "12" else (first[:7], last[:7])

    @property
    def is_of_months(self) -> bool:
        """Whether it consists of whole months."""
        return self.first.day == 1 and self.last == _month_end(_month_number(self.last))

    @property
    def words(self) -> str:
        """Its name in a sentence: "November 2023", "May 2022 to February 2023"."""
        first, last = self.typed
        return edtf.parse(first if first == last else f"{first}/{last}").words()

    def x(self, day: date) -> float:
        """Where a day begins, in per cent of the period, from 0 to 100."""
        gone = (day - self.first).days / self.days * 100
        return round(min(max(gone, 0.0), 100.0), 3)

    def end_x(self, day: date) -> float:
        """Where a day ends, in per cent of the period."""
        return 100.0 if day >= self.last else self.x(day + timedelta(days=1))

    def holds(self, other: "Period") -> bool:
        """Whether another period lies within this one."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class Scale:
    """A period in parts of one ``unit``, of which the first and last may be cut short; ``room`` is for how many."""

    period: Period
    room: int
    unit: str
    parts: list[Period]


@dataclass(frozen=True, slots=True)
class Label:
    """What stands below a part; ``x`` is the middle of it, ``text`` is empty where there is no room."""

    x: float
    start: float
    width: float
    text: str
    period: Period


def scale(period: Period, most: int) -> Scale:
    """The period in at most so many parts (12 or more), the finest for which that is enough."""
    for days, unit in DAYS.items():
        if period.days <= days * most:
            return Scale(period, most, unit, _by_days(period, days))
    first, last = _month_number(period.first), _month_number(period.last)
    months = next(months for months in MONTHS if last // months - first // months < most)
    return Scale(period, most, MONTHS[months], _by_months(period, months))


def labels(period: Period) -> list[Label]:
    """What stands below a period, whatever it is drawn on: its parts for a narrow screen, or years where it has more.

    A day goes with its month where that begins.
    """
    drawn = scale(period, NARROW)
    unit, parts = drawn.unit, drawn.parts
    if unit in ("month", "quarter") and period.first.year < period.last.year:
        unit, parts = "year", _by_months(period, 12)
    step = 2 if len(parts) > CROWDED and unit not in ("day", "week", "month") else 1
    found = []
    for number, part in enumerate(parts):
        start, end = period.x(part.first), period.end_x(part.last)
        hidden = number % step or end - start < SLIMMEST
        text = "" if hidden else _text(unit, part, is_first=number == 0)
        found.append(Label(round((start + end) / 2, 3), start, round(end - start, 3), text, part))
    return found


def levels(period: Period) -> list[Period]:
    """The year and the month that a smaller period lies within, the larger one first."""
    year = Period(date(period.first.year, 1, 1), date(period.first.year, 12, 31))
    month = Period(period.first.replace(day=1), _month_end(_month_number(period.first)))
    return [level for level in (year, month) if level.holds(period) and level != period]


def beside(period: Period, step: int) -> Period | None:
    """The period of the same length so many steps later (or earlier, if negative); None beyond the calendar.

    Whole months are followed by as many months, whatever their days.
    """
    try:
        if not period.is_of_months:
            shift = timedelta(days=period.days * step)
            return Period(period.first + shift, period.last + shift)
        first, last = _month_number(period.first), _month_number(period.last)
        shifted = (last - first + 1) * step
        return Period(_month(first + shifted), _month_end(last + shifted))
    except (ValueError, OverflowError):
        return None


def extent(dates: Iterable[Row]) -> Period | None:
    """The whole years in which these first and last days lie; None where no day is known."""
    years = [day.year for first, last, _ in dates for day in (first, last) if day]
    return Period(date(min(years), 1, 1), date(max(years), 12, 31)) if years else None


def within(rows: Iterable[Row], first: date | None, last: date | None, *, certain: bool = False) -> list[Row]:
    """Those rows that possibly (or certainly) fall into a period, as a filter finds them. None is an open end."""
    return [row for row in rows if _is_within(row[0], row[1], first, last, certain)]


def _is_within(begins: date | None, ends: date | None, first: date | None, last: date | None, certain: bool) -> bool:
    if certain:
        starts = first is None or (begins is not None and begins >= first)
        return starts and (last is None or (ends is not None and ends <= last))
    starts = first is None or (ends is not None and ends >= first) or (ends is None and begins is not None)
    return starts and (last is None or (begins is not None and begins <= last))


def _by_days(period: Period, days: int) -> list[Period]:
    """Parts of so many days; what is left at the end is a part of its own only if it is more than half of one."""
    starts = [period.first + timedelta(days=gone) for gone in range(0, period.days, days)]
    if (period.last - starts[-1]).days + 1 <= days // 2 and len(starts) > 1:
        starts.pop()
    ends = [*(start - timedelta(days=1) for start in starts[1:]), period.last]
    return [Period(start, end) for start, end in zip(starts, ends, strict=True)]


def _by_months(period: Period, months: int) -> list[Period]:
    parts: list[Period] = []
    for number in count(_month_number(period.first) // months):
        start, end = number * months, number * months + months - 1
        first = period.first if start <= _month_number(period.first) else _month(start)
        if end >= _month_number(period.last):
            return [*parts, Period(first, period.last)]
        parts.append(Period(first, _month_end(end)))
    return parts


def _text(unit: str, part: Period, is_first: bool) -> str:
    day, month, year = edtf.short_day(part.first).split()
    if unit in ("day", "week"):
        is_new_month = part.first.day <= DAYS_OF[unit]
        return f"{day} {month}" if is_first or is_new_month else day
    return month if unit in ("month", "quarter") else year


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _month_end(number: int) -> date:
    if not MINYEAR * 12 <= number < (MAXYEAR + 1) * 12:
        raise ValueError(number)
    return date.max if number == MAXYEAR * 12 + 11 else _month(number + 1) - timedelta(days=1)

"""Spans of the calendar on an axis, so wide that a finger can tell marks in the middle of each apart. Pure."""

from datetime import date, timedelta

from claims.charts.marks import TARGETS_APART
from claims.charts.swimlanes import Axis

MONTHS = (1, 2, 3, 4, 6)  # of a span, where years are few; else it has whole years
DAY = timedelta(days=1)

type Span = tuple[date, date]


def spans(axis: Axis) -> list[Span]:
    """The first and the last day of each span; together they are the whole axis.

    What the axis cuts short, where it begins or ends within a span, is part of the span beside it.
    """
    months, begins, last = _months(axis), axis.first.year * 12, axis.end - DAY
    starts = [date(at // 12, at % 12 + 1, 1) for at in range(begins, last.year * 12 + last.month, months)]
    inner = [start for start in starts if start > axis.first]
    if axis.first not in starts:
        inner = inner[1:]
    if axis.end.day > 1 or (axis.end.year * 12 + axis.end.month - 1 - begins) % months:
        inner = inner[:-1]
    return list(zip([axis.first, *inner], [*(start - DAY for start in inner), last], strict=True))


def _months(axis: Axis) -> int:
    """The fewest months that a span can have."""
    days = (axis.end - axis.first).days
    offered = (*MONTHS, *(12 * years for years in range(1, days // 365 + 2)))
    return next(months for months in offered if (365 * months // 12 - 2) / days * 100 >= TARGETS_APART)

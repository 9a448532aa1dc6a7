"""A chart's window of time: the days on which several actors all have claims, and an axis that ends where it ends.

Pure geometry. Beyond the window nothing is drawn, so that a silence is never drawn where a statement was left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claims.charts import swimlanes
from conflict_site.base import edtf

MOST_YEARS = 8
LABEL = 10.0  # per cent of a narrow plot that the label of a year takes


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the last day, both of them within it."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """The days in words: "24 February 2022 to 15 May 2024", or one day."""
        if self.first == self.last:
            return edtf.day(self.first)
        return f"{edtf.day(self.first)} to {edtf.day(self.last)}"

    def may_hold(self, first: date, last: date) -> bool:
        """Whether what lies between these days possibly falls into the window: the two overlap."""
        return first <= self.last and last >= self.first

    def cut(self, first: date, last: date) -> tuple[date, date]:
        """That part of a range of days which lies within the window."""
        return max(first, self.first), min(last, self.last)


def common(windows: Iterable[Window | None]) -> Window | None:
    """The days that all the windows hold; None where there is no such day, or one of them is None."""
    known = list(windows)
    if not known or None in known:
        return None
    first = max(window.first for window in known if window)
    last = min(window.last for window in known if window)
    return Window(first, last) if first <= last else None


def axis(window: Window) -> swimlanes.Axis:
    """The axis of a window, with at most eight labelled years; the first label stands at the left edge."""
    bare = swimlanes.Axis(window.first, window.last + timedelta(days=1), [], [], [])
    starts = [0.0, *(bare.x(date(year, 1, 1)) for year in range(window.first.year + 1, window.last.year + 1))]
    years = list(zip(starts, range(window.first.year, window.last.year + 1), strict=True))
    step = -(-len(years) // MOST_YEARS)
    labelled = _apart(years[::step])
    if step > 1:
        return replace(bare, years=labelled)
    mids = [x for x in _turns(bare, window, [7]) if _is_clear(x, labelled)]
    return replace(bare, years=labelled, ticks=_turns(bare, window, [1, 4, 7, 10]), mids=mids)


def _turns(bare: swimlanes.Axis, window: Window, months: Iterable[int]) -> list[float]:
    """Where these months begin, in each year."""
    years = range(window.first.year, window.last.year + 1)
    days = [date(year, month, 1) for year in years for month in months]
    return [bare.x(day) for day in days if window.first < day <= window.last]


def _apart(years: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The labels for which there is room: the later of two that would touch, none that would leave the plot."""
    following = [x for x, _ in years[1:]] + [100.0]
    fits = [label for label, after in zip(years, following, strict=True) if after - label[0] >= LABEL]
    return fits or years[:1]


def _is_clear(x: float, labelled: list[tuple[float, int]]) -> bool:
    return x <= 100 - LABEL / 2 and all(not -LABEL / 2 < x - year < LABEL / 2 for year, _ in labelled)

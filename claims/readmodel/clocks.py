"""The first and the last day of every row by one clock: different pairs of days are few, so that each has a code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from claims.readmodel.bits import Array, Flags, Subset
from claims.readmodel.coding import Coding, different, smallest
from claims.readmodel.packing import NO_DAY
from claims.readmodel.terms import UNIX_EPOCH

FIRST_DAY, LAST_DAY = (day.toordinal() - UNIX_EPOCH for day in (date.min, date.max))
NEVER = LAST_DAY + 1
MASK = (1 << 32) - 1


@dataclass(frozen=True)
class Days:
    """Different pairs of a first and a last day by code; ``NO_DAY`` where an end is open."""

    coding: Coding

    @cached_property
    def first(self) -> Array:
        """The first days, by code."""
        return (self.coding.keys >> 32) + NO_DAY

    @cached_property
    def last(self) -> Array:
        """The last days, by code."""
        return (self.coding.keys & MASK) + NO_DAY

    @cached_property
    def months(self) -> tuple[Array, Array]:
        """The different months of pairs of days, known ones and ranges apart, and by code the place of each pair's."""
        first, last = self.first, self.last
        both = (first != NO_DAY) & (last != NO_DAY)
        middle = np.where(both, first + (last - first) // 2, np.maximum(first, last))
        months = middle.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return np.unique(months * 2 + (first != last), return_inverse=True)


@dataclass(frozen=True)
class Clock:
    """The pair of days of every row, by code."""

    days: Days
    codes: Array
    totals: Array  # by code, how many rows have it

    @classmethod
    def of(cls, first: Array, last: Array, known: "Clock | None" = None) -> "Clock":
        """The clock of rows with these days. A pair of days that is known has the same code as there."""
        keys = _keys(first, last)
        days = known.days if known else Days(Coding.of(different(keys)))
        coding = days.coding.with_keys(keys)
        days = days if coding is days.coding else Days(coding)
        codes = coding.codes(keys)[0]
        return cls(days, smallest(codes, len(coding)), np.bincount(codes, minlength=len(coding)))

    @property
    def first(self) -> Array:
        """The first days, by code."""
        return self.days.first

    @property
    def last(self) -> Array:
        """The last days, by code."""
        return self.days.last

    def __len__(self) -> int:
        return len(self.days.coding)

    def of_codes(self, wanted: Flags) -> Flags:
        """The rows whose pair of days is wanted, by code."""
        return wanted.take(self.codes)

    def within(self, first: date | None, last: date | None, certain: bool) -> Flags:
        """The rows that fall into a period, possibly or whichever day it was. None is open."""
        begins, ends = self.first, self.last
        wanted = np.ones(len(begins), np.bool_)
        if first:
            day = number(first)
            wanted &= begins >= day if certain else (ends >= day) | ((ends == NO_DAY) & (begins != NO_DAY))
        if last:
            known = (ends if certain else begins) != NO_DAY
            wanted &= known & ((ends if certain else begins) <= number(last))
        return self.of_codes(wanted)

    def first_days(self, rows: Array | slice, undated: int) -> Array:
        """The first day of these rows, with another day where there is none."""
        first = self.first
        return np.where(first == NO_DAY, undated, first).astype(np.int32).take(self.codes[rows])

    def tally(self, subset: Subset) -> Array:
        """By code, how many of the rows have this pair of days."""
        return np.bincount(self.codes.take(subset.positions), minlength=len(self))

    def dates(self, counts: Array) -> Iterator[tuple[date | None, date | None, int]]:
        """The pairs of days that are counted, with their numbers."""
        codes = np.flatnonzero(counts)
        for first, last, count in zip(self.first[codes], self.last[codes], counts[codes], strict=True):
            yield day(int(first)), day(int(last)), int(count)

    def months(self, counts: Array) -> Iterator[tuple[int, int, bool, int]]:
        """Year and month, whether it is a range that counts there, at its middle, and how many do."""
        keys, places = self.days.months
        sums = np.bincount(places, weights=counts * (self.first + self.last != 2 * NO_DAY), minlength=len(keys))
        for key in np.flatnonzero(sums):
            month, is_range = divmod(int(keys[key]), 2)
            yield 1970 + month // 12, month % 12 + 1, bool(is_range), int(sums[key])


def number(day: date) -> int:
    """A day as columns have it."""
    return day.toordinal() - UNIX_EPOCH


def day(number: int) -> date | None:
    """The day for a number; None for ``NO_DAY``."""
    return None if number == NO_DAY else date.fromordinal(number + UNIX_EPOCH)


def _keys(first: Array, last: Array) -> Array:
    return (first.astype(np.int64) - NO_DAY) << 32 | (last.astype(np.int64) - NO_DAY)

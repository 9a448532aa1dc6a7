"""Which values the rows have: one structure for what a claim has once (a speaker) and many times (issues, sources).

A value that one row in a hundred or more has is a mask, which is met with another one word by word. All others stand by
row: the first of each row in a column, the second in another one, as long as many rows have so many; what is left are
pairs. So they are counted by a look at the rows that are asked for, however many values there are.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from claims.readmodel import bits
from claims.readmodel.bits import Array, Mask, Subset
from claims.readmodel.coding import different, smallest

COMMON = 128  # a value is common where at least one row in so many has it
LEAST = 64  # and so many rows at all: of a few rows, masks are more work than they save
DENSE = 4  # a column has a value for at least one row in so many
FEW = 256  # rows are few where the part has so many times their number: then each looks for its own values


@dataclass(frozen=True, slots=True)
class Values:
    """The values of all rows, by code."""

    number: int  # codes are below it
    totals: Array  # by code, how many rows have it
    common: Array  # the codes that have a mask
    masks: Mask  # a mask for each of them
    columns: tuple[Array, ...]  # of the others, by row, its first, its second; ``number`` where it has none
    rows: Array  # what is in no column: a row, in their order
    codes: Array  # and a value of it

    @classmethod
    def of(cls, rows: Array, codes: Array, size: int) -> "Values":
        """The values of so many rows, from pairs of row and code; no pair may be there twice."""
        if not len(codes):
            return _no_values(size)
        totals = np.bincount(codes)
        common = np.flatnonzero(totals >= max(LEAST, -(-size // COMMON)))
        masks = np.zeros((len(common), -(-size // bits.WORD)), np.uint64)
        for mask, code in zip(masks, common, strict=True):
            mask[:] = bits.at(rows[codes == code], size)
        rare = ~_among(codes, common)
        columns, (rows, codes) = _columns(*_by_row(rows[rare], codes[rare]), len(totals), size)
        return cls(len(totals), totals, common, masks, columns, rows.astype(np.int32), codes.astype(np.int32))

    def having(self, codes: Array, size: int) -> Mask:
        """The rows that have any of these values."""
        codes = codes[codes < self.number]  # others are of claims that have come since
        is_common = np.isin(codes, self.common)
        found = self._rare(codes[~is_common], size)
        for mask in self.masks[np.isin(self.common, codes[is_common])]:
            found |= mask
        return found

    def tally(self, subset: Subset) -> Array:
        """By code, how many of the rows have each value."""
        counts = np.bincount(self._pairs(subset)[1], minlength=self.number)
        for column in self.columns:
            counts += np.bincount(column.take(subset.positions), minlength=self.number + 1)[: self.number]
        counts[self.common] = self._met(subset)
        return counts

    def highest(self, subset: Subset, of_rows: Array, lowest: int) -> Array:
        """By code, the highest of the numbers that its rows among these have; ``lowest`` for a code without any."""
        found = np.full(self.number + 1, lowest, of_rows.dtype)
        for code, mask in zip(self.common.tolist(), self.masks, strict=True):
            flags = bits.unpacked(mask & subset.mask, subset.size)
            found[code] = np.compress(flags, of_rows).max(initial=lowest)
        rows, codes = self._pairs(subset)
        np.maximum.at(found, codes, of_rows[rows])
        for column in self.columns:
            np.maximum.at(found, column.take(subset.positions), of_rows.take(subset.positions))
        return found[: self.number]

    def _rare(self, codes: Array, size: int) -> Mask:
        if not len(codes):
            return np.zeros(-(-size // bits.WORD), np.uint64)
        found = bits.at(self.rows[_among(self.codes, codes)], size)
        for column in self.columns:
            found |= bits.packed(_among(column, codes))
        return found

    def _met(self, subset: Subset) -> Any:
        """How many of the rows are in each mask."""
        if subset.is_few(FEW):
            return bits.at_positions(self.masks, subset.positions).sum(axis=1, dtype=np.int64)
        return [bits.size(mask & subset.mask) for mask in self.masks]

    def _pairs(self, subset: Subset) -> tuple[Array, Array]:
        """Of these rows, what is in no column: row and value."""
        if not subset.is_few(FEW):
            is_there = subset.flags.take(self.rows)
            return np.compress(is_there, self.rows), np.compress(is_there, self.codes)
        wanted = subset.positions.astype(self.rows.dtype)  # of another type, all rows would be copied to it
        first, last = np.searchsorted(self.rows, wanted), np.searchsorted(self.rows, wanted, side="right")
        number = last - first
        pairs = np.arange(number.sum()) + np.repeat(first - number.cumsum() + number, number)
        return self.rows[pairs], self.codes[pairs]


@lru_cache(maxsize=64)
def _no_values(size: int) -> Values:
    """None, of so many rows."""
    none = np.zeros(0, np.int32)
    masks = np.zeros((0, -(-size // bits.WORD)), np.uint64)
    return Values(0, none.astype(np.int64), none, masks, (), none, none)


def distinct(rows: Array, codes: Array) -> tuple[Array, Array]:
    """The pairs without repetitions, by row: a claim that cites a source twice has it once."""
    if not len(codes):
        return rows, codes
    span = int(codes.max()) + 1
    pairs = different(rows.astype(np.int64) * span + codes)
    return (pairs // span).astype(np.int32), (pairs % span).astype(np.int32)


def _by_row(rows: Array, codes: Array) -> tuple[Array, Array]:
    if (rows[1:] >= rows[:-1]).all():
        return rows, codes
    order = np.argsort(rows, kind="stable")
    return rows[order], codes[order]


def _columns(rows: Array, codes: Array, number: int, size: int) -> tuple[tuple[Array, ...], tuple[Array, Array]]:
    """A column of first values, of second ones and so on; and the pairs, which are by row, that are in none."""
    columns: list[Array] = []
    while len(rows) and len(rows) * DENSE >= size:
        is_first = np.diff(rows, prepend=-1) > 0
        if np.count_nonzero(is_first) * DENSE < size:
            break
        column = np.full(size, number)
        column[rows[is_first]] = codes[is_first]
        columns.append(smallest(column, number + 1))
        rows, codes = rows[~is_first], codes[~is_first]
    return tuple(columns), (rows, codes)


def _among(codes: Array, wanted: Array) -> Any:
    """Whether each code is one of those wanted."""
    if len(wanted) == 1:
        return codes == wanted[0]
    table = np.zeros(max(int(codes.max(initial=0)), int(wanted.max(initial=0))) + 1, np.bool_)
    table[wanted] = True
    return table.take(codes)

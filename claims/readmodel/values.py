"""Which values the rows have: one structure for what a claim has once (a speaker) and many times (issues, sources).

A value that one row in a hundred or more has is a mask, which is met with another one word by word. All others are
pairs of row and value, which are looked up in a mask and counted: for them, a mask each would be slower, and large.
There are two orders of pairs. By value, they are counted without being taken apart; by row, few rows find theirs
without a look at the others.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from claims.readmodel import bits
from claims.readmodel.bits import Array, Flags, Mask
from claims.readmodel.coding import different

COMMON = 128  # a value is common where at least one row in so many has it
LEAST = 64  # and so many rows at all: of a few rows, masks are more work than they save
BLOCK = 32_768  # words of masks that are met at a time: they stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Groups:
    """Pairs by code: the rows of each code stand side by side, from its start on."""

    codes: Array
    starts: Array
    rows: Array

    @classmethod
    def of(cls, rows: Array, codes: Array) -> "Groups":
        """The groups of these pairs."""
        order = np.argsort(codes, kind="stable")
        starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
        return cls(codes[order][starts], starts, rows[order].astype(np.intp))

    def having(self, codes: Array) -> Array:
        """The rows of these codes, a row as often as it has one of them."""
        wanted = np.flatnonzero(_among(self.codes, codes))
        ends = np.append(self.starts, len(self.rows))
        return np.concatenate([self.rows[:0], *(self.rows[ends[each] : ends[each + 1]] for each in wanted)])

    def tally(self, flags: Flags, size: int) -> Array:
        """By code, of so many, the number of flagged rows."""
        counts = np.zeros(size, np.int64)
        if len(self.starts):
            is_there = flags.take(self.rows, mode="wrap")  # every row is there: "raise" would look once more
            counts[self.codes] = np.add.reduceat(is_there.view(np.uint8), self.starts, dtype=np.uint32)
        return counts

    def highest(self, of_rows: Array, lowest: int, size: int) -> Array:
        """By code, of so many, the highest of the numbers that its rows have; ``lowest`` for a code without rows."""
        found = np.full(size, lowest, of_rows.dtype)
        if len(self.starts):
            found[self.codes] = np.maximum.reduceat(of_rows.take(self.rows, mode="wrap"), self.starts)
        return found


@dataclass(frozen=True, slots=True)
class Values:
    """The values of all rows, by code."""

    number: int  # codes are below it
    common: Array  # the codes that have a mask
    masks: Mask  # a mask for each of them
    rows: Array  # the others: a row, in their order
    codes: Array  # and a value of it
    groups: Groups  # the same pairs by code

    @classmethod
    def of(cls, rows: Array, codes: Array, size: int) -> "Values":
        """The values of so many rows, from pairs of row and code; no pair may be there twice."""
        number = int(codes.max(initial=-1)) + 1
        common = np.flatnonzero(np.bincount(codes, minlength=1) >= max(LEAST, -(-size // COMMON)))
        masks = np.zeros((len(common), -(-size // bits.WORD)), np.uint64)
        for mask, code in zip(masks, common, strict=True):
            mask[:] = bits.at(rows[codes == code], size)
        rows, codes = _rare(rows, codes, common)
        return cls(number, common, masks, rows, codes, Groups.of(rows, codes))

    def having(self, codes: Array, size: int) -> Mask:
        """The rows that have any of these values."""
        found = bits.at(self.groups.having(codes), size)
        for mask in self.masks[np.isin(self.common, codes)]:
            found |= mask
        return found

    def tally(self, mask: Mask, flags: Flags, within: slice) -> Array:
        """How many rows of a mask have each value.

        ``flags`` are the same rows, unpacked; outside the words ``within`` there are none.
        """
        counts = self.groups.tally(flags, self.number)
        mask = mask[within]
        step = max(BLOCK // max(mask.size, 1), 1)
        for start in range(0, len(self.common), step):
            met = np.bitwise_count(self.masks[start : start + step, within] & mask)
            counts[self.common[start : start + step]] = met.sum(axis=1, dtype=np.uint32)
        return counts

    def tally_few(self, positions: Array) -> Array:
        """The same of a few rows, by their positions: each looks for its own values."""
        wanted = positions.astype(self.rows.dtype)  # of another type, all rows would be copied to it
        first, last = np.searchsorted(self.rows, wanted), np.searchsorted(self.rows, wanted, side="right")
        number = last - first
        pairs = np.arange(number.sum()) + np.repeat(first - number.cumsum() + number, number)
        counts = np.bincount(self.codes[pairs], minlength=self.number)
        counts[self.common] = bits.at_positions(self.masks, positions).sum(axis=1, dtype=np.int64)
        return counts

    def highest(self, of_rows: Array, lowest: int) -> Array:
        """By code, the highest of the numbers that its rows have; ``lowest`` for a code without rows."""
        found = self.groups.highest(of_rows, lowest, self.number)
        for code, mask in zip(self.common.tolist(), self.masks, strict=True):
            found[code] = np.compress(bits.unpacked(mask, len(of_rows)), of_rows).max(initial=lowest)
        return found


def distinct(rows: Array, codes: Array) -> tuple[Array, Array]:
    """The pairs without repetitions, by row: a claim that cites a source twice has it once."""
    if not len(codes):
        return rows, codes
    span = int(codes.max()) + 1
    pairs = different(rows.astype(np.int64) * span + codes)
    return (pairs // span).astype(np.int32), (pairs % span).astype(np.int32)


def _rare(rows: Array, codes: Array, common: Array) -> tuple[Array, Array]:
    """The pairs of values that have no mask, by row."""
    rare = ~_among(codes, common)
    rows, codes = np.compress(rare, rows).astype(np.int32), np.compress(rare, codes).astype(np.int32)
    if (rows[1:] >= rows[:-1]).all():
        return rows, codes
    order = np.argsort(rows, kind="stable")
    return rows[order], codes[order]


def _among(codes: Array, wanted: Array) -> Any:
    """Whether each code is one of those wanted."""
    if len(wanted) == 1:
        return codes == wanted[0]
    table = np.zeros(max(int(codes.max(initial=0)), int(wanted.max(initial=0))) + 1, np.bool_)
    table[wanted] = True
    return table.take(codes)

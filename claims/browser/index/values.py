"""Which values the rows have: one structure for what a claim has once (a speaker) and many times (issues, sources).

A value that one row in a hundred or more has is a mask, which is met with another one word by word. All others are
pairs of row and value, which are looked up in a mask and counted: for them, a mask each would be slower, and large.
The pairs are sorted by row, so that few rows find theirs without a look at the others.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from claims.browser.index import bits
from claims.browser.index.bits import Array, Flags, Mask
from claims.browser.index.coding import different

COMMON = 128  # a value is common where at least one row in so many has it
BLOCK = 32_768  # words of masks that are met at a time: they stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Values:
    """The values of all rows, by code."""

    common: Array  # the codes that have a mask
    masks: Mask  # a mask for each of them
    rows: Array  # the others: a row, in their order
    codes: Array  # and a value of it

    @classmethod
    def of(cls, rows: Array, codes: Array, size: int) -> "Values":
        """The values of so many rows, from pairs of row and code; no pair may be there twice."""
        common = np.flatnonzero(np.bincount(codes) * COMMON >= max(size, 1)) if len(codes) else np.zeros(0, np.intp)
        masks = np.zeros((len(common), -(-size // bits.WORD)), np.uint64)
        for mask, code in zip(masks, common, strict=True):
            mask[:] = bits.at(rows[codes == code], size)
        return cls(common, masks, *_rare(rows, codes, common))

    def having(self, codes: Array, size: int) -> Mask:
        """The rows that have any of these values."""
        found = bits.at(np.compress(_among(self.codes, codes), self.rows), size)
        for mask in self.masks[np.isin(self.common, codes)]:
            found |= mask
        return found

    def tally(self, mask: Mask, flags: Flags, within: slice, size: int) -> Array:
        """How many rows of a mask have each of so many values.

        ``flags`` are the same rows, unpacked; outside the words ``within`` there are none.
        """
        first, last = np.searchsorted(self.rows, (within.start * bits.WORD, within.stop * bits.WORD))
        is_there = flags.take(self.rows[first:last], mode="wrap")  # every row is there: "raise" would look once more
        counts = np.bincount(np.compress(is_there, self.codes[first:last]), minlength=size)
        mask = mask[within]
        step = max(BLOCK // max(mask.size, 1), 1)
        for start in range(0, len(self.common), step):
            met = np.bitwise_count(self.masks[start : start + step, within] & mask)
            counts[self.common[start : start + step]] = met.sum(axis=1, dtype=np.uint32)
        return counts

    def tally_few(self, positions: Array, size: int) -> Array:
        """The same of a few rows, by their positions: each looks for its own values."""
        first, last = np.searchsorted(self.rows, (positions, positions + 1))
        number = last - first
        pairs = np.arange(number.sum()) + np.repeat(first - number.cumsum() + number, number)
        counts = np.bincount(self.codes[pairs], minlength=size)
        counts[self.common] = bits.at_positions(self.masks, positions).sum(axis=1, dtype=np.int64)
        return counts

    def extended(self, rows: Array, codes: Array, size: int) -> "Values":
        """The same with pairs of further rows; there are ``size`` rows now. Nothing of this one is changed."""
        masks = bits.padded(self.masks, size)
        for number, code in enumerate(self.common):
            masks[number] |= bits.at(rows[codes == code], size) if code in codes else np.uint64(0)
        added, of_them = _rare(rows, codes, self.common)
        return Values(self.common, masks, np.concatenate([self.rows, added]), np.concatenate([self.codes, of_them]))


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
    rows, codes = np.compress(rare, rows).astype(np.intp), np.compress(rare, codes).astype(np.int32)
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

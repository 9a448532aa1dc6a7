"""Sets of rows as masks of one bit a row, 64 to a word: at a million rows they are met and counted in microseconds."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Array = NDArray[Any]
type Mask = NDArray[np.uint64]
type Flags = NDArray[np.bool_]

WORD = 64


def packed(flags: Flags) -> Mask:
    """The mask of one flag a row; the bits behind the last row are not set."""
    found = np.zeros(-(-len(flags) // WORD) * 8, np.uint8)
    octets = np.packbits(flags, bitorder="little")
    found[: len(octets)] = octets
    return found.view(np.uint64)


def unpacked(mask: Mask, rows: int) -> Flags:
    """One flag a row."""
    return np.unpackbits(mask.view(np.uint8), count=rows, bitorder="little").view(np.bool_)


def at(positions: Array, rows: int) -> Mask:
    """The mask of the rows at these positions."""
    flags = np.zeros(rows, np.bool_)
    flags[positions] = True
    return packed(flags)


def has(mask: Mask, positions: Array) -> Flags:
    """Whether each of these positions is in a mask."""
    return at_positions(mask[np.newaxis], positions)[0].astype(np.bool_)


def without(mask: Mask, positions: Array) -> Mask:
    """A mask without these positions."""
    words, places = np.divmod(positions, WORD)
    left = mask.copy()
    np.bitwise_and.at(left, words, ~(np.uint64(1) << places.astype(np.uint64)))
    return left


def at_positions(masks: Mask, positions: Array) -> Array:
    """For each of several masks, 1 where a position is in it, else 0."""
    words, places = np.divmod(positions, WORD)
    return masks[:, words] >> places.astype(np.uint64) & np.uint64(1)


def size(mask: Mask) -> int:
    """The number of rows in a mask."""
    return int(np.bitwise_count(mask).sum(dtype=np.uint32))


def beyond(mask: Mask, rows: int) -> Mask:
    """The mask of all other rows, of so many."""
    return ~mask & full(rows)


def full(rows: int) -> Mask:
    """The mask of all of so many rows."""
    return packed(np.ones(rows, np.bool_))


def ends(mask: Mask, most: int, *, last: bool) -> Array:
    """Positions of the first or the last so many rows of a mask, and perhaps of some more."""
    words = np.flatnonzero(mask)
    words = words[-most:] if last else words[:most]
    inside = np.flatnonzero(unpacked(mask[words], len(words) * WORD))
    positions: Array = words[inside // WORD] * WORD + inside % WORD
    return positions


class Subset:
    """Some of so many rows, as they are looked at: a mask, a flag for each row, or positions. Made when it is asked."""

    def __init__(self, size: int, *, mask: Mask | None = None, positions: Array | None = None) -> None:
        """Either as a mask, or by position."""
        self.size = size
        if mask is not None:
            self.mask = mask
        if positions is not None:
            self.positions = positions

    @cached_property
    def mask(self) -> Mask:
        """The rows as a mask."""
        return at(self.positions, self.size)

    @cached_property
    def flags(self) -> Flags:
        """One flag a row."""
        return unpacked(self.mask, self.size)

    @cached_property
    def positions(self) -> Array:
        """The rows by position."""
        return np.flatnonzero(self.flags)

    def is_few(self, times: int) -> bool:
        """Whether there are at least so many times as many rows."""
        return len(self.positions) * times <= self.size

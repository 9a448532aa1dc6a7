"""Sets of rows as masks of one bit a row, 64 to a word: at a million rows they are met and counted in microseconds."""

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


def at_positions(masks: Mask, positions: Array) -> Array:
    """For each of several masks, 1 where a position is in it, else 0."""
    words, places = np.divmod(positions, WORD)
    return masks[:, words] >> places.astype(np.uint64) & np.uint64(1)


def span(mask: Mask) -> slice:
    """The words from the first to the last that have any row."""
    words = np.flatnonzero(mask)
    return slice(int(words[0]), int(words[-1]) + 1) if len(words) else slice(0, 0)


def size(mask: Mask) -> int:
    """The number of rows in a mask."""
    return int(np.bitwise_count(mask).sum(dtype=np.uint32))


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

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


def padded(masks: Mask, rows: int) -> Mask:
    """A copy of one or several masks, with words enough for more rows."""
    missing = -(-rows // WORD) - masks.shape[-1]
    return np.concatenate([masks, np.zeros((*masks.shape[:-1], missing), np.uint64)], axis=-1)


def ends(mask: Mask, most: int, *, last: bool, within: int) -> Array:
    """Positions of the first or the last so many rows of a mask before a position, and perhaps of some more."""
    whole = mask[: -(-within // WORD)]
    words = np.flatnonzero(whole)
    words = words[-most - 1 :] if last else words[: most + 1]  # the last word may hold later positions alone
    inside = np.flatnonzero(unpacked(whole[words], len(words) * WORD))
    positions = words[inside // WORD] * WORD + inside % WORD
    return positions[positions < within]


def behind(mask: Mask, start: int, rows: int) -> Array:
    """The positions of a mask's rows from a position on."""
    first = start // WORD
    positions = np.flatnonzero(unpacked(mask[first:], rows - first * WORD)) + first * WORD
    return positions[positions >= start]

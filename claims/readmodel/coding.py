"""Numbers for values: whatever a column holds is replaced by its place in a list, so that counts are arrays.

The list only grows, so that the numbers of an older snapshot stay right.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from claims.readmodel.bits import Array, Flags


@dataclass(frozen=True, slots=True)
class Coding:
    """Different whole numbers (keys), each of which is replaced by its place among them: its code."""

    keys: Array
    in_order: Array  # the keys, sorted
    codes_in_order: Array

    @classmethod
    def of(cls, keys: Array) -> Self:
        """The coding of these keys, in this order."""
        codes = np.argsort(keys, kind="stable").astype(np.int32)
        return cls(keys, keys[codes], codes)

    def __len__(self) -> int:
        return len(self.keys)

    def codes(self, keys: Any) -> tuple[Array, Flags]:
        """The code of each key, and whether it is known; the code of an unknown key means nothing."""
        if not len(self):
            return np.zeros(len(keys), np.intp), np.zeros(len(keys), np.bool_)
        places = np.searchsorted(self.in_order, np.asarray(keys).astype(self.in_order.dtype))  # else all are converted
        known = self.in_order.take(places, mode="clip") == keys
        return self.codes_in_order.take(places, mode="clip"), known

    def with_keys(self, keys: Array) -> "Coding":
        """The same codes, and new ones for the keys that are unknown."""
        _, known = self.codes(keys)
        return self if known.all() else Coding.of(np.concatenate([self.keys, different(keys[~known])]))


def different(numbers: Array) -> Array:
    """The different ones of some numbers, sorted. For millions, ``np.unique`` takes ten times as long."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]


def smallest(codes: Array, size: int) -> Array:
    """Codes below a size, in the smallest type that holds them."""
    return codes.astype(np.min_scalar_type(max(size - 1, 0)))

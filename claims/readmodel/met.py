"""The rows of one part that meet conditions, and what is counted of those that still stand.

Counted is the part as it is, once; what has gone since, mostly a row or two, is taken off as it goes.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from claims.readmodel import bits
from claims.readmodel.bits import Array, Flags, Mask
from claims.readmodel.cache import Cache
from claims.readmodel.clocks import NEVER
from claims.readmodel.packing import NO_DAY
from claims.readmodel.part import Part
from claims.readmodel.snapshot import Standing

FEW = 256  # rows are few where the part has so many times their number: then each looks for its own values


class Met:
    """Rows of a part. What is counted is kept in ``tallies``."""

    def __init__(self, standing: Standing, mask: Mask, tallies: Cache | None = None) -> None:
        self.standing, self.mask = standing, mask
        self._tallies = Cache() if tallies is None else tallies

    @property
    def part(self) -> Part:
        """The part."""
        return self.standing.part

    @cached_property
    def live(self) -> Mask:
        """The rows that stand."""
        return self.mask & self.standing.live

    @property
    def size(self) -> int:
        """How many of them stand."""
        size: int = self._as_they_stand("size", lambda: bits.size(self.mask), len)
        return size

    @cached_property
    def rows(self) -> Array:
        """Those that stand, by position."""
        return np.flatnonzero(bits.unpacked(self.live, self.part.size))

    @property
    def keys(self) -> Array:
        """The keys of the claims of these."""
        return self.part.keys[self.rows]

    def narrowed(self, mask: Mask) -> "Met":
        """Those of them that are in a mask, too."""
        return Met(self.standing, self.mask & mask)

    def tally(self, name: str) -> Array:
        """By code, how many of those that stand have each value of a column."""
        counts: Array = self._as_they_stand(name, lambda: self._counted(name), self.part.values[name].tally_few)
        return counts

    def of_clock(self, clock: str) -> Array:
        """By code, how many of those that stand have each pair of a first and a last day."""
        days = self.part.clocks[clock]
        counts: Array = self._as_they_stand(
            ("clock", clock), lambda: days.tally(self._flags, self._span), days.tally_few
        )
        return counts

    def period(self, name: str) -> tuple[Array, Array]:
        """By code, minus the first and the last day on which one with each value of a column was said."""
        if bits.has(self.mask, self.standing.gone).any():
            return self._period(name, bits.unpacked(self.live, self.part.size))
        found: tuple[Array, Array] = self._tallies.get(("period", name), lambda: self._period(name, self._flags))
        return found

    def _as_they_stand(self, key: Any, counted: Callable[[], Any], few: Callable[[Array], Any]) -> Any:
        """What is counted of the rows, without those that have gone; kept, so that each of these is taken off once.

        What is kept without others, of a snapshot that is older or took another way, is not gone on from.
        """
        gone = self.standing.gone
        without, counts = self._tallies.get(key, lambda: (gone[:0], counted()))
        if not np.array_equal(without, gone[: len(without)]):
            without, counts = gone[:0], counted()
        newly = gone[len(without) :]
        if len(newly):
            counts = counts - few(newly[bits.has(self.mask, newly)])
            self._tallies.put(key, (gone, counts))
        return counts

    def _period(self, name: str, flags: Flags) -> tuple[Array, Array]:
        said = self.part.clocks["said"]
        return self._highest(name, flags, -said.first, -NEVER), self._highest(name, flags, said.last, NO_DAY)

    def _highest(self, name: str, flags: Flags, days: Array, lowest: int) -> Array:
        of_rows = np.where(flags, days.take(self.part.clocks["said"].codes), lowest)
        return self.part.values[name].highest(of_rows, lowest)

    def _counted(self, name: str) -> Array:
        values = self.part.values[name]
        if bits.size(self.mask) * FEW <= self.part.size:
            return values.tally_few(np.flatnonzero(self._flags))
        return values.tally(self.mask, self._flags, self._span)

    @cached_property
    def _flags(self) -> Flags:
        return bits.unpacked(self.mask, self.part.size)

    @cached_property
    def _span(self) -> slice:
        """The words of the mask that have rows: a range of dates has a part of them."""
        return bits.span(self.mask)

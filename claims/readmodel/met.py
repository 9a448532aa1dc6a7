"""The rows of one part that meet conditions, and what is counted of those that still stand.

Counted is the part as it is, once; what has gone since, mostly a row or two, is taken off as it goes.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from claims.readmodel import bits
from claims.readmodel.bits import Array, Mask, Subset
from claims.readmodel.cache import Cache
from claims.readmodel.clocks import NEVER, Clock
from claims.readmodel.packing import NO_DAY
from claims.readmodel.part import Part
from claims.readmodel.snapshot import Standing
from claims.readmodel.values import Values


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
        return self._tally(name, self.part.values[name])

    def of_clock(self, clock: str) -> Array:
        """By code, how many of those that stand have each pair of a first and a last day."""
        return self._tally(("clock", clock), self.part.clocks[clock])

    def published(self, name: str) -> Array:
        """By code, the last day on which one with each value of a column was published here."""
        rows = Subset(self.part.size, mask=self.live)
        return self.part.values[name].highest(rows, self.part.published, NO_DAY)

    def period(self, name: str) -> tuple[Array, Array]:
        """By code, minus the first and the last day on which one with each value of a column was said."""
        if bits.has(self.mask, self.standing.gone).any():
            return self._period(name, Subset(self.part.size, mask=self.live))
        found: tuple[Array, Array] = self._tallies.get(("period", name), lambda: self._period(name, self._all))
        return found

    def _tally(self, key: Any, counter: Values | Clock) -> Array:
        counts: Array = self._as_they_stand(
            key, lambda: self._counted(counter), lambda gone: counter.tally(Subset(self.part.size, positions=gone))
        )
        return counts

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

    def _period(self, name: str, subset: Subset) -> tuple[Array, Array]:
        said, values = self.part.clocks["said"], self.part.values[name]
        first, last = (
            values.highest(subset, days.take(said.codes), lowest)
            for days, lowest in ((-said.first, -NEVER), (said.last, NO_DAY))
        )
        return first, last

    def _counted(self, counter: Values | Clock) -> Array:
        """What is counted of the rows, or of all others where these are fewer, and taken from that of all."""
        if bits.size(self.mask) * 2 <= self.part.size:
            return counter.tally(self._all)
        return counter.totals - counter.tally(self._others)

    @cached_property
    def _all(self) -> Subset:
        return Subset(self.part.size, mask=self.mask)

    @cached_property
    def _others(self) -> Subset:
        return Subset(self.part.size, mask=bits.beyond(self.mask, self.part.size))

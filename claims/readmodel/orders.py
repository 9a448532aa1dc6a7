"""Pages of rows in every order, by key: what a page begins after is a sort key and, between equals, a claim's key."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from claims.readmodel import bits, clocks
from claims.readmodel.bits import Array, Mask
from claims.readmodel.clocks import FIRST_DAY, LAST_DAY
from claims.readmodel.met import Met
from claims.readmodel.part import Part
from claims.readmodel.selection import Selection
from claims.readmodel.words import words_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

type Place = tuple[int, int]  # a sort key, and a claim's key


class Ordered:
    """What a selection finds, by a clock's first day ("newest", "oldest"), by "recorded", or by "relevance".

    The best match holds the fewest other words. That is the order of BM25, too: every word must match, and an index of
    distinct words counts each once, so that the length alone decides; and it is the same on every engine.
    """

    def __init__(self, selection: Selection, sort: str, clock: str) -> None:
        self.selection, self.found = selection, selection.found()
        self.sort, self.clock = sort, clock
        self.descending = sort in ("newest", "recorded")

    def page(self, after: Place | None, most: int) -> list[Place]:
        """The first claims after a place, or of all: their sort keys and their own keys."""
        keys, of_claims = self._joined(self._first(met, after, most) for met in self.found.parts)
        order = np.lexsort((of_claims, keys))
        order = (order[::-1] if self.descending else order)[:most]
        return list(zip(keys[order].tolist(), of_claims[order].tolist(), strict=True))

    def everything(self) -> Array:
        """The keys of all claims, in order."""
        keys, of_claims = self._joined((met, met.rows) for met in self.found.parts)
        order = np.lexsort((of_claims, keys))
        return of_claims[order[::-1] if self.descending else order]

    def remaining(self, after: Place | None) -> int:
        """How many claims there are after a place."""
        if after is None:
            return self.found.size
        return sum(bits.size(met.live & self._beyond(met.part, after)) for met in self.found.parts)

    def number(self, value: Any) -> int:
        """The sort key for a day, a moment or a length, as cursors have it."""
        if isinstance(value, datetime):
            return (value - EPOCH) // timedelta(microseconds=1)
        return clocks.number(value) if isinstance(value, date) else int(value)

    def value(self, key: int) -> Any:
        """What a sort key stands for in this order: the inverse."""
        if self.sort == "recorded":
            return EPOCH + timedelta(microseconds=key)
        return key if self.sort == "relevance" else clocks.day(key)

    @property
    def _is_said(self) -> bool:
        return self.clock == "said" and self.sort in ("newest", "oldest")

    def _keys(self, part: Part, rows: Array | slice) -> Array:
        """What these rows of a part are sorted by; undated ones come last."""
        if self.sort == "recorded":
            return part.created[rows]
        if self.sort == "relevance":
            return words_of(part).lengths[rows] if self._is_search else np.zeros(part.size, np.int32)[rows]
        return part.clocks[self.clock].first_days(rows, FIRST_DAY if self.descending else LAST_DAY)

    @property
    def _is_search(self) -> bool:
        """Whether words are looked for: the length of all that it holds is then a claim's key."""
        return any(condition.name == "q" and not condition.excluded for condition in self.selection.conditions)

    def _joined(self, of_parts: Iterable[tuple[Met, Array]]) -> tuple[Array, Array]:
        """The sort keys and the claims' keys of rows of the parts."""
        found = [(self._keys(met.part, rows), met.part.keys[rows]) for met, rows in of_parts]
        return np.concatenate([keys for keys, _ in found]), np.concatenate([claims for _, claims in found])

    def _beyond(self, part: Part, after: Place) -> Mask:
        key, claim = after
        keys, of_claims = self._keys(part, slice(None)), part.keys
        if self.descending:
            return bits.packed((keys < key) | (keys == key) & (of_claims < claim))
        return bits.packed((keys > key) | (keys == key) & (of_claims > claim))

    def _first(self, met: Met, after: Place | None, most: int) -> tuple[Met, Array]:
        """Rows of a part, in no order, among which its first ones are."""
        mask = met.live if after is None else met.live & self._beyond(met.part, after)
        if self._is_said:
            return met, self._ends(met.part, mask, most)
        return met, self._smallest(met.part, np.flatnonzero(bits.unpacked(mask, met.part.size)), most)

    def _ends(self, part: Part, mask: Mask, most: int) -> Array:
        """An end of the rows of a mask, which are in order but for the undated ones: these stand first."""
        if self.descending:
            return bits.ends(mask, most, last=True)
        dated, undated = mask & ~part.undated, mask & part.undated
        return np.concatenate([bits.ends(each, most, last=False) for each in (dated, undated)])

    def _smallest(self, part: Part, rows: Array, most: int) -> Array:
        """The first of these: those before the last of them, and of its equals the first by claim."""
        if len(rows) <= most:
            return rows
        keys, sign = self._keys(part, rows), -1 if self.descending else 1
        bound = np.partition(keys, sign * most - (sign > 0))[sign * most - (sign > 0)]
        before, equal = rows[keys * sign < bound * sign], rows[keys == bound]
        missing = most - len(before)
        if missing < len(equal):
            equal = equal[np.argpartition(part.keys[equal] * sign, missing)[:missing]]
        return np.concatenate([before, equal])

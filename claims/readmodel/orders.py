"""Pages of rows in every order, by key: what a page begins after is a sort key and, between equals, a claim's key."""

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from claims.readmodel import bits, clocks
from claims.readmodel.bits import Array, Mask
from claims.readmodel.clocks import FIRST_DAY, LAST_DAY
from claims.readmodel.selection import Selection
from claims.readmodel.words import lengths

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

type Place = tuple[int, int]  # a sort key, and a claim's key


class Ordered:
    """What a selection finds, by a clock's first day ("newest", "oldest"), by "recorded", or by "relevance".

    The best match holds the fewest other words. That is the order of BM25, too: every word must match, and an index of
    distinct words counts each once, so that the length alone decides; and it is the same on every engine.
    """

    def __init__(self, selection: Selection, sort: str, clock: str) -> None:
        self.selection, self.found, self.snapshot = selection, selection.found(), selection.snapshot
        self.sort, self.clock = sort, clock
        self.descending = sort in ("newest", "recorded")

    def page(self, after: Place | None, most: int) -> list[Place]:
        """The first rows after a place, or of all: their sort keys and their claims' keys."""
        mask = self.found.mask if after is None else self.found.mask & self._beyond(after)
        rows = self._first_said(mask, most) if self._is_said else self._first(mask, most)
        keys, of_claims = self._keys[rows], self.snapshot.keys[rows]
        order = np.lexsort((of_claims, keys))
        order = (order[::-1] if self.descending else order)[:most]
        return list(zip(keys[order].tolist(), of_claims[order].tolist(), strict=True))

    def everything(self) -> Array:
        """The keys of the claims of all rows, in order."""
        rows = np.flatnonzero(self.found.flags)
        of_claims = self.snapshot.keys[rows]
        order = np.lexsort((of_claims, self._keys[rows]))
        return of_claims[order[::-1] if self.descending else order]

    def remaining(self, after: Place | None) -> int:
        """How many rows there are after a place."""
        return self.found.size if after is None else bits.size(self.found.mask & self._beyond(after))

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

    @cached_property
    def _keys(self) -> Array:
        """What the rows are sorted by; undated ones come last."""
        if self.sort == "recorded":
            return self.snapshot.created
        if self.sort == "relevance":
            return _lengths(self.selection)
        return self.snapshot.first_days(self.clock, FIRST_DAY if self.descending else LAST_DAY)

    def _beyond(self, after: Place) -> Mask:
        key, claim = after
        keys, of_claims = self._keys, self.snapshot.keys
        if self.descending:
            return bits.packed((keys < key) | (keys == key) & (of_claims < claim))
        return bits.packed((keys > key) | (keys == key) & (of_claims > claim))

    def _first_said(self, mask: Mask, most: int) -> Array:
        """Rows among which the first ones are: an end of those in order, and all that are not."""
        rows = bits.ends(mask, most, last=self.descending, within=self.snapshot.ordered)
        return np.concatenate([rows, bits.behind(mask, self.snapshot.ordered, self.snapshot.size)])

    def _first(self, mask: Mask, most: int) -> Array:
        """The first rows, in no order: those before the last of them, and of its equals the first by claim."""
        rows = np.flatnonzero(bits.unpacked(mask, self.snapshot.size))
        if len(rows) <= most:
            return rows
        keys, sign = self._keys[rows], -1 if self.descending else 1
        bound = np.partition(keys, sign * most - (sign > 0))[sign * most - (sign > 0)]
        before, equal = rows[keys * sign < bound * sign], rows[keys == bound]
        missing = most - len(before)
        if missing < len(equal):
            equal = equal[np.argpartition(self.snapshot.keys[equal] * sign, missing)[:missing]]
        return np.concatenate([before, equal])


def _lengths(selection: Selection) -> Array:
    """The length of all words by which each row that holds a phrase is found."""
    of_rows = np.zeros(selection.snapshot.size, np.int64)
    for condition in selection.conditions:
        if condition.name == "q" and not condition.excluded:
            claims, found = lengths(condition.key)
            rows, places = selection.snapshot.rows_and_places(claims)
            of_rows[rows] = found[places]
    return of_rows

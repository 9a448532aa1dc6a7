"""The claims that meet conditions: how many, which values they have, their dates, and their order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from claims.readmodel.bits import Array, Mask
from claims.readmodel.cache import Cache
from claims.readmodel.clocks import NEVER, UNIX_EPOCH, day
from claims.readmodel.conditions import meaning
from claims.readmodel.met import Met
from claims.readmodel.packing import NO_DAY
from claims.readmodel.part import Meanings
from claims.readmodel.snapshot import Snapshot
from claims.readmodel.terms import TABLE_OF

COLUMNS_OF = {"actor": list(TABLE_OF)}


class Condition(Protocol):
    """What a reader set: its name, what it compares, and whether that is left out."""

    @property
    def name(self) -> str: ...
    @property
    def key(self) -> Any: ...
    @property
    def excluded(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Having:
    """A condition that a page sets by itself."""

    name: str
    key: Any
    excluded: bool = False


class Found:
    """Claims of a snapshot, part by part. What is counted is kept in ``tallies``, so that it is counted once."""

    def __init__(self, snapshot: Snapshot, parts: Sequence[Met], tallies: Cache | None = None) -> None:
        self.snapshot, self.parts = snapshot, parts
        self._tallies = Cache() if tallies is None else tallies

    @classmethod
    def of(cls, snapshot: Snapshot, meanings: Meanings = frozenset()) -> "Found":
        """The claims that meet all of these; all there are without any."""
        parts = [Met(standing, *standing.part.met(meanings)) for standing in snapshot.parts]
        return cls(snapshot, parts, snapshot.kept(meanings, Cache))

    @cached_property
    def size(self) -> int:
        """The number of claims."""
        return sum(met.size for met in self.parts)

    @property
    def keys(self) -> Array:
        """Their primary keys, in no order."""
        return np.concatenate([met.keys for met in self.parts])

    def having(self, name: str, keys: Iterable[int]) -> "Found":
        """Those of the claims that have any of these values of a column, by primary key."""
        return self._narrowed([name], list(keys))

    def having_any(self, names: Iterable[str], key: int) -> "Found":
        """Those of the claims that have this value in any of these columns."""
        return self._narrowed(names, [key])

    def among(self, claims: Iterable[int]) -> "Found":
        """Those of the claims that have one of these primary keys."""
        keys = np.fromiter(claims, np.int64)
        masks = [met.part.mask_of(keys) for met in self.parts]
        return Found(self.snapshot, [met.narrowed(mask) for met, mask in zip(self.parts, masks, strict=True)])

    def _narrowed(self, names: Iterable[str], keys: Sequence[int]) -> "Found":
        meanings = [meaning(self.snapshot, "", name, keys) for name in names]
        masks = [np.bitwise_or.reduce([met.part.meeting(each) for each in meanings]) for met in self.parts]
        return Found(self.snapshot, [met.narrowed(mask) for met, mask in zip(self.parts, masks, strict=True)])

    def adds_to(self, others: Sequence["Found"]) -> bool:
        """Whether some of the claims are in none of others, which are of the same snapshot."""
        return any(self._beyond(others, part).any() for part in range(len(self.parts)))

    def _beyond(self, others: Iterable["Found"], part: int) -> Mask:
        left = self.parts[part].live
        for other in others:
            left = left & ~other.parts[part].mask
        return left

    def first_days(self, clock: str) -> list[int]:
        """The first day of each claim by a clock (proleptic ordinals, as Python's dates have them), in order."""
        first = self._days(clock)[0]
        ordinals: list[int] = np.sort(first[first != NO_DAY] + UNIX_EPOCH).tolist()
        return ordinals

    def first_to_end(self, clock: str, most: int) -> list[tuple[int, date | None, date | None]]:
        """The keys of so many claims with their first and last days by a clock, those that end first before others.

        Of those that end on one day, the ones that began last come first; undated ones come last.
        """
        (first, last), keys = self._days(clock), self.keys
        begins, ends = np.where(first == NO_DAY, NEVER, -first), np.where(last == NO_DAY, NEVER, last)
        order = np.lexsort((keys, begins, ends))[:most]
        return [(int(keys[at]), day(int(first[at])), day(int(last[at]))) for at in order]

    def in_time(self, clock: str) -> tuple[Array, Array, Array]:
        """Their keys with their first and last days by a clock, in the order of time; an open end is the first day."""
        (first, last), keys = self._days(clock), self.keys
        last = np.where(last == NO_DAY, first, last)
        order = np.lexsort((keys, last, first))
        return keys[order], first[order], last[order]

    def published_last(self, most: int) -> list[int]:
        """The keys of so many claims, those published here last; of one day, those with the highest keys."""
        days, keys = np.concatenate([met.part.published[met.rows] for met in self.parts]), self.keys
        last: list[int] = keys[np.lexsort((keys, days))[::-1][:most]].tolist()
        return last

    def tally(self, name: str) -> Array:
        """By code, how many of the claims have each value: of a column, or by "kind" of speaker."""
        counts: Array = self._tallies.get(name, lambda: self._counted(name))
        return counts

    def of_clock(self, clock: str) -> Array:
        """By code, how many of the claims have each pair of a first and a last day."""
        size = len(self.snapshot.clocks[clock])
        counts: Array = self._tallies.get(
            ("clock", clock), lambda: _sum([met.of_clock(clock) for met in self.parts], size)
        )
        return counts

    def dates(self, clock: str) -> Iterator[tuple[date | None, date | None, int]]:
        """First and last days by a clock, with the number of claims that share them."""
        return self.snapshot.clocks[clock].dates(self.of_clock(clock))

    def period(self, name: str) -> tuple[Array, Array]:
        """By code, the first and the last day on which a claim with each value of a column was said, in days of clocks.

        ``NEVER`` and ``NO_DAY`` where no claim has it.
        """
        period: tuple[Array, Array] = self._tallies.get(("period", name), lambda: self._period(name))
        return period

    def published(self, name: str) -> dict[int, date]:
        """The last day on which a claim with each value of a column was published here, by primary key."""
        keys = self.snapshot.terms_of(name).coding.keys
        days: Array = self._tallies.get(
            ("published", name), lambda: _highest([met.published(name) for met in self.parts], len(keys), NO_DAY)
        )
        known = np.flatnonzero(days != NO_DAY)
        found = zip(keys[known].tolist(), map(day, days[known].tolist()), strict=True)
        return {key: last for key, last in found if last}

    def keys_of(self, name: str) -> list[int]:
        """The primary keys of the different values that the claims have in a column."""
        keys: list[int] = self.snapshot.terms_of(name).coding.keys[np.flatnonzero(self.tally(name))].tolist()
        return keys

    def claims_of(self, table: str) -> Array:
        """By code of a table's terms, a number that is 0 where none of the claims has anything to do with it."""
        return np.sum([self.tally(name) for name in COLUMNS_OF.get(table, [table])], axis=0)

    def _days(self, clock: str) -> tuple[Array, Array]:
        """The first and the last day of each claim."""
        days = self.snapshot.clocks[clock]
        codes = np.concatenate([met.part.clocks[clock].codes[met.rows].astype(np.intp) for met in self.parts])
        return days.first[codes].astype(np.int64), days.last[codes].astype(np.int64)

    def _period(self, name: str) -> tuple[Array, Array]:
        size = len(self.snapshot.terms_of(name).coding)
        first, last = zip(*(met.period(name) for met in self.parts), strict=True)
        return -_highest(first, size, -NEVER), _highest(last, size, NO_DAY)

    def _counted(self, name: str) -> Array:
        tables = self.snapshot.tables
        if name == "kind":
            kinds = np.bincount(tables.kind_of_actor, self.tally("speaker"), len(tables.terms["kind"].coding))
            return kinds.astype(np.int64)
        counts = _sum([met.tally(name) for met in self.parts], len(self.snapshot.terms_of(name).coding))
        return counts * tables.is_public_event if name == "event" else counts


def united(snapshot: Snapshot, several: Sequence[Found], claims: Iterable[int]) -> Found:
    """The claims that are among one of several, all of this snapshot, or have one of these keys."""
    keys = np.fromiter(claims, np.int64)
    masks = [[each.part.mask_of(keys) for each in snapshot.parts]]
    masks += [[met.mask for met in found.parts] for found in several]
    parts = zip(snapshot.parts, zip(*masks, strict=True), strict=True)
    return Found(snapshot, [Met(standing, np.bitwise_or.reduce(of_part)) for standing, of_part in parts])


def _sum(counts: Sequence[Array], size: int) -> Array:
    """The sums of counts by code, of so many codes; a part knows the first of them."""
    total = np.zeros(size, np.int64)
    for each in counts:
        total[: len(each)] += each
    return total


def _highest(numbers: Sequence[Array], size: int, lowest: int) -> Array:
    total = np.full(size, lowest, np.int64)
    for each in numbers:
        np.maximum(total[: len(each)], each, out=total[: len(each)])
    return total


class Selection:
    """What conditions find among all published claims: with all of them, and without some.

    Conditions of one name widen each other, and narrow those of another name.
    """

    def __init__(self, published: Found, clock: str, conditions: Sequence[Condition]) -> None:
        self.all, self.clock, self.conditions = published, clock, conditions
        self._found: dict[tuple[Condition, ...], Found] = {}

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot in which they are looked for."""
        return self.all.snapshot

    def found(self, leaving_out: Iterable[Condition] = ()) -> Found:
        """The claims that meet every condition but those left out."""
        ignored = list(leaving_out)
        kept = tuple(condition for condition in self.conditions if condition not in ignored)
        if not kept:
            return self.all
        if kept not in self._found:
            found = Found.of(self.snapshot, self._meanings(kept))
            self._found[kept] = found if found.size < self.all.size else self.all  # which may be counted already
        return self._found[kept]

    def _meanings(self, conditions: Sequence[Condition]) -> Meanings:
        named = dict.fromkeys((each.name, each.excluded) for each in conditions)
        return frozenset(
            (meaning(self.snapshot, self.clock, name, _keys(conditions, name, excluded)), excluded)
            for name, excluded in named
        )


def _keys(conditions: Iterable[Condition], name: str, excluded: bool) -> list[Any]:
    return [each.key for each in conditions if (each.name, each.excluded) == (name, excluded)]

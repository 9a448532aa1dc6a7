"""The rows that meet conditions: how many, which values they have, their dates, and their order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any, Protocol

import numpy as np

from claims.readmodel import bits
from claims.readmodel.bits import Array, Flags, Mask
from claims.readmodel.cache import Cache
from claims.readmodel.clocks import LAST_DAY, UNIX_EPOCH, day
from claims.readmodel.conditions import meeting
from claims.readmodel.packing import NO_DAY
from claims.readmodel.snapshot import TABLE_OF, Snapshot

FEW = 256  # rows are few where the snapshot has so many times their number: then each looks for its own values
NEVER = LAST_DAY + 1
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
    """Live rows of a snapshot. What is counted is kept in ``tallies``, so that it is counted once."""

    def __init__(self, snapshot: Snapshot, mask: Mask, tallies: Cache | None = None) -> None:
        self.snapshot, self.mask = snapshot, mask
        self._tallies = Cache() if tallies is None else tallies

    @property
    def tallies(self) -> list[tuple[Any, Any]]:
        """What has been counted so far, by key."""
        return self._tallies.items()

    @cached_property
    def size(self) -> int:
        """The number of rows."""
        return bits.size(self.mask)

    @cached_property
    def flags(self) -> Flags:
        """Whether each row of the snapshot is among them."""
        return bits.unpacked(self.mask, self.snapshot.size)

    @cached_property
    def span(self) -> slice:
        """The words of the mask that have rows: a range of dates has a part of them."""
        return bits.span(self.mask)

    @cached_property
    def positions(self) -> Array:
        """The positions of the rows."""
        return np.flatnonzero(self.flags)

    def having(self, name: str, keys: Iterable[int]) -> "Found":
        """Those of the rows that have any of these values of a column, by primary key."""
        return Found(self.snapshot, self.mask & meeting(self.snapshot, "", name, tuple(keys)))

    def having_any(self, names: Iterable[str], key: int) -> "Found":
        """Those of the rows that have this value in any of these columns."""
        masks = [meeting(self.snapshot, "", name, (key,)) for name in names]
        return Found(self.snapshot, self.mask & np.bitwise_or.reduce(masks))

    def first_days(self, clock: str) -> list[int]:
        """The first day of each row by a clock (proleptic ordinals, as Python's dates have them), in order."""
        days = self.snapshot.clocks[clock]
        first = days.first[days.codes[self.positions]].astype(np.int64)
        ordinals: list[int] = np.sort(first[first != NO_DAY] + UNIX_EPOCH).tolist()
        return ordinals

    def first_to_end(self, clock: str, most: int) -> list[tuple[int, date | None, date | None]]:
        """The keys of so many claims with their first and last days by a clock, those that end first before others.

        Of those that end on one day, the ones that began last come first; undated ones come last.
        """
        days, rows = self.snapshot.clocks[clock], self.positions
        codes, keys = days.codes[rows], self.snapshot.keys[rows]
        first, last = days.first[codes].astype(np.int64), days.last[codes].astype(np.int64)
        begins, ends = np.where(first == NO_DAY, NEVER, -first), np.where(last == NO_DAY, NEVER, last)
        order = np.lexsort((keys, begins, ends))[:most]
        return [(int(keys[at]), day(int(first[at])), day(int(last[at]))) for at in order]

    def tally(self, name: str) -> Array:
        """By code, how many of the rows have each value: of a column, or by "kind" of speaker."""
        counts: Array = self._tallies.get(name, lambda: self._counted(name))
        return counts

    def of_clock(self, clock: str) -> Array:
        """By code, how many of the rows have each pair of a first and a last day."""
        counts: Array = self._tallies.get(
            ("clock", clock), lambda: self.snapshot.clocks[clock].tally(self.flags, self.span)
        )
        return counts

    def dates(self, clock: str) -> Iterator[tuple[date | None, date | None, int]]:
        """First and last days by a clock, with the number of rows that share them."""
        return self.snapshot.clocks[clock].dates(self.of_clock(clock))

    def period(self, name: str) -> tuple[Array, Array]:
        """By code, the first and the last day on which a row with each value of a column was said, as clocks have them.

        ``NEVER`` and ``NO_DAY`` where no row has it.
        """
        period: tuple[Array, Array] = self._tallies.get(("period", name), lambda: self._period(name))
        return period

    def _period(self, name: str) -> tuple[Array, Array]:
        said = self.snapshot.clocks["said"]
        return -self._highest(name, -said.first, -NEVER), self._highest(name, said.last, NO_DAY)

    def _highest(self, name: str, days: Array, lowest: int) -> Array:
        of_rows = np.where(self.flags, days.take(self.snapshot.clocks["said"].codes), lowest)
        return self.snapshot.values[name].highest(of_rows, lowest, len(self.snapshot.terms_of(name).coding))

    def keys_of(self, name: str) -> list[int]:
        """The primary keys of the different values that the rows have in a column."""
        keys: list[int] = self.snapshot.terms_of(name).coding.keys[np.flatnonzero(self.tally(name))].tolist()
        return keys

    def claims_of(self, table: str) -> Array:
        """By code of a table's terms, a number that is 0 where none of the rows has anything to do with it."""
        return np.sum([self.tally(name) for name in COLUMNS_OF.get(table, [table])], axis=0)

    def _counted(self, name: str) -> Array:
        tables = self.snapshot.tables
        if name == "kind":
            kinds = np.bincount(tables.kind_of_actor, self.tally("speaker"), len(tables.terms["kind"].coding))
            return kinds.astype(np.int64)
        values, size = self.snapshot.values[name], len(self.snapshot.terms_of(name).coding)
        if self.size * FEW <= self.snapshot.size:
            counts = values.tally_few(self.positions, size)
        else:
            counts = values.tally(self.mask, self.flags, self.span, size)
        return counts * tables.is_public_event if name == "event" else counts


def counted_on(before: Found, snapshot: Snapshot) -> Found:
    """All claims of a snapshot that came of an earlier one, of which ``before`` are all: nothing is counted anew but
    what has come and gone.
    """
    live, was = snapshot.live, bits.padded(before.mask, snapshot.size)
    come, gone = (np.flatnonzero(bits.unpacked(mask, snapshot.size)) for mask in (live & ~was, was & ~live))
    tallies = Cache()
    for key, counts in before.tallies:
        few = _tally_of(snapshot, key)
        if few:
            tallies.get(key, partial(_sum, counts, few(come) - few(gone)))
    return Found(snapshot, live, tallies)


def _tally_of(snapshot: Snapshot, key: Any) -> Callable[[Array], Array] | None:
    """How some rows are counted under the key of a tally; None for what is no sum over rows, or is not only theirs."""
    if isinstance(key, tuple):
        kind, name = key
        return snapshot.clocks[name].tally_few if kind == "clock" else None
    if key not in snapshot.values or key == "event":
        return None
    return partial(snapshot.values[key].tally_few, size=len(snapshot.terms_of(key).coding))


def _sum(counts: Array, change: Array) -> Array:
    """Counts by code, after a change that may know more codes."""
    change[: len(counts)] += counts
    return change


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
        """The rows that meet every condition but those left out."""
        ignored = list(leaving_out)
        kept = tuple(condition for condition in self.conditions if condition not in ignored)
        if not kept:
            return self.all
        if kept not in self._found:
            found = Found(self.snapshot, self._met(kept), self._tallies_of(kept))
            self._found[kept] = found if found.size < self.all.size else self.all  # which may be counted already
        return self._found[kept]

    def _tallies_of(self, conditions: Sequence[Condition]) -> Cache:
        """What has been counted under these conditions: for the first page, the next has it."""
        of_them = frozenset((each.name, each.key, each.excluded) for each in conditions)
        tallies: Cache = self.snapshot.kept(("tallies", self.clock, of_them), Cache)
        return tallies

    def _met(self, conditions: Sequence[Condition]) -> Mask:
        mask = self.snapshot.live
        for name, excluded in dict.fromkeys((each.name, each.excluded) for each in conditions):
            keys = tuple(each.key for each in conditions if (each.name, each.excluded) == (name, excluded))
            rows = meeting(self.snapshot, self.clock, name, keys)
            mask = mask & (~rows if excluded else rows)
        return mask

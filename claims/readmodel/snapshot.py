"""The read model as it stood at one moment. It is never changed: a newer one shares what stayed the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from django.db.backends.utils import CursorWrapper

from claims.readmodel import bits, rows, terms
from claims.readmodel.bits import Array, Flags, Mask
from claims.readmodel.cache import Cache
from claims.readmodel.clocks import Clock
from claims.readmodel.coding import Coding
from claims.readmodel.packing import DAY, NO_DAY
from claims.readmodel.rows import Pairs, Rows
from claims.readmodel.terms import Tables, Terms
from claims.readmodel.values import Values, distinct

PAGES = 200  # charts and tables of pages, some hundred statements each
KEPT = 200  # rows and counts of conditions: at a million claims an eighth to a quarter of a megabyte each
LATER = np.iinfo(np.int32).max
TABLE_OF = {
    "speaker": "actor",
    "on_behalf_of": "actor",
    "attribution": "actor",
    "addressee": "actor",
    "mentioned": "actor",
    "publisher": "actor",
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Published claims as rows: those before ``ordered`` by said date and key, then what has changed since.

    A claim that has changed gets a new row; the old one is no longer ``live``. ``by_key`` finds the ordered rows.
    """

    tables: Tables
    ordered: int
    by_key: Coding
    keys: Array
    created: Array
    published: Array
    clocks: dict[str, Clock]
    values: dict[str, Values]
    live: Mask
    _of_conditions: Cache = field(default_factory=lambda: Cache(KEPT), init=False)
    _first_days: Cache = field(default_factory=Cache, init=False)
    _of_pages: Cache = field(default_factory=lambda: Cache(PAGES), init=False)

    @property
    def size(self) -> int:
        """The number of rows, with those that are no longer live."""
        return len(self.keys)

    @cached_property
    def flags(self) -> Flags:
        """Which rows are live."""
        return bits.unpacked(self.live, self.size)

    @property
    def disorder(self) -> int:
        """The number of rows that stand behind the ordered ones."""
        return self.size - self.ordered

    def keys_in(self, mask: Mask) -> Array:
        """The keys of the live claims of a mask."""
        return np.compress(bits.unpacked(mask & self.live, self.size), self.keys)

    def terms_of(self, name: str) -> Terms:
        """The terms that the codes of a column stand for."""
        return self.tables.terms[TABLE_OF.get(name, name)]

    def rows_of(self, keys: Array) -> Array:
        """The live rows of the claims with these keys."""
        return self.rows_and_places(keys)[0]

    def rows_and_places(self, keys: Array) -> tuple[Array, Array]:
        """The live rows of the claims with these keys, in any order, and the place of each one's key."""
        rows, is_live = self.by_key.codes(keys)
        is_live[is_live] = self.flags[rows[is_live]]
        behind = bits.behind(self.live, self.ordered, self.size)
        newer, is_newer = Coding.of(self.keys[behind]).codes(keys)
        found = np.concatenate([rows[is_live], behind[newer[is_newer]]])
        return found, np.concatenate([np.flatnonzero(is_live), np.flatnonzero(is_newer)])

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        """What was made under a key. Readers go on from it: with one more condition, to the next page."""
        return self._of_conditions.get(key, make)

    def for_page(self, key: Any, make: Callable[[], Any]) -> Any:
        """What a page works out from the record, under a key: a chart, a table. It stands until something changes."""
        return self._of_pages.get(key, make)

    def first_days(self, clock: str, undated: int) -> Array:
        """The first day of every row by a clock, with another day where there is none; made once."""
        days: Array = self._first_days.get((clock, undated), lambda: self.clocks[clock].sorted_by(undated))
        return days

    def with_changes(self, cursor: CursorWrapper, keys: Sequence[int], with_tables: bool) -> "Snapshot":
        """The snapshot in which these claims are as they stand now, and the small tables, too, where that is asked."""
        known = {name: table.coding for name, table in self.tables.terms.items()}
        tables = terms.load(known) if with_tables else self.tables
        if not keys:
            return replace(self, tables=tables)
        return self._without(keys)._with(rows.only(cursor, keys), tables)

    def _without(self, keys: Sequence[int]) -> "Snapshot":
        gone = bits.at(self.rows_of(np.asarray(keys, np.int64)), self.size)
        return replace(self, live=self.live & ~gone)

    def _with(self, found: Rows, tables: Tables) -> "Snapshot":
        added, (tables, pairs) = found.columns, _pairs(found, tables)
        days, values = _days(added, pairs, tables), _values(pairs, tables)
        size = self.size + len(added["id"])
        return Snapshot(
            tables,
            self.ordered,
            self.by_key,
            np.concatenate([self.keys, added["id"]]),
            np.concatenate([self.created, added["created"]]),
            np.concatenate([self.published, _day_of(added["published"])]),
            {name: self.clocks[name].extended(*days[name]) for name in days},
            {name: self.values[name].extended(at + self.size, codes, size) for name, (at, codes) in values.items()},
            bits.padded(self.live, size) | bits.at(np.arange(self.size, size), size),
        )


def load(cursor: CursorWrapper) -> Snapshot:
    """All published claims as they stand."""
    found = rows.everything(cursor)
    columns, (tables, pairs) = found.columns, _pairs(found, terms.load({}))
    size = len(columns["id"])
    return Snapshot(
        tables,
        size,
        Coding.of(columns["id"]),
        columns["id"],
        columns["created"],
        _day_of(columns["published"]),
        {name: Clock.of(*days) for name, days in _days(columns, pairs, tables).items()},
        {name: Values.of(at, codes, size) for name, (at, codes) in _values(pairs, tables).items()},
        bits.at(np.arange(size), size),
    )


def _pairs(found: Rows, tables: Tables) -> tuple[Tables, dict[str, Pairs]]:
    """The pairs of row and code; what is not published, or not yet in the small tables, is left out.

    With the tables, to which new languages are added: these have no table of their own.
    """
    placed = Coding.of(found.columns["id"])
    pairs = {}
    single = ((name, (found.columns["id"], found.columns[name])) for name in ("speaker", "on_behalf_of", "act", "form"))
    for name, (claims, keys) in chain(single, found.pairs):
        if name == "language":
            tables = tables.with_languages(keys)
        at, is_there = placed.codes(claims)
        codes, is_known = tables.terms[TABLE_OF.get(name, name)].coding.codes(keys)
        pairs[name] = np.compress(is_there & is_known, at), np.compress(is_there & is_known, codes)
    return tables, pairs


def _values(pairs: dict[str, Pairs], tables: Tables) -> dict[str, Pairs]:
    """The pairs, none twice, with the publishers of the sources."""
    at, sources = pairs["source"]
    repeated = {"publisher": (at, tables.publisher_of_source[sources])}
    repeated |= {name: pairs[name] for name in ("source", "language", "attribution", "identification")}
    return pairs | {name: distinct(*of_it) for name, of_it in repeated.items()}


def _days(columns: dict[str, Array], pairs: dict[str, Pairs], tables: Tables) -> dict[str, Pairs]:
    """By clock, the first and the last day of each row."""
    at, sources = pairs["source"]
    recorded = _day_of(columns["created"])
    first, last = (_earliest(at, tables.dates_of_source[sources, side], len(recorded)) for side in (0, 1))
    return {"said": (columns["first"], columns["last"]), "published": (first, last), "recorded": (recorded, recorded)}


def _earliest(at: Array, days: Array, size: int) -> Array:
    """The earliest day of each row; days that are not known do not count."""
    earliest = np.full(size, LATER, np.int32)
    np.minimum.at(earliest, at[days != NO_DAY], days[days != NO_DAY])
    return np.where(earliest == LATER, NO_DAY, earliest)


def _day_of(moments: Array) -> Array:
    return (moments // DAY).astype(np.int32)

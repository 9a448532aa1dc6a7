"""The read model as it stood at one moment. It is never changed: a newer one shares what stayed the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np
from django.db.backends.utils import CursorWrapper

from claims.readmodel import bits, rows, terms
from claims.readmodel.bits import Array, Mask
from claims.readmodel.cache import Cache
from claims.readmodel.clocks import Clock
from claims.readmodel.coding import Coding
from claims.readmodel.packing import DAY, NO_DAY
from claims.readmodel.part import Mark, Part
from claims.readmodel.rows import Pairs, Rows
from claims.readmodel.terms import TABLE_OF, Tables, Terms
from claims.readmodel.values import Values, distinct

PAGES = 200  # charts and tables of pages, some hundred statements each
KEPT = 200  # sums over the parts, by conditions: some ten kilobytes each
SMALL = 64  # rows of a part that the next change takes in; so it does one that is not twice as large as itself
LATER = np.iinfo(np.int32).max


@dataclass(frozen=True, eq=False)
class Standing:
    """A part, and which of its rows still stand: a claim that has changed since is a row of a later part."""

    part: Part
    live: Mask
    gone: Array  # the rows that no longer stand, as they went

    @classmethod
    def of(cls, part: Part) -> "Standing":
        """All of a part."""
        return cls(part, bits.full(part.size), np.zeros(0, np.intp))

    @property
    def keys(self) -> Array:
        """The keys of the claims that stand here."""
        return np.compress(bits.unpacked(self.live, self.part.size), self.part.keys)

    def without(self, keys: Array) -> "Standing":
        """The same, in which the claims with these keys stand no more."""
        rows = self.part.rows_of(keys)
        rows = rows[bits.has(self.live, rows)]
        if not len(rows):
            return self
        return Standing(self.part, bits.without(self.live, rows), np.concatenate([self.gone, rows]))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Published claims in parts: all as they stood once, and behind them, in smaller parts, what has changed since.

    The clock of the last part knows every pair of days.
    """

    tables: Tables
    parts: tuple[Standing, ...]
    _of_conditions: Cache = field(default_factory=lambda: Cache(KEPT), init=False)
    _of_pages: Cache = field(default_factory=lambda: Cache(PAGES), init=False)

    @property
    def clocks(self) -> dict[str, Clock]:
        """By name, the clocks that know every pair of days."""
        return self.parts[-1].part.clocks

    @property
    def ordered(self) -> int:
        """The number of rows that were read at once."""
        return self.parts[0].part.size

    @property
    def disorder(self) -> int:
        """How many of these no longer stand, and how many rows stand behind them."""
        return len(self.parts[0].gone) + sum(standing.part.size for standing in self.parts[1:])

    def terms_of(self, name: str) -> Terms:
        """The terms that the codes of a column stand for."""
        return self.tables.terms[TABLE_OF.get(name, name)]

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        """What was made under a key."""
        return self._of_conditions.get(key, make)

    def for_page(self, key: Any, make: Callable[[], Any]) -> Any:
        """What a page works out from the record, under a key: a chart, a table. It stands until something changes."""
        return self._of_pages.get(key, make)

    def with_changes(self, cursor: CursorWrapper, keys: Sequence[int], with_tables: bool) -> "Snapshot":
        """The snapshot in which these claims are as they stand now, and the small tables, too, where that is asked."""
        known = {name: table.coding for name, table in self.tables.terms.items()}
        tables = terms.load(known) if with_tables else self.tables
        if not keys:
            return replace(self, tables=tables)
        left, taken_in = self._apart(len(keys))
        changed = np.unique(np.concatenate([np.asarray(keys, np.int64), *(standing.keys for standing in taken_in)]))
        found = rows.only(cursor, changed.tolist())
        tables, part = _part(None, found, tables, self.clocks)
        standing = [each.without(changed) for each in left]
        return Snapshot(tables, (*standing, *([Standing.of(part)] if part.size else [])))

    def _apart(self, number: int) -> tuple[list[Standing], list[Standing]]:
        """The parts that stay as they are, and the last ones, which so many changes are read again with: else each
        change would make one more part, and each page ask all of them.
        """
        left = list(self.parts)
        while len(left) > 1 and left[-1].part.size < SMALL + 2 * number:
            number += left.pop().part.size
        return left, list(self.parts[len(left) :])


def load(cursor: CursorWrapper, mark: Mark | None) -> tuple[Tables, Part]:
    """All published claims as they stand, with all changes up to the mark, and the small tables."""
    return _part(mark, rows.everything(cursor), terms.load({}), {})


def _part(mark: Mark | None, found: Rows, tables: Tables, clocks: dict[str, Clock]) -> tuple[Tables, Part]:
    """The part of these rows, and the tables with what they newly name."""
    columns, (tables, pairs) = found.columns, _pairs(found, tables)
    size = len(columns["id"])
    days = _days(columns, pairs, tables)
    return tables, Part(
        mark,
        Coding.of(columns["id"]),
        columns["created"],
        _day_of(columns["published"]),
        {name: Clock.of(*days[name], clocks.get(name)) for name in days},
        {name: Values.of(at, codes, size) for name, (at, codes) in _values(pairs, tables).items()},
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

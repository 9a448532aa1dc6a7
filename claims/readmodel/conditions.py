"""From a condition that a reader set to what it means: codes and days, which stay the same when names change."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from claims.readmodel import clocks
from claims.readmodel.bits import Array, Mask, packed
from claims.readmodel.part import Meaning, Part
from claims.readmodel.snapshot import Snapshot
from claims.readmodel.terms import KINDS, SOURCE_KINDS, TABLE_OF, Tables, key_of
from claims.readmodel.words import words_of
from claims.search import parse


@dataclass(frozen=True, slots=True)
class Valued:
    """To have any of some values in a column, by code: as many as a reader likes, so that they are kept as bytes."""

    column: str
    codes: bytes

    @classmethod
    def of(cls, column: str, codes: Array) -> "Valued":
        """What it means to have any of these codes."""
        return cls(column, np.sort(codes).astype(np.intp).tobytes())

    def rows(self, part: Part) -> Mask:
        """The rows of a part that have one of them."""
        return part.values[self.column].having(np.frombuffer(self.codes, np.intp), part.size)


@dataclass(frozen=True, slots=True)
class Within:
    """To fall into a period by a clock: on any day that it may have, or ``certain``, on all of them."""

    clock: str
    first: date | None
    last: date | None
    certain: bool

    def rows(self, part: Part) -> Mask:
        """The rows of a part that fall into it."""
        return packed(part.clocks[self.clock].within(self.first, self.last, self.certain))


@dataclass(frozen=True, slots=True)
class SaidBy:
    """To have been said, perhaps, by the end of a day."""

    day: date

    def rows(self, part: Part) -> Mask:
        """The rows of a part that were."""
        said = part.clocks["said"]
        return packed(said.of_codes(said.first <= clocks.number(self.day)))


@dataclass(frozen=True, slots=True)
class KnownBy:
    """To have been published here by the end of a day."""

    day: date

    def rows(self, part: Part) -> Mask:
        """The rows of a part that were."""
        return packed(part.published <= clocks.number(self.day))


@dataclass(frozen=True, slots=True)
class Holding:
    """To hold the words of a search."""

    typed: str

    def rows(self, part: Part) -> Mask:
        """The rows of a part that do."""
        return words_of(part).holding(parse(self.typed))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """To meet one of several. Each is kept by itself: readers go on from it, and widen it by others."""

    meanings: tuple[Meaning, ...]

    def rows(self, part: Part) -> Mask:
        """The rows of a part that meet one."""
        return np.bitwise_or.reduce([part.meeting(meaning) for meaning in self.meanings])


@dataclass(frozen=True, slots=True)
class But:
    """To meet one, and not another one."""

    one: Meaning
    other: Meaning

    def rows(self, part: Part) -> Mask:
        """The rows of a part that do."""
        return part.meeting(self.one) & ~part.meeting(self.other)


def meaning(snapshot: Snapshot, clock: str, name: str, keys: Sequence[Any]) -> Meaning:
    """What a condition means: by name (a dimension of the filter, or below), any of its keys.

    "actor" has the key (actor, role); "said", on a clock, (first day, last day, certainly); "as_of" and "known_by" a
    day. Those of all others are what the database compares: a primary key, a choice, a language, or words.
    """
    if name == "said":
        return Within(clock, *keys[0])
    means = OTHERS.get(name)
    return means(snapshot.tables, keys) if means else _valued(snapshot.tables, name, keys)


def _valued(tables: Tables, name: str, keys: Iterable[Any]) -> Meaning:
    table = TABLE_OF.get(name, name)
    codes, known = tables.terms[table].coding.codes(np.array([key_of(table, key) for key in keys], np.int64))
    return Valued.of(name, codes[known])


def _of_kind(tables: Tables, kinds: Sequence[str]) -> Meaning:
    actors = np.isin(tables.kind_of_actor, [KINDS.index(kind) for kind in kinds])
    return Valued.of("speaker", np.flatnonzero(actors))


def _of_source_kind(tables: Tables, kinds: Sequence[str]) -> Meaning:
    sources = np.isin(tables.kind_of_source, [SOURCE_KINDS.index(kind) for kind in kinds])
    return Valued.of("source", np.flatnonzero(sources))


def _involving(tables: Tables, keys: Sequence[tuple[int, str]]) -> Meaning:
    [(actor, role)] = keys
    if role != "any":
        return _in_role(tables, actor, role)
    return AnyOf(tuple(_in_role(tables, actor, each) for each in ROLES))


ROLES = ("speaker", "on_behalf_of", "attribution", "addressee", "mentioned")
SPOKEN = ("speaker", "on_behalf_of")  # for whom a claim stands
OF_OTHERS = ("on_behalf_of", "mentioned")  # who speaks is not counted as spoken for, or mentioned, as well


def _in_role(tables: Tables, actor: int, role: str) -> Meaning:
    if role == "voice":
        return AnyOf(tuple(_valued(tables, each, [actor]) for each in SPOKEN))
    found = _valued(tables, role, [actor])
    return But(found, _valued(tables, "speaker", [actor])) if role in OF_OTHERS else found


OTHERS: dict[str, Callable[[Tables, Sequence[Any]], Meaning]] = {
    "kind": _of_kind,
    "source_kind": _of_source_kind,
    "actor": _involving,
    "q": lambda _, phrases: AnyOf(tuple(Holding(phrase) for phrase in phrases)),
    "as_of": lambda _, days: SaidBy(days[0]),
    "known_by": lambda _, days: KnownBy(days[0]),
}

"""From a condition that a reader set to the rows that meet it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from claims.readmodel import clocks, words
from claims.readmodel.bits import Mask, at, packed
from claims.readmodel.snapshot import TABLE_OF, Snapshot
from claims.readmodel.terms import KINDS, SOURCE_KINDS, key_of

type Meeting = Callable[[Snapshot, Sequence[Any]], Mask]


def meeting(snapshot: Snapshot, clock: str, name: str, keys: tuple[Any, ...]) -> Mask:
    """The rows that meet a condition: by name (a dimension of the filter, or below), any of its keys.

    "actor" has the key (actor, role); "said", on a clock, (first day, last day, certainly); "as_of" and "known_by" a
    day. Those of all others are what the database compares: a primary key, a choice, a language, or words.
    """
    if name == "said":
        return _kept(snapshot, (clock, keys), lambda: _within(snapshot, clock, keys))
    if name == "q":
        return _with_words(snapshot, keys)
    meets = OTHERS.get(name) or partial(_having, name=name)
    return _kept(snapshot, (name, keys), lambda: meets(snapshot, keys))


def _kept(snapshot: Snapshot, condition: Any, rows: Callable[[], Mask]) -> Mask:
    """The rows that meet a condition."""
    found: Mask = snapshot.kept(("rows", *condition), rows)
    return found


def _within(snapshot: Snapshot, clock: str, keys: Sequence[Any]) -> Mask:
    [(first, last, certain)] = keys
    return packed(snapshot.clocks[clock].within(first, last, certain))


def _having(snapshot: Snapshot, keys: Sequence[Any], name: str) -> Mask:
    wanted = np.array([key_of(TABLE_OF.get(name, name), key) for key in keys], np.int64)
    codes, known = snapshot.terms_of(name).coding.codes(wanted)
    return snapshot.values[name].having(codes[known], snapshot.size)


def _of_kind(snapshot: Snapshot, kinds: Sequence[str]) -> Mask:
    actors = np.isin(snapshot.tables.kind_of_actor, [KINDS.index(kind) for kind in kinds])
    return snapshot.values["speaker"].having(np.flatnonzero(actors), snapshot.size)


def _of_source_kind(snapshot: Snapshot, kinds: Sequence[str]) -> Mask:
    sources = np.isin(snapshot.tables.kind_of_source, [SOURCE_KINDS.index(kind) for kind in kinds])
    return snapshot.values["source"].having(np.flatnonzero(sources), snapshot.size)


def _involving(snapshot: Snapshot, keys: Sequence[tuple[int, str]]) -> Mask:
    [(actor, role)] = keys
    if role != "any":
        return _in_role(snapshot, actor, role)
    return np.bitwise_or.reduce([_in_role(snapshot, actor, each) for each in ROLES])


ROLES = ("speaker", "on_behalf_of", "attribution", "addressee", "mentioned")
OF_OTHERS = ("on_behalf_of", "mentioned")  # who speaks is not counted as spoken for, or mentioned, as well


def _in_role(snapshot: Snapshot, actor: int, role: str) -> Mask:
    found = _having(snapshot, [actor], role)
    return found & ~_having(snapshot, [actor], "speaker") if role in OF_OTHERS else found


def _with_words(snapshot: Snapshot, phrases: Sequence[str]) -> Mask:
    """Each search is kept by itself: readers go on from it, and widen it by others."""
    found = [_kept(snapshot, ("q", phrase), partial(_holding, snapshot, phrase)) for phrase in phrases]
    return np.bitwise_or.reduce(found)


def _holding(snapshot: Snapshot, phrase: str) -> Mask:
    return at(snapshot.rows_of(words.holding(phrase)), snapshot.size)


def _said_by(snapshot: Snapshot, days: Sequence[date]) -> Mask:
    said = snapshot.clocks["said"]
    return packed(said.of_codes(said.first <= clocks.number(days[0])))


def _known_by(snapshot: Snapshot, days: Sequence[date]) -> Mask:
    return packed(snapshot.published <= clocks.number(days[0]))


OTHERS: dict[str, Meeting] = {
    "kind": _of_kind,
    "source_kind": _of_source_kind,
    "actor": _involving,
    "as_of": _said_by,
    "known_by": _known_by,
}

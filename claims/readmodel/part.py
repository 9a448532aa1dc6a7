"""Some published claims as rows, by said date and key. A part is never changed: what is found and counted in it stays.

What no longer stands is known outside (``snapshot.Standing``): a part goes on counting it.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from claims.readmodel import bits
from claims.readmodel.bits import Array, Mask
from claims.readmodel.cache import Cache, Once
from claims.readmodel.clocks import Clock
from claims.readmodel.coding import Coding
from claims.readmodel.packing import NO_DAY
from claims.readmodel.values import Values

KEPT = 200  # rows and counts of conditions: at a million claims an eighth to a quarter of a megabyte each

type Mark = tuple[int, int]  # the number and the token of an entry of the journal


class Meaning(Protocol):
    """What a condition compares, in codes: the same in every part, and in every snapshot that has it."""

    def rows(self, part: "Part") -> Mask:
        """The rows of a part that meet it."""


type Meanings = Set[tuple[Meaning, bool]]  # each with whether its rows are left out


@dataclass(frozen=True, eq=False)
class Part:
    """Rows, and what was worked out for them. ``mark`` is of one that holds everything up to an entry."""

    mark: Mark | None
    by_key: Coding
    created: Array
    published: Array
    clocks: dict[str, Clock]
    values: dict[str, Values]
    once: Once = field(default_factory=Once)
    _of_conditions: Cache = field(default_factory=lambda: Cache(KEPT), init=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """In a file there are the columns alone."""
        columns = ("mark", "by_key", "created", "published", "clocks", "values")
        return Part, tuple(getattr(self, name) for name in columns)

    @property
    def keys(self) -> Array:
        """The claims' keys, by row."""
        return self.by_key.keys

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.keys)

    @cached_property
    def undated(self) -> Mask:
        """The rows of which it is not known when they were said at the earliest."""
        said = self.clocks["said"]
        return bits.packed(said.of_codes(said.first == NO_DAY))

    def rows_of(self, keys: Array) -> Array:
        """The rows of those of the claims with these keys that are here."""
        rows, known = self.by_key.codes(keys)
        return rows[known]

    def mask_of(self, keys: Array) -> Mask:
        """The same as a mask."""
        return bits.at(self.rows_of(keys), self.size)

    def meeting(self, meaning: Meaning) -> Mask:
        """The rows that meet one condition."""
        found: Mask = self._kept(meaning, lambda: meaning.rows(self))
        return found

    def met(self, meanings: Meanings) -> tuple[Mask, Cache]:
        """The rows that meet all of these, and what has been counted of them: the next page has it, too."""
        found: tuple[Mask, Cache] = self._kept(meanings, lambda: (self._met(meanings), Cache()))
        return found

    def _met(self, meanings: Meanings) -> Mask:
        mask = bits.full(self.size)
        for meaning, is_left_out in meanings:
            mask &= ~self.meeting(meaning) if is_left_out else self.meeting(meaning)
        return mask

    def _kept(self, key: Any, make: Callable[[], Any]) -> Any:
        return self._of_conditions.get(key, make)

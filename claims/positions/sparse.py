"""The statements of a story that has more than can be looked at one by one: what no page lists is taken together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from django.conf import settings

from actors.models import Actor
from claims.filtering import Horizon, totals
from claims.models import Issue
from claims.positions.counted import voiced_by
from claims.positions.story import Statement
from claims.readmodel import NO_DAY, Array, Found, Having, day

DAYS = 4_000_000  # more than there are between the first date and the last


@dataclass(frozen=True, slots=True)
class Spoken:
    """Claims by key in the order of time, with the days between which they were said, as the read model has them."""

    keys: Array
    first: Array
    last: Array

    def __len__(self) -> int:
        return len(self.keys)

    def without(self, claims: Collection[int]) -> "Spoken":
        """Those that are not among these claims."""
        return self._those(~np.isin(self.keys, [*claims]))

    def among(self, claims: Collection[int]) -> "Spoken":
        """Those that are."""
        return self._those(np.isin(self.keys, [*claims]))

    def statements(self, under: Mapping[int, Actor]) -> list[Statement]:
        """Each as a statement; ``under`` has the other actors under whom the stance of some of them stands."""
        return [self._statement(place, under.get(int(key))) for place, key in enumerate(self.keys)]

    def around(self, claim: int, days: tuple[date, date]) -> list[int]:
        """The claim, where it is here, and those next to it; of another the days say where it would be."""
        at = np.flatnonzero(self.keys == claim)
        place = int(at[0]) if len(at) else self.place(*days)
        found: list[int] = self.keys[max(place - 1, 0) : place + 2].tolist()
        return found

    def place(self, first: date, last: date) -> int:
        """How many come before what was said between these days."""
        begin, end = np.array([first, last], "datetime64[D]").astype(np.int64)
        return int(np.searchsorted(self.first * DAYS + self.last, begin * DAYS + end))

    def rows(self, begin: int, end: int, listed: int) -> Iterator[Statement]:
        """Those between two places: of each row without a gap so many are listed, one stands for the rest."""
        gaps = self._gaps()
        for start, stop in pairwise([begin, *gaps[(gaps > begin) & (gaps < end)].tolist(), end]):
            rest = min(start + listed, stop)
            yield from (self._statement(place) for place in range(start, rest))
            if rest < stop:
                others = tuple(self.keys[rest + 1 : stop].tolist())
                last = _day(self.last[rest:stop].max())
                yield Statement(int(self.keys[rest]), _day(self.first[rest]), last, others=others)

    def _gaps(self) -> Array:
        """The places before which nothing was said for too long."""
        if not len(self):
            return self.keys
        silent = self.first[1:] - np.maximum.accumulate(self.last)[:-1]
        return np.flatnonzero(silent > settings.SILENCE_DAYS) + 1

    def _statement(self, place: int, under: Actor | None = None) -> Statement:
        return Statement(int(self.keys[place]), _day(self.first[place]), _day(self.last[place]), under=under)

    def _those(self, held: Array) -> "Spoken":
        return Spoken(self.keys[held], self.first[held], self.last[held])


def spoken(actor: Actor, issue: Issue, horizon: Horizon, published: Found) -> Spoken:
    """What the actor said, or had said for it, on the issue."""
    conditions = Having("issue", issue.pk), voiced_by(actor)
    keys, first, last = totals.within(horizon, *conditions, published=published).found().in_time("said")
    dated = first != NO_DAY
    return Spoken(keys[dated], first[dated], last[dated])


def together(single: Sequence[Statement], others: Spoken, listed: int) -> list[Statement]:
    """The statements in the order of time; of the others, which take no stance, so many in a row one by one."""
    told: list[Statement] = []
    places = [0, *(others.place(item.first, item.last) for item in single), len(others)]
    for item, (begin, end) in zip([*single, None], pairwise(places), strict=True):
        told += others.rows(begin, end, listed)
        told += [item] if item else []
    return told


def _day(number: int) -> date:
    return day(int(number)) or date.min

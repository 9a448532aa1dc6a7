"""What is on file beside the evidence of a chart where it is too much to be drawn one by one: counted, lane by lane.

Numbers and days come from the read model, and each leads to the claims browser, which finds what was counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q
from django.urls import reverse

from actors.models import Actor
from claims.charts import Window, spans, swimlanes
from claims.filtering import Horizon, ending, totals
from claims.models import Issue
from claims.positions.evidence import ON_FILE, Evidence
from claims.readmodel import NEVER, NO_DAY, SPOKEN, Array, Found, Having, day
from conflict_site.base import edtf

MOST_FILED = 500  # claims beside the coded ones that a chart draws one by one: each takes a third of a millisecond
MOST_LANES = 25  # lanes without a coded stance, where they are counted
VOICE = "voice"  # as the claims browser names those for whom a claim stands, as one role


@dataclass(frozen=True, slots=True)
class Scope:
    """What a chart is of: all that is filed under one issue, or else under any, for some actors."""

    issue: Issue | None = None
    actors: tuple[Actor, ...] = ()

    @property
    def evidence(self) -> Q:
        """The condition on the evidence of positions."""
        return Q(position__stance__issue=self.issue) if self.issue else Q(position__actor__in=self.actors)

    @property
    def filed(self) -> Q:
        """The condition on filings, which have an ``issue`` and a ``claim``."""
        voiced = Q(claim__speaker__in=self.actors) | Q(claim__on_behalf_of__in=self.actors)
        return Q(issue=self.issue) if self.issue else voiced

    def holds(self, actor: Actor) -> bool:
        """Whether there is a lane for the actor."""
        return bool(self.issue) or actor in self.actors

    def found(self, horizon: Horizon, published: Found) -> list[Found]:
        """The claims on the issue, or else of each actor."""
        asked = [Having("issue", self.issue.pk)] if self.issue else [voiced_by(actor) for actor in self.actors]
        return [totals.within(horizon, each, published=published).found() for each in asked]

    def lanes(self, keys: Iterable[int]) -> list[tuple[Actor, Issue]]:
        """The lanes of the issues, or for one issue of the actors, with these keys."""
        if self.issue:
            return [(actor, self.issue) for actor in Actor.objects.filter(pk__in=keys).in_order()]
        issues = Issue.objects.filter(pk__in=keys).order_by("order", "slug")
        return [(actor, issue) for issue in issues for actor in self.actors]

    def of_lane(self, found: Sequence[Found], actor: Actor, issue: Issue) -> Found:
        """Those of the claims found that stand in a lane."""
        if self.issue:
            return found[0].having_any(SPOKEN, actor.pk)
        return found[self.actors.index(actor)].having_any(["issue"], issue.pk)


@dataclass(frozen=True, slots=True)
class Others:
    """What is on file within a scope beside coded evidence, counted. A lane is of one actor on one issue.

    ``keys`` are those of the issues, or for one issue of the actors, that have lanes; ``left`` is how many have none.
    ``claims`` is how many claims there are with the coded ones; ``spoken`` has the keys of all issues with a claim.
    """

    scope: Scope
    horizon: Horizon
    keys: tuple[int, ...]
    left: int
    claims: int
    spoken: frozenset[int]

    @property
    def url(self) -> str:
        """Where the claims browser lists them; "" where they are of several actors."""
        return self._listed("claims:list")

    @property
    def json_url(self) -> str:
        """The same as data."""
        return self._listed("claims:json")

    def lanes(self, coded: Iterable[Evidence], published: Found) -> "list[Counted]":
        """What is counted in each lane that is drawn; ``coded`` is the evidence that is drawn itself."""
        done, found = _claims(coded), self.scope.found(self.horizon, published)
        counted = (
            _counted(actor, issue, self.scope.of_lane(found, actor, issue), done[actor.pk, issue.pk], self.horizon)
            for actor, issue in self.scope.lanes(self.keys)
        )
        return [lane for lane in counted if lane.claims]

    def every(
        self, coded: Iterable[Evidence], published: Found, window: Window | None = None
    ) -> Iterator[tuple[Actor, Issue, list[int]]]:
        """All that is counted, also where no lane is drawn: the claims of each lane by key, in the order of time.

        With a window, what may have been said within it.
        """
        done, found = _claims(coded), self.scope.found(self.horizon, published)
        first, last = _numbered(window) if window else (-NEVER, NEVER)
        for actor, issue in self.scope.lanes(_numbers(self.scope, found)):
            keys, starts, ends = self.scope.of_lane(found, actor, issue).in_time("said")
            held = (starts <= last) & (ends >= first) & ~np.isin(keys, [*done[actor.pk, issue.pk]])
            yield actor, issue, keys[held].tolist()

    def _listed(self, page: str) -> str:
        if self.scope.issue:
            return browser(self.horizon, page, issue=self.scope.issue.slug)
        return all_of(self.scope.actors[0], self.horizon, page) if len(self.scope.actors) == 1 else ""


@dataclass(frozen=True, slots=True)
class Charted:
    """What a chart shows: evidence, of which some is on file without a stance, or ``others`` that are counted."""

    evidence: list[Evidence]
    others: Others | None = None

    @property
    def issues(self) -> set[int]:
        """The keys of the issues of which anything is on file."""
        return {item.issue.pk for item in self.evidence} | (self.others.spoken if self.others else set())


@dataclass(frozen=True, slots=True)
class Counted:
    """So much is on file of an actor on an issue, by first and last possible day (``NO_DAY``: open).

    Of each pair of days ``without`` has how many take no coded stance, ``coded`` how many do.
    """

    actor: Actor
    issue: Issue
    horizon: Horizon
    starts: Array
    ends: Array
    without: Array
    coded: Array

    @property
    def claims(self) -> int:
        """How many take no coded stance."""
        return int(self.without.sum())

    @property
    def first(self) -> date:
        """The first day on which one may have been said."""
        return _day(self.starts.min())

    @property
    def last(self) -> date:
        """The last such day."""
        return _day(self._last_days.max())

    @property
    def url(self) -> str:
        """Where the claims browser lists them."""
        return all_of(self.actor, self.horizon, issue=self.issue.slug)

    def within(self, window: Window) -> "Counted":
        """What may have been said within a window."""
        first, last = _numbered(window)
        held = (self.starts <= last) & (self._last_days >= first)
        columns = {name: getattr(self, name)[held] for name in ("starts", "ends", "without", "coded")}
        return replace(self, **columns)

    def drawn(self, axis: swimlanes.Axis) -> swimlanes.Counted:
        """As a lane of a chart shows it."""
        return swimlanes.Counted(list(self._bins(axis)), self._spoken(axis))

    @property
    def _last_days(self) -> Array:
        return np.where(self.ends == NO_DAY, self.starts, self.ends)

    def _bins(self, axis: swimlanes.Axis) -> Iterator[swimlanes.Statement]:
        """What was said within each span of time for certain."""
        url = self.url
        for span in (Window(*days) for days in spans(axis)):
            begin, end = _numbered(span)
            held = (self.starts >= begin) & (self.ends != NO_DAY) & (self.ends <= end)
            claims, coded = int(self.without[held].sum()), int(self.coded[held].sum())
            if claims:
                yield self._bin(url, span, claims, coded)

    def _bin(self, url: str, span: Window, claims: int, coded: int) -> swimlanes.Statement:
        first, last = span.first, span.last
        told = f"{claims:,} statement{'' if claims == 1 else 's'}, {edtf.short_day(first)} to {edtf.short_day(last)}"
        beside = f" The claims browser has them with the {coded:,} that take one." if coded else ""
        return swimlanes.Statement(
            *("", 0, "", first, last, False),
            url=f"{url}&said_from={first}&said_to={last}&match=certain",
            title=f"{told}, on file without a stance coded here.{beside}",
            role=ON_FILE,
            count=claims,
        )

    def _spoken(self, axis: swimlanes.Axis) -> list[tuple[date, date]]:
        """The days between which something is on file, those that no silence can part taken together."""
        order = np.argsort(self.starts, kind="stable")
        starts, ends = self.starts[order], np.maximum.accumulate(self._last_days[order])
        close = (axis.end - axis.first).days * swimlanes.BESIDE / 100
        parted = np.flatnonzero(starts[1:] - ends[:-1] > close)
        firsts, lasts = starts[np.append(0, parted + 1)], ends[np.append(parted, len(ends) - 1)]
        return [(_day(first), _day(last)) for first, last in zip(firsts, lasts, strict=True)]


def beside(scope: Scope, horizon: Horizon, coded: Collection[Evidence], published: Found) -> Others | None:
    """What is on file beside the coded evidence, where it is more than a chart draws one by one; else None."""
    found = scope.found(horizon, published)
    numbers = _numbers(scope, found)
    if sum(numbers.values()) - len(coded) <= MOST_FILED:
        return None
    kept = {(item.actor if scope.issue else item.issue).pk for item in coded}
    most = sorted(numbers.keys() - kept, key=lambda key: (-numbers[key], key))
    claims = {item.claim for item in coded}
    of_any = sum(each.size for each in found) + len(claims) - sum(each.among(claims).size for each in found)
    spoken = [scope.issue.pk] if scope.issue else numbers
    return Others(scope, horizon, (*kept, *most[:MOST_LANES]), len(most[MOST_LANES:]), of_any, frozenset(spoken))


def voiced_by(actor: Actor) -> Having:
    """The condition on claims that the actor made them, or that they were made on its behalf."""
    return Having("actor", (actor.pk, VOICE))


def all_of(actor: Actor, horizon: Horizon, page: str = "claims:list", **parameters: str) -> str:
    """The address of the claims browser with what an actor said or had said; the other parameters as below."""
    return browser(horizon, page, **parameters, actor=actor.slug, role=VOICE)


def browser(horizon: Horizon, page: str = "claims:list", **parameters: str) -> str:
    """The address of the claims browser, or of the same as data, with these parameters within the horizon."""
    return reverse(page) + ending(parameters | horizon.parameters)


def _claims(coded: Iterable[Evidence]) -> dict[tuple[int, int], set[int]]:
    """The claims in the evidence by lane: the keys of its actor and its issue."""
    claims: dict[tuple[int, int], set[int]] = defaultdict(set)
    for item in coded:
        claims[item.actor.pk, item.issue.pk].add(item.claim)
    return claims


def _numbers(scope: Scope, found: Iterable[Found]) -> dict[int, int]:
    """How many claims there are by issue, or for one issue by those for whom they stand."""
    numbers: dict[int, int] = {}
    for each in found:
        for name in SPOKEN if scope.issue else ["issue"]:
            for key, number in totals.numbers(each, name).items():
                numbers[key] = numbers.get(key, 0) + number
    return numbers


def _counted(actor: Actor, issue: Issue, found: Found, coded: Collection[int], horizon: Horizon) -> Counted:
    every = found.of_clock("said")
    done = found.among(coded).of_clock("said") if coded else np.zeros_like(every)
    codes, clock = np.flatnonzero(every), found.snapshot.clocks["said"]
    starts, ends = clock.first[codes].astype(np.int64), clock.last[codes].astype(np.int64)
    dated = starts != NO_DAY
    columns = (starts, ends, (every - done)[codes], done[codes])
    return Counted(actor, issue, horizon, *(column[dated] for column in columns))


def _numbered(window: Window) -> tuple[int, int]:
    """The first and the last day as the read model has them."""
    first, last = np.array([window.first, window.last], "datetime64[D]").astype(np.int64).tolist()
    return first, last


def _day(number: Any) -> date:
    return day(int(number)) or date.min

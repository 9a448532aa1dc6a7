"""Published positions as pages print them: swimlanes with the table they can be read from.

Claims are handed in as fetched, so that a page loads those of all its parts at once.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import accumulate
from typing import Protocol

from django.conf import settings

from actors.models import Actor
from claims.charts import swimlanes
from claims.models import Issue, public
from claims.positions.counted import Charted, Counted, Scope
from claims.positions.evidence import SHOWS, Evidence, found, in_time, supported, with_entries
from claims.positions.filings import charted, filings, with_filings
from claims.readmodel import Found
from claims.wording import ClaimLine
from conflict_site.base.addresses import address

# And all that stands here:
__all__ = [
    "SHOWS",
    "Charted",
    "Evidence",
    "Scope",
    "charted",
    "filings",
    "found",
    "in_time",
    "supported",
    "with_entries",
    "with_filings",
]


class OfLane(Protocol):
    """What stands in a lane: of an actor on an issue."""

    @property
    def actor(self) -> Actor: ...
    @property
    def issue(self) -> Issue: ...


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a swimlane, and the key by which lanes are ordered."""

    key: tuple[int | str, ...]
    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Swimlane:
    """A lane with its heading, the stances in it (order, label), and the latest of them; None in an empty lane.

    ``others`` is how many statements are counted in it instead of being rows, ``url`` where these are listed.
    """

    heading: Heading
    lane: swimlanes.Lane
    stances: list[tuple[int, str]]
    latest: Evidence | None
    rows: list[Evidence]
    others: int = 0
    url: str = ""

    @property
    def size(self) -> int:
        """How many statements it has."""
        return len(self.rows) + self.others

    @property
    def is_coded(self) -> bool:
        """Whether it holds a stance."""
        return bool(self.stances)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the claims on a chart bear on a position there."""

    coded: int
    claims: int

    @property
    def others(self) -> int:
        """How many are on file and take no coded stance."""
        return self.claims - self.coded


@dataclass(frozen=True, slots=True)
class Chart:
    """Swimlanes on one axis. Those ``uncoded`` hold no stance, only what is on file.

    ``left`` is how many lanes without a stance are left out, where what is on file is counted: of ``claims`` in all,
    listed at ``url``.
    """

    axis: swimlanes.Axis
    lanes: list[Swimlane]
    left: int = 0
    claims: int = 0
    url: str = ""

    @property
    def coded(self) -> "Chart":
        """The lanes that hold a stance, on the same axis."""
        return Chart(self.axis, [lane for lane in self.lanes if lane.is_coded])

    @property
    def uncoded(self) -> "Chart":
        """The other lanes, on the same axis."""
        return Chart(self.axis, [lane for lane in self.lanes if not lane.is_coded])

    @property
    def coverage(self) -> Coverage:
        """How many claims stand on the chart, and how many of them bear on a position, each counted once."""
        items = [item for lane in self.lanes for item in lane.rows]
        coded, claims = {item.claim for item in items if item.is_coded}, {item.claim for item in items}
        return Coverage(len(coded), self.claims or len(claims))

    @property
    def rows(self) -> list[tuple[str, Evidence]]:
        """The chart as a table: its evidence lane by lane, each with the title of its lane."""
        return [(lane.heading.title, item) for lane in self.lanes for item in lane.rows]

    @property
    def statements(self) -> int:
        """How many rows the chart has as a table."""
        return sum(len(lane.rows) for lane in self.lanes)

    @property
    def others(self) -> int:
        """How many statements its lanes count instead of having them as rows."""
        return sum(lane.others for lane in self.lanes)

    @property
    def on_file(self) -> int:
        """How many statements its lanes have."""
        return self.statements + self.others

    @property
    def is_binned(self) -> bool:
        """Whether some mark stands for several statements."""
        return any(mark.count > 1 for lane in self.lanes for mark in (*lane.lane.marks, *lane.lane.uncoded))

    @property
    def roles(self) -> set[str]:
        """What the evidence does for the positions."""
        return {item.role for lane in self.lanes for item in lane.rows}


def by_issue(item: OfLane) -> Heading:
    """The heading for lanes that each hold one issue."""
    issue = item.issue
    return Heading((issue.order, issue.slug), issue.title, _story(item), issue.question)


def by_actor(item: OfLane) -> Heading:
    """The heading for lanes that each hold one actor."""
    actor = item.actor
    return Heading((actor.sort_key, actor.slug), actor.name, _story(item), actor.description)


def drawn(charted: Charted, heading: Callable[[OfLane], Heading], published: Found) -> Chart | None:
    """The chart of all that is charted, or None where there is nothing."""
    others = charted.others
    if others is None:
        return chart(charted.evidence, heading)
    made = chart(charted.evidence, heading, others.lanes(charted.evidence, published))
    return replace(made, left=others.left, claims=others.claims, url=others.url) if made else None


def chart(
    found: Sequence[Evidence], heading: Callable[[OfLane], Heading], counted: Sequence[Counted] = ()
) -> Chart | None:
    """A chart of the evidence in swimlanes, and of what is counted in some of them, or None where there is none."""
    every: list[Evidence | Counted] = [*found, *counted]
    if not every:
        return None
    axis = swimlanes.axis(min(item.first for item in every), max(item.last for item in every))
    headings: dict[tuple[int, int], Heading] = {}
    groups: dict[Heading, list[Evidence]] = {}
    others: dict[Heading, Counted] = {}
    for item in every:
        key = (item.actor.pk, item.issue.pk)
        group = groups.setdefault(headings.get(key) or headings.setdefault(key, heading(item)), [])
        if isinstance(item, Counted):
            others[headings[key]] = item
        else:
            group.append(item)
    in_order = sorted(groups.items(), key=lambda pair: (not _is_coded(pair[1]), *pair[0].key))
    starts = accumulate((len(items) for _, items in in_order), initial=0)
    lanes = zip(starts, in_order, strict=False)
    return Chart(axis, [swimlane(items, head, axis, row, others.get(head)) for row, (head, items) in lanes])


def swimlane(
    items: Sequence[Evidence], heading: Heading, axis: swimlanes.Axis, row: int = 0, counted: Counted | None = None
) -> Swimlane:
    """The swimlane of this evidence of one actor on one issue, and of what is counted there; without any, a silence.

    ``row`` is where its evidence begins in the table that the chart can be read from.
    """
    silence = timedelta(days=settings.SILENCE_DAYS)
    statements = [_statement(item, row + number) for number, item in enumerate(items)]
    lane = swimlanes.lane(statements, axis, silence, counted.drawn(axis) if counted else None)
    stances = sorted({(item.order, item.label) for item in items if item.is_coded})
    shown = (item for item in items if item.shows)
    latest = max(shown, key=lambda item: (item.last, item.first), default=None)
    numbers = (counted.claims, counted.url) if counted else (0, "")
    return Swimlane(heading, lane, stances, latest, list(items), *numbers)


def printed(items: Iterable[Evidence], claims: Mapping[int, ClaimLine]) -> list[Evidence]:
    """The evidence with the entries of its claims, without what a withdrawal since has left without any."""
    return supported(with_entries(items, claims))


def silent_on(spoken: Collection[int]) -> list[Issue]:
    """The issues with answers to choose from without those with these keys, of which something is on file."""
    return [issue for issue in public.issues().filter(stances__isnull=False).distinct() if issue.pk not in spoken]


def shown_for(found: Iterable[Evidence], speaker: Actor) -> list[Actor]:
    """Those others whose positions rest on what this actor said, as a state's on what its officials say."""
    others = {item.actor for item in found if item.actor.pk != speaker.pk}
    return sorted(others, key=lambda actor: (actor.sort_key, actor.slug))


def _story(item: OfLane) -> str:
    """The address of the story of the actor on the issue."""
    return address("claims:story", item.issue.slug, item.actor.slug)


def _is_coded(items: Iterable[Evidence]) -> bool:
    return any(item.is_coded for item in items)


def _statement(item: Evidence, row: int) -> swimlanes.Statement:
    return swimlanes.Statement(
        position=item.position,
        order=item.order,
        label=item.label,
        first=item.first,
        last=item.last,
        shows=item.shows,
        source=item.source,
        form="unnamed" if item.unnamed else item.form,
        url=item.url,
        title=item.title,
        role=item.role,
        row=row,
    )

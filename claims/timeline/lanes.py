"""The lanes of a timeline: what stands in each, and how it is drawn for a wide and for a narrow screen.

The lanes of few claims are made of the claims themselves; of many the read model counts those of one lane and date.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse

from actors.models import Actor
from claims.charts import NARROW, WIDE, Bar, Drawing, Item, Period, Row, density, scale
from claims.filtering import totals
from claims.models import Issue
from claims.timeline.filter import TimelineFilter
from claims.timeline.view import LISTED, Heading, ListedEvent, View

LANES = 12
NAMED = 50  # values that an address may name
LANED: dict[str, tuple[Any, tuple[str, str, str]]] = {
    "actor": (Actor, ("sort_key", "name", "slug")),
    "issue": (Issue, ("title", "title", "slug")),
}
PARAMETERS = {"actor": "speaker", "issue": "issue"}


@dataclass(frozen=True, slots=True)
class Group:
    """The claims of one lane: first and last days with their numbers, and, where they are few, each of them."""

    label: str
    value: str
    count: int
    rows: list[Row]
    items: list[Item] | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its label, what it leads to, how many it holds, its bars for the table, and how it is drawn."""

    label: str
    url: str
    count: int
    parts: list[Bar]
    drawings: list[Drawing]


@dataclass(frozen=True, slots=True)
class Others:
    """The lanes for which there is no room: how many, how many claims are in them, and where they are."""

    lanes: int
    count: int
    url: str


def lanes(seen: View, period: Period) -> tuple[list[Lane], Others | None]:
    """The lanes of the claims, most frequent first, and what has no lane of its own."""
    groups, others = _groups_of_few(seen) if seen.claims is not None else _groups_of_many(seen)
    url_of = cache(seen.filter.url_of)  # the lanes lead to the same periods
    drawn = [_drawn(groups, period, room, url_of) for room in (WIDE, NARROW)]
    return [
        Lane(group.label, _lane_url(seen.filter, group), group.count, parts, [wide, narrow])
        for group, (parts, wide), (_, narrow) in zip(groups, *drawn, strict=True)
    ], others


def event_lane(seen: View, period: Period) -> Lane:
    """The lane of the events: numbered flags and bands where they have room, else bars."""
    items = [_flag(listed) for listed in seen.events]
    group = Group("Events", "", len(items), _rows(items), items if len(items) <= LISTED else None)
    ((parts, wide),), ((_, narrow),) = (
        _drawn([group], period, room, seen.filter.url_of, "event") for room in (WIDE, NARROW)
    )
    return Lane(group.label, "", group.count, parts, [wide, narrow])


def _drawn(
    groups: Sequence[Group], period: Period, room: int, url_of: Callable[[Period], str], noun: str = "claim"
) -> list[tuple[list[Bar], Drawing]]:
    """For each group its bars, all to one measure, and how it is drawn: by marks, or else by these bars."""
    scaled = scale(period, room)
    counted = [density.tally(group.rows, scaled) for group in groups]
    fullest = max((max(tally.certain) for tally in counted), default=0)
    tallest = density.TALLEST_ALONE if noun == "claim" and len(groups) == 1 else density.TALLEST
    measure = density.Measure(fullest, tallest, noun, url_of)
    drawn = []
    for group, tally in zip(groups, counted, strict=True):
        bars = density.bars(tally, scaled, measure)
        marks = density.marks(group.items, scaled) if group.items is not None else None
        drawn.append((bars.bars, marks or bars))
    return drawn


def _flag(listed: ListedEvent) -> Item:
    event = listed.event
    return Item(
        first=event.date.earliest,
        last=event.date.latest,
        url=event.get_absolute_url(),
        title=listed.title,
        sign=str(listed.number),
        is_expected=listed.is_expected,
    )


def _rows(items: Sequence[Item]) -> list[Row]:
    return [(item.first, item.last, 1) for item in items]


def _groups_of_few(seen: View) -> tuple[list[Group], Others | None]:
    items: dict[Heading, list[Item]] = defaultdict(list)
    for placed in seen.claims or ():
        claim = placed.entry
        item = Item(placed.first, placed.last, claim.url, f"{claim.sentence} ({claim.when})", claim.form)
        for heading in placed.lanes:
            items[heading].append(item)
    top, rest = _parted({heading: len(found) for heading, found in items.items()})
    groups = [
        Group(heading.label, heading.value, len(items[heading]), _rows(items[heading]), items[heading])
        for heading in top
    ]
    in_rest = {item.url for heading in rest for item in items[heading]}
    return groups, _others(seen.filter, rest, len(in_rest)) if rest else None


def _groups_of_many(seen: View) -> tuple[list[Group], Others | None]:
    laned = seen.filter.chosen_lanes
    if laned == "none":
        return [Group("Claims", "", seen.found, seen.rows)], None
    things, columns = LANED[laned]
    found, column, clock = seen.filter.selection.found(), PARAMETERS[laned], seen.filter.chosen_clock
    counts = totals.numbers(found, column)
    named = things.objects.filter(pk__in=counts).order_by().values_list("pk", *columns)
    keys = {Heading(*names): key for key, *names in named}
    top, rest = _parted({heading: counts[key] for heading, key in keys.items()})
    groups = [
        Group(heading.label, heading.value, counts[key], list(found.having(column, [key]).dates(clock)))
        for heading, key in ((heading, keys[heading]) for heading in top)
    ]
    if not rest:
        return groups, None
    in_rest = found.having(column, (keys[heading] for heading in rest))
    return groups, _others(seen.filter, rest, in_rest.size)


def _parted(counts: Mapping[Heading, int]) -> tuple[list[Heading], list[Heading]]:
    """The lanes for which there is room, most frequent first and then by name, and the others."""
    ordered = sorted(counts, key=lambda heading: (-counts[heading], heading))
    return ordered[:LANES], ordered[LANES:]


def _others(claim_filter: TimelineFilter, rest: Sequence[Heading], count: int) -> Others:
    """The lanes that are left, in an address that names them, or, where it cannot, in the claims browser."""
    name = PARAMETERS[claim_filter.chosen_lanes]
    included = [choice for choice in claim_filter.chosen(name) if not choice.excluded]
    if len(rest) > NAMED or (included and name == "issue"):
        return Others(len(rest), count, claim_filter.url(path=reverse("claims:list")))
    return Others(
        len(rest), count, claim_filter.url(without=included, plus=[(name, heading.value) for heading in rest])
    )


def _lane_url(claim_filter: TimelineFilter, group: Group) -> str:
    """The address of this lane alone; none for issues within issues: an address cannot ask for two at once."""
    name = PARAMETERS[claim_filter.chosen_lanes] if group.value else ""
    included = [choice for choice in claim_filter.chosen(name) if not choice.excluded]
    if not name or (included and name == "issue"):
        return ""
    return claim_filter.url(without=included, plus=[(name, group.value)])

"""The events and claims that a timeline shows for its filter, their period, and the ways to other periods.

Few claims are fetched and shown one by one; of many only the numbers are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from claims.charts import Period, Row, beside, extent, levels, within
from claims.filtering import facets, totals
from claims.models import Event, possibly_within
from claims.timeline.filter import TimelineFilter
from claims.wording import ClaimLine, Link, claim_lines

FEW = 50  # claims that are shown one by one
DAY = 100  # the same of one day
LISTED = 60  # events


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event in view: ``number`` stands on its flag, ``count`` is of the claims linked to it that are found."""

    number: int
    event: Any
    count: int
    claims_url: str
    is_expected: bool

    @property
    def title(self) -> str:
        """All that a reader must know before following the flag."""
        claims = f"{self.count:,} claim{'' if self.count == 1 else 's'}"
        expected = ", expected" if self.is_expected else ""
        return f"{self.event.title}, {self.event.date.words()}{expected}: {claims}"

    def may_be_within(self, period: Period) -> bool:
        """Whether it may have been within a period."""
        return _may_be_within(self.event, period)


class Heading(NamedTuple):
    """What a lane is called, what it is sorted by among lanes of one size, and the slug that an address writes."""

    order: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim that is shown by itself, with the lanes it stands in and the days by the filter's clock."""

    entry: ClaimLine
    first: date | None
    last: date | None
    lanes: list[Heading]


@dataclass(frozen=True, slots=True)
class Step:
    """A way to another period, and how many claims are found there."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class View:
    """What a valid filter finds. ``period`` is None where no day is known; ``claims`` is None where they are many."""

    filter: TimelineFilter
    days: list[Row]
    rows: list[Row]
    period: Period | None
    events: list[ListedEvent]
    claims: list[Placed] | None

    @property
    def found(self) -> int:
        """How many claims the filter finds."""
        return sum(count for _, _, count in self.rows)

    @property
    def undated(self) -> int:
        """How many of them have no date by the filter's clock."""
        return sum(count for first, last, count in self.rows if not (first or last))

    def steps(self, periods: Iterable[Period | None]) -> list[Step | None]:
        """The way to each of these periods, None where there is none."""
        return [
            Step(period.words, self.filter.url_of(period), self.count_within(period)) if period else None
            for period in periods
        ]

    def count_within(self, period: Period) -> int:
        """How many claims the filter finds in another period."""
        found = within(self.days, period.first, period.last, certain=self.filter.is_certain)
        return sum(count for _, _, count in found)


def view(claim_filter: TimelineFilter, today: date) -> View:
    """What a valid filter finds, with the events of the period. Events after ``today`` are expected."""
    days = facets.dates(claim_filter)
    first, last = claim_filter.period
    rows = within(days, first, last, certain=claim_filter.is_certain)
    events = list(Event.objects.published().filter(possibly_within("date", first, last)))
    period = _period(claim_filter, rows, events)
    found = sum(count for _, _, count in rows)
    limit = DAY if period and period.days == 1 else FEW
    return View(
        filter=claim_filter,
        days=days,
        rows=rows,
        period=period,
        events=_listed(claim_filter, events, period, today) if period else [],
        claims=placed(claim_filter, limit) if 0 < found <= limit else None,
    )


def crumbs(seen: View) -> list[Link]:
    """The levels of zoom from all time down to the period asked for."""
    asked = seen.filter.chosen("said")
    levels_above = [*levels(seen.period), seen.period] if asked and seen.period else []
    return [
        Link("All time", seen.filter.url_of(None)),
        *(Link(level.words, seen.filter.url_of(level)) for level in levels_above),
    ]


def beside_it(seen: View) -> tuple[Step | None, Step | None]:
    """The ways to the period before and after the one asked for; none where one of its ends is open."""
    if not (seen.period and all(seen.filter.period)):
        return None, None
    earlier, later = seen.steps([beside(seen.period, -1), beside(seen.period, 1)])
    return earlier, later


def nearest_days(seen: View, day: date) -> tuple[Step | None, Step | None]:
    """The ways to the last known day before this one, and the first after it, on which a claim was made."""
    known = {first for first, last, _ in seen.days if first and first == last}
    before = max((other for other in known if other < day), default=None)
    after = min((other for other in known if other > day), default=None)
    earlier, later = seen.steps([Period(other, other) if other else None for other in (before, after)])
    return earlier, later


def placed(claim_filter: TimelineFilter, most: int) -> list[Placed]:
    """So many of the claims that are found, in the order of time; of those of one day the certain ones first of all."""
    # Of all that may have been on a day, those ending first and then those beginning last are on no other.
    dated = claim_filter.selection.found().first_to_end(claim_filter.chosen_clock, most)
    claims = claim_lines(key for key, _, _ in dated)
    laned = claim_filter.chosen_lanes
    each = [
        Placed(claims[key], first, last, _lanes_of(claims[key], laned)) for key, first, last in dated if key in claims
    ]
    return sorted(each, key=lambda one: (one.first or date.max, one.last or date.max))


def _period(claim_filter: TimelineFilter, rows: Sequence[Row], events: Sequence[Any]) -> Period | None:
    """The period asked for; where it is open, the years of what is found: events, too, if nothing else is asked for."""
    first, last = claim_filter.period
    if first and last:
        return Period(first, last)
    asked = any(choice.name != "said" for choice in claim_filter.choices)
    known = extent([*rows, *(() if asked else [(event.date.earliest, event.date.latest, 1) for event in events])])
    if known is None:
        return None
    last = last or max(known.last, first or known.last)
    return Period(first or min(known.first, last), last)


def _listed(claim_filter: TimelineFilter, events: Sequence[Any], period: Period, today: date) -> list[ListedEvent]:
    """The events that may have been within the period, in the order of time, with the claims found of each."""
    in_time = sorted(events, key=lambda event: (event.date.earliest, event.date.latest or date.max, event.pk))
    seen = [event for event in in_time if _may_be_within(event, period)]
    ignored = [*claim_filter.chosen("said"), *claim_filter.chosen("event")]
    counts = totals.numbers(claim_filter.selection.found(ignored), "event")
    browser = reverse("claims:list")
    return [
        ListedEvent(
            number,
            event,
            counts.get(event.pk, 0),
            claim_filter.url(without=ignored, plus=[("event", event.slug)], path=browser),
            event.date.earliest > today,
        )
        for number, event in enumerate(seen, 1)
    ]


def _may_be_within(event: Any, period: Period) -> bool:
    return event.date.earliest <= period.last and (event.date.latest or date.max) >= period.first


def _lanes_of(line: ClaimLine, laned: str) -> list[Heading]:
    if laned == "actor":
        return [Heading(line.speaker.sort_key, line.speaker.name, line.speaker.slug)]
    if laned == "issue":
        return [Heading(topic.title, topic.title, topic.slug) for topic in line.topics]
    return [Heading("", "Claims", "")]

"""Published positions as pages print them: swimlanes with the table they can be read from, and changes of stance.

Claims are handed in as fetched, so that a page loads those of all its parts at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from django.db.models import Q

from actors.models import Actor
from claims.charts import timeline
from claims.entries import Entry, entry
from claims.models import Claim, Issue, PositionEvidence, State

SHOWS = "shows"
FORMS = {"verbatim": "a quote", "partial_quote": "a partial quote", "paraphrase": "a paraphrase"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A published claim (as ``entry``) that shows, qualifies or contradicts a published position."""

    position: str
    summary: str
    actor: Actor
    issue: Issue
    order: int
    label: str
    role: str
    role_label: str
    speaker: str
    first: date
    last: date
    entry: Entry

    @property
    def shows(self) -> bool:
        """Whether the claim shows the position."""
        return self.role == SHOWS


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a swimlane, and the key by which lanes are ordered."""

    key: tuple[int | str, ...]
    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Swimlane:
    """A lane with its heading, the stances in it (order, label), and the latest of them."""

    heading: Heading
    lane: timeline.Lane
    stances: list[tuple[int, str]]
    latest: Evidence
    rows: list[Evidence]


@dataclass(frozen=True, slots=True)
class Chart:
    """Swimlanes on one axis."""

    axis: timeline.Axis
    lanes: list[Swimlane]

    @property
    def statements(self) -> int:
        """How many rows the chart has as a table."""
        return sum(len(lane.rows) for lane in self.lanes)


@dataclass(frozen=True, slots=True)
class ChangeOfStance:
    """The last statement of one stance and the first of the next one, by one actor, and what to mind about the two."""

    before: Evidence
    after: Evidence
    notes: list[str]


def rows(which: Q) -> list[PositionEvidence]:
    """The public evidence of such public positions; ``which`` is a condition on the evidence."""
    public = PositionEvidence.objects.filter(which, position__state=State.PUBLISHED, claim__state=State.PUBLISHED)
    return list(public.select_related("position__actor", "position__stance__issue").order_by("position", "pk"))


def evidence(rows: Sequence[PositionEvidence], claims: Mapping[int, Claim]) -> list[Evidence]:
    """The rows in the order in which they were said, without positions that no public claim shows."""
    shown = {row.position_id for row in rows if row.role == SHOWS}
    found = [_evidence(row, claims[row.claim_id]) for row in rows if row.position_id in shown]
    return sorted(found, key=lambda item: (item.first, item.last, item.entry.slug))


def by_issue(item: Evidence) -> Heading:
    """The heading for lanes that each hold one issue."""
    issue = item.issue
    return Heading((issue.order, issue.slug), issue.title, issue.get_absolute_url(), issue.question)


def by_actor(item: Evidence) -> Heading:
    """The heading for lanes that each hold one actor."""
    actor = item.actor
    return Heading((actor.sort_key, actor.slug), actor.name, actor.get_absolute_url(), actor.description)


def chart(found: Sequence[Evidence], heading: Callable[[Evidence], Heading]) -> Chart | None:
    """A chart of the evidence in swimlanes, or None where there is none."""
    if not found:
        return None
    axis = timeline.axis(min(item.first for item in found), max(item.last for item in found))
    in_lanes = sorted(found, key=lambda item: heading(item).key)
    groups = [list(group) for _, group in groupby(in_lanes, key=lambda item: heading(item).key)]
    return Chart(axis, [_swimlane(group, heading(group[0]), axis) for group in groups])


def changes(found: Sequence[Evidence]) -> list[tuple[Actor, list[ChangeOfStance]]]:
    """The changes of stance on one issue, in the order of time, by actor in alphabetical order.

    Positions that overlap are held side by side: going from one to the other is no change.
    """
    shown = sorted((item for item in found if item.shows), key=lambda item: by_actor(item).key)
    by_actors = [list(group) for _, group in groupby(shown, key=lambda item: by_actor(item).key)]
    changed = [(group[0].actor, _changes(group)) for group in by_actors]
    return [(actor, their_changes) for actor, their_changes in changed if their_changes]


def silent_on(found: Sequence[Evidence]) -> list[Issue]:
    """The issues with answers to choose from of which this evidence holds nothing, in their order."""
    spoken = {item.issue.pk for item in found}
    return [issue for issue in Issue.objects.filter(stances__isnull=False).distinct() if issue.pk not in spoken]


def shown_for(rows: Sequence[PositionEvidence], speaker: Actor) -> list[Actor]:
    """Those others whose positions rest on what this actor said, as a state's on what its officials say."""
    others = {row.position.actor for row in rows if row.position.actor_id != speaker.pk}
    return sorted(others, key=lambda actor: (actor.sort_key, actor.slug))


def _evidence(row: PositionEvidence, claim: Claim) -> Evidence:
    position, said = row.position, claim.said
    return Evidence(
        position=position.slug,
        summary=position.summary,
        actor=position.actor,
        issue=position.stance.issue,
        order=position.stance.order,
        label=position.stance.label,
        role=row.role,
        role_label=row.get_role_display(),
        speaker=claim.speaker.slug,
        first=said.earliest,
        last=said.latest or said.earliest,
        entry=entry(claim),
    )


def _swimlane(items: Sequence[Evidence], heading: Heading, axis: timeline.Axis) -> Swimlane:
    lane = timeline.lane([_statement(item) for item in items], axis)
    stances = sorted({(item.order, item.label) for item in items})
    latest = max((item for item in items if item.shows), key=lambda item: (item.last, item.first))
    return Swimlane(heading, lane, stances, latest, list(items))


def _statement(item: Evidence) -> timeline.Statement:
    said = item.entry
    return timeline.Statement(
        position=item.position,
        order=item.order,
        label=item.label,
        first=item.first,
        last=item.last,
        shows=item.shows,
        source=said.source_url.partition("#")[0],
        form="unnamed" if said.unnamed else said.form,
        url=said.url,
        title=f"{said.when_short}: {said.sentence} {item.role.capitalize()}: {item.label}.",
    )


def _changes(shown: Sequence[Evidence]) -> list[ChangeOfStance]:
    return [
        ChangeOfStance(before[-1], after[0], _notes(before[-1], after[0]))
        for before, after in pairwise(_positions(shown))
        if before[0].order != after[0].order and _precedes(before[-1], after[0])
    ]


def _positions(shown: Sequence[Evidence]) -> list[list[Evidence]]:
    """The evidence by position, in the order in which the positions begin."""
    positions: dict[str, list[Evidence]] = {}
    for item in shown:
        positions.setdefault(item.position, []).append(item)
    return list(positions.values())


def _precedes(before: Evidence, after: Evidence) -> bool:
    return before.first < after.first and before.last <= after.last


def _notes(before: Evidence, after: Evidence) -> list[str]:
    forms = FORMS[before.entry.form], FORMS[after.entry.form]
    sources = {item.entry.source_url.partition("#")[0] for item in (before, after)}
    notes = [_apart((after.first - before.last).days, (after.last - before.first).days)]
    if forms[0] != forms[1]:
        notes.append(f"{forms[0].capitalize()} against {forms[1]}")
    if len(sources) == 1:
        notes.append("Both from one source")
    if before.speaker != after.speaker:
        notes.append("Said by different speakers")
    return notes


def _apart(least: int, most: int) -> str:
    if least == most:
        return f"{most} day{'s' if most > 1 else ''} apart"
    if least > 0:
        return f"{least} to {most} days apart"
    return f"Up to {most} days apart; which came first is not certain"

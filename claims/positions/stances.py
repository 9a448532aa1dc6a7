"""Published positions as pages print them: swimlanes with the table they can be read from, and changes of stance.

Claims are handed in as fetched, so that a page loads those of all its parts at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import accumulate, groupby, pairwise

from django.conf import settings

from actors.models import Actor
from claims.charts import swimlanes
from claims.models import Issue
from claims.positions.evidence import SHOWS, Evidence, evidence, found, rows, supported, with_entries
from claims.wording import ClaimLine

__all__ = ["SHOWS", "Evidence", "evidence", "found", "rows", "supported", "with_entries"]  # and all that stands here
FORMS = {"verbatim": "a quote", "partial_quote": "a partial quote", "paraphrase": "a paraphrase"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of a swimlane, and the key by which lanes are ordered."""

    key: tuple[int | str, ...]
    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Swimlane:
    """A lane with its heading, the stances in it (order, label), and the latest of them; None in an empty lane."""

    heading: Heading
    lane: swimlanes.Lane
    stances: list[tuple[int, str]]
    latest: Evidence | None
    rows: list[Evidence]


@dataclass(frozen=True, slots=True)
class Chart:
    """Swimlanes on one axis."""

    axis: swimlanes.Axis
    lanes: list[Swimlane]

    @property
    def rows(self) -> list[tuple[str, Evidence]]:
        """The chart as a table: its evidence lane by lane, each with the title of its lane."""
        return [(lane.heading.title, item) for lane in self.lanes for item in lane.rows]

    @property
    def statements(self) -> int:
        """How many rows the chart has as a table."""
        return sum(len(lane.rows) for lane in self.lanes)

    @property
    def is_binned(self) -> bool:
        """Whether some mark stands for several statements."""
        return any(mark.others for lane in self.lanes for mark in lane.lane.marks)

    @property
    def roles(self) -> set[str]:
        """What the evidence does for the positions."""
        return {item.role for lane in self.lanes for item in lane.rows}


@dataclass(frozen=True, slots=True)
class ChangeOfStance:
    """The last statement of one stance and the first of the next one, by one actor, and what to mind about the two."""

    before: Evidence
    after: Evidence
    notes: list[str]


def by_issue(item: Evidence) -> Heading:
    """The heading for lanes that each hold one issue."""
    issue = item.issue
    return Heading((issue.order, issue.slug), issue.title, issue.get_absolute_url(), issue.question)


def by_actor(item: Evidence) -> Heading:
    """The heading for lanes that each hold one actor."""
    actor = item.actor
    return Heading((actor.sort_key, actor.slug), actor.name, actor.get_absolute_url(), actor.description)


def by_latest_change(changed: Iterable[tuple[Actor, list[ChangeOfStance]]]) -> Callable[[Evidence], Heading]:
    """The heading for lanes by actor, those whose stance has changed last first; then the others by name."""
    latest = {actor.pk: max(change.after.first for change in theirs).toordinal() for actor, theirs in changed}

    def heading(item: Evidence) -> Heading:
        plain = by_actor(item)
        return replace(plain, key=(-latest.get(item.actor.pk, 0), *plain.key))

    return heading


def chart(found: Sequence[Evidence], heading: Callable[[Evidence], Heading]) -> Chart | None:
    """A chart of the evidence in swimlanes, or None where there is none."""
    if not found:
        return None
    axis = swimlanes.axis(min(item.first for item in found), max(item.last for item in found))
    headings: dict[tuple[int, int], Heading] = {}
    groups: dict[Heading, list[Evidence]] = {}
    for item in found:
        key = (item.actor.pk, item.issue.pk)
        groups.setdefault(headings.get(key) or headings.setdefault(key, heading(item)), []).append(item)
    in_order = sorted(groups.items(), key=lambda pair: pair[0].key)
    starts = accumulate((len(items) for _, items in in_order), initial=0)
    return Chart(axis, [swimlane(items, head, axis, row) for row, (head, items) in zip(starts, in_order, strict=False)])


def swimlane(items: Sequence[Evidence], heading: Heading, axis: swimlanes.Axis, row: int = 0) -> Swimlane:
    """The swimlane of this evidence of one actor on one issue; without any, a silence.

    ``row`` is where its evidence begins in the table that the chart can be read from.
    """
    silence = timedelta(days=settings.SILENCE_DAYS)
    lane = swimlanes.lane([_statement(item, row + number) for number, item in enumerate(items)], axis, silence)
    stances = sorted({(item.order, item.label) for item in items})
    shown = (item for item in items if item.shows)
    latest = max(shown, key=lambda item: (item.last, item.first), default=None)
    return Swimlane(heading, lane, stances, latest, list(items))


def changes(found: Sequence[Evidence]) -> list[tuple[Actor, list[ChangeOfStance]]]:
    """The changes of stance on one issue, in the order of time, by actor in alphabetical order.

    Positions that overlap are held side by side: going from one to the other is no change.
    """
    shown = sorted((item for item in found if item.shows), key=lambda item: by_actor(item).key)
    by_actors = [list(group) for _, group in groupby(shown, key=lambda item: by_actor(item).key)]
    changed = [(group[0].actor, _changes(group)) for group in by_actors]
    return [(actor, their_changes) for actor, their_changes in changed if their_changes]


def changes_printed(
    changed: Iterable[tuple[Actor, list[ChangeOfStance]]], claims: Mapping[int, ClaimLine]
) -> list[tuple[Actor, list[ChangeOfStance]]]:
    """The changes with the entries of their claims, as far as both have not been withdrawn since."""
    printed = (
        (actor, [_printed(change, claims) for change in theirs if _is_there(change, claims)])
        for actor, theirs in changed
    )
    return [(actor, theirs) for actor, theirs in printed if theirs]


def silent_on(found: Sequence[Evidence]) -> list[Issue]:
    """The issues with answers to choose from of which this evidence holds nothing, in their order."""
    spoken = {item.issue.pk for item in found}
    return [issue for issue in Issue.objects.filter(stances__isnull=False).distinct() if issue.pk not in spoken]


def shown_for(found: Iterable[Evidence], speaker: Actor) -> list[Actor]:
    """Those others whose positions rest on what this actor said, as a state's on what its officials say."""
    others = {item.actor for item in found if item.actor.pk != speaker.pk}
    return sorted(others, key=lambda actor: (actor.sort_key, actor.slug))


def _is_there(change: ChangeOfStance, claims: Mapping[int, ClaimLine]) -> bool:
    return change.before.claim in claims and change.after.claim in claims


def _printed(change: ChangeOfStance, claims: Mapping[int, ClaimLine]) -> ChangeOfStance:
    before, after = with_entries((change.before, change.after), claims)
    return ChangeOfStance(before, after, change.notes)


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
    forms = FORMS[before.form], FORMS[after.form]
    notes = [_apart((after.first - before.last).days, (after.last - before.first).days)]
    if forms[0] != forms[1]:
        notes.append(f"{forms[0].capitalize()} against {forms[1]}")
    if before.source == after.source:
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

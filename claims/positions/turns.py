"""Turns of stance: the statements of one actor on one issue that show another stance than the one before. Pure.

A turn is what is on file and no more: a statement, and one before it that shows something else. How far it is a change
is said of each; nothing is assumed between the two.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nlargest
from itertools import groupby

from actors.models import Actor
from claims.positions.evidence import Evidence
from claims.positions.stances import Heading, OfLane, by_actor
from claims.wording import ClaimLine
from conflict_site.base import edtf
from conflict_site.base.addresses import address

CHANGE, SIDE_BY_SIDE, ORDER_UNKNOWN = "change", "side_by_side", "order_unknown"
KINDS = (CHANGE, SIDE_BY_SIDE, ORDER_UNKNOWN)
FORMS = {"verbatim": "a quote", "partial_quote": "a partial quote", "paraphrase": "a paraphrase"}


@dataclass(frozen=True, slots=True)
class ChangeOfStance:
    """The last statement of one stance and the first of the next one, by one actor, and what to mind about the two.

    ``kind``: that the stance changed between them, that both are held side by side, or that which of them came first
    is not known. Only the first is counted as a change.
    """

    before: Evidence
    after: Evidence
    notes: list[str]
    kind: str = CHANGE

    @property
    def story(self) -> str:
        """The address of all that the actor said on the issue."""
        return address("claims:story", self.after.issue.slug, self.after.actor.slug)

    @property
    def is_change(self) -> bool:
        """Whether it is counted as one."""
        return self.kind == CHANGE

    @property
    def words(self) -> str:
        """Between which days it lies, as far as that is known, in a sentence."""
        span = f"between {edtf.day(self.before.first)} and {edtf.day(max(self.before.last, self.after.last))}"
        if self.kind == SIDE_BY_SIDE:
            return "Other statements show that both stances stand side by side, so no change is counted here."
        if self.kind == ORDER_UNKNOWN:
            return f"Both were said {span}; which came first is not certain, so no change is counted here."
        if _is_day(self.before) and _is_day(self.after):
            return f"The stance on file changes {span}."
        return f"The stance on file changes at some time {span}; the exact days are not stated."


@dataclass(frozen=True, slots=True)
class Turn:
    """The first of the statements in a row that show one stance, the others, and how it follows on the turn before.

    ``change`` is None for the first turn on file.
    """

    number: int
    said: Evidence
    same: list[Evidence]
    change: ChangeOfStance | None

    @property
    def is_change(self) -> bool:
        """Whether the stance changed here."""
        return self.change is not None and self.change.is_change


@dataclass(frozen=True, slots=True)
class Row:
    """The turns of one actor on one issue, in the order of time, at least one of them a change."""

    actor: Actor
    turns: list[Turn]
    is_latest: bool = False  # whether no other actor's stance changed later

    @property
    def words(self) -> str:
        """How many turns, and the first possible day of the latest change."""
        return f"{len(self.turns)} turns, the latest change {edtf.short_day(_changed(self))}"

    @property
    def stances(self) -> str:
        """The stances in the order of the turns."""
        return " → ".join(turn.said.label for turn in self.turns)

    @property
    def latest(self) -> list[Turn]:
        """The latest change, with the turn before it and those that came after it."""
        return self.turns[self._last - 1 :]

    @property
    def earlier(self) -> list[Turn]:
        """The turns before these."""
        return self.turns[: self._last - 1]

    @property
    def changes(self) -> list[ChangeOfStance]:
        """The changes among the turns."""
        return [turn.change for turn in self.turns if turn.change and turn.change.is_change]

    @property
    def _last(self) -> int:
        return max(place for place, turn in enumerate(self.turns) if turn.is_change)


def turns(shown: Sequence[Evidence]) -> list[Turn]:
    """The turns of one actor on one issue; ``shown`` is what shows its stances, in the order of time."""
    runs = [list(run) for _, run in groupby(shown, key=lambda item: item.order)]
    held = [{item.position for item in run} for run in runs]
    return [
        Turn(number, run[0], run[1:], _change(runs[number - 2], run, _beside(held, number - 1)) if number > 1 else None)
        for number, run in enumerate(runs, 1)
    ]


def by_actors(found: Iterable[Evidence]) -> list[Row]:
    """The turns of each actor whose stance on one issue changed, actors in alphabetical order."""
    shown = sorted((item for item in found if item.shows), key=lambda item: by_actor(item).key)
    grouped = [list(group) for _, group in groupby(shown, key=lambda item: by_actor(item).key)]
    rows = [Row(group[0].actor, turns(group)) for group in grouped]
    return [row for row in rows if any(turn.is_change for turn in row.turns)]


def newest_changes(found: Iterable[Evidence], most: int) -> list[ChangeOfStance]:
    """The latest changes of stance, at most so many, on whatever issue and of whatever actor."""
    on_issues: dict[int, list[Evidence]] = {}
    for item in found:
        on_issues.setdefault(item.issue.pk, []).append(item)
    changes = [change for items in on_issues.values() for row in by_actors(items) for change in row.changes]
    return nlargest(most, changes, key=lambda change: (change.after.first, change.after.slug))


def changes_printed(changes: Iterable[ChangeOfStance], claims: Mapping[int, ClaimLine]) -> list[ChangeOfStance]:
    """The changes with the entries of their claims, without those of which a claim has been withdrawn since."""
    return [
        replace(
            change,
            before=replace(change.before, loaded=claims[change.before.claim]),
            after=replace(change.after, loaded=claims[change.after.claim]),
        )
        for change in changes
        if {change.before.claim, change.after.claim} <= claims.keys()
    ]


def printed(found: Sequence[Evidence], claims: Mapping[int, ClaimLine]) -> list[Row]:
    """The same with the entries of the turns; without what has been withdrawn since the evidence was read."""
    rows = by_actors(found)
    gone = {turn.said.claim for row in rows for turn in row.turns} - claims.keys()
    rows = by_actors([item for item in found if item.claim not in gone]) if gone else rows
    there = [row for row in rows if all(turn.said.claim in claims for turn in row.turns)]
    latest = max(map(_changed, there), default=None)
    return [
        Row(row.actor, [with_entry(turn, claims) for turn in row.turns], is_latest=_changed(row) == latest)
        for row in there
    ]


def with_entry(turn: Turn, claims: Mapping[int, ClaimLine]) -> Turn:
    """The turn with the entry of its statement, which is among the claims."""
    return replace(turn, said=replace(turn.said, loaded=claims[turn.said.claim]))


def by_latest_change(rows: Iterable[Row]) -> Callable[[OfLane], Heading]:
    """The heading for lanes by actor, those whose stance has changed last first; then the others by name."""
    latest = {row.actor.pk: _changed(row).toordinal() for row in rows}

    def heading(item: OfLane) -> Heading:
        plain = by_actor(item)
        return replace(plain, key=(-latest.get(item.actor.pk, 0), *plain.key))

    return heading


def _changed(row: Row) -> date:
    """The day of the latest change."""
    return max(change.after.first for change in row.changes)


def _change(before: Sequence[Evidence], after: Sequence[Evidence], is_beside: bool) -> ChangeOfStance:
    last, first = before[-1], after[0]
    in_order = last.first < first.first and last.last <= first.last
    kind = SIDE_BY_SIDE if is_beside else CHANGE if in_order else ORDER_UNKNOWN
    return ChangeOfStance(last, first, _notes(last, first), kind)


def _beside(held: Sequence[Collection[str]], place: int) -> bool:
    """Whether a position of the run before is shown again later, or one of the run at this place was earlier."""
    before, here = held[place - 1], held[place]
    later, earlier = set().union(*held[place + 1 :]), set().union(*held[: place - 1])
    return not later.isdisjoint(before) or not earlier.isdisjoint(here)


def _is_day(item: Evidence) -> bool:
    return item.first == item.last


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

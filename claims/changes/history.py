"""Entries of the public log, ready to print: what was done to a record, when, why; the diff.

Of what has been withdrawn nothing is told but that it was there, and the note on its withdrawal.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from actors.models import Actor
from claims.changes.differences import Difference, Names, Version, differences, spoken, versions
from claims.models import REVISED, Change, ChangeKind, Claim, Event, Issue, Position, Source, State
from claims.wording import ClaimLine, attribution

KINDS = {**dict(ChangeKind.choices), "publication": "New"}
KNOWN = (State.PUBLISHED, State.WITHDRAWN)
FETCH: dict[str, Callable[[], QuerySet[Any]]] = {
    "claim": lambda: Claim.objects.for_list(),
    "event": lambda: Event.objects.all(),
    "position": lambda: Position.objects.select_related("actor", "stance__issue"),
    "source": lambda: Source.objects.all(),
    "actor": lambda: Actor.objects.all(),
    "issue": lambda: Issue.objects.all(),
}


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry. ``parts`` is the attribution sentence of a claim, or the title or name of another record.

    Where the thing is withdrawn (``is_gone``), ``parts`` is its id; ``url`` is "" where no page is left to lead to.
    ``more`` says in words what else was changed, without showing it.
    """

    pk: int
    kind: str
    at: datetime
    note: str
    thing: str
    slug: str
    url: str
    parts: list[attribution.Part]
    is_gone: bool
    differences: list[Difference] = field(default_factory=list)
    more: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The kind of change in a word: New, Edited, Corrected, Clarified, Withdrawn."""
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        """The sentence or title as plain text; what is withdrawn by its id: "claim lavrov-2025-06-04-all-means"."""
        return f"{self.thing} {self.slug}" if self.is_gone else attribution.text(self.parts)


def history(thing: Claim | Event | Position) -> list[LogEntry]:
    """The entries about one thing, newest first; none about a draft.

    A claim must have been fetched with ``for_list()``, an event or position needs nothing.
    """
    if thing.state not in KNOWN:
        return []
    changes = list(Change.objects.about(thing))
    return _prepared(changes, {(change.content_type_id, change.object_id): thing for change in changes}, changes)


def prepared(changes: Iterable[Change]) -> list[LogEntry]:
    """One entry for each of these changes of ``public.changes()``: a fixed number of queries, however many."""
    changes = list(changes)
    things = _things(changes)
    return _prepared(changes, things, _revisions(things))


def _prepared(changes: list[Change], things: Mapping[Any, Any], revisions: Iterable[Change]) -> list[LogEntry]:
    found = {version.change.pk: version for version in _versions(revisions, things)}
    names = Names(found[change.pk] for change in changes if change.pk in found)
    return [_entry(change, things[_key(change)], found.get(change.pk), names) for change in changes]


def _entry(change: Change, thing: Any, version: Version | None, names: Names) -> LogEntry:
    gone = _is_gone(thing)
    rows, more = differences(version, names, thing) if version else ([], [])
    return LogEntry(
        pk=change.pk,
        kind=change.kind,
        at=change.at,
        note=change.public_note if not gone or change.kind == ChangeKind.WITHDRAWAL else "",
        thing=thing._meta.model_name,
        slug=thing.slug,
        url="" if gone and isinstance(thing, Position) else thing.get_absolute_url(),
        parts=[attribution.Part(thing.slug)] if gone else _heading(thing),
        is_gone=gone,
        differences=rows,
        more=more,
    )


def _heading(thing: Any) -> list[attribution.Part]:
    if isinstance(thing, Claim):
        return ClaimLine.of(thing).parts
    if isinstance(thing, Event):
        return [attribution.Part(f"{thing.title}, {thing.date.words()}")]
    if isinstance(thing, Source | Issue):
        return [attribution.Part(thing.title)]
    if isinstance(thing, Actor):
        return [attribution.Part(thing.name, True)]
    stance = thing.stance
    return [attribution.Part(thing.actor.name, True), attribution.Part(f" on {stance.issue.title}: {stance.label}")]


def _versions(changes: Iterable[Change], things: Mapping[Any, Any]) -> Iterable[Version]:
    """The versions that the edits among these changes led to, of all things but those withdrawn."""
    by_thing = defaultdict(list)
    for change in changes:
        thing = things[_key(change)]
        if change.kind in REVISED and not _is_gone(thing):
            by_thing[thing].append(change)
    for thing, edits in by_thing.items():
        yield from versions(edits, spoken(thing) if isinstance(thing, Claim) else {})


def _things(changes: Iterable[Change]) -> dict[tuple[int, int], Any]:
    """What the changes are about, with what an entry prints of it."""
    wanted = defaultdict(set)
    for change in changes:
        wanted[change.content_type].add(change.object_id)
    return {
        (kind.pk, thing.pk): thing for kind, keys in wanted.items() for thing in FETCH[kind.model]().filter(pk__in=keys)
    }


def _revisions(things: Iterable[tuple[int, int]]) -> Iterable[Change]:
    """All edits of these things, newest first: what an older one changed is told by going back through the newer."""
    keys = defaultdict(set)
    for kind, key in things:
        keys[kind].add(key)
    about = [Q(content_type=kind, object_id__in=pks) for kind, pks in keys.items()]
    return Change.objects.filter(reduce(or_, about), kind__in=REVISED) if about else []


def _is_gone(thing: Any) -> bool:
    return bool(getattr(thing, "state", None) == State.WITHDRAWN)


def _key(change: Change) -> tuple[int, int]:
    return change.content_type_id, change.object_id

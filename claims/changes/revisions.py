"""Edits of claims, events and positions: what they changed, in plain values, and what follows from that."""

from typing import Any

from django.db.models import ForeignKey, Model

from claims.models import Change, Claim, Event, Position, State

# The rows that are edited together with a row they belong to, each with the other row that it names.
PARTS: dict[type[Model], dict[str, str]] = {
    Claim: {"steps": "actor", "citations": "source", "relations_out": "to_claim"},
    Event: {},
    Position: {"evidence": "claim"},
}


def values(thing: Claim | Event | Position) -> dict[str, Any]:
    """What a curator has entered, ready for JSON: columns, slugs of other rows, and the rows that belong to it."""
    lists = {
        field.name: sorted(getattr(thing, field.name).values_list("slug", flat=True))
        for field in thing._meta.many_to_many
        if field.editable
    }
    parts = {name: _rows(getattr(thing, name), other) for name, other in PARTS[type(thing)].items()}
    return {**_columns(thing), **lists, **parts}


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """``before`` and ``after`` with only what differs between them."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {"before": {name: before.get(name) for name in changed}, "after": {name: after[name] for name in changed}}


def record(thing: Claim | Event | Position, before: dict[str, Any], *, by: Any, kind: str = "", note: str = "") -> bool:
    """Take note of a saved edit; return whether it changed anything.

    The version goes up. What was in review is a draft again; what is published gets an entry in the public log,
    for which ``kind`` and ``note`` are needed.
    """
    after = values(thing)
    if after == before:
        return False
    thing.version += 1
    if thing.state == State.IN_REVIEW:
        thing.state, thing.submitted_by = State.DRAFT, None
    thing.save()
    if thing.state == State.PUBLISHED:
        Change.objects.record(thing, kind, by=by, public_note=note, **difference(before, after))
    return True


def _rows(belonging: Any, other: str) -> list[dict[str, Any]]:
    rows = [_columns(row) for row in belonging.select_related(other).order_by("pk")]
    return [{name: value for name, value in row.items() if name != belonging.field.name} for row in rows]


def _columns(row: Model) -> dict[str, Any]:
    """The columns of a row that a curator fills in; another row as its slug."""
    filled = [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]
    return {field.name: _plain(row, field) for field in filled}


def _plain(row: Model, field: Any) -> Any:
    value = getattr(row, field.name)
    return getattr(value, "slug", value) if isinstance(field, ForeignKey) else value

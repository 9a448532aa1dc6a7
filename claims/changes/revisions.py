"""Edits of records: what they changed, in plain values, and what follows from that."""

from datetime import date
from typing import Any

from django.db.models import ForeignKey, Model

from actors.models import Actor
from claims.models import Change, Claim, Event, Issue, Position, Source, Stance, State, public

# The rows that are edited together with a row they belong to, each with the other rows that it names.
PARTS: dict[type[Model], dict[str, tuple[str, ...]]] = {
    Claim: {"steps": ("actor",), "citations": ("source",), "relations_out": ("to_claim",)},
    Event: {},
    Position: {"evidence": ("claim",)},
    Source: {},
    Actor: {"names": (), "affiliations": ("organisation",)},
    Issue: {"stances": ()},
}


def values(thing: Any) -> dict[str, Any]:
    """What a curator has entered, ready for JSON: columns, slugs of other rows, and the rows that belong to it."""
    return _values(thing, keys=False)


def keyed(thing: Any) -> dict[str, Any]:
    """The same with what finds each row again: the rows that belong to it have their keys (``id``), a stance comes
    with its issue, and a claim, whose slug may still be given, as its key.
    """
    return _values(thing, keys=True)


def _values(thing: Any, *, keys: bool) -> dict[str, Any]:
    lists = {
        field.name: sorted(getattr(thing, field.name).values_list("slug", flat=True))
        for field in thing._meta.many_to_many
        if field.editable
    }
    parts = {name: _rows(getattr(thing, name), others, keys) for name, others in PARTS[type(thing)].items()}
    return {**_columns(thing, keys), **lists, **parts}


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """``before`` and ``after`` with only what differs between them."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {"before": {name: before.get(name) for name in changed}, "after": {name: after[name] for name in changed}}


def record(thing: Any, before: dict[str, Any], *, by: Any, kind: str = "", note: str = "") -> bool:
    """Take note of a saved edit; return whether it changed anything.

    The version goes up. What was in review is a draft again; what readers see gets an entry in the public log, for
    which ``kind`` and ``note`` are needed.
    """
    after = values(thing)
    if after == before:
        return False
    thing.version += 1
    if getattr(thing, "state", None) == State.IN_REVIEW:
        thing.state, thing.submitted_by = State.DRAFT, None
    thing.save()
    if public.shows(thing):
        Change.objects.record(thing, kind, by=by, public_note=note, **difference(before, after))
    return True


def filled(model: type[Model]) -> list[Any]:
    """The columns of a model that a curator fills in."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


def _rows(belonging: Any, others: tuple[str, ...], keys: bool) -> list[dict[str, Any]]:
    owner = belonging.field.name
    rows = belonging.select_related(*others) if others else belonging.all()
    return [
        ({"id": row.pk} if keys else {}) | {name: value for name, value in _columns(row, keys).items() if name != owner}
        for row in rows.order_by("pk")
    ]


def _columns(row: Model, keys: bool) -> dict[str, Any]:
    """The columns of a row that a curator fills in; another row as its slug."""
    return {field.name: _plain(row, field, keys) for field in filled(type(row))}


def _plain(row: Model, field: Any, keys: bool) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey):
        return _named(value, keys)
    return value.isoformat() if isinstance(value, date) else value


def _named(other: Any, keys: bool) -> Any:
    if keys and isinstance(other, Claim):
        return other.pk
    if keys and isinstance(other, Stance):
        return f"{other.issue.slug}/{other.slug}"
    return getattr(other, "slug", other)

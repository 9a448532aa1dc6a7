"""What a reviewer is shown of a proposed change: every field and row that differs, word by word, drafts included."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from claims.changes.diffs import Segment, diff
from claims.changes.revisions import PARTS, filled
from claims.changes.writing import Values, named
from claims.models import Claim, Revision
from claims.wording import ClaimLine


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that differs: before and after as one run of segments."""

    label: str
    segments: list[Segment]


def proposed(revision: Revision, thing: Any, hidden: Collection[str] = ()) -> list[Row]:
    """What a revision changes. ``hidden`` are the slugs of sources whose passages are not shown."""
    return list(_rows(thing, revision.before, revision.after, hidden))


def changed_since(revision: Revision, now: Values, thing: Any, hidden: Collection[str] = ()) -> list[Row]:
    """What has changed in the record since the revision was proposed."""
    return list(_rows(thing, revision.before, now, hidden))


def _rows(thing: Any, before: Values, after: Values, hidden: Collection[str]) -> Iterator[Row]:
    for name, new in after.items():
        old = before.get(name)
        if old == new:
            continue
        if name in PARTS[type(thing)]:
            yield from _part_rows(getattr(thing, name).model, old or [], new, hidden)
        else:
            field = thing._meta.get_field(name)
            yield Row(_label(field), diff(_text(field, old), _text(field, new)))


def _part_rows(model: Any, old: list[Values], new: list[Values], hidden: Collection[str]) -> Iterator[Row]:
    was = {row["id"]: row for row in old if row.get("source") not in hidden}
    now = {row["id"]: row for row in new if row.get("source") not in hidden}
    fields = {field.name: field for field in filled(model)}
    for key in {**was, **now}:
        one, other = was.get(key, {}), now.get(key, {})
        if one and other:
            for name in [name for name in other if name in fields and one.get(name) != other[name]]:
                words = diff(_text(fields[name], one.get(name)), _text(fields[name], other[name]))
                yield Row(f"{_title(model)}, {fields[name].verbose_name}", words)
        else:
            yield Row(_title(model), diff(_line(fields, one), _line(fields, other)))


def _line(fields: dict[str, Any], row: Values) -> str:
    """A row that belongs to a record as one line."""
    parts = [(field.verbose_name, _text(field, row[name])) for name, field in fields.items() if row.get(name)]
    return "; ".join(f"{label}: {text}" for label, text in parts)


def _text(field: Any, value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_name(field, one) for one in value)
    if field.is_relation:
        return _name(field, value)
    return str(dict(field.flatchoices).get(value, value))


def _name(field: Any, name: Any) -> str:
    found = named(field.related_model, name)
    if found is None:
        return str(name)
    return _claim(found) if isinstance(found, Claim) else str(found)


def _claim(claim: Claim) -> str:
    """A claim by its id and its sentence: no content stands without who is said to have said it."""
    line = ClaimLine.of(Claim.objects.for_list().get(pk=claim.pk))
    return f"{claim.slug}: {line.sentence.removesuffix('.') if claim.content else 'no content yet'}"


def _label(field: Any) -> str:
    return _capital(str(field.verbose_name))


def _title(model: Any) -> str:
    return _capital(str(model._meta.verbose_name))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

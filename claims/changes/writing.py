"""Values of ``revisions.keyed`` written into a record, with its lists and the rows that belong to it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model

from claims.changes.revisions import PARTS, filled
from claims.models import Citation, Claim, OldSlug, Stance

# Keys of rows that only a proposal has: far above any that a sequence gives, so that they are the same each time.
PROVISIONAL = 1 << 50
AT_MOST = 1_000  # such rows of one record

Values = dict[str, Any]


def write(thing: Any, wanted: Values, *, try_out: bool = False) -> None:
    """Make these the values of a record; a row that only the proposal has gets a key of its own, unless it is tried.

    Raises ValidationError where a row that they name is there no longer.
    """
    slug = thing.slug
    _set(thing, wanted)
    thing.save()
    if thing.slug != slug:
        OldSlug.keep(thing, slug)
    for field in thing._meta.many_to_many:
        if field.name in wanted:
            getattr(thing, field.name).set([_row(field.related_model, slug) for slug in wanted[field.name]])
    for name in PARTS[type(thing)]:
        _write_parts(getattr(thing, name), wanted[name], try_out)


def with_keys(thing: Model, after: Values, known: Values) -> Values:
    """The values with a provisional key for each row that the record does not have yet; ``known`` are its own."""
    return after | {
        name: _numbered(after[name], {row["id"] for row in known[name]}, PROVISIONAL + thing.pk * AT_MOST)
        for name in PARTS[type(thing)]
    }


def _numbered(rows: list[Values], known: set[int], first: int) -> list[Values]:
    """New rows keep a provisional key they have; the others get the next ones."""
    taken = {row["id"] for row in rows if row["id"] >= first} | {first}
    numbered = []
    for row in rows:
        key = row["id"]
        if key not in known and key < PROVISIONAL:
            key = max(taken) + 1
            taken.add(key)
        numbered.append(row | {"id": key})
    return numbered


def _set(row: Any, wanted: Values) -> None:
    for field in filled(type(row)):
        if field.name in wanted:
            value = wanted[field.name]
            names = isinstance(field, ForeignKey) and value is not None
            setattr(row, field.name, _row(field.related_model, value) if names else field.to_python(value))


def _row(model: Any, name: Any) -> Any:
    """The row of this name, or of the one that replaced it; raises ValidationError where there is none."""
    found = named(model, name)
    if found is None:
        raise ValidationError(f"The {model._meta.verbose_name} “{name}” is there no longer.")
    return found


def named(model: Any, name: Any) -> Any:
    """The row that a value of ``revisions.keyed`` names, by an old slug, too; None where there is none."""
    if model is Claim:
        return Claim.objects.filter(pk=name).first()
    if model is Stance:
        issue, slug = name.split("/")
        return Stance.objects.filter(issue__slug=issue, slug=slug).first()
    return model.objects.filter(slug=name).first() or OldSlug.target(model, name)


def _write_parts(belonging: Any, wanted: list[Values], try_out: bool) -> None:
    """Rows that change are deleted and written again under their keys: an update can't swap two orders."""
    stored = {row.pk: row for row in belonging.all()}
    gone = [row for key, row in stored.items() if key not in {values["id"] for values in wanted}]
    for row in gone:
        row.delete()
    changed = [_part(belonging, stored.get(values["id"]), values, try_out) for values in wanted]
    rows = [row for row in changed if row is not None]
    kept = belonging.filter(pk__in=[row.pk for row in rows if row.pk in stored])
    kept._raw_delete(kept.db)
    for row in rows:
        row.save(force_insert=True)


def _part(belonging: Any, stored: Any, wanted: Values, try_out: bool) -> Any:
    """The row as it should be; None where it is so already."""
    row = stored or belonging.model(**{belonging.field.name: belonging.instance})
    before = [getattr(row, field.attname) for field in filled(type(row))] if stored else None
    quoted = (row.exact, row.source_id) if stored and isinstance(row, Citation) else None
    _set(row, {name: value for name, value in wanted.items() if name != belonging.field.name})
    if before == [getattr(row, field.attname) for field in filled(type(row))]:
        return None
    if quoted and (row.exact, row.source_id) != quoted:
        row.forget_check()
    if not stored and try_out:
        row.pk = wanted["id"]
    return row

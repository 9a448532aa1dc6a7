"""Writing rows of any table so that it can be taken back: each step is noted in plain values, ready for JSON.

A step is undone only where what it wrote still stands.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

type Step = dict[str, Any]

CHANGED = "Something was changed since that undoing would lose: {}."


class Journal:
    """What was written, in its order."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def change(self, row: models.Model, **values: Any) -> None:
        """Set these columns of a row. Raises IntegrityError, and notes nothing, where the database refuses."""
        before = {name: _plain(row, name) for name in values}
        with transaction.atomic():
            _rows(type(row)).filter(pk=row.pk).update(**values)
        row.refresh_from_db(fields=[*values])
        self.changed(row, before)

    def changed(self, row: models.Model, before: dict[str, Any]) -> None:
        """Note that these columns of a row held other values before."""
        after = {name: _plain(row, name) for name in before}
        if after != before:
            self._note("change", row, before=before, after=after)

    def add(self, row: models.Model) -> None:
        """Save a new row."""
        row.save(force_insert=True)
        self.added(row)

    def added(self, row: models.Model) -> None:
        """Note that a row is new."""
        self._note("add", row, after=plain(row))

    def dropped(self, row: models.Model) -> None:
        """Note that a row, as it was read before, is deleted."""
        self._note("drop", row, before=plain(row))

    def drop(self, row: models.Model) -> None:
        """Delete a row, and before it those that belong to it."""
        for part in _parts(row):
            self.drop(part)
        self.dropped(row)
        _rows(type(row)).filter(pk=row.pk).delete()

    def move(self, rows: Iterable[models.Model], **values: Any) -> list[models.Model]:
        """Set these columns of many rows; those that the database does not take twice are dropped, and returned."""
        rows, doubles = list(rows), []
        try:
            with transaction.atomic():
                self._move_all(rows, values)
        except IntegrityError:
            doubles = [row for row in rows if not self._moved(row, values)]
        for row in doubles:
            self.drop(row)
        return doubles

    def _move_all(self, rows: Sequence[models.Model], values: dict[str, Any]) -> None:
        before = [{name: _plain(row, name) for name in values} for row in rows]
        if rows:
            _rows(type(rows[0])).filter(pk__in=[row.pk for row in rows]).update(**values)
        for row, was in zip(rows, before, strict=True):
            for name, value in values.items():
                setattr(row, name, value)
            self.changed(row, was)

    def _moved(self, row: models.Model, values: dict[str, Any]) -> bool:
        row.refresh_from_db(fields=[*values])
        try:
            self.change(row, **values)
        except IntegrityError:
            return False
        return True

    def _note(self, step: str, row: models.Model, **values: Any) -> None:
        self.steps.append({"step": step, "model": row._meta.label_lower, "pk": row.pk, **values})


@transaction.atomic
def undo(steps: Sequence[Step]) -> None:
    """Take back what a journal holds. Raises ValidationError where something of it no longer stands."""
    for step in reversed(steps):
        try:
            with transaction.atomic():
                {"change": _change_back, "add": _take_away, "drop": _put_back}[step["step"]](step)
        except IntegrityError as error:
            raise ValidationError(CHANGED.format(_named(step))) from error


def _change_back(step: Step) -> None:
    row = _stands(step)
    _rows(type(row)).filter(pk=row.pk).update(**_values(type(row), step["before"]))


def _take_away(step: Step) -> None:
    row = _stands(step)
    _rows(type(row)).filter(pk=row.pk).delete()


def _put_back(step: Step) -> None:
    model = apps.get_model(step["model"])
    _rows(model).bulk_create([model(**_values(model, step["before"]))])


def _stands(step: Step) -> models.Model:
    """The row of a step, locked, as the step left it."""
    row = _rows(apps.get_model(step["model"])).select_for_update().filter(pk=step["pk"]).first()
    if row is None or {name: _plain(row, name) for name in step["after"]} != step["after"]:
        raise ValidationError(CHANGED.format(_named(step)))
    return row


def _named(step: Step) -> str:
    return f"{apps.get_model(step['model'])._meta.verbose_name} {step['pk']}"


def _parts(row: models.Model) -> Iterator[models.Model]:
    """The rows that go with a row that is deleted."""
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.on_delete is models.CASCADE:
            yield from _rows(relation.related_model).filter(**{relation.field.name: row})


def plain(row: models.Model) -> dict[str, Any]:
    """All columns of a row, ready for JSON."""
    return {field.attname: _plain(row, field.attname) for field in row._meta.concrete_fields}


def _plain(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    value = field.value_from_object(row)  # type: ignore[union-attr]
    if isinstance(value, str | int | None):
        return value
    return json.loads(json.dumps(value, cls=_Exact))


class _Exact(DjangoJSONEncoder):
    """Django's encoder, which cuts times to milliseconds, but with all of a time."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _values(model: type[models.Model], told: dict[str, Any]) -> dict[str, Any]:
    """Columns as Python has them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _python(fields[name], value) for name, value in told.items()}


def _python(field: Any, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return value
    return (field.target_field if field.is_relation else field).to_python(value)


def _rows(model: Any) -> Any:
    """All rows of a table, those that were merged too."""
    return model._base_manager.all()

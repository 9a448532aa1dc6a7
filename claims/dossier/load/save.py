"""Writes the planned rows of one table to the database, in batches."""

from collections.abc import Callable, Iterable, Iterator
from itertools import batched, chain
from typing import Any

from django.conf import settings
from django.db import connection

from actors.models import Actor
from claims.dossier.cell_format import from_cell, split_list
from claims.dossier.database import list_model
from claims.dossier.load.plan import Edit, TablePlan
from claims.dossier.schema import Cells, Column, Key, Table
from claims.dossier.tables import ACTORS, STANCES
from claims.models import Citation, CitationStatus
from conflict_site.base.fields import BoundField, FoldedField
from conflict_site.models import Site

BATCH = 500
FOLLOWING = {"actors": ("sort_name",), "citations": ("status",)}  # fields that follow from the cells of several columns
UNHELD = (CitationStatus.CHECKED, CitationStatus.NOT_HELD)
Pks = dict[str, dict[Key, int]]


def save_table(plan: TablePlan, pks: Pks, prepare: Callable[[Any, Cells], None]) -> list[Any]:
    """Write the edits and the new rows of a table, with their lists; return the new rows.

    ``pks`` are the primary keys of the rows that they point to. ``prepare`` is called with each new row and its cells
    before it is written.
    """
    table = plan.table
    rows = [_set_fields(table.model(), table, cells, cells, pks) for cells in plan.new]
    for row, cells in zip(rows, plan.new, strict=True):
        prepare(row, cells)
    _update_rows(plan, pks)
    table.model._default_manager.bulk_create(rows, batch_size=BATCH)
    _save_lists(table, [(row.pk, cells) for row, cells in zip(rows, plan.new, strict=True)], table.list_columns, pks)
    for columns in _list_fields(table):
        names = {column.name for column in columns}
        edits = [edit for edit in plan.edits if names & {*edit.columns}]
        _clear_lists(table, columns[0], [edit.pk for edit in edits])
        _save_lists(table, [(edit.pk, edit.before | edit.after) for edit in edits], columns, pks)
    return rows


def primary_keys(table: Table) -> dict[Key, int]:
    """The primary keys of a table's rows, by their keys in the package."""
    paths = [table.by_name[name].path for name in table.key]
    return {tuple(key): pk for pk, *key in table.model._default_manager.values_list("pk", *paths)}


def _set_fields(row: Any, table: Table, cells: Cells, names: Iterable[str], pks: Pks) -> Any:
    """Set the fields of a row from the cells of the columns ``names``; return the row."""
    for column in table.value_columns:
        if column.name in names and not column.derived:
            field = table.fields[column.name]
            cell = cells[column.name]
            if column.target:
                setattr(row, field.attname, pks[column.target].get(tuple(cells[name] for name in column.foreign_key)))
            else:
                setattr(row, field.attname, from_cell(field, cell))
    if isinstance(row, Site):
        row.pk = 1
        row.tag_authority = row.tag_authority or settings.TAG_AUTHORITY  # once and for all: it goes with each dump
    if isinstance(row, Actor):
        row.sort_name = cells.get("sort_name", "")
        row.fill_sort_name()
    if isinstance(row, Citation) and row.status in UNHELD:
        row.status = row.unheld_status
    return row


def _update_rows(plan: TablePlan, pks: Pks) -> None:
    """Write the edited columns. Stances whose order changes are written anew, as ``_rewrite`` explains."""
    table, by_pk = plan.table, {edit.pk: edit for edit in plan.edits if edit.columns}
    reorders = table is STANCES and any("order" in edit.columns for edit in by_pk.values())
    fields = _changed_fields(table, by_pk.values())
    for batch in batched(by_pk, BATCH):
        rows = list(table.model._default_manager.filter(pk__in=batch))
        for row in rows:
            edit = by_pk[row.pk]
            _set_fields(row, table, edit.before | edit.after, edit.columns, pks)
            for field in _derived_fields(table):
                field.pre_save(row, False)  # bulk_update does not
        if reorders:
            _rewrite(table, rows)
        elif fields:
            table.model._default_manager.bulk_update(rows, fields)


def _rewrite(table: Table, rows: list[Any]) -> None:
    """Delete rows and insert them again with the same primary keys.

    A unique constraint is checked at every row, so an update can't swap the orders of two rows. Foreign keys are
    checked at the end of the transaction only, so what points to the rows still does.
    """
    marks = ", ".join(["%s"] * len(rows))
    name = connection.ops.quote_name(table.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {name} WHERE id IN ({marks})", [row.pk for row in rows])  # noqa: S608
    table.model._default_manager.bulk_create(rows)


def _changed_fields(table: Table, edits: Iterable[Edit]) -> list[str]:
    """The model's fields that some edit changes, and the fields derived from them."""
    changed = {*chain.from_iterable(edit.columns for edit in edits)}
    columns = [column for column in table.value_columns if column.name in changed and not column.derived]
    fields = {table.fields[column.name].name for column in columns}
    if not fields:
        return []
    return [*fields, *(field.name for field in _derived_fields(table)), *FOLLOWING.get(table.name, ())]


def _derived_fields(table: Table) -> list[Any]:
    return [field for field in table.model._meta.concrete_fields if isinstance(field, BoundField | FoldedField)]


def _list_fields(table: Table) -> list[list[Column]]:
    """The list columns, grouped by their field."""
    fields: dict[str, list[Column]] = {}
    for column in table.list_columns:
        fields.setdefault(column.field_name, []).append(column)
    return [*fields.values()]


def _clear_lists(table: Table, column: Column, pks: list[int]) -> None:
    model, owner, _ = list_model(table, column)
    for batch in batched(pks, BATCH):
        model._default_manager.filter(**{f"{owner}__in": batch}).delete()


def _save_lists(table: Table, rows: list[tuple[int, Cells]], columns: Iterable[Column], pks: Pks) -> None:
    for group in _list_fields(table):
        if group[0] in columns:
            model, _, _ = list_model(table, group[0])
            model._default_manager.bulk_create(_items(table, rows, group, pks), batch_size=BATCH)


def _items(table: Table, rows: list[tuple[int, Cells]], columns: list[Column], pks: Pks) -> Iterator[Any]:
    model, owner, item = list_model(table, columns[0])
    for pk, cells in rows:
        if table is ACTORS:
            names = split_list(cells["other_names"])
            languages = split_list(cells.get("other_names_lang", ""))
            for number, name in enumerate(names):
                yield model(**{owner: pk, "name": name, "language": languages[number] if languages else ""})
            continue
        items = chain.from_iterable(split_list(cells.get(column.name, "")) for column in columns)
        for key in dict.fromkeys(items):
            yield model(**{owner: pk, item: pks[columns[0].target][(key,)]})

"""The rows of the database as the cells of a dump: one query for a table, and one for each list column."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Model

from actors.models import Actor, ActorName
from claims.dossier.cell_format import join_list, to_cell
from claims.dossier.schema import Cells, Column, Table
from claims.dossier.tables import ACTORS, CONTENT
from claims.models import Change, Snapshot

CHUNK = 2_000


def table_rows(table: Table) -> Iterator[tuple[int, Cells]]:
    """The rows of a content table in the order of a dump, each as primary key and cells."""
    paths = [column.path for column in table.value_columns]
    lists = {column.name: _list_items(table, column) for column in table.list_columns}
    found = table.model._default_manager.order_by(*table.order).values_list("pk", *paths)
    for pk, *values in found.iterator(CHUNK):
        cells = {column.name: to_cell(value) for column, value in zip(table.value_columns, values, strict=True)}
        cells |= {name: join_list(items.get(pk, [])) for name, items in lists.items()}
        if table is ACTORS and cells["sort_name"] == default_sort_name(cells):
            cells["sort_name"] = ""
        yield pk, {column.name: cells[column.name] for column in table.columns}


def default_sort_name(cells: Cells) -> str:
    """The sort name that an actor gets where none is entered."""
    actor = Actor(name=cells["name"], kind=cells["kind"])
    actor.fill_sort_name()
    return actor.sort_name


def list_model(table: Table, column: Column) -> tuple[type[Model], str, str]:
    """The model that holds a list's items, with the names of its columns for the row and for the item."""
    if table is ACTORS:
        return ActorName, "actor_id", "name" if column.name == "other_names" else "language"
    field: Any = table.fields[column.name]
    return field.remote_field.through, f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"


def _list_items(table: Table, column: Column) -> dict[int, list[str]]:
    """The items of a list column by primary key, in the order in which they were entered."""
    model, owner, item = list_model(table, column)
    path = f"{item.removesuffix('_id')}__slug" if column.target else item
    found: dict[int, list[str]] = defaultdict(list)
    for pk, value in model._default_manager.order_by("pk").values_list(owner, path).iterator(CHUNK):
        found[pk].append(value)
    return {pk: items[column.list_items] for pk, items in found.items()}  # type: ignore[index]


def lock_tables(mode: str) -> None:
    """Keep others from writing to the tables until the transaction ends. Readers go on. SQLite does so by itself.

    ``mode`` is a lock mode of PostgreSQL.
    """
    if connection.vendor == "postgresql":
        models: list[type[Model]] = [*(table.model for table in CONTENT), ActorName, Snapshot, Change]
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN {mode} MODE")

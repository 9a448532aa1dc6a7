"""Sets up the triggers of the audit, as often as it is asked: after each ``migrate`` they are complete.

A migration that remakes a table on SQLite drops its triggers. Whatever was written while a table had not all of them
is found out afterwards, and noted as found.
"""

from collections.abc import Iterable
from contextlib import closing
from types import ModuleType
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from audit.engines import engine
from audit.rows import differences
from audit.tables import Table, audited
from audit.who import at_work

RESHAPES = ("AddField", "AlterField", "DeleteModel", "RemoveField", "RenameField", "RenameModel")
NOTE = 'INSERT INTO audit_entry (seq, at, person, who, "table", operation, key, before, after, prev, hash)'


def on_file(using: str) -> list[Table]:
    """The audited tables that a database has. None before it has an audit."""
    with closing(connections[using].cursor()) as cursor:
        names = {*connections[using].introspection.table_names(cursor)}
    return [table for table in audited() if table.name in names] if "audit_entry" in names else []


def install(using: str) -> None:
    """Set up what is missing or different, take away what is not expected, and note what nobody has seen."""
    tables, make = on_file(using), engine(using)
    if not tables:
        return
    with transaction.atomic(using), connections[using].cursor() as cursor:
        _functions(make, cursor)
        touched = _triggers(make, cursor, tables)
        for table in tables:
            if table.name in touched:
                _note(using, table)


def uninstall(using: str, names: Iterable[str] | None = None) -> None:
    """Take away the triggers of the audit: of these tables, or all."""
    make, chosen = engine(using), names if names is None else {*names}
    with connections[using].cursor() as cursor:
        for table, name in make.present(cursor):
            if chosen is None or table in chosen:
                cursor.execute(make.dropped(table, name))


def after_migrate(using: str, **kwargs: Any) -> None:
    """Called once all migrations are done."""
    install(using)


def make_way(using: str, plan: Iterable[Any] = (), **kwargs: Any) -> None:
    """Called before migrations: SQLite drops or renames no column, and no table, that a trigger names."""
    if connections[using].vendor == "sqlite":
        reshaped = {f"{each.app_label}_{_model(one)}" for each, _ in plan for one in each.operations if _reshapes(one)}
        uninstall(using, reshaped)


def _reshapes(operation: Any) -> bool:
    return type(operation).__name__ in RESHAPES


def _model(operation: Any) -> str:
    name = getattr(operation, "model_name", "") or getattr(operation, "old_name", "") or operation.name
    return str(name).lower()


def _functions(make: ModuleType, cursor: Any) -> None:
    there = make.present_functions(cursor)
    for name, body in make.functions().items():
        if there.get(name) != body:
            cursor.execute(make.function(name, body))


def _triggers(make: ModuleType, cursor: Any, tables: list[Table]) -> set[str]:
    """Make the triggers what they have to be; the tables of which some were not."""
    wanted, there = make.triggers(tables), make.present(cursor)
    wrong = {place for place in {*wanted, *there} if wanted.get(place) != there.get(place)}
    for table, name in sorted(wrong):
        cursor.execute(make.dropped(table, name))
        if (table, name) in wanted:
            cursor.execute(wanted[table, name])
    return {table for table, _ in wrong}


def _note(using: str, table: Table) -> None:
    """Note the rows of a table that are not as the audit knows them."""
    person, who = at_work()
    values = f"VALUES ({engine(using).SEQ}, %s, %s, %s, %s, 'found', %s, %s, %s, '', '')"
    for found in differences(using, table):
        at = f"{timezone.now():%Y-%m-%d %H:%M:%S.%f}"
        with connections[using].cursor() as cursor:
            cursor.execute(f"{NOTE} {values}", [at, person, who, table.name, found.key, found.known, found.now])

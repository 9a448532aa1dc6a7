"""Bulk loading on both engines: rows go in without indexes and triggers, which are set up again behind them.

What triggers would have done for the rows is what ``settle`` does for all of them at once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from secrets import randbits
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from bench.rows import Row, Table
from claims.models import Changed, ChangedRow


@contextmanager
def bare_tables(tables: Iterable[Table]) -> Iterator[None]:
    """Within the block the tables have no indexes but those of their constraints, no triggers and no foreign keys."""
    names = [table.model._meta.db_table for table in tables]
    found = _indexes_of_postgresql if connection.vendor == "postgresql" else _indexes_and_triggers_of_sqlite
    with connection.cursor() as cursor:
        kept = found(cursor, names)
        for kind, name, _ in kept:
            cursor.execute(f'DROP {kind} "{name}"')
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
        for _, _, sql in kept:
            cursor.execute(sql)


def insert(table: Table, rows: list[Row]) -> None:
    """Write rows: COPY on PostgreSQL, one prepared statement on SQLite."""
    if not rows:
        return
    name = table.model._meta.db_table
    columns = ", ".join(f'"{column}"' for column in table.columns)
    same = tuple(_plain(value) for value in table.always.values())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row + same)
        else:
            places = ", ".join("?" * len(table.columns))
            raw = cursor.cursor  # without Django's debugging and its %s
            raw.connection.executemany(
                f'INSERT INTO "{name}" ({columns}) VALUES ({places})', (row + same for row in rows)
            )


def settle() -> None:
    """What is left to do when all rows are in: a note for the read model, the words' index, sequences, statistics."""
    ChangedRow.objects.create(kind=Changed.EVERYTHING, key=0, token=randbits(62))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO claims_words_index(claims_words_index) VALUES ('rebuild')")
        models: list[Any] = [model for app in ("actors", "claims") for model in apps.get_app_config(app).get_models()]
        models += [field.remote_field.through for model in models for field in model._meta.local_many_to_many]
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def _plain(value: Any) -> Any:
    """A default as a driver takes it: the text itself where it is a choice of an enumeration."""
    return str(value) if isinstance(value, str) else value


def _indexes_of_postgresql(cursor: Any, tables: list[str]) -> list[tuple[str, str, str]]:
    cursor.execute(
        "SELECT 'INDEX', indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
        [tables],
    )
    found: list[tuple[str, str, str]] = cursor.fetchall()
    return found


def _indexes_and_triggers_of_sqlite(cursor: Any, tables: list[str]) -> list[tuple[str, str, str]]:
    places = ", ".join(["%s"] * len(tables))
    cursor.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        f" AND tbl_name IN ({places})",
        tables,
    )
    found: list[tuple[str, str, str]] = cursor.fetchall()
    return found

"""The triggers that keep a table from being changed, lifted for a moment: for tests of what happens if it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@contextmanager
def _dropped(cursor: Any, condition: str, *values: str) -> Iterator[None]:
    """Within the block SQLite lacks the triggers for which this holds."""
    cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND ({condition})", values or None)
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        cursor.execute(sql)


@contextmanager
def unguarded(table: str = "claims_snapshot") -> Iterator[None]:
    """Within the block the table has no triggers of its own."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks that still wait cannot be altered
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        with _dropped(cursor, "tbl_name = %s", table):
            yield


@contextmanager
def deletable(*tables: str) -> Iterator[None]:
    """Within the block rows of these tables can be deleted, whatever happened to them; changes are still noted."""
    tables = tables or ("claims_claim", "claims_event", "claims_position")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_undeleted")
            yield
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_undeleted")
            return
        with _dropped(cursor, " OR ".join(["name = %s"] * len(tables)), *(f"{table}_undeleted" for table in tables)):
            yield


@contextmanager
def without_guards() -> Iterator[None]:
    """Within the block SQLite has no trigger that refuses anything, and none of the audit."""
    refusing = "name GLOB 'audit_*' OR sql LIKE '%RAISE(ABORT%'"
    with connection.cursor() as cursor, _dropped(cursor, refusing):
        yield


def rewritten(rows: QuerySet[Any], **values: Any) -> None:
    """Change rows of a log, which the database keeps as they are: for tests that need entries of other days."""
    with unguarded(rows.model._meta.db_table):
        rows.update(**values)

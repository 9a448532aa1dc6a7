"""Compares the rows of a table with what the audit last noted of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connections

from audit.engines import engine
from audit.tables import Table

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as the audit knows it: as JSON, "" for a row that it does not know, or that is gone."""

    table: str
    key: str
    known: str
    now: str

    def __str__(self) -> str:
        what = "is gone" if not self.now else "is not as it was noted" if self.known else "was never noted"
        return f"{self.table} {self.key} {what}."


def differences(using: str, table: Table) -> Iterator[Difference]:
    """The rows that differ from their newest entry in a column that both have, or are there in one place only."""
    if connections[using].vendor == "postgresql" and connections[using].in_atomic_block:
        connections[using].check_constraints()  # chains what this transaction has noted
    for key, now, known in _rows(using, table):
        if now != known and not _agree(now, known):
            yield Difference(table.name, str(key), known, now)
    yield from _gone(using, table)


def _agree(now: str, known: str) -> bool:
    if not known:
        return False
    new, old = json.loads(now), json.loads(known)
    return all(new[column] == old[column] for column in new.keys() & old.keys())


def _rows(using: str, table: Table) -> Iterator[tuple[int, str, str]]:
    """Key, row as JSON, and what is noted of it, a batch at a time: entries may be added meanwhile."""
    name, key = f'"{table.name}"', f't."{table.key}"'
    newest = f'"table" = %s AND key = CAST({key} AS text) ORDER BY seq DESC LIMIT 1'
    noted = f"coalesce((SELECT after FROM audit_entry WHERE {newest}), '')"  # noqa: S608
    columns = f"{key}, {engine(using).row(table, 't')}, {noted}"
    sql = f"SELECT {columns} FROM {name} AS t WHERE {key} > %s ORDER BY {key} LIMIT {BATCH}"  # noqa: S608
    last = -1
    while True:
        with connections[using].cursor() as cursor:
            cursor.execute(sql, [table.name, last])
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _gone(using: str, table: Table) -> list[Difference]:
    whole = "bigint" if connections[using].vendor == "postgresql" else "integer"
    sql = f"""
        SELECT key, after FROM audit_entry AS e WHERE "table" = %s AND after <> ''
        AND NOT EXISTS (SELECT 1 FROM audit_entry AS later
            WHERE later."table" = e."table" AND later.key = e.key AND later.seq > e.seq)
        AND NOT EXISTS (SELECT 1 FROM "{table.name}" AS t WHERE t."{table.key}" = CAST(e.key AS {whole}))
        ORDER BY seq"""  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [table.name])
        return [Difference(table.name, key, known, "") for key, known in cursor.fetchall()]

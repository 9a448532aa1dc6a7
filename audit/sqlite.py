"""The triggers of the audit on SQLite."""

from collections.abc import Iterable
from itertools import batched
from typing import Any

from audit.tables import KEPT, Table, kept

ARGUMENTS = 40  # columns in one call: a function of SQLite takes 100 arguments
WHO = ("coalesce(person, '')", "replace(who, char(10), ' ')")
HASHED = ("seq", "at", *WHO, '"table"', "operation", "key", "before", "after")
MOMENT = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"
UNCHANGED = "The audit is neither changed nor deleted."
SEQ = "NULL"  # the next number
AT = "CAST(at AS text)"  # as it is hashed; not as a moment, which the driver would make of it


def dropped(table: str, name: str) -> str:
    """The statement that takes away a trigger."""
    return f"DROP TRIGGER IF EXISTS {name}"


def row(table: Table, name: str) -> str:
    """The shown columns of a row as JSON, in SQL."""
    first, *rest = batched(table.shown, ARGUMENTS)
    made = f"json_object({', '.join(f"'{column}', {name}.{_quoted(column)}" for column in first)})"
    for columns in rest:
        made = f"json_insert({made}, {', '.join(f"'$.{column}', {name}.{_quoted(column)}" for column in columns)})"
    return made


def triggers(tables: Iterable[Table]) -> dict[tuple[str, str], str]:
    """The statements that set up the triggers, by table and name."""
    made = {("audit_entry", name): sql for name, sql in _own()}
    for table in tables:
        made |= {(table.name, name): sql for name, sql in _noting(table)}
        made |= {(table.name, name): sql for name, sql in _keeping(table)}
    return {(table, name): f"CREATE TRIGGER {name} {sql}" for (table, name), sql in made.items()}


def present(cursor: Any) -> dict[tuple[str, str], str]:
    """The statements by which the triggers were set up that the database has, by table and name."""
    cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'audit_*'")
    return {(table, name): sql for table, name, sql in cursor.fetchall()}


def functions() -> dict[str, str]:
    """None: each connection brings its own."""
    return {}


def present_functions(cursor: Any) -> dict[str, str]:
    """None."""
    return {}


def digest(prev: str) -> str:
    """What is hashed, in SQL."""
    return f"attributed_sha256({' || char(10) || '.join([prev, *HASHED])})"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _own() -> Iterable[tuple[str, str]]:
    """Of the audit: each new entry is chained to the last; nothing else is ever changed. REPLACE deletes in silence."""
    refused = f"BEGIN SELECT RAISE(ABORT, '{UNCHANGED}'); END"
    last = "SELECT hash FROM audit_entry WHERE seq < NEW.seq ORDER BY seq DESC LIMIT 1"
    chained = f"SET prev = head.hash, hash = {digest('head.hash')} FROM (SELECT coalesce(({last}), '') AS hash) AS head"
    yield "audit_chained", f"AFTER INSERT ON audit_entry BEGIN UPDATE audit_entry {chained} WHERE seq = NEW.seq; END"
    yield "audit_unchanged", f"BEFORE UPDATE ON audit_entry WHEN OLD.hash <> '' {refused}"
    yield "audit_undeleted", f"BEFORE DELETE ON audit_entry {refused}"
    yield "audit_unreplaced", f"BEFORE INSERT ON audit_entry WHEN {_exists('audit_entry', ('seq',))} {refused}"


def _noting(table: Table) -> Iterable[tuple[str, str]]:
    """What stands there since is read again: other triggers may have changed the row meanwhile, in whatever order."""
    name, key = _quoted(table.name), _quoted(table.key)
    now = f"coalesce((SELECT {row(table, 't')} FROM {name} AS t WHERE t.{key} = NEW.{key}), '')"  # noqa: S608
    differs = " OR ".join(f"NEW.{_quoted(column)} IS NOT OLD.{_quoted(column)}" for column in table.columns)
    fixed = f"SELECT RAISE(ABORT, 'The key of a row is never changed.') WHERE NEW.{key} IS NOT OLD.{key}"
    old = row(table, "OLD")
    added, gone = _note(table, "insert", "NEW", "''", now), _note(table, "delete", "OLD", old, "''")
    changed = _note(table, "update", "NEW", old, _with_changes(table, now))
    yield f"audit_{table.name}_insert", f"AFTER INSERT ON {name} BEGIN {added}; END"
    yield f"audit_{table.name}_update", f"AFTER UPDATE ON {name} WHEN {differs} BEGIN {fixed}; {changed}; END"
    yield f"audit_{table.name}_delete", f"AFTER DELETE ON {name} BEGIN {gone}; END"


def _with_changes(table: Table, new: str) -> str:
    """A row, with the word "changed" for each hidden column that has another value than before."""
    for column in table.hidden:
        differs = f"NEW.{_quoted(column)} IS NOT OLD.{_quoted(column)}"
        new = f"json_patch({new}, CASE WHEN {differs} THEN json_object('{column}', 'changed') ELSE '{{}}' END)"
    return new


def _note(table: Table, operation: str, row: str, before: str, after: str) -> str:
    return (
        'INSERT INTO audit_entry (at, person, who, "table", operation, key, before, after, prev, hash) SELECT'
        f" {MOMENT}, attributed_person(), attributed_who(), '{table.name}', '{operation}', {row}.{_quoted(table.key)},"
        f" {before}, {after}, '', ''"
    )


def _keeping(table: Table) -> Iterable[tuple[str, str]]:
    if table.name not in KEPT:
        return
    refused = f"BEGIN SELECT RAISE(ABORT, '{kept(table.name)}'); END"
    columns = f" OF {', '.join(map(_quoted, KEPT[table.name]))}" if KEPT[table.name] else ""
    yield f"audit_{table.name}_unchanged", f"BEFORE UPDATE{columns} ON {_quoted(table.name)} {refused}"
    yield f"audit_{table.name}_undeleted", f"BEFORE DELETE ON {_quoted(table.name)} {refused}"
    there = " OR ".join(_exists(table.name, columns) for columns in ((table.key,), KEPT[table.name]) if columns)
    yield f"audit_{table.name}_unreplaced", f"BEFORE INSERT ON {_quoted(table.name)} WHEN {there} {refused}"


def _exists(table: str, columns: Iterable[str]) -> str:
    same = " AND ".join(f"{_quoted(column)} = NEW.{_quoted(column)}" for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608

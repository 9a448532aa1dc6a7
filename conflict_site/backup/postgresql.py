"""A backup of PostgreSQL is what ``pg_dump`` writes in its own format."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from conflict_site.backup.note import BackupError, facts

FORMER = "public_former"  # the schema that is being replaced, until the new one has been checked
NOT_WHOSE = ("--no-owner", "--no-privileges")  # the place may have other accounts
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
# Of another role's connection, as a reader's is, little is told; that it has a role is, and the server's own have none.
OTHERS = """SELECT coalesce(nullif(application_name, ''), usename::text) || coalesce(' from ' || host(client_addr), ''),
    count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL GROUP BY 1 ORDER BY 1"""
RUNNING = (
    "The site is running, or somebody else is connected to the database: {}. Stop that first; a pool (pgbouncer) keeps"
    " its connections until it is started anew."
)


def copy(file: Path, tables: Iterable[str]) -> tuple[dict[str, int], list[Any]]:
    """Dump the database into a file as it stands at one moment, whoever writes meanwhile; what that holds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        (moment,) = _ask("SELECT pg_export_snapshot()")[0]
        with file.open("wb") as stream:
            _run("pg_dump", "--format=custom", *NOT_WHOSE, f"--snapshot={moment}", stdout=stream)
        return facts(_ask, tables)


def read(file: Path, tables: Iterable[str]) -> None:
    """Raises BackupError where a file is damaged. What it holds is known once it is back."""
    _run("pg_restore", "--list", str(file))


def put_back(file: Path, overwrite: bool, check: Callable[[], None]) -> None:
    """Put what a file holds in the place of the database; what stood there comes back where ``check`` raises."""
    if others := _ask(OTHERS):
        told = (f"{number} by {whom}" for whom, number in others)
        raise BackupError(RUNNING.format(", ".join(told)))
    _undo_what_was_interrupted()
    if not overwrite and connection.introspection.table_names():
        raise BackupError("The database is not empty. With --overwrite what it holds is replaced.")
    _execute(f"ALTER SCHEMA public RENAME TO {FORMER}", "CREATE SCHEMA public")
    connection.close()
    try:
        _run("pg_restore", "--exit-on-error", "--single-transaction", *NOT_WHOSE, _into(), str(file))
        check()
    except BaseException:
        _undo_what_was_interrupted()
        raise
    _execute(f"DROP SCHEMA {FORMER} CASCADE")


def _undo_what_was_interrupted() -> None:
    if _ask(f"SELECT 1 FROM pg_namespace WHERE nspname = '{FORMER}'"):  # noqa: S608 (a constant)
        _execute("DROP SCHEMA IF EXISTS public CASCADE", f"ALTER SCHEMA {FORMER} RENAME TO public")


def _execute(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _ask(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _into() -> str:
    return f"--dbname={connection.settings_dict['NAME']}"


def _run(program: str, *arguments: str, stdout: Any = subprocess.DEVNULL) -> None:
    """Run one of PostgreSQL's programs on the site's database; the password stands in no list of processes."""
    given = connection.get_connection_params()
    named = {variable: str(given[name]) for name, variable in VARIABLES.items() if given.get(name)}
    command = [_find(program), *arguments]
    done = subprocess.run(  # noqa: S603 (a program of the machine's own)
        command, env=os.environ | named, stdout=stdout, stderr=subprocess.PIPE, text=True, errors="replace"
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")


def _find(program: str) -> str:
    """The program on the path, or the newest that Debian keeps elsewhere."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: float(path.parts[4]))
    found = shutil.which(program) or (str(kept[-1]) if kept else "")
    if not found:
        raise BackupError(f"{program} is not on the path. It comes with PostgreSQL's programs for clients.")
    return found

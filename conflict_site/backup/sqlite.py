"""A backup of SQLite is a database file by itself."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.db import connection

from conflict_site.backup.note import BackupError, facts, private
from conflict_site.backup.running import database_file, former, nobody_else

LOG = ("-wal", "-shm")


def copy(file: Path, tables: Iterable[str]) -> tuple[dict[str, int], list[Any]]:
    """Copy the database into a file as it stands at one moment, whoever writes meanwhile; what the copy holds."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as made:
        try:
            connection.connection.backup(made)
            made.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise BackupError(f"{file} can't be written: {error}.") from error
    return read(file, tables)


def read(file: Path, tables: Iterable[str]) -> tuple[dict[str, int], list[Any]]:
    """What a file holds. Raises BackupError where it is damaged."""
    with closing(sqlite3.connect(file)) as opened:
        try:
            found = opened.execute("PRAGMA integrity_check(1)").fetchall()
            if found != [("ok",)]:
                raise BackupError(f"{file} is damaged: {found[0][0]}")
            return facts(lambda sql: opened.execute(sql).fetchall(), tables)
        except sqlite3.DatabaseError as error:
            raise BackupError(f"{file} is damaged: {error}") from error


def put_back(file: Path, overwrite: bool, check: Callable[[], None]) -> None:
    """Put a copy of the file in the place of the database; what stood there comes back where ``check`` raises."""
    target = database_file()
    if target is None:
        raise BackupError("DATABASE_URL names no file.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with nobody_else(target):
        _undo_what_was_interrupted(target)
        if not overwrite and _holds_something(target):
            raise BackupError(f"{target} holds a database already. With --overwrite it is replaced.")
        connection.close()
        _swap(file, target, check)


def _swap(file: Path, target: Path, check: Callable[[], None]) -> None:
    """Whenever this ends, by whatever, a whole database is in the place: the former one, or the new one."""
    new, before = target.with_name(f"{target.name}.restoring"), former(target)
    new.unlink(missing_ok=True)
    with open(private(new), "wb") as stream, file.open("rb") as source:
        shutil.copyfileobj(source, stream)
        os.fsync(stream.fileno())
    _close(target)
    with suppress(FileNotFoundError):
        before.hardlink_to(target)
    _forget(target)
    new.replace(target)
    try:
        check()
    except BaseException:
        connection.close()
        if not before.exists():
            _forget(target)
            target.unlink()
        _undo_what_was_interrupted(target)
        raise
    before.unlink(missing_ok=True)


def _undo_what_was_interrupted(target: Path) -> None:
    if former(target).exists():
        _forget(target)
        former(target).replace(target)
        former(target).unlink(missing_ok=True)  # still there if both names were of the same file


def _holds_something(target: Path) -> bool:
    return target.exists() and target.stat().st_size > 0


def _close(target: Path) -> None:
    """Make sure that nobody has the file open, and that nothing of it stands elsewhere."""
    if not _holds_something(target):
        return
    with closing(sqlite3.connect(target, timeout=1)) as opened:
        try:
            opened.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise BackupError(f"{target} is in use: {error}.") from error
        except sqlite3.DatabaseError:  # it is no database, so nobody uses it as one
            return


def _forget(target: Path) -> None:
    """What belonged to another file of this name would be taken for a part of the new one."""
    for ending in LOG:
        target.with_name(f"{target.name}{ending}").unlink(missing_ok=True)

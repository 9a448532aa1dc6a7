"""Whether a site runs on a SQLite file: as long as a server does, it holds a lock beside the file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from conflict_site.backup.note import BackupError

INTERRUPTED = (
    "A restore was interrupted. {file} is the backup that was being put back: whole, but not checked yet. {former} is"
    " the database before it. Run the restore again with --overwrite, which begins with the one before; or keep what is"
    " there: delete {former}, then run migrate, verify_audit and verify_citations."
)

_held: list[int] = []


def database_file() -> Path | None:
    """SQLite's file; None of another engine, and of a database in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name)


def former(file: Path) -> Path:
    """Where the database is kept that a backup is put in the place of, until that has been checked."""
    return file.with_name(f"{file.name}.former")


def hold() -> None:
    """Let others know that this process serves the site, until it ends.

    Raises ImproperlyConfigured where a backup is being put back, or that was interrupted before it had been checked.
    """
    file = database_file()
    if file is None or _held:
        return
    with suppress(PermissionError, FileNotFoundError):  # a server that may only read
        descriptor = _open(file)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImproperlyConfigured("The database is being restored. Start the site once that is done.") from None
        _held.append(descriptor)
    if former(file).exists() and not (file.exists() and former(file).samefile(file)):
        raise ImproperlyConfigured(INTERRUPTED.format(file=file, former=former(file)))


@contextmanager
def nobody_else(file: Path) -> Iterator[None]:
    """Within the block no server starts. Raises BackupError where one runs."""
    descriptor = _open(file)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BackupError("The site is running. Stop it first.") from None
    finally:
        os.close(descriptor)


def _open(file: Path) -> int:
    return os.open(f"{file}-running", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)

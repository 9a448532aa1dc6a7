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

_held: list[int] = []


def database_file() -> Path | None:
    """SQLite's file; None of another engine, and of a database in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name)


def hold() -> None:
    """Let others know that this process serves the site, until it ends."""
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

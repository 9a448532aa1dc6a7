"""One read model for all processes of a machine: whoever reads everything keeps it in a file, all others map that.

Each has its own changes since. Where there is no folder, or it cannot be written, each process reads for itself.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from functools import cache
from hashlib import blake2b
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connections

from actors import models as actors
from claims import models as claims
from claims.readmodel import mapped

PATIENCE, PAUSE = 120.0, 0.05  # seconds for another process to read everything; between two looks
ENDING = ".model"

log = logging.getLogger(__name__)


def taken(alias: str, name: str) -> Any | None:
    """What a process of this machine has kept of a database under a name; None where nothing can be read."""
    file = _file(alias, name)
    if file is None:
        return None
    try:
        return mapped.read(file, _key(alias, name))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, mapped.Unreadable) as error:
        log.warning("The read model's file cannot be used, and is made anew: %s", error)
        return None


def is_kept(alias: str, pattern: str) -> bool:
    """Whether a process of this machine has kept anything of a database under such a name."""
    folder, file = _folder(), _file(alias, pattern)
    return bool(folder and file and any(folder.glob(file.name)))


def kept(alias: str, name: str, value: Any) -> Any:
    """The same value, kept and mapped; itself where that cannot be, or where it may have what is not yet on file."""
    file = _file(alias, name)
    if file is None or _may_be_undone(alias):
        return value
    try:
        mapped.write(file, _key(alias, name), value)
    except OSError as error:
        log.warning("The read model cannot be kept for other processes: %s", error)
        return value
    return taken(alias, name) or value


@contextmanager
def alone(alias: str) -> Iterator[bool]:
    """Within the block no other process of this machine reads everything. Gives whether one was waited for.

    The lock ends with the process that has it, however that ends; a process that hangs is not waited for for ever.
    """
    folder = _folder()
    if folder is None or _may_be_undone(alias):
        yield False
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"{_database(alias)}.lock").open("ab")
    except OSError:
        yield False
        return
    with lock:
        yield _waited(lambda: flock(lock, LOCK_EX | LOCK_NB))


def _waited(tried: Callable[[], None]) -> bool:
    """Until it no longer fails, or patience ends; whether that took any time."""
    start = monotonic()
    while monotonic() < start + PATIENCE:
        with suppress(OSError):
            tried()
            break
        sleep(PAUSE)
    return monotonic() >= start + PAUSE


def _may_be_undone(alias: str) -> bool:
    """Whether what this process sees may not be on file yet, or never."""
    return connections[alias].in_atomic_block


def keep_only(alias: str, *names: str) -> None:
    """Remove what was kept of a database under other names, by other releases, or by writers that did not end."""
    folder, files = _folder(), {_file(alias, name) for name in names}
    for other in folder.glob(f"{_database(alias)}-*{ENDING}*") if folder else ():
        if other not in files:
            other.unlink(missing_ok=True)


def _folder() -> Path | None:
    return Path(settings.READ_MODEL_DIR) if settings.READ_MODEL_DIR else None


def _file(alias: str, name: str) -> Path | None:
    """Where something of a database is kept, by what the program takes it for; None for nowhere."""
    folder = _folder()
    return folder / f"{_database(alias)}-{program()}-{name}{ENDING}" if folder else None


def _key(alias: str, name: str) -> bytes:
    """Only who knows it makes files that are read here; of another site, database or release nothing is."""
    return _digest(repr((settings.SECRET_KEY, _database(alias), program(), name)).encode(), 32)


def _database(alias: str) -> str:
    given = connections[alias].settings_dict
    return _digest(repr([str(given.get(name)) for name in ("ENGINE", "NAME", "HOST", "PORT")]).encode()).hex()


@cache
def program() -> str:
    """A digest of all that decides what the columns mean."""
    folders = (Path(__file__).parent, *(Path(module.__file__).parent for module in (actors, claims) if module.__file__))
    files = sorted(file for folder in folders for file in folder.glob("*.py"))
    return _digest(b"".join([np.__version__.encode(), *(_digest(file.read_bytes()) for file in files)])).hex()


def _digest(data: bytes, size: int = 8) -> bytes:
    return blake2b(data, digest_size=size).digest()

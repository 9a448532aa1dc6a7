"""How far an import under way has come, told by one process to others: its own transaction is seen by nobody yet.

The numbers stand in a file that the working process holds locked. A file that is not locked belongs to nobody: the
process has ended, however it did.
"""

import fcntl
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

FLAGS = os.O_RDWR | os.O_NOFOLLOW


class Progress(Protocol):
    """Is told how many steps there are, and each that is made."""

    def start(self, total: int) -> object: ...

    def step(self, number: int) -> object: ...


class Silent:
    """Tells nobody."""

    def start(self, total: int) -> None:
        pass

    def step(self, number: int) -> None:
        pass


class Told:
    """Writes the numbers to an open file."""

    def __init__(self, file: int) -> None:
        self.file, self.done, self.total = file, 0, 0

    def start(self, total: int) -> None:
        self.total = total
        self._write()

    def step(self, number: int) -> None:
        self.done += number
        self._write()

    def _write(self) -> None:
        os.pwrite(self.file, f"{self.done:12} {self.total:12}".encode(), 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an import from without."""

    is_alive: bool = False
    done: int = 0
    total: int = 0


def open_new() -> tuple[str, int]:
    """A new locked file: the token by which it is found, and the open file, which a child process may inherit."""
    token = secrets.token_hex(16)
    file = os.open(_path(token), FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX)
    return token, file


def look(token: str) -> Seen:
    """What is known of the import with this token."""
    try:
        file = os.open(_path(token), os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return Seen()
    try:
        numbers = os.pread(file, 40, 0).split() or [b"0", b"0"]
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return Seen(True, int(numbers[0]), int(numbers[1]))
    else:
        return Seen()
    finally:
        os.close(file)


def forget(token: str) -> None:
    """Remove the file."""
    with suppress(OSError):
        _path(token).unlink()


def _path(token: str) -> Path:
    return Path(tempfile.gettempdir(), f"attributed-import-{token or 'none'}")

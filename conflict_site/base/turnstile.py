"""One at a time, among all threads of all processes of this machine that use the same file."""

import fcntl
import os
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

AGAIN = 0.004  # seconds until the file is tried again: the same for all who wait, so that nobody waits for ever


class Crowded(Exception):
    """Too many wait, or one has waited too long."""


class Turnstile:
    """Whoever has passed holds it until they leave, or their process ends."""

    def __init__(self, file: Path, waiting: int | None = None) -> None:
        """``file`` is made if it is not there; ``waiting`` threads of a process may wait at once, None is no limit."""
        self._file, self._most = file, waiting
        self._waiting, self._counted = 0, Lock()
        self._mine, self._held = Lock(), -1

    def enter(self, seconds: float | None = None) -> None:
        """Pass, within some seconds; None waits as long as it takes. Raises Crowded."""
        end = None if seconds is None else monotonic() + seconds
        self._queue(seconds)
        try:
            self._held = self._locked(end)
        except BaseException:
            self._mine.release()
            raise

    def leave(self) -> None:
        """Let the next one pass."""
        os.close(self._held)
        self._mine.release()

    def _queue(self, seconds: float | None) -> None:
        """Become the one of this process."""
        with self._counted:
            if self._most is not None and self._waiting >= self._most and self._mine.locked():
                raise Crowded
            self._waiting += 1
        try:
            if not self._mine.acquire(timeout=-1 if seconds is None else seconds):
                raise Crowded
        finally:
            with self._counted:
                self._waiting -= 1

    def _locked(self, end: float | None) -> int:
        """The file, open and locked. Closing it lets go of the lock."""
        file = os.open(self._file, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            except BlockingIOError:
                if end is not None and monotonic() > end:
                    os.close(file)
                    raise Crowded from None
                sleep(AGAIN)

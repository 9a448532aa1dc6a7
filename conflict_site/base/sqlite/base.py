"""Django's SQLite, with a queue for those who write, and a file that nobody else can read.

SQLite lets whoever waits for its lock try again at ever longer intervals, until those who wait longest give up: with
many writers some always do. So a transaction takes its turn at a lock of our own first.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from conflict_site.base import limits
from conflict_site.base.turnstile import Crowded, Turnstile

_queues: dict[Path, Turnstile] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. What it reads waits for nobody."""

    _turn: Turnstile | None = None

    def get_new_connection(self, conn_params: Any) -> Any:
        file = self.file
        if file and not file.exists():
            make_private(file)
        return super().get_new_connection(conn_params)

    @property
    def file(self) -> Path | None:
        """Where the database is; None where it is in memory or only read."""
        name = str(self.settings_dict["NAME"])
        return None if self.is_in_memory_db() or name.startswith("file:") else Path(name)

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        if self.file is None or self._turn:
            return
        queue = _queues.setdefault(self.file, Turnstile(self.file.with_name(f"{self.file.name}-queue")))
        try:
            queue.enter(limits.allowed())
        except Crowded:
            raise OperationalError("database is locked: others have been writing all the time") from None
        self._turn = queue

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn:
            turn.leave()


def make_private(file: Path) -> None:
    """Make an empty file that its owner alone can read; SQLite gives its other files the same rights."""
    with suppress(FileExistsError):  # somebody else has just made it
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

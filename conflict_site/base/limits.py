"""How long the database may take for a statement, by who asks: readers, the desk; commands as long as they need.

PostgreSQL is told; SQLite, which knows no such limit, asks from time to time whether it may go on. There the clock
runs only while it works: what is read by and by, as long files are, may take its reader longer.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import local
from time import monotonic
from typing import Any

from django.db import connections

from conflict_site.base import pools

STEPS = 200_000  # of SQLite's machine between two questions: some hundredths of a second
PAUSE = 0.1  # seconds between two questions; what is longer has been spent elsewhere
GRACE = 100  # milliseconds that a statement may take longer than it may wait for a lock


class _Clock(local):
    """Of a thread: the limit in seconds, None for no limit; when SQLite last asked, what its statement took."""

    seconds: float | None = None
    asked = taken = 0.0


_clock = _Clock()


def allowed() -> float | None:
    """The seconds that a statement of this thread may take, or wait for others; None where there is no limit."""
    return _clock.seconds


def allow(seconds: float | None) -> None:
    """From now on a statement of this thread may take so long."""
    _clock.seconds = seconds
    for connection in connections.all(initialized_only=True):
        tell(connection)


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Another limit as long as the block lasts."""
    before = allowed()
    allow(seconds)
    try:
        yield
    finally:
        allow(before)


def patiently() -> AbstractContextManager[None]:
    """Without a limit as long as the block lasts: for what a process works out once for all its readers."""
    return within(None)


def tell(connection: Any) -> None:
    """Tell the server of an open connection what is allowed, where it does not know."""
    raw = connection.connection
    if connection.vendor != "postgresql" or raw is None or pools.is_pooled(connection):
        return
    milliseconds = round((allowed() or 0) * 1000)
    if vars(raw).get("told", 0) == milliseconds:
        return
    statement = milliseconds and milliseconds + GRACE
    try:
        raw.execute(f"SET lock_timeout = {milliseconds}; SET statement_timeout = {statement}")
        raw.told = milliseconds
    except connection.Database.Error:
        connection.close()  # the server has ended it; whoever asks next opens another one, which is told


@pools.say
def _through_a_pool() -> dict[str, str]:
    milliseconds = round((allowed() or 0) * 1000)
    if not milliseconds:
        return {}
    return {"lock_timeout": str(milliseconds), "statement_timeout": str(milliseconds + GRACE)}


def watch(sender: Any, connection: Any, **given: Any) -> None:
    """Receives the signal that a connection was opened."""
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(_is_over, STEPS)
        if _begin not in connection.execute_wrappers:
            connection.execute_wrappers.append(_begin)
    tell(connection)


def _begin(execute: Callable[..., Any], *given: Any) -> Any:
    """A statement begins, on SQLite."""
    _clock.asked, _clock.taken = monotonic(), 0.0
    return execute(*given)


def _is_over() -> bool:
    """Whether SQLite has to stop."""
    now = monotonic()
    _clock.taken += min(now - _clock.asked, PAUSE)
    _clock.asked = now
    return _clock.seconds is not None and _clock.taken > _clock.seconds

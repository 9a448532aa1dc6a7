"""What PostgreSQL is told anew with each statement where a pool of connections (pgbouncer) stands before it.

A pool that shares connections by transaction gives each one any connection that is free: what was said to a session
does not hold for its next transaction, and does for a stranger's. So what the site has to say goes ahead of each
statement, in the same message, and holds for its transaction alone.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import NotSupportedError
from psycopg.pq import TransactionStatus

UNNAMED = "The address of a database leads to a pool of connections and does not say so: add ?pooled=1 to it."

type Saying = Callable[[], dict[str, str]]  # settings of PostgreSQL by name, as they are to be now

_sayings: list[Saying] = []


def say(saying: Saying) -> Saying:
    """Have this said with each statement, too. A decorator."""
    _sayings.append(saying)
    return saying


def is_pooled(connection: Any) -> bool:
    """Whether a database is reached through a pool, as its address says."""
    return connection.vendor == "postgresql" and bool(connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"))


def watch(sender: Any, connection: Any, **given: Any) -> None:
    """Receives the signal that a connection was opened. Raises ImproperlyConfigured for a pool that is not named one:
    there the limits, and whom the audit notes, would be somebody else's.
    """
    if connection.vendor != "postgresql":
        return
    if is_pooled(connection):
        if _bring not in connection.execute_wrappers:
            connection.execute_wrappers.append(_bring)
    elif _is_another_process(connection.connection):
        connection.close()
        raise ImproperlyConfigured(UNNAMED)


def _is_another_process(raw: Any) -> bool:
    """Whether who answers is not who opened the connection: pools give out numbers of their own."""
    found: tuple[int] = raw.execute("SELECT pg_backend_pid()").fetchone()
    return found[0] != raw.info.backend_pid


def _bring(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """A statement, with all that is to be said ahead of it."""
    connection = context["connection"]
    said = _all(connection)
    if not said or connection.connection.info.transaction_status == TransactionStatus.INERROR:
        return execute(sql, params, many, context)
    if many:
        raise NotSupportedError("Nothing can be said ahead of a statement that is executed for many rows.")
    words = "".join(f"SET LOCAL {name} = {_quoted(value)}; " for name, value in said.items())
    done = execute((words if params is None else words.replace("%", "%%")) + sql, params, many, context)
    for _ in said:
        context["cursor"].cursor.nextset()  # past the answers to what was said
    return done


def _all(connection: Any) -> dict[str, str]:
    said = {"transaction_read_only": "on"} if connection.settings_dict.get("READ_ONLY") else {}
    for saying in _sayings:
        said |= saying()
    return said


def _quoted(value: str) -> str:
    """A value as a literal of SQL; one that ends a word or escapes is a plain sign where strings conform to SQL."""
    return "'" + value.replace("\0", "").replace("'", "''") + "'"

"""Who is at work, told to the database, whose triggers note it with each change.

SQLite asks this process by functions that each connection offers: a program that does not offer them cannot write.
PostgreSQL reads a setting of the session, or through a pool of the transaction; where it is empty, the name of the
program and its account are noted.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, NotSupportedError, connection

from audit.program import program
from conflict_site.base import pools

REPLACES = re.compile(r"\b((insert|update)\s+or\s+replace|replace\s+into)\b", re.IGNORECASE)
TELL = "SELECT set_config('attributed.person', %s, false), set_config('attributed.who', %s, false)"
NOBODY: tuple[int | None, str] = (None, "")
_now: ContextVar[tuple[int | None, str]] = ContextVar("who", default=NOBODY)


def at_work() -> tuple[int | None, str]:
    """The key and name of the account for which this thread works; no key, and the program's name, where it is none."""
    person, name = _now.get()
    return person, name or program()


@contextmanager
def acting(person: int | None, name: str) -> Iterator[None]:
    """Within the block, what is written is noted as done by this account (its key and name)."""
    before = _now.get()
    _tell(person, name)
    try:
        yield
    finally:
        _tell(*before)


def _tell(person: int | None, name: str) -> None:
    _now.set((person, name))
    if connection.vendor != "postgresql" or pools.is_pooled(connection):
        return
    connection.ensure_connection()
    try:
        _set(connection, person, name)
    except DatabaseError:
        connection.connection.close()  # lest anybody goes on under this name


def _set(connection: Any, person: int | None, name: str) -> None:
    """Not by a cursor of Django's: it is no query of the page's own."""
    with connection.wrap_database_errors:
        connection.connection.execute(TELL, (str(person or ""), name))


@pools.say
def _through_a_pool() -> dict[str, str]:
    person, name = _now.get()
    return {"attributed.person": str(person or ""), "attributed.who": name} if name else {}


def offer(connection: Any, **kwargs: Any) -> None:
    """Give a new connection of SQLite what the triggers ask for, and let it refuse what they do not see.

    One of PostgreSQL that takes the place of another while somebody is at work is told who.
    """
    if connection.vendor == "postgresql" and _now.get() != NOBODY and not pools.is_pooled(connection):
        _set(connection, *_now.get())
    if connection.vendor != "sqlite":
        return
    connection.connection.create_function("attributed_who", 0, lambda: at_work()[1])
    connection.connection.create_function("attributed_person", 0, lambda: at_work()[0])
    connection.connection.create_function("attributed_sha256", 1, sha256, deterministic=True)
    if refuse_replace not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_replace)


def refuse_replace(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """SQLite's REPLACE deletes what is in its way, and no trigger against deletion, or that notes it, is asked."""
    if sql[:6].upper() != "SELECT" and REPLACES.search(sql):
        raise NotSupportedError("REPLACE deletes rows in silence. ON CONFLICT ... DO UPDATE changes them.")
    return execute(sql, params, many, context)


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()

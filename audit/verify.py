"""Looks for what cannot be in an audit, and in tables under one, unless somebody went past it."""

from collections.abc import Iterable, Iterator

from django.db import connections

from audit.engines import engine
from audit.heads import Head
from audit.install import on_file
from audit.rows import differences
from audit.who import sha256

BATCH = 5_000
FIELDS = ("seq", "at", "coalesce(CAST(person AS text), '')", "who", '"table"', "operation", "key", "before", "after")


def faults(heads: Iterable[Head] = (), using: str = "default") -> Iterator[str]:
    """Sentences that say what is wrong; ``heads`` are what was kept elsewhere. None where everything holds."""
    yield from _triggers(using)
    yield from _chain(using, _hashes(heads))
    for table in on_file(using):
        yield from map(str, differences(using, table))


def _triggers(using: str) -> Iterator[str]:
    """The audit is blind, or can be rewritten, where a trigger is missing, switched off or another one."""
    make = engine(using)
    with connections[using].cursor() as cursor:
        wanted, there = make.triggers(on_file(using)), make.present(cursor)
        functions = make.present_functions(cursor)
    for table, name in sorted(wanted.keys() | there.keys()):
        if wanted.get((table, name)) != there.get((table, name)):
            yield f"The trigger {name} of {table} is not as it has to be."
    for name, body in make.functions().items():
        if functions.get(name) != body:
            yield f"The function {name} is not as it has to be."


def _hashes(heads: Iterable[Head]) -> dict[int, set[str]]:
    """What was kept of each entry: more than one hash where heads of two days contradict each other."""
    found: dict[int, set[str]] = {}
    for head in heads:
        found.setdefault(head.seq, set()).add(head.hash)
    return found


def _chain(using: str, heads: dict[int, set[str]]) -> Iterator[str]:
    """Each entry follows the one before, holds what it held, and is still there where a head was kept of it."""
    seq, hash = 0, ""
    for number, prev, kept, values in _entries(using):
        if number != seq + 1:
            yield f"Entry {number} follows entry {seq}: what stood between them is gone."
        elif prev != hash:
            yield f"Entry {number} is not chained to the one before."
        if sha256("\n".join([prev, *values])) != kept:
            yield f"Entry {number} is not what it was."
        if heads.pop(number, {kept}) != {kept}:
            yield f"Entry {number} is another one than the head that was kept."
        seq, hash = number, kept
    for number in sorted(heads):
        yield f"Entry {number}, a head that was kept, is gone."


def _entries(using: str) -> Iterator[tuple[int, str, str, list[str]]]:
    """Number, hash of the one before, hash, and what is hashed with it, in their order."""
    columns = ", ".join(engine(using).AT if name == "at" else name for name in FIELDS)
    last = -(2**63)
    while True:
        with connections[using].cursor() as cursor:
            cursor.execute(
                f"SELECT prev, hash, {columns} FROM audit_entry WHERE seq > %s ORDER BY seq LIMIT {BATCH}",  # noqa: S608
                [last],
            )
            rows = cursor.fetchall()
        for prev, hash, number, at, person, who, *rest in rows:
            yield number, prev, hash, [str(number), at, person, who.replace("\n", " "), *rest]
        if not rows:
            return
        last = rows[-1][2]

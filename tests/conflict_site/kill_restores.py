"""Kills restores of a backup at each step that they take in the folder, and prints what is in the place afterwards.

``python -m tests.conflict_site.kill_restores BACKUP``; ``new`` is whether the place holds the backup, ``start`` what a
server says after the last kill, ``again`` what comes of a restore of a wrong backup, ``then`` what a server says.
"""

import json
import os
import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

STEPS = ("os.remove", "os.rename", "os.link")
MOST = 20


def killed_at(step: int, backup: Path) -> None:
    """Put a backup back in a process that ends before so many steps are done."""
    if child := os.fork():
        os.waitpid(child, 0)
        return
    from conflict_site.backup.copies import restore

    steps = count(1)
    sys.addaudithook(lambda event, arguments: os._exit(9) if event in STEPS and next(steps) == step else None)
    restore(backup, overwrite=True)
    os._exit(0)


def in_place() -> tuple[bool, bool]:
    """Whether the database is whole, and whether it is the backup."""
    from conflict_site.backup.running import database_file

    with closing(sqlite3.connect(str(database_file()))) as opened:
        tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}
        sound = opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return sound and ("former" in tables) != ("claims_claim" in tables), "claims_claim" in tables


def said_at_start() -> str:
    """What a server says as it begins; nothing where all is well."""
    from conflict_site.backup import running

    try:
        running.hold()
    except ImproperlyConfigured as error:
        return str(error)
    finally:
        while running._held:
            os.close(running._held.pop())
    return ""


def restored_wrongly(backup: Path) -> str:
    """What is said of a backup that lacks a row."""
    from conflict_site.backup.copies import restore
    from conflict_site.backup.note import BackupError, beside

    note = beside(backup)
    note.write_text(note.read_text().replace('"claims_claim": 1', '"claims_claim": 2'))
    try:
        restore(backup, overwrite=True)
    except BackupError as error:
        return str(error)
    return "It came back."


def main() -> None:
    django.setup()
    backup = Path(sys.argv[1])
    found: list[tuple[bool, bool]] = []
    for step in range(1, MOST):
        killed_at(step, backup)
        found.append(in_place())
        if found[-1][1]:
            break
    whole, new = zip(*found, strict=True)
    told = {"whole": whole, "new": new, "start": said_at_start(), "again": restored_wrongly(backup)}
    print(json.dumps(told | {"then": said_at_start()}))


if __name__ == "__main__":
    main()

"""Makes a backup of the site's database, and puts one back."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count
from django.utils import timezone

from audit import heads, verify
from audit.models import Entry
from claims.evidence import breaches
from conflict_site.backup import postgresql, sqlite
from conflict_site.backup.note import BackupError, Note, beside, facts, private, sha256

SHOWN = 5  # faults


def backup(file: Path) -> Note:
    """Write the database into a new file, and a note beside it. Raises BackupError, and leaves nothing behind then."""
    if beside(file).exists():
        raise BackupError(f"{beside(file)} is there already, and stays as it is.")
    open(private(file)).close()
    try:
        made_at = timezone.now().isoformat(timespec="seconds")
        counts, head = engine().copy(file, connection.introspection.django_table_names(only_existing=True))
        note = Note(connection.vendor, made_at, sha256(file), counts, head)
        note.write(file)
    except BaseException:
        for made in (file, beside(file)):
            made.unlink(missing_ok=True)
        raise
    return note


def restore(file: Path, *, overwrite: bool = False) -> tuple[Note, bool]:
    """Put a backup in the place of the database; its note, and whether it needs to be migrated.

    Raises BackupError where the file is not what its note says, the site runs, the place is not empty, or what came
    back does not hold; then all is as it was.
    """
    note = Note.read(file)
    if note.engine != connection.vendor:
        raise BackupError(f"This is a backup of {note.engine}; DATABASE_URL names {connection.vendor}.")
    if not file.exists() or sha256(file) != note.sha256:
        raise BackupError(f"{file} is not the file that its note is about: its SHA-256 differs.")
    engine().read(file, [])
    engine().put_back(file, overwrite, lambda: _check(note))
    return note, is_older()


def entered_since(note: Note) -> tuple[int, int]:
    """How often a row was written by people since a backup, and by how many of them."""
    found = Entry.objects.filter(person__isnull=False, at__gte=note.made_at).aggregate(
        rows=Count("pk"), people=Count("person", distinct=True)
    )
    return found["rows"], found["people"]


def engine() -> ModuleType:
    """The module for the engine of the site's database."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def is_older() -> bool:
    """Whether the database was made by an earlier release, and waits for migrations."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _check(note: Note) -> None:
    counts, head = facts(_ask, note.counts)
    if (counts, head) != (note.counts, note.head):
        raise BackupError("What came back has other counts, or another head of the audit, than the note of the backup.")
    found = list(islice(_faults(note), SHOWN))
    if found:
        raise BackupError("\n".join(["What came back does not hold:", *found]))


def _faults(note: Note) -> Iterator[str]:
    """Of an earlier release nothing can be told before it is migrated."""
    if is_older():
        return iter(())
    newest = [heads.Head(note.head[0], "", note.head[1])] if note.head else []
    return chain(verify.faults(newest), map(str, breaches()))


def _ask(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())

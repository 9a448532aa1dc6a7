"""``manage.py restore FILE``: put a backup in the place of the database, while the site is stopped."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from conflict_site.backup.copies import entered_since, restore
from conflict_site.backup.note import BackupError, Note


class Command(BaseCommand):
    help = (
        "Puts a backup in the place of the database, and checks its SHA-256, its rows, its audit and its passages. "
        "Where something does not hold, all is as it was."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--overwrite", action="store_true", help="also where the database is not empty")
        what.add_argument("--tell", action="store_true", help="only say what was entered since, and would be gone")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["tell"]:
                self.stdout.write(_told(options["file"]))
                return
            note, is_older = restore(options["file"], overwrite=options["overwrite"])
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(
            f"Back as of {note.made_at}: {sum(note.counts.values()):,} rows of {len(note.counts)} tables."
        )
        if is_older:
            self.stdout.write("It is of an earlier release: run migrate, then verify_audit and verify_citations.")


def _told(file: Path) -> str:
    note = Note.read(file)
    rows, people = entered_since(note)
    return f"{file.name} is of {note.made_at}. Rows written at the desk since: {rows:,}, by accounts: {people:,}."

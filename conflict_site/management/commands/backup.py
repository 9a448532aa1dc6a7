"""``manage.py backup FILE``: the whole database in one file, while the site runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from conflict_site.backup.copies import backup
from conflict_site.backup.note import BackupError, beside


class Command(BaseCommand):
    help = (
        "Writes the whole database, accounts included, into a new file that its owner alone can read, and beside it "
        "what `restore` checks: a SHA-256, the rows of each table, the head of the audit. The site may go on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            note = backup(file)
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        rows, size = sum(note.counts.values()), file.stat().st_size
        self.stdout.write(
            f"{rows:,} rows of {len(note.counts)} tables, {size:,} bytes: {file} and {beside(file).name}."
        )

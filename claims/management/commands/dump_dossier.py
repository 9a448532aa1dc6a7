"""``manage.py dump_dossier PATH``: write the whole record as a data package."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.dossier.dumping import dump


class Command(BaseCommand):
    help = (
        "Writes everything that was entered or loaded, drafts and captured texts included, as a data package that "
        "load_dossier reads back without loss. It is the newsroom's own: it holds more than readers may see."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder to be made")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = dump(options["path"])
        except OSError as error:
            raise CommandError(f"Nothing was written: {error}") from None
        for name, count in counts.items():
            self.stdout.write(f"{name:14}{count:>8}")
        self.stdout.write(f"Written to {options['path']}.")

"""``manage.py dump_dossier PATH``: write the whole record as a data package."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.dossier import PackageError, dump_package, read_package


class Command(BaseCommand):
    help = (
        "Writes everything that was entered or loaded, drafts and captured texts included, as a data package that "
        "load_dossier reads back without loss. It is the newsroom's own: it holds more than readers may see."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder to be made")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            counts = dump_package(path)
        except OSError as error:
            raise CommandError(f"Nothing was written: {error}") from None
        if options["verbosity"]:
            self.stdout.writelines(f"{name:14}{count:>8}\n" for name, count in counts.items())
        try:
            read_package(path)
        except PackageError as error:
            told = "it would not load as it is. Mend this in the admin, and dump again"
            raise CommandError(f"Written to {path}, but {told}:\n{error}") from None
        if options["verbosity"]:
            self.stdout.write(f"Written to {path}, and read back without a fault.")

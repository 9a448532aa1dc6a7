"""``manage.py load_dossier PATH``: load a data package, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.dossier import COUNTS, LoadResult, PackageError, load_package, read_package

HEADINGS = ("new", "changed", "unchanged", "kept", "left out", "not in the package")


class Command(BaseCommand):
    help = (
        "Loads a data package (a folder with datapackage.json). Everything is checked first; where something is wrong, "
        "all faults are listed and nothing is changed. Rows are known by their ids; what an editor has changed since "
        "the last load is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder")
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, and write nothing")
        parser.add_argument(
            "--overwrite", action="store_true", help="take the package's values also where an editor has changed them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_dir():
            raise CommandError(f"{path} is no folder.")
        self.is_told = options["verbosity"] > 0
        try:
            self.say(f"Reading and checking {path} ...")
            package = read_package(path)
            result = load_package(package, overwrite=options["overwrite"], dry_run=options["dry_run"], say=self.say)
        except PackageError as error:
            raise CommandError(f"Nothing was changed. The package can't be loaded as it is:\n{error}") from None
        self.report(result, dry_run=options["dry_run"])

    def say(self, words: str) -> None:
        """Write a line of progress."""
        if self.is_told:
            self.stdout.write(words)

    def report(self, result: LoadResult, *, dry_run: bool) -> None:
        """Write what was left as it is, and the counts of each table."""
        for note in result.notes:
            self.say(note)
        self.say(f"\n{'':14}" + "".join(f"{heading:>11}" for heading in HEADINGS[:-1]) + f"  {HEADINGS[-1]}")
        for name, counts in result.counts.items():
            *numbers, others = (counts[what] for what in COUNTS)
            self.say(f"{name:14}" + "".join(f"{number:>11}" for number in numbers) + f"{others:>20}")
        done = "Dry run: nothing was written" if dry_run else "Loaded"
        self.say(f"\n{done}. Data package {result.title}.")

"""``manage.py prove_dossier PATH TEXTS``: note in a data package in which text each passage was found."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.capture import RefusedText
from claims.dossier import PackageError, prove


class Command(BaseCommand):
    help = (
        "Looks for the passages of a data package in texts, and notes in its citations the day and the SHA-256 of the "
        "text in which each was found. The texts need not be given away with it; this site's database is not touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder of the package")
        parser.add_argument("texts", type=Path, help="the folder of the texts: SOURCE-ID.txt or .md")
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DAY", help="the day of the check (default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proof = prove(options["path"], options["texts"], options["on"] or timezone.localdate())
        except (PackageError, RefusedText, OSError) as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        self.stdout.write(
            f"{proof.passages:,} passages: {proof.looked_for:,} looked for in a text of their source, "
            f"{proof.found:,} found."
        )

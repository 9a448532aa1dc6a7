"""``manage.py verify_audit``: whether everything that was ever changed stands in the audit, as it was noted."""

import sys
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import heads
from audit.verify import faults

MOST = 100


class Command(BaseCommand):
    help = (
        "Checks the triggers, the chain of entries, the heads that were kept, and each row against its newest entry. "
        "Exit status 1 where something does not hold."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads", type=Path, metavar="FOLDER", help="where audit_head wrote, or a copy that was kept elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kept = heads.kept(options["heads"])
        except (OSError, ValueError) as error:
            raise CommandError(f"The heads can't be read: {error}") from error
        if options["heads"] and not kept:
            raise CommandError(f"There is no head in {options['heads']}.")
        found = list(islice(faults(kept.values()), MOST))
        for sentence in found:
            self.stderr.write(sentence)
        head = heads.newest()
        count = f"{MOST} faults or more" if len(found) == MOST else f"{len(found) or 'no'} faults"
        self.stdout.write(f"{head.seq if head else 0:,} entries and {len(kept)} heads checked: {count}.")
        if found:
            sys.exit(1)

"""``manage.py audit_head``: write the head of the audit into the day's file, for who keeps it elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit import heads


class Command(BaseCommand):
    help = "Writes number and hash of the newest entry of the audit into the file of the day, and tells them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, help="where to; by default what AUDIT_HEADS names")

    def handle(self, *args: Any, **options: Any) -> None:
        head = heads.newest()
        if head is None:
            self.stdout.write("There is no entry yet.")
            return
        self.stdout.write(f"{head.seq} {head.hash}\n{heads.keep(head, options['folder'])}")

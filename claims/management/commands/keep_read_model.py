"""``manage.py keep_read_model``: read all published claims and their words, and keep them for the site's processes."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from claims.readmodel import kept_whole


class Command(BaseCommand):
    """Otherwise who asks first waits: at a million claims some seconds for a page, a minute for a search."""

    help = "Reads published claims and their words into the files that the site's processes map. Run after an upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.READ_MODEL_DIR:
            self.stdout.write("Nothing is kept: READ_MODEL_DIR names no folder.")
            return
        start = monotonic()
        number = kept_whole().size
        self.stdout.write(f"{number:,} claims kept in {settings.READ_MODEL_DIR}, {monotonic() - start:.0f} s.")

"""Rechecks every text that is held and every passage that is verified."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from claims.evidence import breaches, totals


class Command(BaseCommand):
    """``verify_citations``: exit status 1 when something does not hold."""

    help = "Recheck the hash of every text held, and every verified passage against its text."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for breach in breaches():
            found += 1
            self.stderr.write(str(breach))
        texts, passages = totals()
        self.stdout.write(f"{texts:,} texts and {passages:,} verified passages checked: {found or 'no'} breaches.")
        if found:
            sys.exit(1)

"""``manage.py way_back``: what in this release's migrations another release could not live with."""

import re
import sys
from typing import Any

from django.core.management.base import BaseCommand

from conflict_site.way_back import in_the_way

LINE = re.compile(r"\[[ X]\]\s+(\w+)\.(\w+)")


class Command(BaseCommand):
    help = (
        "Reads what `showmigrations --plan` says in another release, and tells of each migration that it does not know "
        "and could not live with, once it is applied. Says nothing where there is a way back."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        known = [found.groups() for found in map(LINE.match, sys.stdin) if found]
        for (app, name), done in in_the_way((app, name) for app, name in known):
            self.stdout.write(f"   {app}.{name}: {done}")

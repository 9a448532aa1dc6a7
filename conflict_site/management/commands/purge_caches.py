"""Tells shared caches what no longer holds."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from conflict_site import purging


class Command(BaseCommand):
    help = "Tells the caches of PURGE to let go of the record whenever anything in it changes, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Tell them now, and end.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            purges = purging.caches()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if not purges:
            raise CommandError("PURGE names no cache.")
        try:
            for told in purging.watch(purges):
                self.stdout.write(f"{told} of {len(purges)} caches told.")
                if options["once"]:
                    break
        except KeyboardInterrupt:
            return
        if told < len(purges):
            raise CommandError("Not all caches could be told; the log says why.")

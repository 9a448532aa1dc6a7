"""Tells which sources' addresses are dead, and which lead to a text that differs from the one held."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.capture import Link, check, hosts_in_turn, site_fetcher
from claims.management import visits
from claims.models import DeadLink

SURE = ("reachable", "changed", "dead")  # of a site that does not answer just now nothing is known


class Command(BaseCommand):
    """``check_links [SOURCE ...]``. Notes for the desk which addresses are dead; changes nothing else."""

    help = "Tell which sources' addresses are reachable, changed or dead, and note the dead ones for the desk."
    loopback = False  # tests let it reach this machine

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a source's id; all when none is named")
        visits.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        fetcher = site_fetcher(options["delay"], loopback=self.loopback)
        sources = hosts_in_turn(visits.chosen(options["sources"]).exclude(url=""))
        self.stdout.write(f"{'state':<24}{'source':<56}note")
        done = visits.visit(sources, lambda source: check(source, fetcher), Link, _line, self.stdout)
        for link in done:
            if link.state in SURE:
                DeadLink.objects.note(link.source, is_dead=link.state == "dead")
        self.stdout.write(f"\nAddresses: {visits.counted(link.state for link in done) or 'none'}.")
        visits.end([link.state for link in done], sources, self.stdout)


def _line(link: Link) -> str:
    return f"{link.state:<24}{link.source.slug:<56}{link.note}"

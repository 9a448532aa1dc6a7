"""Looks up web archives' copies of the sources and, with --save, asks for one where there is none."""

from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims.capture import Fetcher, FetchError, site_fetcher, wayback
from claims.management import visits
from claims.models import Source, permitted


@dataclass(frozen=True, slots=True)
class Copy:
    """What came of looking for a copy: ``found``, ``saved``, ``asked for``, ``no copy``, or the trouble."""

    source: Source
    outcome: str
    note: str = ""


class Command(BaseCommand):
    """``archive [--save] [SOURCE ...]``: fills the archived address where it is empty."""

    help = "Look up the Wayback Machine's copies of the sources that have no archived address yet."
    loopback = False  # tests let it reach this machine

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a source's id; all when none is named")
        parser.add_argument("--save", action="store_true", help="ask for a copy where there is none")
        visits.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        fetcher = site_fetcher(options["delay"], loopback=self.loopback)
        sources = list(visits.chosen(options["sources"]).filter(archive_url="").exclude(url=""))
        done = visits.visit(sources, lambda source: _fill(source, fetcher, options["save"]), Copy, _line, self.stdout)
        self.stdout.write(f"\nCopies: {visits.counted(copy.outcome for copy in done) or 'none looked up'}.")
        visits.end([copy.outcome for copy in done], sources, self.stdout)


def _fill(source: Source, fetcher: Fetcher, save: bool) -> Copy:
    try:
        url, outcome = wayback.look_up(source, fetcher), "found"
        if save and not url:
            url, outcome = wayback.save(source, fetcher), "saved"
    except FetchError as error:
        return Copy(source, error.trouble, str(error))
    if not url:
        return Copy(source, "asked for" if save else "no copy")
    source.archive_url = url
    with permitted(source, reason="Found by the command archive."):
        source.save(update_fields=["archive_url"])
    return Copy(source, outcome, url)


def _line(copy: Copy) -> str:
    return f"{copy.outcome}: {copy.source.slug}: {copy.note}".removesuffix(": ")

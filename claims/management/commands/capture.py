"""Keeps the text of a source as captured, from a file or, with --missing, from the sources' own addresses."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.capture import (
    Brought,
    Captured,
    DoubtfulText,
    RefusedText,
    StraySigns,
    bring,
    capture,
    hosts_in_turn,
    media_type_of,
    site_fetcher,
    stray_signs,
    text_of,
)
from claims.extraction import DOCX, HTML, MARKDOWN, PDF, TEXT
from claims.management import visits

TYPES = {"text": TEXT, "markdown": MARKDOWN, "html": HTML, "pdf": PDF, "docx": DOCX}


class Command(BaseCommand):
    """``capture SOURCE FILE``, or ``capture --missing [SOURCE ...]``."""

    help = "Keep the text of a source as captured, and look for its citations in it."
    loopback = False  # tests let it reach this machine

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", nargs="*", metavar="SOURCE FILE", help="a source's id and a file; - reads text")
        parser.add_argument("--type", choices=TYPES, help="of the file, where its name does not tell")
        parser.add_argument("--by", metavar="USER", help="the user name of the person who captured it")
        parser.add_argument(
            "--missing", action="store_true", help="fetch the texts that are not held yet; of all sources, or of these"
        )
        parser.add_argument(
            "--licensed",
            action="store_true",
            help="with --missing: only those of which a licence allows to keep a copy",
        )
        parser.add_argument("--charset", default="", help="the encoding of the file, where it does not say or is wrong")
        parser.add_argument(
            "--anyway", action="store_true", help="keep a text that looks garbled or incomplete: you have seen it"
        )
        parser.add_argument(
            "--take-out", action="store_true", help="take out signs that no text may hold (control, bidirectional)"
        )
        visits.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["missing"]:
            self._bring(options)
        elif len(options["words"]) == 2:
            self._keep(options["words"][0], options["words"][1], options)
        else:
            raise CommandError("Name a source and a file, or say --missing.")

    def _keep(self, slug: str, file: str, options: dict[str, Any]) -> None:
        source, anyway, take_out = visits.chosen([slug]).get(), options["anyway"], options["take_out"]
        try:
            text = _text(file, options["type"], options["charset"], anyway=anyway)
            captured = capture(source, text, by=_user(options["by"]), anyway=anyway, take_out=take_out)
        except DoubtfulText as error:
            raise CommandError(f"{file}: {error} Where you have seen that it is right, say --anyway.") from error
        except StraySigns as error:
            raise CommandError(f"{file}: {error} With --take-out the text is kept without them.") from error
        except (RefusedText, OSError) as error:
            raise CommandError(f"{file}: {error}") from error
        for sign in stray_signs(text) if take_out else []:
            self.stdout.write(f"{sign}: taken out.")
        self.stdout.write("\n".join([_state(captured), f"Passages: {captured.counts}.", *_lost(captured)]))

    def _bring(self, options: dict[str, Any]) -> None:
        licensed = options["licensed"]
        fetcher = site_fetcher(options["delay"], loopback=self.loopback)
        brought = partial(bring, fetcher=fetcher, anyway=options["anyway"], take_out=options["take_out"])
        lacking = visits.chosen(options["words"]).missing_texts()
        missing = lacking.licensed() if licensed else lacking
        sources = hosts_in_turn(missing.exclude(url=""))
        done = visits.visit(sources, brought, Brought, _line, self.stdout)
        self._summary(done, missing.filter(url="").count())
        if licensed:
            self._tell_of_others(lacking.count() - missing.count())
        visits.end([one.outcome for one in done], sources, self.stdout)

    def _summary(self, done: list[Brought], without_address: int) -> None:
        passages = [outcome for one in done if one.captured for _, outcome in one.captured.passages]
        self.stdout.write(f"\nSources: {visits.counted(one.outcome for one in done) or 'none fetched'}.")
        self.stdout.write(f"Passages: {visits.counted(name.replace('_', ' ') for name in passages) or 'none'}.")
        if any(one.outcome == "doubtful" for one in done):
            self.stdout.write("What is doubtful is kept only with --anyway, once you have looked at it.")
        if without_address:
            self.stdout.write(f"{without_address} without a text have no address.")

    def _tell_of_others(self, number: int) -> None:
        if number:
            self.stdout.write(
                f"{number} more without a text: no licence is on record that allows to keep one. Where you may "
                "nevertheless, ALL=1 make texts fetches them too."
            )


def _text(file: str, type_name: str | None, charset: str, *, anyway: bool) -> str:
    media_type = TYPES[type_name] if type_name else TEXT if file == "-" else media_type_of(file)
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return text_of(data, media_type, charset, anyway=anyway)


def _user(username: str | None) -> Any:
    users = get_user_model().objects
    if username and not users.filter(username=username).exists():
        raise CommandError(f"There is no user {username}.")
    return users.get(username=username) if username else None


def _state(captured: Captured) -> str:
    snapshot = captured.snapshot
    if captured.is_new:
        return f"Captured {len(snapshot.text):,} characters, SHA-256 {snapshot.sha256}."
    return f"Unchanged since {snapshot.captured_at:%-d %B %Y}."


def _line(one: Brought) -> str:
    return "\n".join([f"{one.outcome}: {one.source.slug}: {one.note}", *(_lost(one.captured) if one.captured else [])])


def _lost(captured: Captured) -> list[str]:
    return [f"    {outcome.replace('_', ' ')}: {citation.claim}" for citation, outcome in captured.lost]

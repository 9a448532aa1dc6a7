"""``manage.py import_claims FILE --by USER``: bring in a file of statements as drafts, all of it or nothing."""

import csv
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from actors.models import Actor, Kind
from audit.who import acting
from claims.dossier import PackageError
from claims.imports import (
    AS_WRITTEN,
    FIELDS,
    LARGEST_FILE,
    ORDERS,
    Report,
    Told,
    What,
    bring_in,
    keep_mapping,
    keep_spellings,
    kind_of,
    mapping_for,
    read_header,
    run,
)
from claims.models import Import, ImportKind

WIDTH = 100


class Bar:
    """A progress bar on the terminal."""

    def __init__(self, hidden: bool) -> None:
        self.bar: Any = tqdm(unit=" steps", disable=hidden)

    def start(self, total: int) -> None:
        self.bar.reset(total)

    def step(self, number: int) -> None:
        self.bar.update(number)


def answers(path: Path) -> list[tuple[str, str]]:
    """Names and whom they mean, line by line. Raises CommandError for a file that cannot be read as a table of them."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(*cells, "", "")[:2] for cells in csv.reader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"The answers in {path} can't be read: {error}") from None
    if any("\0" in cell for cells in rows for cell in cells):
        raise CommandError(f"The answers in {path} can't be read: it holds characters that are no text.")
    return [(name, meant) for name, meant in rows]


class Command(BaseCommand):
    help = (
        "Brings in a table of statements (CSV, XLSX), ClaimReview (JSON, JSON-LD) or a data package (ZIP) as drafts: "
        "all of it or nothing. The same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        fields = ", ".join(each.name for each in FIELDS)
        parser.add_argument("path", type=Path, nargs="?", help="the file")
        parser.add_argument("--by", metavar="USER", help="whose drafts they become")
        parser.add_argument("--dry-run", action="store_true", help="report row by row what would be done, no more")
        parser.add_argument("--leave-out", action="store_true", help="write the other rows where some are refused")
        parser.add_argument(
            "--column", action="append", default=[], metavar="FIELD=NAME", help=f"which column holds what: {fields}"
        )
        parser.add_argument("--dates", choices=ORDERS, help="how dates such as 03/04/2024 are meant")
        parser.add_argument(
            "--names", type=Path, metavar="CSV", help="whom names mean: lines of name,id or name,new:KIND"
        )
        parser.add_argument("--job", type=int, help="the number of a file brought to the desk, instead of a path")
        parser.add_argument("--progress", type=int, help="an open file for the progress of that job")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["job"]:
            self._work(Import.objects.get(pk=options["job"]), options)
            return
        path, by = options["path"], self._person(options["by"])
        if not (path and path.is_file()):
            raise CommandError(f"{path} is no file.")
        if path.stat().st_size > LARGEST_FILE:
            raise CommandError(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB; divide it.")
        try:
            with acting(by.pk, by.get_username()), transaction.atomic():
                report = self._bring_in(path, by, options)
                transaction.set_rollback(options["dry_run"])
        except PackageError as error:
            raise CommandError(f"Nothing was changed.\n{error}") from None
        self._tell(report, dry_run=options["dry_run"], hidden=not options["verbosity"])

    def _work(self, job: Import, options: dict[str, Any]) -> None:
        """Check or write a file brought to the desk, for whoever has brought it."""
        told = Told(options["progress"]) if options["progress"] else None
        with acting(job.created_by_id, str(job.created_by)):
            run(job, dry_run=options["dry_run"], progress=told)

    def _bring_in(self, path: Path, by: Any, options: dict[str, Any]) -> Report:
        data, mapping = path.read_bytes(), None
        if options["names"]:
            self._answer(options["names"], by)
        if (options["column"] or options["dates"]) and kind_of(path.name) is ImportKind.TABLE:
            header = read_header(path.name, data)
            columns = dict(each.partition("=")[::2] for each in options["column"])
            mapping = {"columns": columns} if columns else mapping_for(header)
            mapping = {**mapping, "dates": options["dates"] or mapping.get("dates", AS_WRITTEN)}
            keep_mapping(header, mapping)
        bar = Bar(hidden=not options["verbosity"])
        return bring_in(
            path.name,
            data,
            by=by,
            mapping=mapping,
            leaves_out=options["leave_out"],
            dry_run=options["dry_run"],
            progress=bar,
        )

    def _person(self, name: str | None) -> Any:
        person = get_user_model().objects.filter(username=name or "").first()
        if person is None:
            raise CommandError("Say with --by whose drafts they become: the name of an account.")
        return person

    def _answer(self, path: Path, by: Any) -> None:
        for line, (name, meant) in enumerate(answers(path), 1):
            actor, kind = Actor.objects.filter(slug=meant).first(), meant.removeprefix("new:")
            if actor is None and kind not in Kind.values:
                raise CommandError(f"{path}, line {line}, column 2: “{meant}” is neither an actor nor new:KIND.")
            keep_spellings([name], name, by=by, actor=actor.pk if actor else None, kind=kind)

    def _tell(self, report: Report, *, dry_run: bool, hidden: bool) -> None:
        for line, what, speaker, words, claim, why in report.rows if not hidden else []:
            if dry_run or what == What.REFUSED:
                self.stdout.write(f"{line:>7} {what:8} {why or f'{speaker}: {words} {claim}'}"[: WIDTH * 3])
        for question in report.questions:
            self.stdout.write(f"Who is “{question['name']}” ({question['rows']} rows)? Answer with --names.")
        counts = ", ".join(f"{number} {what}" for what, number in report.counts.items())
        for note in report.notes:
            self.stdout.write(note)
        if not dry_run and not report.written:
            raise CommandError(f"Nothing was written: {counts}. Mend what is refused, or leave it out: --leave-out.")
        if not hidden:
            self.stdout.write(f"{'Dry run: nothing was written' if dry_run else 'Written'}: {counts or 'nothing'}.")

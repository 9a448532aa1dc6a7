"""Checks a file or writes it: all of it or nothing, in one transaction that also notes how it ended."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection, transaction

from actors.models import Actor
from claims.dossier import COUNTS, PackageError, load_package, read_package
from claims.imports import archive, claim_review, sheets, tables
from claims.imports.limits import check_size, refuse
from claims.imports.plan import Outcome, Plan, What, plan
from claims.imports.progress import Progress, Silent
from claims.imports.statements import Statement, digest, guess
from claims.imports.write import write
from claims.models import Import, ImportedRow, ImportKind, ImportState, Mapping
from conflict_site.base.text import for_xml

KINDS = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls"), ImportKind.TABLE),
    **dict.fromkeys((".json", ".jsonld", ".jsonl", ".ndjson"), ImportKind.CLAIM_REVIEW),
    ".zip": ImportKind.PACKAGE,
}
READ = "CSV or XLSX (a table of statements), JSON or JSON-LD (ClaimReview), or ZIP (a data package)"


@dataclass(slots=True)
class Report:
    """What a check or an import found. ``rows`` are line, outcome, speaker, words, claim, and why it is refused.

    ``faults`` are those of the file as a whole; ``notes`` what a package's rows met. ``written`` tells whether anything
    was written.
    """

    counts: dict[str, int] = field(default_factory=dict)
    rows: list[list[Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    readings: list[list[str]] = field(default_factory=list)
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    written: bool = False

    def as_json(self) -> dict[str, Any]:
        """The report as it is kept."""
        return asdict(self)

    @property
    def refused(self) -> int:
        """How many rows are refused."""
        return self.counts.get(What.REFUSED, 0)


def kind_of(name: str) -> ImportKind:
    """What a file is, by its name. Raises PackageError for one that is nothing that is read here."""
    kind = KINDS.get(Path(name).suffix.lower())
    return kind or refuse(name, f"it is none of the files that can be brought in: {READ}", 0, "")


def mapping_for(header: list[str]) -> dict[str, Any]:
    """How a table with these columns is read: as it was last time, else as their names say."""
    kept = Mapping.objects.filter(header=_header_key(header)).first()
    return kept.columns if kept else {"columns": guess(header)}


def keep_mapping(header: list[str], mapping: dict[str, Any]) -> None:
    """Keep how a table with these columns is read."""
    Mapping.objects.update_or_create(header=_header_key(header), defaults={"columns": mapping})


def bring_in(
    name: str,
    data: bytes,
    *,
    by: Any,
    mapping: dict[str, Any] | None = None,
    leaves_out: bool = False,
    dry_run: bool = False,
    job: Import | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a file, and write it as drafts of the person ``by`` unless it is a dry run, or rows are refused.

    ``leaves_out`` writes the others where rows are refused. Raises PackageError where the file can't be read at all.
    """
    kind, told = kind_of(name), progress or Silent()
    if kind is ImportKind.PACKAGE:
        return _package(name, data, by=by, dry_run=dry_run, job=job)
    statements, dates = _statements(kind, name, data, mapping)
    with transaction.atomic():
        _lock()
        planned = plan(statements, dates=dates)
        report = _report(planned)
        if not dry_run and (leaves_out or not report.refused):
            told.start(2 * (report.counts.get(What.NEW, 0) + report.counts.get(What.CHANGED, 0)))
            write(planned, by=by, job=job, step=told.step)
            report = _report(planned)
            report.written = True
        _note(job, report)
    return report


def _package(name: str, data: bytes, *, by: Any, dry_run: bool, job: Import | None) -> Report:
    check_size(name, data)
    with TemporaryDirectory() as folder, transaction.atomic():
        package = read_package(archive.unpack(name, data, Path(folder)))
        result = load_package(package, drafts_of=by, dry_run=dry_run)
        counts = {what: sum(table[what] for table in result.counts.values()) for what in COUNTS}
        shown = {"new": counts["new"], "changed": counts["changed"], "same": counts["unchanged"]}
        shown["kept as it is"] = counts["kept"] + counts["left_out"]
        report = Report(shown, tables=result.counts, notes=result.notes, written=not dry_run)
        _note(job, report)  # a dry run takes it back
    if dry_run:
        _note(job, report)
    return report


def _statements(
    kind: ImportKind, name: str, data: bytes, mapping: dict[str, Any] | None
) -> tuple[list[Statement], str]:
    if kind is ImportKind.CLAIM_REVIEW:
        return claim_review.statements(name, data), ""
    sheet = sheets.read(name, data)
    mapping = mapping or mapping_for(sheet.header)
    return tables.statements(sheet, mapping), tables.date_order(mapping)


def _lock() -> None:
    """Let one import plan and write at a time; SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {ImportedRow._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _note(job: Import | None, report: Report) -> None:
    if job:
        job.state = ImportState.DONE if report.written else ImportState.CHECKED
        job.report = report.as_json()
        job.save(update_fields=["state", "report"])


def _report(planned: Plan) -> Report:
    names = dict(Actor.objects.filter(pk__in={*planned.matched.readings.values()}).values_list("pk", "name"))
    readings = sorted([name, names.get(pk, "")] for name, pk in planned.matched.readings.items())
    questions = [asdict(one) for one in planned.matched.questions]
    return Report(dict(planned.count()), [_row(one) for one in planned.outcomes], questions, readings)


def _row(outcome: Outcome) -> list[Any]:
    statement, claim = outcome.statement, outcome.claim
    on_file = claim.slug if claim and claim.pk else ""
    why = "\n".join(dict.fromkeys(map(str, outcome.faults)))
    return [
        statement.line,
        outcome.what.value,
        for_xml(statement.cell("speaker")[:100]),  # PostgreSQL keeps a report with neither NUL nor half a pair
        for_xml(statement.cell("quote")[:120]),
        on_file,
        why,
    ]


def _header_key(header: list[str]) -> str:
    return digest(sorted(name.casefold() for name in header))


def run(job: Import, *, dry_run: bool, progress: Progress | None = None) -> Report:
    """Check or write the file of a job, and note in it how that ended; what can't be read at all is noted as well."""
    given = {"mapping": job.mapping or None, "leaves_out": job.leaves_out, "by": job.created_by}
    data = bytes(job.file.data)
    try:
        return bring_in(job.name, data, dry_run=dry_run, job=job, progress=progress, **given)
    except PackageError as error:
        report = Report(faults=str(error).splitlines())
        _note(job, report)
        return report

"""Loads a checked package into the database in one transaction. A second load of the same package writes nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.dossier.database import lock_tables, table_rows
from claims.dossier.load import editorial_log, provenance, save
from claims.dossier.load.drafts import only_drafts
from claims.dossier.load.editorial_log import EditorialLog
from claims.dossier.load.plan import Plan, Planner, TablePlan
from claims.dossier.load.renames import Renames
from claims.dossier.load.save import BATCH, Pks
from claims.dossier.package.resources import Package
from claims.dossier.schema import Cells
from claims.dossier.tables import ACTORS, CHANGES, OLD_SLUGS, RECORDS
from claims.evidence import anchor
from claims.models import Citation, Claim, LoadedRow, Snapshot, permitted
from claims.search import index

Say = Callable[[str], object]
SOURCES_AT_ONCE = 50  # with all their texts in memory
COUNTS = ("new", "changed", "unchanged", "kept", "left_out", "others")


@dataclass(slots=True)
class LoadResult:
    """What a load did: ``counts`` of rows by table and kind (``COUNTS``), and ``notes`` on what it kept or left out.

    The kind ``others`` are rows of the database that the package lacks; they stay as they are.
    """

    title: str
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def load_package(
    package: Package,
    *,
    overwrite: bool = False,
    dry_run: bool = False,
    drafts_of: Any = None,
    say: Say = lambda words: None,
) -> LoadResult:
    """Write a package from ``read_package`` to the database. ``dry_run`` rolls the transaction back at its end.

    ``drafts_of`` is the person whose drafts the rows become: nothing is published, and nothing changed that is on
    file, save drafts. ``overwrite`` takes the package's values also where an editor has changed them; states stay in
    any case. ``say`` is called with a line of progress at each step. Raises PackageError where the package does not fit
    the database.
    """
    with transaction.atomic():
        lock_tables("SHARE ROW EXCLUSIVE")
        say(f"Comparing with what is there{'; a dry run: in the end all is taken back' if dry_run else ''} ...")
        notes = only_drafts(package) if drafts_of else []
        plan = Planner(package, overwrite=overwrite, only_drafts=bool(drafts_of)).run()
        plan.notes += notes
        leave = f"Loaded from the data package {package.descriptor.title}."[:300]
        with nullcontext() if drafts_of else permitted(reason=leave):
            result = _write(package, plan, say, drafts_of)
        if dry_run:
            transaction.set_rollback(True)
    return result


def _write(package: Package, plan: Plan, say: Say, by: Any) -> LoadResult:
    records = {RECORDS.key_of(row.cells): row.cells for row in package.rows("records")}
    log = EditorialLog(package.descriptor.title, timezone.now(), records, by)
    before = editorial_log.values_before(plan)
    result, pks = LoadResult(package.descriptor.title), Pks()
    for name, table_plan in plan.tables.items():
        if table_plan.new or table_plan.edits:
            say(f"Writing {name} ...")
        log.log_publications(name, save.save_table(table_plan, pks, log.set_state))
        pks[name] = save.primary_keys(table_plan.table)
        result.counts[name] = _counts(table_plan)
    say("Anchoring passages, and writing the words by which claims are found ...")
    captured = _add_texts(package, plan, pks)
    log.log_edits(before)
    result.notes = [
        *plan.notes,
        *(note for table_plan in plan.tables.values() for note in log.change_states(table_plan)),
    ]
    if "takedowns" in package.tables:
        hidden = provenance.take_down_sources(package, plan, pks)
        result.counts["takedowns"] = _count_added(hidden, len(package.rows("takedowns")))
    for table in (CHANGES, OLD_SLUGS):
        if table.name in package.tables:
            added = provenance.add_rows(table, package, plan.renames.current_ids, pks)
            result.counts[table.name] = _count_added(added, len(package.rows(table.name)))
    if package.texts:
        result.counts["texts"] = _count_added(captured, len(package.texts))
    _derive_words(plan)
    _save_digests(plan)
    return result


def _counts(table_plan: TablePlan) -> dict[str, int]:
    return {
        "new": len(table_plan.new),
        "changed": len(table_plan.edits),
        "unchanged": table_plan.unchanged,
        "kept": table_plan.kept,
        "left_out": table_plan.left_out,
        "others": table_plan.others,
    }


def _count_added(new: int, given: int) -> dict[str, int]:
    return dict.fromkeys(COUNTS, 0) | {"new": new, "unchanged": given - new}


def _add_texts(package: Package, plan: Plan, pks: Pks) -> int:
    """Add the texts; return how many. A source's captures come one by one, so that a passage is found in the oldest."""
    added = 0
    for number in sorted({text.number for text in package.texts} or {1}):
        texts = provenance.add_texts(package, number, plan.renames.current_ids, pks)
        _anchor_passages(plan, texts)
        added += len(texts)
    return added


def _anchor_passages(plan: Plan, texts: Iterable[Snapshot]) -> None:
    """Anchor new and changed passages in the texts on file, and all passages of a source in its new text."""
    table_plan = plan.tables.get("citations")
    cited = {cells["source"] for cells in _written_cells(table_plan)} if table_plan else set()
    captured = {text.source_id for text in texts}
    held = Snapshot.objects.order_by().values_list("source_id", "source__slug").distinct()
    for batch in batched([pk for pk, slug in held if pk in captured or slug in cited], SOURCES_AT_ONCE):
        anchor(Citation.objects.filter(source__in=batch))


def _derive_words(plan: Plan) -> None:
    """Renew the mentions and search words of claims that were written; of all claims, where names changed."""
    touched: set[str] = set()
    for name, column in (("claims", "id"), ("citations", "claim")):
        if name in plan.tables:
            touched |= {cells[column] for cells in _written_cells(plan.tables[name])}
    reached = [plan.tables[name] for name in ("actors", "issues", "sources") if name in plan.tables]
    if any(table_plan.edits or (table_plan.table is ACTORS and table_plan.new) for table_plan in reached):
        touched = {*Claim.objects.values_list("slug", flat=True)}
    for batch in batched(sorted(touched), BATCH):
        index.derive(Claim.objects.filter(slug__in=batch))


def _written_cells(table_plan: TablePlan) -> Iterator[Cells]:
    """The cells of a table's new and changed rows."""
    yield from table_plan.new
    yield from (edit.after for edit in table_plan.edits)


def _save_digests(plan: Plan) -> None:
    """Note, as digests, what the package last put into each row."""
    for name, table_plan in plan.tables.items():
        table_plan.digests |= _written_digests(table_plan, plan.renames)
        LoadedRow.objects.bulk_create(
            (LoadedRow(table=name, key=key, digest=value) for key, value in table_plan.digests.items()),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["table", "key"],
            update_fields=["digest"],
        )


def _written_digests(table_plan: TablePlan, renames: Renames) -> Iterator[tuple[str, str]]:
    """Key and digest of each row that was written.

    Its state is the package's, even where it was not taken: so an editor's state is known as such from then on.
    """
    table = table_plan.table
    written = {table.key_of(cells): cells for cells in _written_cells(table_plan)}
    for _, now in table_rows(table) if written else []:
        cells = written.get(table.key_of(now))
        if cells:
            loaded = now | ({"state": cells["state"]} if table.has_state else {})
            yield renames.key(table, now), renames.digest(table, loaded, cells)

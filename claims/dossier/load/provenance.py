"""Adds captured texts, takedowns, entries of the public log and former ids, where they are not on file yet."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType

from claims.dossier.cell_format import from_cell
from claims.dossier.load.plan import Plan
from claims.dossier.load.renames import Ids
from claims.dossier.load.save import BATCH, Pks
from claims.dossier.package.resources import Package
from claims.dossier.schema import Cells, Table
from claims.dossier.tables import SNAPSHOTS, TABLES, TAKEDOWNS
from claims.editorial import takedown
from claims.models import LoadedRow, Snapshot, Source, digest

UNIQUE_FIELDS = {"changes": ("content_type_id", "object_id", "at", "kind"), "old_slugs": ("content_type_id", "slug")}


def add_texts(package: Package, number: int, current_ids: Ids, pks: Pks) -> list[Snapshot]:
    """Add the texts with this ``number`` that are not on file yet, unaltered; return them."""
    field = SNAPSHOTS.fields["captured_at"]
    captured = {row.cells["path"]: from_cell(field, row.cells["captured_at"]) for row in package.rows("snapshots")}
    held = set(Snapshot.objects.values_list("source_id", "sha256")) if package.texts else set()
    new = []
    for text in sorted((text for text in package.texts if text.number == number), key=lambda text: text.source):
        source, sha256 = _pk("sources", text.source, current_ids, pks), digest(text.text)
        if source and (source, sha256) not in held:
            at = {"captured_at": captured[text.path]} if text.path in captured else {}
            new.append(Snapshot(source_id=source, text=text.text, sha256=sha256, **at))
    return Snapshot.objects.bulk_create(new, batch_size=BATCH)


def take_down_sources(package: Package, plan: Plan, pks: Pks) -> int:
    """Take down the sources that the package lists as taken down; return how many.

    Each takedown is loaded once: a source that an editor has restored since stays restored.
    """
    rows = [(plan.renames.key(TAKEDOWNS, row.cells), row.cells) for row in package.rows("takedowns")]
    known = set(LoadedRow.objects.filter(table=TAKEDOWNS.name).values_list("key", flat=True)) if rows else set()
    new = {cells["id"] for cells in plan.tables["sources"].new} if rows else set()
    done = 0
    for key, cells in rows:
        pk = None if key in known else _pk("sources", cells["source"], plan.renames.current_ids, pks)
        if pk:
            done += _take_down(Source.objects.get(pk=pk), cells, is_new=cells["source"] in new)
            LoadedRow.objects.create(table=TAKEDOWNS.name, key=key)
    return done


def _take_down(source: Source, cells: Cells, *, is_new: bool) -> bool:
    """Take down a source; return whether it was not already. A new source keeps the time and reason of the package; one
    that readers could see is taken down now, which is logged."""
    if source.is_taken_down:
        return False
    if is_new:
        for column, field in TAKEDOWNS.fields.items():
            setattr(source, field.name, from_cell(field, cells[column]))
        source.save()
    else:
        takedown.take_down(source, reason=cells["reason"])
    return True


def add_rows(table: Table, package: Package, current_ids: Ids, pks: Pks) -> int:
    """Add the entries of the public log, or the former ids, that are not on file yet; return how many."""
    names, manager = UNIQUE_FIELDS[table.name], table.model._default_manager
    held = set(manager.values_list(*names)) if package.rows(table.name) else set()
    given = _rows(table, package, current_ids, pks)
    new = [row for row in given if tuple(getattr(row, name) for name in names) not in held]
    return len(manager.bulk_create(new, batch_size=BATCH))


def _rows(table: Table, package: Package, current_ids: Ids, pks: Pks) -> Iterator[Any]:
    for row in package.rows(table.name):
        name = row.cells["table"]
        pk = _pk(name, row.cells["id"], current_ids, pks)
        if pk:
            kind = ContentType.objects.get_for_model(TABLES[name].model)
            fields = {column: from_cell(field, row.cells[column]) for column, field in table.fields.items()}
            yield table.model(content_type=kind, object_id=pk, **fields)


def _pk(table: str, key: str, current_ids: Ids, pks: Pks) -> int | None:
    """The primary key of the row with this id, or with the id that replaced it; None where it was removed."""
    return pks[table].get((current_ids[table].get(key, key),))

"""Finds rows whose id an editor has changed, as the package may still have an old one."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from claims.dossier.cell_format import join_list, key_text, row_digest, split_list
from claims.dossier.package.resources import Package
from claims.dossier.schema import Cells, Column, Table
from claims.dossier.tables import WITH_SLUG
from claims.models import OldSlug
from conflict_site.base.spelling import spelling

Ids = dict[str, dict[str, str]]  # by table: an id for an id


class Renames:
    """``current_ids`` of renamed rows by the ids in the package, and ``first_ids`` by the current ones."""

    def __init__(self, package: Package) -> None:
        self.current_ids: Ids = {}
        self.first_ids: Ids = {}
        for table in WITH_SLUG:
            slugs: dict[int, str] = dict(table.model._default_manager.values_list("pk", "slug"))
            old = OldSlug.objects.filter(content_type=ContentType.objects.get_for_model(table.model))
            pairs = old.order_by("-pk").values_list("slug", "object_id")
            found = [(slug, slugs[pk]) for slug, pk in pairs if pk in slugs]
            taken, given = {*slugs.values()}, {row.cells["id"] for row in package.rows(table.name)}
            renamed = [(slug, now) for slug, now in found if slug not in given or now not in given]  # else merged
            self.first_ids[table.name] = {now: slug for slug, now in renamed}
            self.current_ids[table.name] = {slug: now for slug, now in found if slug not in taken and now not in given}

    def update(self, table: Table, cells: Cells) -> None:
        """Put current ids into the cells of a row of the package, in place."""
        for column, target in _id_columns(table, cells):
            cells[column.name] = _map_ids(column, cells[column.name], self.current_ids[target])

    def key(self, table: Table, cells: Cells) -> str:
        """The key of a row for ``LoadedRow``, with first ids: it stays the same when ids change."""
        return key_text(table.key_of(self._with_first_ids(table, cells, table.key)))

    def digest(self, table: Table, cells: Cells, names: Iterable[str]) -> str:
        """The digest of these columns of a row, with first ids: it stays the same when ids and spellings change."""
        chosen = self._with_first_ids(table, cells, names)
        return row_digest(chosen | {name: spelling(chosen[name]) for name in table.spelled})

    def is_digest(self, digest: str | None, table: Table, cells: Cells, names: Iterable[str]) -> bool:
        """Whether this is the digest of a row; earlier loads noted that of the words as they were written."""
        names = list(names)
        return digest in (self.digest(table, cells, names), row_digest(self._with_first_ids(table, cells, names)))

    def _with_first_ids(self, table: Table, cells: Cells, names: Iterable[str]) -> Cells:
        chosen = {name: cells[name] for name in names}
        for column, target in _id_columns(table, chosen):
            if self.first_ids[target]:
                chosen[column.name] = _map_ids(column, chosen[column.name], self.first_ids[target])
        return chosen


def _id_columns(table: Table, cells: Cells) -> list[tuple[Column, str]]:
    """The columns with ids that may be renamed, each with the table of the rows that have them."""
    named = {each.name for each in WITH_SLUG}
    found = [(column, column.target) for column in table.columns if column.target in named and column.name in cells]
    return [*found, *([(table.by_name["id"], table.name)] if table.name in named and "id" in cells else [])]


def _map_ids(column: Column, cell: str, ids: dict[str, str]) -> str:
    if not column.is_list:
        return ids.get(cell, cell)
    return join_list([ids.get(item, item) for item in split_list(cell)])

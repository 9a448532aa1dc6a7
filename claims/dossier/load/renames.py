"""Rows that an editor has given another id: the package may still have the old one."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from claims.dossier.cell_format import digest, flat, join, split
from claims.dossier.package.resources import Package
from claims.dossier.schema import Cells, Column, Table
from claims.dossier.tables import NAMED
from claims.models import OldSlug

Ids = dict[str, dict[str, str]]  # by table


class Renames:
    """The present ids of renamed rows by those that the package has for them, and their first ids by the present."""

    def __init__(self, package: Package) -> None:
        self.present: Ids = {}
        self.first: Ids = {}
        for table in NAMED:
            slugs: dict[int, str] = dict(table.model._default_manager.values_list("pk", "slug"))
            old = OldSlug.objects.filter(content_type=ContentType.objects.get_for_model(table.model))
            pairs = old.order_by("-pk").values_list("slug", "object_id")
            found = [(slug, slugs[pk]) for slug, pk in pairs if pk in slugs]
            taken, given = {*slugs.values()}, {row.cells["id"] for row in package.rows(table.name)}
            self.first[table.name] = {now: slug for slug, now in found}
            self.present[table.name] = {slug: now for slug, now in found if slug not in taken and now not in given}

    def update(self, table: Table, cells: Cells) -> None:
        """Write the present ids into the cells of a package."""
        for column, target in _pointing(table, cells):
            cells[column.name] = _mapped(column, cells[column.name], self.present[target])

    def key(self, table: Table, cells: Cells) -> str:
        """The key under which a row is noted: the same, however often ids change."""
        return flat(table.key_of(self._with_first_ids(table, cells, table.key)))

    def digest(self, table: Table, cells: Cells, names: Iterable[str]) -> str:
        """The digest of these columns of a row: the same, however often ids change."""
        return digest(self._with_first_ids(table, cells, names))

    def _with_first_ids(self, table: Table, cells: Cells, names: Iterable[str]) -> Cells:
        chosen = {name: cells[name] for name in names}
        for column, target in _pointing(table, chosen):
            if self.first[target]:
                chosen[column.name] = _mapped(column, chosen[column.name], self.first[target])
        return chosen


def _pointing(table: Table, cells: Cells) -> list[tuple[Column, str]]:
    """The columns that hold ids of rows that may be renamed, each with the table of these rows."""
    named = {each.name for each in NAMED}
    found = [(column, column.to) for column in table.columns if column.to in named and column.name in cells]
    return [*found, *([(table.by_name["id"], table.name)] if table.name in named and "id" in cells else [])]


def _mapped(column: Column, cell: str, ids: dict[str, str]) -> str:
    if column.part is None:
        return ids.get(cell, cell)
    return join([ids.get(item, item) for item in split(cell)])

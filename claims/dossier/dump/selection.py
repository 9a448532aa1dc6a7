"""A data package of some claims only, with what they refer to: enough to load them elsewhere."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.dossier.cell_format import split_list
from claims.dossier.database import table_rows
from claims.dossier.dump.dump import write_tables
from claims.dossier.schema import Cells, Table
from claims.dossier.tables import (
    ACTORS,
    AFFILIATIONS,
    ATTRIBUTIONS,
    CITATIONS,
    CLAIMS,
    EVENTS,
    ISSUES,
    RELATIONS,
    SOURCES,
    STANCES,
)
from claims.models import Source, State

REFERRED = (EVENTS, SOURCES, ISSUES)  # in an order in which each refers to later ones only


def dump_selection(folder: Path, slugs: Collection[str]) -> int:
    """Write the claims with these ids as a package into a folder; return how many they are.

    Positions, texts and the public log stay behind. So do passages of sources that have been taken down, and claims
    that rest on no others.
    """
    chosen = _Selection(slugs)
    write_tables(folder, {table: chosen.rows[table.name] for table in chosen.ORDER})
    return len(chosen.rows[CLAIMS.name])


def zip_selection(slugs: Collection[str]) -> bytes:
    """The same package as a ZIP file."""
    file = io.BytesIO()
    with TemporaryDirectory() as folder, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        dump_selection(Path(folder), slugs)
        for path in sorted(Path(folder).iterdir()):
            archive.write(path, path.name)
    return file.getvalue()


class _Selection:
    ORDER = (ACTORS, AFFILIATIONS, ISSUES, STANCES, SOURCES, EVENTS, CLAIMS, ATTRIBUTIONS, CITATIONS, RELATIONS)

    def __init__(self, slugs: Collection[str]) -> None:
        self.rows: dict[str, list[Cells]] = {}
        self.wanted: dict[str, set[str]] = defaultdict(set)
        self.hidden = set(Source.objects.exclude(taken_down_at=None).values_list("slug", flat=True))
        citations = [cells for cells in _all(CITATIONS) if cells["source"] not in self.hidden]
        cited = {cells["claim"] for cells in citations}
        claims = [cells for cells in _all(CLAIMS) if cells["id"] in slugs]
        self._keep(CLAIMS, [one for one in claims if one["id"] in cited or one["state"] == State.DRAFT])
        kept = {cells["id"] for cells in self.rows[CLAIMS.name]}
        self._keep(ATTRIBUTIONS, [cells for cells in _all(ATTRIBUTIONS) if cells["claim"] in kept])
        self._keep(CITATIONS, [cells for cells in citations if cells["claim"] in kept])
        self._keep(RELATIONS, [cells for cells in _all(RELATIONS) if {cells["from"], cells["to"]} <= kept])
        for table in REFERRED:
            self._keep(table, [cells for cells in _all(table) if cells["id"] in self.wanted[table.name]])
        self._keep(STANCES, [cells for cells in _all(STANCES) if cells["issue"] in self.wanted[ISSUES.name]])
        persons = self.wanted[ACTORS.name].copy()
        self._keep(AFFILIATIONS, [cells for cells in _all(AFFILIATIONS) if cells["person"] in persons])
        self._keep(ACTORS, [cells for cells in _all(ACTORS) if cells["id"] in self.wanted[ACTORS.name]])

    def _keep(self, table: Table, rows: list[Cells]) -> None:
        """Keep these rows, and note to which others they refer."""
        self.rows[table.name] = rows
        for column in (one for one in table.columns if one.target and not one.composite_key):
            for cells in rows:
                self.wanted[column.target].update(filter(None, split_list(cells[column.name])))


def _all(table: Table) -> list[Cells]:
    return [cells for _, cells in table_rows(table)]

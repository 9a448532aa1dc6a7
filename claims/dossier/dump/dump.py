"""Writes the database as a data package that loads without loss. The same content gives the same bytes."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from claims.dossier.cell_format import EMPTY, to_cell
from claims.dossier.database import lock_tables, table_rows
from claims.dossier.dump import descriptor, provenance
from claims.dossier.package.descriptor import NAME
from claims.dossier.schema import Cells, Column, Table
from claims.dossier.tables import CHANGES, CONTENT, OLD_SLUGS, RECORDS, SNAPSHOTS, TAKEDOWNS


def dump_package(folder: Path) -> dict[str, int]:
    """Write the package into a folder that does not exist yet; return the number of rows of each table, and of texts.

    The folder appears when all is written, or not at all. Raises FileExistsError where it is there already.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} is there already; name a folder that is not.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        package = Path(beside, "package")
        package.mkdir()
        with transaction.atomic():
            lock_tables("SHARE")
            counts = _write_files(package)
        package.rename(folder)
    return counts


def _write_files(folder: Path) -> dict[str, int]:
    texts, captured = _write_texts(folder)
    provenance_rows = {
        RECORDS: provenance.records(),
        SNAPSHOTS: captured,
        TAKEDOWNS: provenance.takedowns(),
        CHANGES: provenance.log_rows(CHANGES),
        OLD_SLUGS: provenance.log_rows(OLD_SLUGS),
    }
    found = {table: [cells for _, cells in table_rows(table)] for table in CONTENT}
    found |= {table: list(rows) for table, rows in provenance_rows.items()}
    counts = write_tables(folder, found, texts)
    return counts | ({"texts": len(texts)} if texts else {})


def write_tables(
    folder: Path, tables: dict[Table, list[Cells]], texts: Sequence[dict[str, Any]] = ()
) -> dict[str, int]:
    """Write these rows as the tables of a package, with its descriptor; return how many rows each table has.

    ``texts`` are the resources of texts that are in the folder already.
    """
    resources, counts = [], {}
    for table, found in tables.items():
        if found or not table.optional:
            columns = [column for column in table.columns if not column.optional or _is_used(table, column, found)]
            _write_csv(folder / f"{table.name}.csv", columns, found)
            resources.append(descriptor.table_resource(table, columns, found))
            counts[table.name] = len(found)
    text = json.dumps(descriptor.package_descriptor([*resources, *texts]), ensure_ascii=False, indent=1)
    (folder / NAME).write_text(f"{text}\n", encoding="utf-8", newline="")
    return counts


def _is_used(table: Table, column: Column, found: Iterable[Cells]) -> bool:
    """Whether any cell of an optional column differs from its default."""
    defaults = (table.defaults(number).get(column.name, "") for number, _ in enumerate(found, 1))
    return any(
        cells[column.name] not in EMPTY and cells[column.name] != default
        for cells, default in zip(found, defaults, strict=True)
    )


def _write_csv(path: Path, columns: Iterable[Column], found: Iterable[Cells]) -> None:
    names = [column.name for column in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cells[name] for name in names] for cells in found)


def _write_texts(folder: Path) -> tuple[list[dict[str, Any]], list[Cells]]:
    """Write the captured texts, unaltered; return their resources for the descriptor, and the rows of ``snapshots``."""
    resources, captured = [], []
    for path, snapshot in provenance.snapshots():
        (folder / "texts").mkdir(exist_ok=True)
        (folder / path).write_text(snapshot.text, encoding="utf-8", newline="")
        resources.append(descriptor.text_resource(path, snapshot.source.slug))
        captured.append({"path": path, "captured_at": to_cell(snapshot.captured_at), "sha256": snapshot.sha256})
    return resources, captured

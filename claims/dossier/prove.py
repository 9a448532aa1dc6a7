"""Notes in a package in which text each of its passages was found: proof that can be given away without the texts."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claims.capture import RefusedText, normalise
from claims.dossier.dump.descriptor import column_entry
from claims.dossier.package.descriptor import NAME, TEXT
from claims.dossier.package.read import read_package
from claims.dossier.schema import Cells
from claims.dossier.tables import CITATIONS
from claims.evidence import find
from claims.models import digest

CHECK = ("checked", "checked_sha256")


@dataclass(frozen=True, slots=True)
class Proof:
    """How many passages a package has, how many of them were looked for in a text, and how many were found there."""

    passages: int
    looked_for: int
    found: int


def prove(folder: Path, texts: Path, on: date) -> Proof:
    """Look for a package's passages in texts named by the sources' ids, and note what is found in its citations.

    What is noted already stays where there is no text of the source, and where the passage stands in the text noted.
    Raises PackageError where the package has faults, RefusedText for a text that could not be kept, OSError where a
    file can't be read or written.
    """
    package, held = read_package(folder), _texts(texts)
    resource = package.tables.get(CITATIONS.name)
    if resource is None:
        return Proof(0, 0, 0)
    rows = [dict.fromkeys(CHECK, "") | row.cells for row in resource.rows]
    looked_for = [cells for cells in rows if cells["source"] in held]
    for cells in looked_for:
        _note(cells, held[cells["source"]], on)
    added = [name for name in CHECK if name not in resource.columns]
    _replace(
        {folder / resource.path: _table([*resource.columns, *added], rows), folder / NAME: _described(folder, added)}
    )
    return Proof(len(rows), len(looked_for), sum(bool(cells["checked"]) for cells in looked_for))


def _texts(folder: Path) -> Mapping[str, list[str]]:
    """The texts by their sources' ids, the oldest first, each in the one form in which texts are kept."""
    found: dict[str, dict[int, str]] = {}
    for path in folder.iterdir():
        if match := TEXT.fullmatch(f"texts/{path.name}"):
            found.setdefault(match[1], {})[int(match[2] or 1)] = _kept(path)
    return {source: [text for _, text in sorted(numbered.items())] for source, numbered in found.items()}


def _kept(path: Path) -> str:
    try:
        return normalise(path.read_bytes().decode())
    except UnicodeDecodeError:
        raise RefusedText(f"{path.name}: it is not UTF-8 text.") from None
    except RefusedText as refused:
        raise RefusedText(f"{path.name}: {refused}") from None


def _note(cells: Cells, texts: Sequence[str], on: date) -> None:
    """Note the first of these texts that has the words in one place; nothing where none has."""
    words = (cells["exact"], cells["prefix"], cells["suffix"])
    having = [digest(text) for text in texts if find(text, *words).span]
    if not having:
        cells |= dict.fromkeys(CHECK, "")
    elif cells["checked_sha256"] not in having:
        cells |= {"checked": on.isoformat(), "checked_sha256": having[0]}


def _table(columns: Sequence[str], rows: Sequence[Cells]) -> str:
    lines = io.StringIO()
    writer = csv.DictWriter(lines, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue()


def _described(folder: Path, added: Sequence[str]) -> str:
    """The package's description, with the columns that are new in it."""
    description = json.loads((folder / NAME).read_text(encoding="utf-8"))
    for resource in description["resources"]:
        if resource["name"] == CITATIONS.name:
            resource["schema"]["fields"] += [column_entry(CITATIONS, CITATIONS.by_name[name], ()) for name in added]
    return f"{json.dumps(description, ensure_ascii=False, indent=1)}\n"


def _replace(files: Mapping[Path, str]) -> None:
    """Write all files beside their old ones before the first is put into its place."""
    for path, text in files.items():
        path.with_name(f"{path.name}.new").write_text(text, encoding="utf-8", newline="")
    for path in files:
        path.with_name(f"{path.name}.new").replace(path)

"""Reads the files of a package as rows and texts. Checks encoding, CSV and headers, but not what the cells hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.dossier.faults import Faults, quote
from claims.dossier.package import descriptor, spreadsheets
from claims.dossier.package.descriptor import Descriptor, Resource
from claims.dossier.schema import Cells, Table
from claims.dossier.tables import TABLES
from conflict_site.base import csv_records
from conflict_site.base.csv_records import BrokenRecord
from conflict_site.base.json_places import Lines

LARGEST_FILE = 500_000_000  # bytes
UTF16 = (b"\xff\xfe", b"\xfe\xff")
UTF8_MARK = "\ufeff"


@dataclass(slots=True)
class Row:
    """One row: the line on which it begins, and its cells by column. ``broken`` if their number is wrong."""

    line: int
    cells: Cells
    broken: bool = False


@dataclass(slots=True)
class TableResource:
    """One table as read from its file, as ``entry`` lists it.

    ``header`` are the columns of the file, ``columns`` those with a name. Rows also have the defaults of ``table``.
    """

    table: Table
    entry: Resource
    header: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The path of the file within the package."""
        return self.entry.path

    @property
    def schema(self) -> dict[str, Any]:
        """What the descriptor says of the columns."""
        return self.entry.schema

    def name_of(self, number: int) -> str:
        """The name of a column by its number from 1; the number itself where it has none."""
        return (self.header[number - 1] if number <= len(self.header) else "") or str(number)


@dataclass(slots=True)
class TextResource:
    """The text of a source as read from its file. ``number`` counts the captures of one source, the oldest first."""

    path: str
    source: str
    number: int
    text: str


@dataclass(slots=True)
class Package:
    """The contents of all files. ``unreadable`` are the names of tables that could not be read to the end."""

    descriptor: Descriptor
    tables: dict[str, TableResource] = field(default_factory=dict)
    texts: list[TextResource] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def rows(self, name: str) -> list[Row]:
        """The rows of a table; none where the package lacks it."""
        return self.tables[name].rows if name in self.tables else []


def read(folder: Path, faults: Faults) -> Package:
    """The package in a folder, as far as it can be read. The rest is added to the faults."""
    package = Package(descriptor.read(folder, faults))
    faults.files = [entry.path for entry in package.descriptor.resources]
    for entry in package.descriptor.resources:
        if entry.is_text:
            package.texts += _read_text(folder, entry, faults)
            continue
        resource = TableResource(TABLES[entry.name], entry)
        package.tables[entry.name] = resource
        if not _read_rows(resource, folder / resource.path, faults):
            package.unreadable.add(entry.name)
    return package


def _read_text(folder: Path, resource: Resource, faults: Faults) -> Iterator[TextResource]:
    text = _decode(folder / resource.path, resource.path, faults)
    match = descriptor.TEXT.fullmatch(resource.path)
    if text is None or match is None:
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line, column = Lines(text).at(error.start)
        faults.add(resource.path, "it is not UTF-8 text", line, str(column))
    else:
        yield TextResource(resource.path, match[1], int(match[2] or 1), text)


def _decode(path: Path, name: str, faults: Faults) -> str | None:
    """The text of a file, None where it can't be read. Bytes that are not UTF-8 become lone surrogates: the check of
    the cell reports them with line and column."""
    if path.stat().st_size > LARGEST_FILE:
        faults.add(name, "it is larger than 500 MB", 1, "1")
        return None
    data = path.read_bytes()
    if data.startswith(UTF16) or b"\0" in data[:100]:
        faults.add(name, "it is not UTF-8 text, perhaps UTF-16; save it as UTF-8", 1, "1")
        return None
    return data.decode("utf-8", "surrogateescape")


def _read_rows(resource: TableResource, path: Path, faults: Faults) -> bool:
    """Read the rows of a table; return whether all could be read."""
    text = _decode(path, resource.path, faults)
    if text is None:
        return False
    text = text.removeprefix(UTF8_MARK)
    records = _records(text, resource, faults)
    line, header = next(records, (1, []))
    if spreadsheets.is_separator_line(header):
        line, header = next(records, (2, []))
    header = [name.strip() for name in header]
    columns = [name for name in header if name]
    if not (line and _header_fits(resource, columns, line, faults)):
        return False
    resource.header, resource.columns = header, columns
    empty = 0
    for line, cells in records:
        if not line:
            return False
        if not any(cells) and (resource.table.key or not cells):  # no fault where nothing but such lines follow
            empty = empty or line
            continue
        if empty:
            faults.add(resource.path, "the line is empty", empty, columns[0])
            empty = 0
        resource.rows.append(_row(resource, header, line, cells, faults))
    return True


def _records(text: str, resource: TableResource, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file, each with the line on which it begins; line 0 where it can't be read further."""
    try:
        yield from csv_records.records(text, spreadsheets.separator(text, resource.table.by_name))
    except BrokenRecord as error:
        faults.add(resource.path, str(error), error.line, resource.name_of(error.cell))
        yield 0, []


def _header_fits(resource: TableResource, header: list[str], line: int, faults: Faults) -> bool:
    """Whether the columns of the file are those of our table, and those of the descriptor; ``line`` has them."""
    known = resource.table.by_name
    described = [each["name"] for each in resource.schema["fields"]]
    missing = [name for name, column in known.items() if not column.optional and name not in header]
    problems = dict.fromkeys(missing, "the column is missing")
    problems |= {name: f"unknown column {quote(name)}" for name in header if name not in known}
    problems |= {name: "the column stands there twice" for name in known if header.count(name) > 1}
    if not problems and sorted(described) != sorted(header):
        other = next((name for name in header if name not in described), header[0])
        problems = {other: f"{descriptor.NAME} describes other columns: {', '.join(described)}"}
    for name, problem in problems.items():
        faults.add(resource.path, problem, line, name)
    return not problems


def _row(resource: TableResource, header: list[str], line: int, cells: list[str], faults: Faults) -> Row:
    """The row of these cells. Too few or too many are a fault; the row stays, so that its id can be referred to."""
    problem, number = _problem_of_cells(header, cells)
    if problem:
        faults.add(resource.path, problem, line, resource.name_of(number))
    cells = (cells + [""] * len(header))[: len(header)]
    read = {name: cell for name, cell in zip(header, cells, strict=True) if name}
    for name, cell in resource.table.defaults(len(resource.rows) + 1).items():
        read[name] = read.get(name) or cell
    spreadsheets.tidy(resource.table, read)
    return Row(line, read, bool(problem))


def _problem_of_cells(header: list[str], cells: list[str]) -> tuple[str, int]:
    """What is wrong with the number of a row's cells, and from which cell on; "" if nothing.

    Empty ones beyond the last column do not count.
    """
    wanted = max(number for number, name in enumerate(header, 1) if name)
    filled = max((number for number, cell in enumerate(cells, 1) if cell), default=0)
    if len(cells) < wanted or filled > len(header):
        return f"{len(cells)} cells instead of {sum(map(bool, header))}", min(len(cells), len(header)) + 1
    nameless = next(
        (number for number, name in enumerate(header[: len(cells)], 1) if not name and cells[number - 1]), 0
    )
    told = f"cell {nameless}, {quote(cells[nameless - 1])}, stands in a column without a name" if nameless else ""
    return told, nameless

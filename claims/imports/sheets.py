"""A table of statements, from CSV or XLSX: its columns, and its rows with their lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.dossier import quote
from claims.formats import csv_file
from claims.formats import sheets as exported
from claims.imports import workbook
from claims.imports.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, check_size, refuse
from conflict_site.base import csv_records
from conflict_site.base.csv_records import SIGNS, BrokenRecord
from conflict_site.base.json_places import Lines
from conflict_site.base.spelling import UNSEEN

BYTE_ORDER_MARK = "\ufeff"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
PACKED, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names of the columns, and each row as its line and cells, as many as there are columns."""

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read(file: str, data: bytes) -> Sheet:
    """The table in a file. Raises PackageError, with line and column, where it is none."""
    header, records = _opened(file, data)
    return Sheet(file, header, list(_rows(file, header, records)))


def read_header(file: str, data: bytes) -> list[str]:
    """The names of the columns of the table in a file; its rows are not read. Raises PackageError as ``read`` does."""
    return _opened(file, data)[0]


def _opened(file: str, data: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    check_size(file, data)
    if data.startswith(OLD_EXCEL):
        refuse(file, "it is encrypted, or in Excel’s format before 2007; save it as XLSX without a password, or as CSV")
    records = workbook.records(file, data) if data.startswith(PACKED) else _records(file, text_of(file, data))
    line, header = next(records, (1, []))
    while header and not any(map(str.strip, header)):
        line, header = next(records, (line + 1, []))
    return _header(file, line, header), records


def text_of(file: str, data: bytes) -> str:
    """A file as text. Raises PackageError, with line and column, where it is not UTF-8 or holds a NUL."""
    if data.startswith(UTF16) or b"\0" in data[:4]:
        refuse(file, "it is not UTF-8 text, perhaps UTF-16; save it as UTF-8")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = Lines(before).at(len(before))
        refuse(file, "it is not UTF-8 text; save it as UTF-8", line, str(column))
    if "\0" in text:
        line, column = Lines(text).at(text.index("\0"))
        refuse(file, "there is a NUL, which no text may hold; take it out", line, str(column))
    return text.removeprefix(BYTE_ORDER_MARK)


def _records(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"').removeprefix("sep=")
    if said in SIGNS and "sep=" in first:
        found, skipped, sign = rest, 1, said
    else:
        found, skipped, sign = text, 0, max(SIGNS, key=first.count)
    is_own = False  # a table of ours, in which cells were made safe for spreadsheets
    try:
        for line, cells in csv_records.records(found, sign):
            is_own = is_own or cells[: len(exported.COLUMNS)] == [*exported.COLUMNS]
            yield line + skipped, [*map(csv_file.as_it_was, cells)] if is_own else cells
    except BrokenRecord as error:
        refuse(file, str(error), error.line + skipped, str(error.cell))


def _header(file: str, line: int, cells: list[str]) -> list[str]:
    """The names of the columns, those without a name by their number. Raises PackageError."""
    names = [" ".join(name.strip(UNSEEN).split()) for name in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        refuse(file, "there are no names of columns")
    if len(names) > MOST_COLUMNS:
        refuse(file, f"there are more than {MOST_COLUMNS} columns", line, str(MOST_COLUMNS + 1))
    names = [name[:200] or f"column {number}" for number, name in enumerate(names, 1)]
    for number, name in enumerate(names):
        if name in names[:number]:
            refuse(file, f"the column {quote(name)} stands there twice", line, name)
    return names


def _rows(file: str, header: list[str], records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    count = 0
    for line, cells in records:
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS:
            refuse(file, f"there are more than {MOST_ROWS:,} rows; divide it", line, header[0])
        if any(cells[len(header) :]):
            refuse(file, f"{len(cells)} cells instead of {len(header)}", line, str(len(header) + 1))
        for name, cell in zip(header, cells, strict=False):
            if len(cell) > LONGEST_CELL:
                refuse(file, f"a cell is longer than {LONGEST_CELL:,} characters", line, name)
        yield line, (cells + [""] * len(header))[: len(header)]
    if not count:
        refuse(file, "there are no rows below the names of the columns")

"""The rows of an XLSX workbook's first sheet, as text."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from claims.imports import archive
from claims.imports.limits import MOST_COLUMNS, MOST_ROWS, refuse

DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OTHER_ENCODING = re.compile(rb"\A(?:\xff\xfe|\xfe\xff|.{0,200}?encoding=[\"'](?!utf-?8[\"']))", re.IGNORECASE)
LINKS = "xl/externalLinks/"
MACROS = "xl/vbaProject.bin"
# What openpyxl raises at parts that hold what no workbook has.
ODD = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
    ParseError,
    SyntaxError,
)
EMPTY_ROWS = 1_000  # in a row, after which a sheet is taken to have ended


def records(file: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet, each with its number. Formulas count by the values that were saved with them.

    Raises PackageError where it is no workbook, or one that reaches out of itself.
    """
    _check_parts(file, data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        yield from _rows(file, book.worksheets[0])
    except ODD as error:
        refuse(file, f"it is no XLSX workbook that can be read ({type(error).__name__})")


def _check_parts(file: str, data: bytes) -> None:
    parts = archive.opened(file, data)
    names = parts.namelist()
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        refuse(file, "it is no XLSX workbook")
    if any(name.startswith(LINKS) for name in names):
        refuse(file, "it has links to other workbooks; paste their values, and save it again")
    if MACROS in names:
        refuse(file, "it holds macros; save it as XLSX, or as CSV")
    for name in names:
        if name.endswith((".xml", ".rels")):
            text = parts.read(name)
            if DECLARED.search(text) or OTHER_ENCODING.match(text):
                refuse(f"{file}/{name}", "it declares entities or another encoding, as no spreadsheet program does")


def _rows(file: str, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # which may be forged
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
        row = [_text(value) for value in cells]
        empty = 0 if any(row) else empty + 1
        if empty > EMPTY_ROWS:
            return
        if number > MOST_ROWS + EMPTY_ROWS:
            refuse(file, f"there are more than {MOST_ROWS:,} rows; divide it", number)
        yield number, _shorn(row)


def _shorn(row: list[str]) -> list[str]:
    """The row without empty cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

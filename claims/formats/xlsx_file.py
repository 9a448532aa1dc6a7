"""Tables as workbooks (ECMA-376), sent while they are written. Every cell is text or a number, and never a formula.

openpyxl makes the workbook with its head; the rows are put into its sheet here. It could only end a file that it has
all of: nothing would come until the whole is made, and it would go on for a reader who has gone.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import batched
from typing import Any, cast
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 200_000  # under the head; Excel takes five times as many, but a sheet in a file sent like this has 2 GB
LONGEST_CELL = 32_767  # characters that Excel takes
AT_ONCE = 50  # rows that are sent together
SHEET = "xl/worksheets/sheet1.xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same rows are the same bytes
MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ENDS = b"</sheetData>"
CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A


class _Passing(io.RawIOBase):
    """A file that keeps what is written to it until it is taken, and knows no way back."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        kept, self._kept = self._kept, []
        return b"".join(kept)


def pieces(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The bytes of a workbook with one sheet: a head that stays in sight, and then each row."""
    file = _Passing()
    with zipfile.ZipFile(cast(Any, file), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _empty(title, tuple(head)).items():
            with archive.open(_entry(name), "w") as part:
                before, ends, after = data.partition(ENDS) if name == SHEET else (data, b"", b"")
                part.write(before)
                for some in batched(rows if ends else (), AT_ONCE):
                    part.write("".join(map(_row, some)).encode())
                    yield file.taken()
                part.write(ends + after)
    yield file.taken()


@cache
def _empty(title: str, head: tuple[str, ...]) -> dict[str, bytes]:
    """The parts of a workbook without a row under its head, by name; the sheet is the last."""
    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}1"
    sheet.append(head)
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: MOMENT.sub(b"2000-01-01T00:00:00Z", archive.read(name)) for name in archive.namelist()}
    return parts | {SHEET: parts.pop(SHEET)}


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(cells: Sequence[object]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if value is None or value == "":
        return "<c/>"
    text = CODE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", str(value)))[:LONGEST_CELL]
    text = escape(text, {"\r": "&#13;"})
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

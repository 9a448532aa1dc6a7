"""The records of a CSV text, each with its line; where it can't be read on, with line and cell. Pure."""

import csv
import io
import re
from collections.abc import Iterator

LARGEST_CELL = 1_000_000  # characters
SIGNS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
CSV_ERRORS = {
    "unexpected end of data": "a quotation mark is opened in this row and never closed",
    "field larger": "a cell is larger than 1 MB; perhaps a quotation mark is never closed",
    "expected after": "after a closing quotation mark there must be {}; double the quotation marks within a cell",
    "new-line": "there is a stray carriage return; end lines with a line feed",
}


class BrokenRecord(ValueError):
    """The text can't be read on from the record that begins on ``line``, at its ``cell`` (from 1)."""

    def __init__(self, words: str, line: int, cell: int) -> None:
        super().__init__(words)
        self.line, self.cell = line, cell


def records(text: str, sign: str) -> Iterator[tuple[int, list[str]]]:
    """The line on which each record begins, and its cells, which ``sign`` parts. Raises BrokenRecord."""
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            told = next((words for part, words in CSV_ERRORS.items() if part in str(error)), str(error))
            raise BrokenRecord(told.format(SIGNS[sign]), line, _broken_cell(text, line, sign)) from None


def _broken_cell(text: str, line: int, sign: str) -> int:
    """The number, from 1, of the cell at which the record that begins on this line can't be read further."""
    file = io.StringIO(text, newline="")
    for _ in range(line - 1):
        file.readline()
    rest, at, number = file.read(), 0, 1
    cell = re.compile(rf'"(?:[^"]|"")*+"(?=[{sign}\r\n]|$)|[^"{sign}\r\n][^{sign}\r\n]*|')
    while (found := cell.match(rest, at)) and len(found[0]) <= LARGEST_CELL and rest.startswith(sign, found.end()):
        at, number = found.end() + 1, number + 1
    return number

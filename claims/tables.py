"""Tables as CSV (RFC 4180) for spreadsheets and programs alike. Pure.

The text begins with a byte order mark: without it Excel reads UTF-8 as the code page of the machine and garbles every
name outside it. Python (``utf-8-sig``), R and pandas skip it.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"
# OWASP, "CSV Injection": what a spreadsheet may take for the beginning of a formula, in full width too.
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that hands back what is written to it, so that each row can be sent at once."""

    def write(self, text: str) -> str:
        return text


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe is put before what looks like one.

    None is empty. The rule is OWASP's; a program that needs the very words takes the JSON at the same address.
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file, a head and then each row; every cell is made safe."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + str(writer.writerow(head))
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))

"""Tables as CSV (RFC 4180) for spreadsheets and programs alike. Pure.

The text begins with a byte order mark: without it Excel reads UTF-8 as the code page of the machine and garbles every
name outside it. Python (``utf-8-sig``), R and pandas skip it. Cells stand in quotes, because LibreOffice proposes to
divide lines at semicolons and tabs as well.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"
# OWASP, "CSV Injection": what a spreadsheet may take for the beginning of a formula, in full width too. If it divides
# lines at tabs, or at semicolons as Excel does where decimals have a comma, cells begin within ours, whatever we quote.
SIGN = "[-=+@＝＋－＠]"
FORMULA = re.compile(rf'^(?=[\t\r\n]|{SIGN})|(?<=[;\t\r\n])(?="*{SIGN})')
APOSTROPHE = re.compile(rf"^'(?=[\t\r\n]|{SIGN})|(?<=[;\t\r\n])'(?=\"*{SIGN})")  # that ``safe`` has put there


class _Echo:
    """A file that hands back what is written to it, so that each row can be sent at once."""

    def write(self, text: str) -> str:
        return text


def safe(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula: an apostrophe is put before what looks like one.

    None is empty. The rule is OWASP's; a program that needs the very words takes the JSON at the same address.
    """
    return "" if cell is None else FORMULA.sub("'", str(cell))


def as_it_was(cell: str) -> str:
    """The text that ``safe`` has made such a cell of."""
    return APOSTROPHE.sub("", cell)


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file, a head and then each row; every cell is made safe.

    The head has no quotes: next to the byte order mark some programs take one for an error.
    """
    yield BYTE_ORDER_MARK + str(csv.writer(_Echo()).writerow(head))
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))

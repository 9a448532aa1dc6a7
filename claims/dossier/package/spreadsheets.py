"""What spreadsheets do to a table when they save it as CSV: accepted where it can mean one thing only."""

import csv
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from claims.dossier.faults import quote
from claims.dossier.schema import Cells, Column, Table
from conflict_site.base import edtf

SEPARATORS = (",", ";", "\t")
SEP_LINE = re.compile(r"\"?sep=([,;\t])\"?\s*")  # Excel's own way to say it, in a line before the header
MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
YEAR_MONTH_DAY = re.compile(r"([0-9]{4})([./])([0-9]{1,2})\2([0-9]{1,2})")
MONTH_YEAR = re.compile(r"([0-9]{1,2})[./]([0-9]{4})")
SHORT_YEAR = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}")
MONTH_BY_NAME = re.compile(r"([0-9]{1,2}[- .])?[^\W\d_]{3,9}\.?[- ]([0-9]{2}|[0-9]{4})|[0-9]{1,2}[- ][^\W\d_]{3,9}")
DAY_NUMBER = re.compile(r"[2-6][0-9]{4}")
FIRST_DAY = date(1899, 12, 30)  # the day 0 of spreadsheets, after 1 March 1900
FLAGS = {"true": "true", "false": "false"}


def separator(text: str, columns: Iterable[str]) -> str:
    """What stands between the cells of a file: that by which its header has most of the columns; a comma in doubt."""
    lines = text[:100_000].splitlines() or [""]
    if said := SEP_LINE.fullmatch(lines[0]):
        return said[1]
    known = set(columns)
    return max(SEPARATORS, key=lambda sign: len(known & set(_cells(lines[0], sign))))


def is_separator_line(cells: list[str]) -> bool:
    """Whether a record only says what stands between the cells."""
    return bool(cells) and cells[0].startswith("sep=") and not any(cells[1:])


def tidy(table: Table, cells: Cells) -> None:
    """Rewrite, in place, dates and flags that a spreadsheet has written in its own way, as far as they are clear."""
    for name, kind in _kinds(table).items():
        if name in cells:
            cells[name] = FLAGS.get(cells[name].lower(), cells[name]) if kind == "flag" else _iso(cells[name])


def is_date(column: Column, field: Any) -> bool:
    """Whether the cells of a column are dates."""
    return column.field_name.endswith("_edtf") or field.get_internal_type() == "DateField"


def date_problem(cell: str) -> str:
    """Why a date that a spreadsheet may have written is not clear; "" where it was none."""
    if found := DAY_MONTH_YEAR.fullmatch(MIDNIGHT.sub("", cell)):
        return _ambiguity(cell, int(found[1]), int(found[3]), int(found[4]))
    if SHORT_YEAR.fullmatch(cell):
        return f"{quote(cell)} has a year of two digits; write the date as 2024-05-01"
    if MONTH_BY_NAME.fullmatch(cell):
        return f"{quote(cell)} is perhaps what a spreadsheet made of a date; write it as 2024-05-01, 2024-05 or 2024"
    if DAY_NUMBER.fullmatch(cell):
        day = FIRST_DAY + timedelta(days=int(cell))
        return f"{quote(cell)} is perhaps a spreadsheet's number for {day}; write the date itself"
    return ""


def _cells(line: str, sign: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])]


def _kinds(table: Table) -> dict[str, str]:
    """Which columns of a table hold dates or flags."""
    fields = table.fields
    dates = {name: "date" for name, field in fields.items() if is_date(table.by_name[name], field)}
    return dates | {name: "flag" for name, field in fields.items() if field.get_internal_type() == "BooleanField"}


def _iso(cell: str) -> str:
    """A date as the package writes it, where it can mean one day or month only; else as it is."""
    bare = MIDNIGHT.sub("", cell)
    if found := YEAR_MONTH_DAY.fullmatch(bare):
        return _day(found[1], found[3], found[4]) or cell
    if found := MONTH_YEAR.fullmatch(bare):
        return _day(found[2], found[1], "1")[:7] or cell
    if found := DAY_MONTH_YEAR.fullmatch(bare):
        first, sign, second, year = found.groups()
        days = {_day(year, second, first), *([] if sign == "." else [_day(year, first, second)])} - {""}
        return days.pop() if len(days) == 1 else cell
    return bare if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", bare) else cell


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _ambiguity(cell: str, first: int, second: int, year: int) -> str:
    """That a day and a month, both up to 12, may be the other way round; "" where neither is one."""
    if not (1 <= first <= 12 and 1 <= second <= 12):
        return ""
    one, other = date(year, second, first), date(year, first, second)
    words = " or ".join(edtf.parse(day.isoformat()).words() for day in (one, other))
    return f"{quote(cell)} is ambiguous, it may be {words}; write {one} or {other}"

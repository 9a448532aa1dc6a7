"""Dates as tables hold them. Pure."""

import re
from datetime import date

from conflict_site.base import edtf, typed_dates

AS_WRITTEN, DAY_FIRST, MONTH_FIRST = "as_written", "day_first", "month_first"
ORDERS = {
    AS_WRITTEN: "as they stand; one that may be two dates is refused",
    DAY_FIRST: "the day first: 03/04/2024 is 3 April",
    MONTH_FIRST: "the month first: 03/04/2024 is 4 March",
}
EITHER = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}\S*(?: ?UTC)?")


def read(typed: str, order: str = AS_WRITTEN) -> str:
    """The date in a cell, in the subset of EDTF used here; "" for an empty one. Raises edtf.InvalidDate."""
    typed = " ".join(typed.split())
    if not typed:
        return ""
    if found := WITH_TIME.fullmatch(typed):
        typed = found[1]
    if order != AS_WRITTEN and (found := EITHER.fullmatch(typed)):
        typed = _ordered(typed, *found.groups(), order=order)
    try:
        return edtf.parse(typed).edtf
    except edtf.InvalidDate:
        first, last = typed_dates.read(typed)
        return first if first == last else f"[{first}..{last}]"


def _ordered(typed: str, one: str, other: str, year: str, *, order: str) -> str:
    day, month = (one, other) if order == DAY_FIRST else (other, one)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return typed

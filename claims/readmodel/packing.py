"""Whole columns out of the database at once: packed there, and never taken apart row by row here.

The one place that knows engines apart. SQLite joins a column to one text, in which numpy reads numbers, or dates
of a fixed width; PostgreSQL joins the eight bytes of each number.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db.backends.utils import CursorWrapper

from claims.readmodel.bits import Array

NO_DAY = -719_528  # days from 1970-01-01 to 0000-01-01: before all dates there are
NO_DATE = "0000-01-01"
DAY = 86_400_000_000  # microseconds

PACKED = {
    "sqlite": {
        "number": "group_concat(coalesce({0}, 0))",
        "day": f"group_concat(coalesce({{0}}, '{NO_DATE}'), '')",
        "moment": f"group_concat(substr(coalesce({{0}}, '{NO_DATE} 00:00:00') || '.000000', 1, 26), '')",
        "letters": "group_concat((coalesce(unicode({0}), 0) << 42) + (coalesce(unicode(substr({0}, 2)), 0) << 21)"
        " + coalesce(unicode(substr({0}, 3)), 0))",
    },
    "postgresql": {
        "number": "string_agg(int8send(coalesce({0}, 0)::bigint), '')",
        "day": f"string_agg(int8send(coalesce({{0}} - DATE '1970-01-01', {NO_DAY})::bigint), '')",
        "moment": f"string_agg(int8send(coalesce(extract(epoch FROM {{0}}) * 1000000, {NO_DAY * DAY})::bigint), '')",
        "letters": "string_agg(int8send((ascii({0})::bigint << 42) + (ascii(substr({0}, 2))::bigint << 21)"
        " + ascii(substr({0}, 3))), '')",
    },
}
type Columns = Mapping[str, tuple[str, str]]

TEXTS = {"day": ("S10", "datetime64[D]"), "moment": ("S26", "datetime64[us]")}


def read(cursor: CursorWrapper, *wanted: tuple[Columns, str]) -> list[dict[str, Array]]:
    """For each of several tables the columns of some rows, in any order, but all in the same one, as whole numbers.

    Columns are by name: the kind, and the SQL. A "number" (none is 0), a "day" (since 1970; ``NO_DAY``), a "moment" (in
    microseconds since 1970, UTC) or the "letters" of a short text, as ``letters`` has them. Then the SQL behind FROM.
    One query for all: a change is read by some ten tables, and a question takes longer than its answer.
    """
    packed = PACKED[cursor.db.vendor]
    selected = [", ".join(packed[kind].format(sql) for kind, sql in columns.values()) for columns, _ in wanted]
    tables = [
        f"(SELECT {columns} FROM {rows}) AS table{number}"  # noqa: S608 (of names and numbers that are our own)
        for number, (columns, (_, rows)) in enumerate(zip(selected, wanted, strict=True))
    ]
    cursor.execute(f"SELECT * FROM {', '.join(tables)}")  # noqa: S608
    blobs = iter(cursor.fetchone())
    return [{name: _numbers(kind, next(blobs)) for name, (kind, _) in columns.items()} for columns, _ in wanted]


def letters(text: str) -> int:
    """The number for a text of up to three letters, which tells all such texts apart."""
    first, second, third = (ord(letter) for letter in text[:3].ljust(3, "\0"))
    return (first << 42) + (second << 21) + third


def text_of(number: int) -> str:
    """The text for which ``letters`` gives this number."""
    codes = (number >> 42, number >> 21 & 0x1FFFFF, number & 0x1FFFFF)
    return "".join(chr(code) for code in codes if code)


def _numbers(kind: str, blob: Any) -> Array:
    """The numbers of a column; all but moments in half the memory, where they fit."""
    numbers = _unpacked(kind, blob) if blob else np.zeros(0, np.int64)
    limits = np.iinfo(np.int32)
    is_small = kind != "moment" and limits.min <= numbers.min(initial=0) and numbers.max(initial=0) <= limits.max
    return numbers.astype(np.int32) if is_small else numbers


def _unpacked(kind: str, blob: Any) -> Array:
    if not isinstance(blob, str):
        return np.frombuffer(blob, ">i8").astype(np.int64)
    if kind in TEXTS:
        width, unit = TEXTS[kind]
        return np.frombuffer(blob.encode(), width).astype(unit).astype(np.int64)
    return np.fromstring(blob, np.int64, sep=",")

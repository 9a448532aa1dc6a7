"""Pages by key: a page begins after a known row, so that a late page costs what the first does.

A cursor reads ``2025-06-04~123``: what the last row of the page before is sorted by, and its number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

PAGE_SIZE = 25
LARGEST = 2**63 - 1  # of the numbers that a database takes

SORTS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "relevance": "Best match first",
    "recorded": "Last recorded first",
}


class InvalidCursor(ValueError):
    """The text is no cursor of this order."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after which a page begins."""

    key: Any
    pk: int


@dataclass(frozen=True, slots=True)
class Notation:
    """How a cursor writes what rows are sorted by."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]

    def text(self, cursor: Cursor) -> str:
        """The cursor as an address writes it."""
        return f"{self.write(cursor.key)}~{cursor.pk}"

    def parse(self, text: str) -> Cursor:
        """The cursor that a text writes. Raises InvalidCursor."""
        key, _, pk = text.partition("~")
        try:
            cursor = Cursor(self.read(key), int(pk))
        except ValueError:
            raise InvalidCursor(text) from None
        if self.text(cursor) != text or not 0 < cursor.pk <= LARGEST:
            raise InvalidCursor(text)
        return cursor


def _number(text: str) -> int:
    number = int(text)
    if number > LARGEST:
        raise ValueError(text)
    return number


def _write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat()


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MOMENTS = Notation(_write_moment, _read_moment)
DAYS = Notation(date.isoformat, date.fromisoformat)
NUMBERS = Notation(str, _number)


def notation(sort: str) -> Notation:
    """How a cursor is written in a sort (one of ``SORTS``)."""
    return {"relevance": NUMBERS, "recorded": MOMENTS}.get(sort, DAYS)

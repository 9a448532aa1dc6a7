"""Orders of claims, and pages by key: a page begins after a known row, so that a late page costs what the first does.

A cursor reads ``2025-06-04~123``: what the last row of the page before is sorted by, and its number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Length

from claims.querysets import ClaimQuerySet

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
class Order:
    """What claims are sorted by (their number decides between equals), and how a cursor writes it."""

    key: Any
    descending: bool
    write: Callable[[Any], str]
    read: Callable[[str], Any]

    def sort(self, claims: ClaimQuerySet) -> ClaimQuerySet:
        """The claims in this order, with ``sort_key``."""
        names = ("-sort_key", "-pk") if self.descending else ("sort_key", "pk")
        return claims.annotate(sort_key=self.key).order_by(*names)

    def after(self, claims: ClaimQuerySet, cursor: Cursor | None) -> ClaimQuerySet:
        """Of sorted claims, those after the cursor; all without one."""
        if cursor is None:
            return claims
        beyond, passed = ("lte", "gte") if self.descending else ("gte", "lte")
        equal = {"sort_key": cursor.key, f"pk__{passed}": cursor.pk}
        return claims.filter(**{f"sort_key__{beyond}": cursor.key}).exclude(**equal)

    def cursor_of(self, claim: Any) -> str:
        """The cursor of the page after a sorted claim."""
        return self.text(Cursor(claim.sort_key, claim.pk))

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


def order(sort: str, clock: str) -> Order:
    """The order of a sort (one of ``SORTS``). Newest and oldest go by the clock chosen; claims ``by_clock`` have it.

    A best match holds the fewest other words. That is the order of BM25, too: every word must match, and an index of
    distinct words counts each once, so that the length alone decides; and it is the same on every engine.
    """
    if sort == "relevance":
        return Order(Length("words__forms"), False, str, _number)
    if sort == "recorded":
        return Order(F("created_at"), True, _write_moment, _read_moment)
    descending = sort != "oldest"
    undated = date.min if descending else date.max  # so that they come last
    key = F("said_earliest") if clock == "said" else Coalesce("clock_first", undated)
    return Order(key, descending, date.isoformat, date.fromisoformat)


def _number(text: str) -> int:
    number = int(text)
    if number > LARGEST:
        raise ValueError(text)
    return number


def _write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat()


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

"""The claims that hold words, by each engine's own index: the one place at which a search leaves the read model."""

from typing import Any

from django.db import connections, router
from django.db.models import F, QuerySet
from django.db.models.functions import Length

from claims.browser.index.bits import Array
from claims.browser.index.packing import read
from claims.models import Claim
from claims.search import matching


def holding(phrase: str) -> Array:
    """The keys of the claims, in any state, that hold all words of a phrase. One query."""
    return _packed(matching(phrase).values(key=F("pk")), "key")["key"]


def lengths(phrase: str) -> tuple[Array, Array]:
    """The same, with the length of all words that each of them is found by."""
    found = _packed(matching(phrase).values(key=F("pk"), length=Length("words__forms")), "key", "length")
    return found["key"], found["length"]


def _packed(claims: QuerySet[Any, Any], *columns: str) -> dict[str, Array]:
    sql, params = claims.order_by().query.sql_with_params()
    with connections[router.db_for_read(Claim)].cursor() as cursor:
        return read(cursor, {name: ("number", name) for name in columns}, f"({sql}) AS found", params)

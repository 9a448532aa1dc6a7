"""The claims that hold words, by each engine's own index: the one place at which a search leaves the read model."""

from collections.abc import Sequence

import numpy as np
from django.db import connections, router

from claims.models import Claim, ClaimWords
from claims.readmodel.bits import Array
from claims.readmodel.packing import Columns, read
from claims.search import lookup

KEY = {"key": ("number", "claim_id")}
LENGTH = {"length": ("number", "length(forms)")}
NONE = np.zeros(0, np.int64)


def holding(phrase: str) -> Array:
    """The keys of the claims, in any state, that a search finds. One query."""
    found = lookup(phrase)
    return _read(KEY, f"({found[0]}) AS found", found[1])["key"] if found else NONE


def lengths(phrase: str) -> tuple[Array, Array]:
    """The same, with the length of all words that each of them is found by."""
    found = lookup(phrase)
    if found is None:
        return NONE, NONE
    rows = _read(KEY | LENGTH, f"{ClaimWords._meta.db_table} WHERE claim_id IN ({found[0]})", found[1])
    return rows["key"], rows["length"]


def _read(columns: Columns, rows: str, params: Sequence[str]) -> dict[str, Array]:
    with connections[router.db_for_read(Claim)].cursor() as cursor:
        return read(cursor, columns, rows, params)

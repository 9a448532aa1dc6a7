"""Published claims as the tables have them: a column each, and pairs of claim and value for what can be many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.backends.utils import CursorWrapper

from claims.models import Act, AttributionStep, Citation, Claim, Form, Identification, State
from claims.readmodel import packing
from claims.readmodel.bits import Array
from claims.readmodel.packing import Columns

AT_A_TIME = 100_000  # claims: what is packed and not yet unpacked takes some megabytes

type Pairs = tuple[Array, Array]


def _choice(column: str, choices: Any) -> tuple[str, str]:
    """A column of choices as places on their list."""
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(choices.values))
    return "number", f"CASE {column} {cases} END"


CLAIM = {
    "id": ("number", "id"),
    "speaker": ("number", "speaker_id"),
    "on_behalf_of": ("number", "on_behalf_of_id"),
    "act": _choice("act", Act),
    "form": _choice("form", Form),
    "first": ("day", "said_earliest"),
    "last": ("day", "said_latest"),
    "created": ("moment", "created_at"),
    "published": ("moment", "published_at"),
}
OF_A_CLAIM: list[tuple[Any, Columns]] = [
    (Claim.issues.through, {"issue": ("number", "issue_id")}),
    (Claim.events.through, {"event": ("number", "event_id")}),
    (Claim.addressees.through, {"addressee": ("number", "actor_id")}),
    (Claim.mentions.through, {"mentioned": ("number", "actor_id")}),
    (Citation, {"source": ("number", "source_id"), "language": ("letters", "language")}),
    (
        AttributionStep,
        {"attribution": ("number", "actor_id"), "identification": _choice("identification", Identification)},
    ),
]
OF_ITS_KEY: Columns = {"claim": ("number", "claim_id")}
_PUBLISHED = f"state = '{State.PUBLISHED.value}'"


@dataclass(frozen=True, slots=True)
class Rows:
    """Claims: their columns by name, and by name the pairs of a claim's key and a value's, read one after another."""

    columns: dict[str, Array]
    pairs: Iterator[tuple[str, Pairs]]


def everything(cursor: CursorWrapper) -> Rows:
    """All published claims, sorted by the first day on which they may have been said, then by key."""
    [found] = packing.read(cursor, ({"id": CLAIM["id"]}, _claims("IS NOT NULL")))
    bounds = np.sort(found["id"])[::AT_A_TIME].tolist()
    ends = [*(bound - 1 for bound in bounds[1:]), int(found["id"].max(initial=0))]
    between = [f"BETWEEN {first} AND {last}" for first, last in zip(bounds or [0], ends, strict=True)]

    def read(columns: Columns, rows: Callable[[str], str]) -> dict[str, Array]:
        parts = [packing.read(cursor, (columns, rows(condition)))[0] for condition in between]
        return {name: np.concatenate([part.pop(name) for part in parts]) for name in columns}

    return Rows(_in_order(read(CLAIM, _claims)), _pairs(read(columns, rows) for columns, rows in _tables()))


def only(cursor: CursorWrapper, keys: Sequence[int]) -> Rows:
    """Those of the claims with these keys that are published, sorted in the same way. One query."""
    condition = f"IN ({', '.join(str(int(key)) for key in keys)})"
    columns, *others = packing.read(
        cursor, (CLAIM, _claims(condition)), *((columns, rows(condition)) for columns, rows in _tables())
    )
    return Rows(_in_order(columns), _pairs(others))


def _claims(condition: str) -> str:
    """The table of claims, and which of its rows are meant by a condition on a claim's key."""
    return f"{Claim._meta.db_table} WHERE {_PUBLISHED} AND id {condition}"


def _tables() -> Iterator[tuple[Columns, Callable[[str], str]]]:
    """The columns of each table of what claims can have many of, and the same of its rows."""
    for model, values in OF_A_CLAIM:
        yield {**OF_ITS_KEY, **values}, f"{model._meta.db_table} WHERE claim_id {{}}".format


def _in_order(columns: dict[str, Array]) -> dict[str, Array]:
    order = np.lexsort((columns["id"], columns["first"]))
    return {name: columns.pop(name)[order] for name in CLAIM}


def _pairs(tables: Iterable[dict[str, Array]]) -> Iterator[tuple[str, Pairs]]:
    for (_, values), found in zip(OF_A_CLAIM, tables, strict=True):
        for name in values:
            yield name, (found["claim"], found[name])

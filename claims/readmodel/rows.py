"""Published claims as the tables have them: a column each, and pairs of claim and value for what can be many."""

from collections.abc import Iterator, Sequence
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
OF_A_CLAIM: dict[Any, Columns] = {
    Claim.issues.through: {"issue": ("number", "issue_id")},
    Claim.events.through: {"event": ("number", "event_id")},
    Claim.addressees.through: {"addressee": ("number", "actor_id")},
    Claim.mentions.through: {"mentioned": ("number", "actor_id")},
    Citation: {"source": ("number", "source_id"), "language": ("letters", "language")},
    AttributionStep: {
        "attribution": ("number", "actor_id"),
        "identification": _choice("identification", Identification),
    },
}


_PUBLISHED = f"state = '{State.PUBLISHED.value}'"

type Condition = tuple[str, Sequence[Any]]  # SQL behind a claim's key, and its values


@dataclass(frozen=True, slots=True)
class Rows:
    """Claims: their columns by name, and by name the pairs of a claim's key and a value's, read one after another."""

    columns: dict[str, Array]
    pairs: Iterator[tuple[str, Pairs]]


def everything(cursor: CursorWrapper) -> Rows:
    """All published claims, sorted by the first day on which they may have been said, then by key."""
    keys = packing.read(cursor, {"id": CLAIM["id"]}, f"{Claim._meta.db_table} WHERE {_PUBLISHED}")["id"]
    bounds = np.sort(keys)[::AT_A_TIME].tolist()
    ends = [*(bound - 1 for bound in bounds[1:]), int(keys.max(initial=0))]
    return _rows(cursor, [("BETWEEN %s AND %s", pair) for pair in zip(bounds or [0], ends, strict=True)])


def only(cursor: CursorWrapper, keys: Sequence[int]) -> Rows:
    """Those of the claims with these keys that are published, sorted in the same way."""
    return _rows(cursor, [(f"IN ({', '.join(['%s'] * len(keys))})", keys)])


def _rows(cursor: CursorWrapper, conditions: Sequence[Condition]) -> Rows:
    columns = _read(cursor, CLAIM, f"{Claim._meta.db_table} WHERE {_PUBLISHED} AND id", conditions)
    order = np.lexsort((columns["id"], columns["first"]))
    return Rows({name: columns.pop(name)[order] for name in CLAIM}, _pairs(cursor, conditions))


def _pairs(cursor: CursorWrapper, conditions: Sequence[Condition]) -> Iterator[tuple[str, Pairs]]:
    for model, values in OF_A_CLAIM.items():
        wanted = {"claim": ("number", "claim_id"), **values}
        found = _read(cursor, wanted, f"{model._meta.db_table} WHERE claim_id", conditions)
        for name in values:
            yield name, (found["claim"], found[name])


def _read(cursor: CursorWrapper, wanted: Columns, where: str, conditions: Sequence[Condition]) -> dict[str, Array]:
    """The columns of the rows that meet one of the conditions, which are asked for one after another."""
    parts = [packing.read(cursor, wanted, f"{where} {condition}", params) for condition, params in conditions]
    return {name: np.concatenate([part.pop(name) for part in parts]) for name in wanted}

"""What the small tables hold: each value's code, address and name, and what a claim's conditions ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from actors.models import Actor, Kind
from claims.models import Act, Event, Form, Identification, Issue, Source, SourceKind, State
from claims.readmodel.bits import Array
from claims.readmodel.coding import Coding
from claims.readmodel.packing import NO_DAY, letters, text_of

type Rows = Mapping[int, tuple[Any, ...]]

KINDS, SOURCE_KINDS = list(Kind.values), list(SourceKind.values)
UNIX_EPOCH = 719_163  # the ordinal of 1970-01-01
TABLE_OF = {
    "speaker": "actor",
    "on_behalf_of": "actor",
    "attribution": "actor",
    "addressee": "actor",
    "mentioned": "actor",
    "publisher": "actor",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The values of a table by code: how an address writes them, their names, and their places by name.

    ``coding`` has what columns hold: a primary key, the place on a list of choices, or the letters of a language.
    """

    coding: Coding
    values: list[str]
    labels: list[str]
    places: Array
    code_of: dict[str, int]  # by value

    @classmethod
    def of(cls, coding: Coding, named: Mapping[int, tuple[str, str]]) -> "Terms":
        """The terms with these values and names by key; what is no longer on file has none."""
        pairs = [named.get(key, ("", "")) for key in coding.keys.tolist()]
        places = np.empty(len(pairs), np.int32)
        places[sorted(range(len(pairs)), key=lambda code: pairs[code][::-1])] = np.arange(len(pairs))
        values = [value for value, _ in pairs]
        code_of = {value: code for code, value in enumerate(values) if value}
        return cls(coding, values, [label for _, label in pairs], places, code_of)


@dataclass(frozen=True, slots=True)
class Tables:
    """All terms by table, and by code what is known of actors, events and sources."""

    terms: dict[str, Terms]
    kind_of_actor: Array
    is_public_event: Array
    publisher_of_source: Array
    kind_of_source: Array
    dates_of_source: Array  # the first and last day of publication

    def with_languages(self, keys: Array) -> "Tables":
        """The same, with the languages that these letters write."""
        coding = self.terms["language"].coding.with_keys(keys)
        return replace(self, terms=self.terms | {"language": _languages(coding)})


CHOICES = {"act": Act, "form": Form, "identification": Identification, "kind": Kind}


def load(known: Mapping[str, Coding]) -> Tables:
    """Read the small tables. Whatever has a code already keeps it."""
    actors = _read(Actor, "slug", "name", "kind")
    issues = _read(Issue, "slug", "title")
    sources = _read(Source, "slug", "title", "publisher_id", "kind", "published_earliest", "published_latest")
    events = _read(Event, "slug", "title", "state")
    terms = {name: _listed(choices) for name, choices in CHOICES.items()} | {
        "actor": _terms(actors, known.get("actor")),
        "issue": _terms(issues, known.get("issue")),
        "event": _terms(events, known.get("event")),
        "source": _terms(sources, known.get("source")),
        "language": _languages(known.get("language", Coding.of(np.zeros(0, np.int64)))),
    }
    on_file = {name: terms[name].coding.keys.tolist() for name in ("actor", "event", "source")}
    of_source = [sources.get(key, ("", "", 0, SOURCE_KINDS[0], None, None)) for key in on_file["source"]]
    return Tables(
        terms,
        np.array([KINDS.index(actors[key][2]) if key in actors else 0 for key in on_file["actor"]], np.int32),
        np.array([key in events and events[key][2] == State.PUBLISHED for key in on_file["event"]], np.bool_),
        terms["actor"].coding.codes(np.array([row[2] for row in of_source], np.int64))[0].astype(np.int32),
        np.array([SOURCE_KINDS.index(row[3]) for row in of_source], np.int32),
        np.array([[_day(row[4]), _day(row[5])] for row in of_source], np.int32).reshape(-1, 2),
    )


def key_of(table: str, key: Any) -> int:
    """What a column holds for a value as a condition names it: a primary key, a choice, or a language."""
    if table == "language":
        return letters(key)
    return list(CHOICES[table].values).index(key) if table in CHOICES else int(key)


def _read(model: Any, *columns: str) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(row) for key, *row in model.objects.order_by("pk").values_list("pk", *columns)}


def _terms(rows: Rows, known: Coding | None) -> Terms:
    keys = np.fromiter(rows, np.int64, len(rows))
    coding = known.with_keys(keys) if known else Coding.of(keys)
    return Terms.of(coding, {key: (row[0], row[1]) for key, row in rows.items()})


def _listed(choices: Any) -> Terms:
    pairs = enumerate(choices.choices)
    return Terms.of(Coding.of(np.arange(len(choices.values))), dict(pairs))


def _day(day: Any) -> int:
    return day.toordinal() - UNIX_EPOCH if day else NO_DAY


def _languages(coding: Coding) -> Terms:
    return Terms.of(coding, {key: (text_of(key), text_of(key)) for key in coding.keys.tolist()})

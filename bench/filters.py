"""The filters that are measured: values chosen by how many claims they have and words by their share, never by id."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench import vocabulary

type Ask = Callable[[str, Sequence[Any]], list[Any]]  # SQL with %s and its values -> rows

BY_RANK = {
    "speaker": "SELECT a.slug FROM claims_claim c JOIN actors_actor a ON a.id = c.speaker_id",
    "kind": "SELECT a.kind FROM claims_claim c JOIN actors_actor a ON a.id = c.speaker_id",
    "issue": "SELECT i.slug FROM claims_claim c JOIN claims_claim_issues t ON t.claim_id = c.id"
    " JOIN claims_issue i ON i.id = t.issue_id",
    "source": "SELECT s.slug FROM claims_claim c JOIN claims_citation t ON t.claim_id = c.id"
    " JOIN claims_source s ON s.id = t.source_id",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A row of the table: its name there, and the parameters of the address."""

    name: str
    params: tuple[tuple[str, str], ...]

    @property
    def has_words(self) -> bool:
        """Whether it searches for words."""
        return any(name == "q" for name, _ in self.params)

    def values(self, name: str) -> list[str]:
        """The values of a parameter."""
        return [value for given, value in self.params if given == name]

    def url(self, path: str) -> str:
        """The address at a path of the site."""
        return f"{path}?{urlencode(self.params)}" if self.params else path


@dataclass(frozen=True, slots=True)
class Ranks:
    """The values of a record by the number of published claims, most first."""

    values: dict[str, list[str]]
    spellings: list[str]

    def __call__(self, name: str, rank: int) -> tuple[str, str]:
        """The parameter for the value of a rank; the last value where there are fewer."""
        found = self.values[name]
        return name, found[min(rank, len(found)) - 1]


def ranks(ask: Ask) -> Ranks:
    """Count the values of a record; ``spellings`` are those of the person with the most claims."""
    values = {}
    for name, sql in BY_RANK.items():
        rows = ask(f"{sql} WHERE c.state = 'published' GROUP BY 1 ORDER BY count(DISTINCT c.id) DESC, 1", [])
        values[name] = [value for (value,) in rows]
    sql = "SELECT a.name, n.name FROM actors_actor a JOIN actors_actorname n ON n.actor_id = a.id WHERE a.slug = %s"
    persons = {slug for (slug,) in ask("SELECT slug FROM actors_actor WHERE kind = 'person'", [])}
    rows = ask(f"{sql} ORDER BY n.id", [next(slug for slug in values["speaker"] if slug in persons)])
    return Ranks(values, [name.split()[-1] for name in (rows[0][0], *(other for _, other in rows))])


def filters(of: Ranks) -> list[Filter]:
    """All rows of the table, for a record with these ranks."""
    very_common, common, middling, rare, pair, *_ = vocabulary.SHARES
    actor, first_kind, first_issue = of("speaker", 1), of("kind", 1), of("issue", 1)
    rows: dict[str, list[tuple[str, str]]] = {
        "none": [],
        "actor of rank 1": [actor],
        "actor of rank 400": [of("speaker", 400)],
        "source of rank 1": [of("source", 1)],
        "kind of rank 1": [first_kind],
        "issue of rank 1": [first_issue],
        "issue of rank 1, ten months": [first_issue, *between("2022-01", "2022-10")],
        "kind of rank 1, seven years": [first_kind, *between("2017", "2023")],
        "two years": between("2021", "2022"),
        "issues of ranks 1, 2, 3 (or), actor of rank 1": [first_issue, of("issue", 2), of("issue", 3), actor],
        "actor 1, issues 1 and 3 (or), kind 1, 2020–2025, a word in 10 %": [
            actor,
            first_issue,
            of("issue", 3),
            of("kind", 1),
            *between("2020", "2025"),
            ("q", common),
        ],
        "a word in 32 %": [("q", very_common)],
        "a word in 10 %": [("q", common)],
        "a word in 1 %": [("q", middling)],
        "a word in 0.012 %": [("q", rare)],
        "a phrase": [("q", f'"{pair}"')],
        "the beginning of words": [("q", "mediat*")],
        "a name in three spellings (or)": [("q", spelling) for spelling in of.spellings],
        "a word in 10 %, an issue, a kind, a source": [("q", common), first_issue, first_kind, of("source", 1)],
    }
    return [Filter(name, tuple(params)) for name, params in rows.items()]


def between(first: str, last: str) -> list[tuple[str, str]]:
    """The parameters for a range of dates."""
    return [("said_from", first), ("said_to", last)]

"""What each filter must find, in plain SQL of the benchmark's own: what the site answers is compared with it first.

A claim's words are looked for in its content and its speaker's names, where the generator has put them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.filters import Ask, Filter
from conflict_site.base import edtf

PAGE = 25
AT_LEAST = 30  # rows that a facet shows where it has so many

SPEAKER = "JOIN actors_actor v ON v.id = c.speaker_id"
CITED = "JOIN claims_citation t ON t.claim_id = c.id JOIN claims_source s ON s.id = t.source_id"
FACETS = {
    "issue": ("v.slug", "JOIN claims_claim_issues t ON t.claim_id = c.id JOIN claims_issue v ON v.id = t.issue_id"),
    "speaker": ("v.slug", SPEAKER),
    "kind": ("v.kind", SPEAKER),
    "act": ("c.act", ""),
    "form": ("c.form", ""),
    "publisher": ("v.slug", f"{CITED} JOIN actors_actor v ON v.id = s.publisher_id"),
    "event": (
        "v.slug",
        "JOIN claims_claim_events t ON t.claim_id = c.id"
        " JOIN claims_event v ON v.id = t.event_id AND v.state = 'published'",
    ),
    "source": ("s.slug", CITED),
    "source_kind": ("s.kind", CITED),
    "language": ("t.language", "JOIN claims_citation t ON t.claim_id = c.id"),
    "identification": ("t.identification", "JOIN claims_attributionstep t ON t.claim_id = c.id"),
}
CONDITIONS = {
    "speaker": "c.speaker_id IN (SELECT id FROM actors_actor WHERE slug IN ({}))",
    "kind": "c.speaker_id IN (SELECT id FROM actors_actor WHERE kind IN ({}))",
    "issue": "c.id IN (SELECT t.claim_id FROM claims_claim_issues t"
    " JOIN claims_issue i ON i.id = t.issue_id WHERE i.slug IN ({}))",
    "source": "c.id IN (SELECT t.claim_id FROM claims_citation t"
    " JOIN claims_source s ON s.id = t.source_id WHERE s.slug IN ({}))",
}
WORDS = (
    "(lower(c.content) LIKE %s OR c.speaker_id IN (SELECT id FROM actors_actor WHERE ' ' || folded LIKE %s)"
    " OR c.speaker_id IN (SELECT actor_id FROM actors_actorname WHERE ' ' || folded LIKE %s))"
)
MIDDLES = {
    "sqlite": "date(c.said_earliest, '+' ||"
    " (CAST(julianday(c.said_latest) - julianday(c.said_earliest) AS INTEGER) / 2) || ' days')",
    "postgresql": "c.said_earliest + (c.said_latest - c.said_earliest) / 2",
}

type Condition = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a filter finds: the first page's claims, their number, by facet the number for each value, and by month."""

    ids: list[str]
    count: int
    facets: dict[str, dict[str, int]]
    months: dict[str, int]


def answer(ask: Ask, vendor: str, claim_filter: Filter) -> Answer:
    """What must be found. Makes temporary tables of the claims that meet all conditions, or all but one."""
    conditions = _conditions(claim_filter)
    found = {left_out: _found(ask, number, conditions, left_out) for number, left_out in enumerate(["", *conditions])}
    everything = found[""]
    counted = {
        name: dict(
            ask(
                f"SELECT {value}, count(DISTINCT c.id) FROM {found.get(name, everything)} f"
                f" JOIN claims_claim c ON c.id = f.id {joins} GROUP BY 1",
                [],
            )
        )
        for name, (value, joins) in FACETS.items()
    }
    newest = f"ORDER BY c.said_earliest DESC, c.id DESC LIMIT {PAGE}"
    page = ask(f"SELECT c.slug FROM {everything} f JOIN claims_claim c ON c.id = f.id {newest}", [])
    month = f"substr(CAST(coalesce({MIDDLES[vendor]}, c.said_earliest, c.said_latest) AS text), 1, 7)"
    of_dates = f"{found.get('said', everything)} f JOIN claims_claim c ON c.id = f.id"
    months = dict(ask(f"SELECT {month}, count(*) FROM {of_dates} GROUP BY 1", []))
    [(count,)] = ask(f"SELECT count(*) FROM {everything}", [])
    return Answer([slug for (slug,) in page], count, counted, months)


def differences(expected: Answer, got: Mapping[str, Any], claim_filter: Filter) -> list[str]:
    """How the site's answer (``/claims.json``) differs, in words; empty where it does not."""
    ids = [record["id"] for record in got["results"]]
    wrong = [] if got["count"] == expected.count else [f"finds {got['count']} claims, not {expected.count}"]
    wrong += [] if ids == expected.ids else [f"the first page holds {ids}, not {expected.ids}"]
    for name, rows in got["facets"].items():
        wrong += _of_facet(name, rows, expected.facets[name], claim_filter.values(name))
    columns = {column["from"]: column["count"] for column in got["histogram"] if column["count"]}
    wanted = _columns(expected.months, claim_filter)
    return wrong + ([] if columns == wanted else [f"the histogram is {columns}, not {wanted}"])


def _conditions(claim_filter: Filter) -> dict[str, Condition]:
    """The conditions of a filter by the facet that ignores them; words and dates count as one each."""
    found: dict[str, Condition] = {}
    for name, sql in CONDITIONS.items():
        if values := claim_filter.values(name):
            found[name] = sql.format(", ".join(["%s"] * len(values))), values
    if searches := [value.strip('"*').lower() for value in claim_filter.values("q")]:
        found["q"] = f"({' OR '.join([WORDS] * len(searches))})", [f"% {text}%" for text in searches for _ in range(3)]
    if days := [*claim_filter.values("said_from"), *claim_filter.values("said_to")]:
        first, last = edtf.bounds(days[0])[0], edtf.bounds(days[1])[1]
        sql = "(c.said_latest >= %s OR c.said_latest IS NULL) AND c.said_earliest <= %s"
        found["said"] = sql, [first.isoformat(), last.isoformat()]
    return found


def _found(ask: Ask, number: int, conditions: dict[str, Condition], left_out: str) -> str:
    """A temporary table of the claims that meet all conditions but one."""
    kept = [condition for name, condition in conditions.items() if name != left_out]
    where = " AND ".join(["c.state = 'published'", *(sql for sql, _ in kept)])
    table = f"found_{number}"
    ask(f"DROP TABLE IF EXISTS {table}", [])
    values = [value for _, given in kept for value in given]
    ask(f"CREATE TEMPORARY TABLE {table} AS SELECT c.id FROM claims_claim c WHERE {where}", values)
    return table


def _of_facet(name: str, rows: list[dict[str, Any]], counted: dict[str, int], chosen: list[str]) -> list[str]:
    """Chosen values are shown in any case; of the others, as many as there is room for, the most frequent ones."""
    shown = {row["value"]: row["count"] for row in rows}
    wanted = {value: counted.get(value, 0) for value in shown}
    wrong = [] if shown == wanted else [f"facet {name} is {shown}, not {wanted}"]
    others = [row["count"] for row in rows if row["value"] not in chosen]
    most = sorted((count for value, count in counted.items() if value not in chosen), reverse=True)
    if others != most[: max(len(others), AT_LEAST)]:
        wrong.append(f"facet {name} does not show the most frequent values: {others}, not {most[:AT_LEAST]}")
    return wrong


def _columns(months: dict[str, int], claim_filter: Filter) -> dict[str, int]:
    """The histogram by first days: by month where the dates asked for lie within one year, else by year."""
    years = {day[:4] for day in [*claim_filter.values("said_from"), *claim_filter.values("said_to")]}
    columns: dict[str, int] = {}
    for month, count in months.items():
        first = f"{month}-01" if len(years) == 1 else f"{month[:4]}-01-01"
        if len(years) != 1 or month[:4] in years:
            columns[first] = columns.get(first, 0) + count
    return columns

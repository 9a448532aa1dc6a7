"""Before anything is timed: every system answers every filter, and answers what plain SQL finds."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bench import naive
from bench.filters import Ask, Filter
from bench.naive import Answer
from bench.peers import FACETS, datasette
from bench.systems import PAGE, System


def check(
    systems: Mapping[str, System], asks: Mapping[str, Ask], rows: Iterable[Filter]
) -> tuple[dict[str, int], list[str]]:
    """The number of claims that each filter finds, and all differences, in words."""
    found, wrong = {}, []
    for row in rows:
        expected = {engine: naive.answer(ask, engine, row) for engine, ask in asks.items()}
        found[row.name] = next(iter(expected.values())).count
        told = [f"{system.key}: {text}" for system in systems.values() for text in _differences(system, expected, row)]
        told += _other_pages(systems, row)
        print(f"  {'WRONG' if told else 'same'}  {found[row.name]:>9,}  {row.name}", flush=True)
        wrong += [f"{row.name}: {text}" for text in told]
    return found, wrong


def _differences(system: System, expected: Mapping[str, Answer], row: Filter) -> list[str]:
    kind = system.key.partition("-")[0]
    answer = expected[system.engine]
    if kind in ("site", "full"):
        got = _json(system, row.url("/claims.json"))
        names = list(got["facets"])
        strays = [f"has the facets {names}"] if (kind == "site") != (names == list(FACETS)) else []
        return strays + naive.differences(answer, got, row)
    try:
        if kind == "orm":
            return of_plain_page(_body(system, row.url(PAGE)).decode(), answer)
        if kind == "datasette":
            count = _json(system, datasette.address(system.places.file, row, ".json"))["filtered_table_rows_count"]
            return [] if count == answer.count else [f"finds {count} claims, not {answer.count}"]
    except TimeoutError:
        print(f"  {system.key} takes too long to be compared: {row.name}", flush=True)
        system.restart()
    return []


def of_plain_page(body: str, answer: Answer) -> list[str]:
    """How the page of the plain ORM differs, in words: in its number of claims or its first page."""
    shown = int(re.findall(r'data-found="(\d+)"', body)[0]), re.findall(r'id="claim-([^"]+)"', body)
    return [] if shown == (answer.count, answer.ids) else [f"shows {shown}, not {answer.count}, {answer.ids}"]


def _other_pages(systems: Mapping[str, System], row: Filter) -> list[str]:
    """The floor's HTML, and that of the other engine, are the same bytes as the site's on SQLite."""
    wrong = []
    for key, other in (
        ("site-sqlite", "floor"),
        ("full-sqlite", "floor-full"),
        ("site-sqlite", "site-postgresql"),
        ("full-sqlite", "full-postgresql"),
    ):
        if key in systems and other in systems:
            pages = [_body(systems[name], row.url(PAGE)) for name in (key, other, other)]
            wrong += [] if len(set(pages)) == 1 else [f"the page of {other} is not that of {key}"]
    return wrong


def _json(system: System, path: str) -> Any:
    return json.loads(_body(system, path))


def _body(system: System, path: str) -> bytes:
    reply = system.client.get(path)
    if reply.status != 200:
        raise RuntimeError(f"{system.key} answers {reply.status} at {path}: {reply.body[:500]!r}")
    return reply.body

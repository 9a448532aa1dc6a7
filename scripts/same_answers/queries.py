"""Addresses with parameters: what the forms offer and the OpenAPI document names, one at a time and many at once."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from scripts.same_answers.page import Fields
from scripts.same_answers.sample import spread

DAYS = ["2022", "2022-02-24", "2023-11", "2025-03-03", "2026-11-24"]
WORDS = ["talks", "ceasefire nato", '"security guarantees"', "переговори", "лавров", "put"]
WRONG = ["nothing-of-that-kind", "\0", "9999-99-99", "-1", "x" * 300]
RICH = 8  # parameters that make a filter
SIMPLE = 6  # combinations where there are fewer


@dataclass(frozen=True, slots=True)
class Effort:
    """How many values of each parameter are tried alone, good and wrong, and how many combinations of a filter's."""

    good: int
    wrong: int
    together: int


PAGE, FILE = Effort(4, 3, 120), Effort(1, 1, 20)  # a file's filter is the page's


def of_document(document: dict[str, Any]) -> dict[str, Fields]:
    """The parameters of each address in an OpenAPI document, with the values that it lists or that suit their kind."""
    return {
        path: {one["name"]: set(_suitable(one["schema"])) for one in item["get"]["parameters"] if one["in"] == "query"}
        for path, item in document["paths"].items()
        if "parameters" in item["get"]
    }


def _suitable(schema: dict[str, Any]) -> list[str]:
    kind = schema.get("items", schema)
    if "enum" in kind:
        return [value for value in kind["enum"] if value]
    if kind["type"] == "integer":
        return ["1", "2", "99"]
    return DAYS if "pattern" in kind else []


def asked(url: str, fields: Fields, seen: Fields) -> Iterator[str]:
    """The address with parameters; `seen` are values from links, for what has no list of its own."""
    effort = PAGE if url.endswith("/") else FILE
    known = {name: sorted(values | seen.get(name.removeprefix("not_"), set())) for name, values in fields.items()}
    offered = {name: values or (DAYS if _is_day(name) else WORDS) for name, values in sorted(known.items())}
    for place, (name, values) in enumerate(offered.items()):
        wrong = [WRONG[(place + step) % len(WRONG)] for step in range(effort.wrong)]
        for value in [*spread(values, effort.good), *wrong]:
            yield _address(url, [(name, value)])
        yield _address(url, [(name, value) for value in spread(values, 2)])
    yield _address(url, [("no_such_parameter", "1")])
    yield from _together(url, offered, effort.together if len(offered) >= RICH else SIMPLE)


def _is_day(name: str) -> bool:
    return name in ("as_of", "known_by") or name.endswith(("_from", "_to"))


def _together(url: str, offered: dict[str, list[str]], times: int) -> Iterator[str]:
    """Two to four parameters at once, drawn by lot, but the same ones at every run."""
    lot = random.Random(url)  # noqa: S311 (a lottery)
    for _ in range(times):
        names = lot.sample(sorted(offered), min(len(offered), lot.randint(2, 4)))
        yield _address(url, [(name, lot.choice(offered[name])) for name in names])


def _address(url: str, pairs: list[tuple[str, str]]) -> str:
    return f"{url}?{urlencode(pairs)}"

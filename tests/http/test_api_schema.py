"""What the OpenAPI document promises, held against what the site answers to requests made up from it.

The opening dossier is on file. API_CASES=800 makes up more requests; `make test` makes up fewer on PostgreSQL.
"""

import os
from collections import Counter
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from actors.models import Actor
from claims.models import Claim, Event, Issue, OldSlug, Source
from conflict_site.wsgi import application

OPENING = Path(__file__).resolve().parents[2] / "data" / "opening"
CASES = int(os.environ.get("API_CASES", "200"))  # requests that are made up, of which each address gets its share
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
]
# What the values of a parameter name, by its name; of a part of a path, by the collection it stands in.
THINGS: dict[str, type[Model]] = {
    "speaker": Actor, "publisher": Actor, "participant": Actor, "actor": Actor, "actors": Actor, "compare": Actor,
    "issue": Issue, "issues": Issue, "source": Source, "sources": Source, "event": Event, "events": Event,
    "claims": Claim,
}  # fmt: skip
# A thing that moved or is gone says so before its parameters are read; "*" is the ETag of whatever there is.
REFUSALS = [301, 304, 400, 404, 410]
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
PLAIN = {"Accept-Encoding": "identity"}  # this client unpacks nothing


def on_file(model: type[Model]) -> list[str]:
    """Slugs that answer: of what is public, of what has another one by now, and of what was withdrawn."""
    slugs: Any = model.objects.order_by("pk").values_list("slug", flat=True)  # type: ignore[attr-defined]
    return [*slugs[:2], "renamed", "withdrawn"]


def drawing_from_file(document: dict[str, Any]) -> dict[str, Any]:
    """The document, with slugs on file as the values to be tried; those that break its schemas are others."""
    for path, item in document["paths"].items():
        for parameter in item["get"]["parameters"]:
            name = parameter["name"].removeprefix("not_")
            where = path.split("/")[1] if parameter["in"] == "path" and name not in THINGS else name
            if name == "url":
                parameter["schema"]["enum"] = [f"http://localhost/claims/{slug}/" for slug in on_file(Claim)]
            if where in THINGS:
                schema = parameter["schema"]
                schema.get("items", schema)["enum"] = [*on_file(THINGS[where]), *([""] if "items" in schema else [])]
    return document


@pytest.fixture
def described(db: None, client: Any) -> Any:
    """The site with the opening dossier, a claim and an event withdrawn and things renamed, as its document has it."""
    call_command("load_dossier", OPENING, verbosity=0)
    for model in (Claim, Event):
        gone: Any = model.objects.published().last()  # type: ignore[attr-defined]
        gone.withdraw(note="It was said by somebody else.")
        model.objects.filter(pk=gone.pk).update(slug="withdrawn")
    for model in set(THINGS.values()):
        OldSlug.keep(model.objects.order_by("pk").first(), "renamed")  # type: ignore[attr-defined]
    config = SchemathesisConfig.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSALS}}})
    schema = schemathesis.openapi.from_dict(drawing_from_file(client.get("/openapi.json").json()), config=config)
    schema.app = application
    return schema


@pytest.fixture
def one_connection(described: Any) -> Iterator[None]:
    """Lets requests leave open the connection that holds the test's transaction, as Django's own client does.

    That client also undoes it, so that it must not be used any more.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def asks_no_words(case: Any) -> bool:
    """Whether nothing is looked for: a null or a number is one in an address, too, so that a schema is not broken."""
    return not {"q", "not_q"} & set(case.query or {})


def of_each(operation: Any) -> list[Any]:
    """Requests for all on file that an address can name; where it names two things, one of them at a time is others."""
    names = {one.name: one.definition["schema"]["enum"] for one in operation.path_parameters}
    usual = {name: slugs[place % 2] for place, (name, slugs) in enumerate(names.items())}
    paths = [usual | {name: slug} for name, slugs in names.items() for slug in slugs] or [{}]
    needed = [{"url": url} for one in operation.query if one.name == "url" for url in one.definition["schema"]["enum"]]
    return [operation.Case(path_parameters=path, query=query) for path in paths for query in needed or [{}]]


def status(case: Any) -> int:
    """Asks, and holds the answer against the document."""
    return int(case.call_and_validate(checks=CHECKS, headers=PLAIN).status_code)


def with_a_stranger(operation: Any, case: Any) -> Any:
    """The same request with a parameter that nobody knows."""
    return operation.Case(path_parameters=case.path_parameters, query={**case.query, "stranger": "1"})


def asks_no_xml(case: Any) -> bool:
    """Whether oEmbed is not asked for XML, which is to be refused by 501: a status that else tells of a fault."""
    return (case.query or {}).get("format") != "xml"


def made_up(operation: Any, number: int) -> Counter[int]:
    """Asks in ways that keep to the document and in ways that do not; gives how many answers had which status."""
    seen: Counter[int] = Counter()
    is_asked = operation.path_parameters or operation.query
    good, bad = (operation.as_strategy(generation_mode=mode) for mode in (POSITIVE, NEGATIVE))

    @settings(max_examples=number, suppress_health_check=list(HealthCheck))
    @given(case=(good | bad.filter(asks_no_words) if is_asked else good).filter(asks_no_xml))
    def ask(case: Any) -> None:
        seen[status(case)] += 1

    ask()
    return seen


@pytest.mark.usefixtures("one_connection")
def test_every_answer_is_as_the_document_has_it(described: Any, subtests: pytest.Subtests) -> None:
    operations = [result.ok() for result in described.get_all_operations()]
    share = ceil(CASES / len(operations))
    seen: Counter[int] = Counter()
    for operation in operations:
        with subtests.test(operation.path):
            answers = {status(case): case for case in of_each(operation)}
            assert 200 in answers, "nothing on file was found"
            strange = status(with_a_stranger(operation, answers[200]))
            assert strange == 400, "an unknown parameter was passed over"
            made = made_up(operation, share)
            assert made.total() >= share
            seen += Counter([*answers]) + made
    assert {200, 301, 400, 404, 410} <= set(seen)

"""The page for people who write programs, and the document for the programs themselves."""

import html
import re
import shlex
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from claims.filtering.filter import ClaimFilter
from tests.factories import (
    a_claim,
    a_draft,
    a_source,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
NASTY = ["\x00", "\u202eabc", "' OR 1=1 --", "<script>alert(1)</script>", "9" * 60_000]
ALONE = [
    "/openapi.json",
    "/claims/anna.json",
    "/claims/anna.jsonld",
    "/claims/anna.csl.json",
    "/claims/anna.bib",
    "/claims/anna.ris",
    "/claims/anna.svg",
    "/claims/anna.png",
    "/claims/anna/embed/",
    "/sources/speech.json",
    "/events/round.json",
]
EXAMPLE = re.compile(r"<pre[^>]*><code>(.+?)</code></pre>\s*<p class=\"meta\">gives <span class=\"mono\">(.+?)</span>")


def an_archive(number=1):
    """Claims by two speakers each, with everything that examples name."""
    for _ in range(number):
        a_claim(events=[an_event()])
        a_claim()


def examples(client):
    """The commands on the page as a shell reads them, each with the content type that it promises."""
    found = EXAMPLE.findall(client.get("/api/").text)
    return [(shlex.split(html.unescape(command)), media) for command, media in found]


def test_every_example_gives_what_it_promises(client):
    an_archive()
    found = examples(client)
    for command, media in found:
        url = urlsplit(command[-1])
        answer = client.get(url._replace(scheme="", netloc="").geturl())
        assert command[0] == "curl"
        assert f"{url.scheme}://{url.netloc}" == SITE
        assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, media), command
    assert len(found) == 31


def test_without_claims_only_the_lists_are_examples(client):
    assert [urlsplit(command[-1]).path for command, _ in examples(client)] == [
        "/claims.json",
        "/claims.json",
        "/actors.json",
        "/issues.json",
        "/sources.json",
        "/events.json",
        "/changes.json",
        "/events.json",
    ]


def test_examples_name_the_newest_claim_and_what_hangs_on_it(client):
    talks = an_issue("Talks", slug="talks")
    ada, bo = an_actor("Ada", slug="ada"), an_actor("Bo", slug="bo")
    a_claim(speaker=bo, said_edtf="2023-01-15", issues=[talks])
    speech = a_source(slug="speech")
    a_claim(slug="ada-2024", speaker=ada, said_edtf="2024-01-15", issues=[talks], source=speech)
    addresses = {urlsplit(command[-1]).path for command, _ in examples(client)}
    assert {
        "/claims/ada-2024.json",
        "/actors/ada.json",
        "/issues/talks.json",
        "/sources/speech.json",
        "/compare/ada/bo.json",
    } <= addresses


def test_the_host_of_the_examples_is_the_one_that_was_asked(client):
    page = client.get("/api/", headers={"host": "localhost:8000"}).text
    assert "curl http://localhost:8000/claims.json" in page


def test_it_names_every_parameter_of_the_filter_and_every_address(client):
    page = client.get("/api/").text
    for name in ClaimFilter(QueryDict()).fields:
        assert name.startswith("not_") or f'<dt class="mono">{name}</dt>' in page
    for path in client.get("/openapi.json").json()["paths"]:
        assert f'<dt class="mono">{path}</dt>' in page


def test_every_page_leads_to_it(client):
    assert '<a href="/api/">For programs</a>' in client.get("/about/").text


def test_it_shows_nothing_that_is_not_public(client):
    dark = a_source(title="Canary source", slug="canary-source")
    hidden = an_actor("Canary", slug="canary-actor")
    a_draft(slug="canary", speaker=hidden, source=dark, events=[an_event(slug="canary-event", state="draft")])
    a_claim(slug="canary-gone", speaker=hidden, source=dark).withdraw(note="not said")
    for path in ("/api/", "/openapi.json"):
        assert "canary" not in client.get(path).text.lower()


def test_no_parameter_makes_the_page_fail(client):
    for value in NASTY:
        assert client.get("/api/", {"q": value, value: "1"}).status_code == 200


@pytest.mark.parametrize("path", ALONE)
def test_an_address_that_takes_no_parameters_refuses_one_by_its_name(client, path):
    a_claim(slug="anna", source=a_source(slug="speech"), events=[an_event(slug="round")])
    assert client.get(path, {"utm_source": "x", "fbclid": "1"}).status_code == 200
    response = client.get(path, {"page": "1", "lang": "en"})
    assert response.status_code == 400
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json()["errors"] == {"__all__": ["This address has no parameter “page”, “lang”."]}


@pytest.mark.parametrize("path", ALONE)
def test_it_refuses_a_hostile_one_without_repeating_it_whole(client, path):
    a_claim(slug="anna", source=a_source(slug="speech"), events=[an_event(slug="round")])
    for value in NASTY:
        response = client.get(path, {value: ["1", "2"]})
        assert (response.status_code, len(response.content) < 1000) == (400, True)
        assert not re.search("[\x00\u202e]", response.json()["errors"]["__all__"][0])


@pytest.mark.parametrize(("path", "queries"), [("/api/", 6), ("/openapi.json", 6)])
@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_claims(client, number, path, queries, django_assert_num_queries):
    an_archive(number)
    with django_assert_num_queries(queries):
        client.get(path)


def test_the_document_is_of_the_site_that_was_asked(client):
    an_archive()
    document = client.get("/openapi.json", headers={"host": "localhost:8000"}).json()
    assert document["openapi"] == "3.1.0"
    assert document["info"]["title"] == "Attributed"
    assert document["servers"] == [{"url": "http://localhost:8000"}]


def test_the_parameters_are_those_that_the_filter_reads(client):
    described = client.get("/openapi.json").json()["paths"]["/claims.json"]["get"]["parameters"]
    assert [row["name"] for row in described if row["in"] == "query"] == list(ClaimFilter(QueryDict()).fields)
    by_name = {row["name"]: row for row in described}
    assert by_name["clock"]["schema"] == {
        "type": "string",
        "enum": ["said", "published", "recorded"],
        "default": "said",
    }
    assert by_name["not_form"]["schema"] == {
        "type": "array",
        "items": {"type": "string", "enum": ["verbatim", "partial_quote", "paraphrase", ""]},
        "maxItems": 50,
    }
    assert by_name["said_from"]["schema"]["pattern"] == r"^\d{4}(-\d{2}(-\d{2})?)?$"
    assert by_name["q"]["schema"]["maxItems"] == 5
    assert by_name["speaker"]["explode"] is True


def test_a_list_of_things_on_file_is_no_fixed_list(client):
    described = client.get("/openapi.json").json()["paths"]["/sources.json"]["get"]["parameters"]
    by_name = {row["name"]: row["schema"] for row in described}
    assert by_name["publisher"] == {"type": "string", "maxLength": 200}
    assert by_name["page"] == {"type": "integer", "minimum": 1, "maximum": 999_999, "default": 1}


def test_examples_in_the_document_are_on_file(client):
    a_claim(slug="ada-2024")
    described = client.get("/openapi.json").json()["paths"]["/claims/{id}.json"]["get"]["parameters"][0]
    assert described["example"] == "ada-2024"


@pytest.mark.parametrize(
    ("path", "media", "gone"),
    [
        ("/claims/{id}.png", "image/png", "application/problem+json"),
        ("/claims/{id}.svg", "image/svg+xml", "application/problem+json"),
        ("/claims/{id}.json", "application/json", "application/problem+json"),
    ],
)
def test_the_document_knows_what_a_claim_comes_as(client, path, media, gone):
    answers = client.get("/openapi.json").json()["paths"][path]["get"]["responses"]
    assert [list(answers[status]["content"]) for status in ("200", "410")] == [[media], [gone]]


def test_the_document_says_that_every_address_refuses_what_it_does_not_know(client):
    document = client.get("/openapi.json").json()
    assert "a request with another one is answered by 400" in document["info"]["description"]
    assert [path for path, item in document["paths"].items() if "400" not in item["get"]["responses"]] == []


def test_no_schema_asks_for_a_member_that_it_does_not_describe_or_is_a_bare_truth_value(client):
    """What makers of clients choke on: openapi-python-client on the one, redocly on the other."""
    schemas = [*_schemas(client.get("/openapi.json").json()["components"]["schemas"])]
    assert [each for each in schemas if isinstance(each, bool)] == []
    assert [each for each in schemas if {*each.get("required", [])} - {*each.get("properties", {})}] == []
    assert len(schemas) > 300


def _schemas(members):
    """The schemas among these, and all those within them."""
    for schema in members.values():
        yield schema
        if isinstance(schema, dict):
            inner = {"items": schema["items"]} if "items" in schema else {}
            yield from _schemas(schema.get("properties", {}) | inner)


def test_the_document_has_no_address_that_ends_in_a_slash(client):
    """Pages are for people; what programs read has an ending."""
    assert [path for path in client.get("/openapi.json").json()["paths"] if path.endswith("/")] == []


def test_the_issue_table_of_a_page_takes_parameters_that_change_no_row(client):
    a_claim(issues=[an_issue("Talks", slug="talks"), an_issue("Land", slug="land")])
    assert [row["slug"] for row in client.get("/issues.json?issue=land&kind=state").json()["results"]] == [
        "talks",
        "land",
    ]

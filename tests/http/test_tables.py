"""Tables for spreadsheets and programs: stances, dates in words, citations, and what each column holds."""

import csv
import io
import json
import re
from datetime import date, datetime

import pytest
from django.core.handlers.wsgi import WSGIHandler

from claims.formats import citations, csvw, files
from claims.models import OldSlug
from claims.positions import table
from claims.views import timeline
from claims.views.tables import TABLES
from tests import shared
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_position,
    a_source,
    a_stance,
    a_user,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

SITE = "http://testserver"
COLUMNS = {
    "/claims.csv": files.COLUMNS,
    "/claims-citations.csv": citations.COLUMNS,
    "/actors/ada.csv": table.COLUMNS,
    "/issues/talks.csv": table.COLUMNS,
    "/issues/talks/ada.csv": table.OF_STORIES,
    "/compare/ada/bo.csv": table.COLUMNS,
    "/timeline.csv": timeline.HEAD,
}
LINK = re.compile(r'<([^>]+)>; rel="describedby"; type="application/csvm\+json"')
READ = {
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
    "integer": int,
    "gYear": lambda text: re.fullmatch(r"\d{4}", text)[0],
    "anyURI": lambda text: re.match(r"https?://", text)[0],
    "string": str,
}


@shared.of_module()
def archive():
    """Two actors with a position each on one issue, and an event."""
    issue = an_issue("Talks", slug="talks")
    for name in ("Ada", "Bo"):
        speaker = an_actor(name, slug=name.lower())
        claim = a_claim(speaker=speaker, issues=[issue], events=[an_event()], said_edtf="2023-10/..")
        a_citation(claim)
        a_position(speaker, a_stance(issue, f"Ready, says {name}"), [claim])
    return issue


def rows(client, address):
    body = client.get(address).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


def test_a_claim_has_the_stance_that_it_shows_on_each_issue(client):
    talks, war = an_issue("Talks", slug="talks", order=1), an_issue("War", slug="war", order=2)
    ada, bo = an_actor("Ada"), an_actor("Bo")
    claim = a_claim(issues=[war, talks, an_issue("Other")], speaker=ada)
    ready, later = a_stance(talks, "Ready"), a_stance(war, "Later: maybe")
    a_position(ada, later, [claim])
    a_position(ada, ready, [claim])
    a_position(bo, ready, [claim])
    assert [row["stances"] for row in rows(client, "/claims.csv")] == ["talks: Ready | war: Later: maybe"]


def test_a_stance_of_a_position_that_is_no_longer_public_is_not_told(client, archive):
    ada = a_claim(issues=[archive], slug="new")
    a_position(an_actor("Carla"), a_stance(archive, "Canary"), [ada], state="in_review")
    assert "Canary" not in client.get("/claims.csv").getvalue().decode()


def test_what_only_qualifies_a_position_shows_no_stance(client, archive):
    claim = a_claim(issues=[archive], slug="new", said_edtf="2025")
    position = a_position(an_actor("Carla"), a_stance(archive, "Ready"), [])
    position.evidence.create(claim=claim, role="qualifies")
    assert [row["stances"] for row in rows(client, "/claims.csv") if row["id"] == "new"] == [""]


def test_dates_are_there_in_words_and_as_days(client):
    undated = a_source(published_edtf="")
    a_claim(said_edtf="2024-02~", source=a_source(published_edtf="2024-03"), slug="one")
    a_claim(said_edtf="2024", source=undated, slug="two")
    found = {row["id"]: row for row in rows(client, "/claims.csv")}
    names = ("said_words", "published_words", "published_earliest", "published_latest")
    assert [found["one"][name] for name in names] == ["about February 2024", "March 2024", "2024-03-01", "2024-03-31"]
    assert [found["two"][name] for name in names] == ["2024", "", "", ""]


def test_each_citation_is_a_row_with_its_document(client):
    claim = a_claim("talks may resume", slug="anna", speaker=an_actor("Anna", slug="anna"), exact="one")
    gazette = an_actor("Gazette", slug="gazette", kind="media")
    source = a_source(
        slug="speech", title="Мова", publisher=gazette, kind="interview", url="https://example.org/a", archive_url=""
    )
    a_citation(claim, source, "друге", language="uk", translation="second", locator="p 3")
    first, second = rows(client, "/claims-citations.csv")
    assert (first["citation"], first["quote"]) == ("1", "one")
    assert second == {
        "id": "anna",
        "attribution": "Anna said that talks may resume.",
        "speaker_id": "anna",
        "speaker": "Anna",
        "citation": "2",
        "quote": "друге",
        "language": "uk",
        "translation": "second",
        "locator": "p 3",
        "status": "text_not_held",
        "source_id": "speech",
        "source": "Мова",
        "source_kind": "interview",
        "publisher_id": "gazette",
        "publisher": "Gazette",
        "published": "2024-01-15",
        "published_words": "15 January 2024",
        "published_earliest": "2024-01-15",
        "published_latest": "2024-01-15",
        "source_url": "https://example.org/a",
        "archive_url": "",
        "passage_url": f"{SITE}/sources/speech/?claim=anna#claim-anna",
        "url": f"{SITE}/claims/anna/",
    }


def test_citations_are_those_of_the_claims_of_a_filter(client, archive):
    assert {row["speaker"] for row in rows(client, "/claims-citations.csv?speaker=ada")} == {"Ada"}
    assert len(rows(client, "/claims-citations.csv")) == 4


def test_words_that_nobody_may_be_given_are_in_no_citation(client):
    claim = a_claim(exact="canary words")
    claim.citations.update(translation="canary translation")
    claim.citations.get().source.take_down(reason="The author asked for it.")
    [row] = rows(client, "/claims-citations.csv")
    assert (row["quote"], row["translation"], row["status"]) == ("", "", "taken_down")


def test_drafts_and_what_is_withdrawn_have_no_citation_and_no_row(client, archive):
    a_draft("canary", speaker=an_actor("Canary"), issues=[archive])
    a_claim("canary", speaker=an_actor("Canary Bird"), issues=[archive]).withdraw(by=a_user(), note="It was wrong.")
    for address in COLUMNS:
        assert "canary" not in client.get(address).getvalue().decode().lower()


@pytest.mark.parametrize("query", ["spaker=ada", "speaker=nobody", "said_from=2024-13", "q=%00", "after=x", "x=%0A"])
@pytest.mark.parametrize(
    "address", ["/claims-citations.csv", "/claims.csv-metadata.json", "/timeline.csv-metadata.json"]
)
def test_an_invalid_filter_is_refused_in_words(client, archive, address, query):
    response = client.get(f"{address}?{query}")
    assert (response.status_code, bool(response.json()["errors"])) == (400, True)


def test_no_cell_of_a_citation_is_a_formula(client):
    a_claim(exact='=HYPERLINK("https://example.org")', source=a_source(title="+1"))
    [row] = rows(client, "/claims-citations.csv")
    assert (row["quote"], row["source"]) == ('\'=HYPERLINK("https://example.org")', "'+1")


def test_whoever_asks_for_the_head_of_the_citations_has_none_read(rf, archive, monkeypatch):
    monkeypatch.setattr("claims.formats.citations.claims", None)
    answer = WSGIHandler().get_response(rf.head("/claims-citations.csv"))
    assert (answer.status_code, list(answer)) == (200, [])


@pytest.mark.parametrize("number", [1, 3])
def test_citations_take_the_same_queries_however_many(client, number, django_assert_num_queries):
    claim = a_claim()
    for _ in range(number):
        a_citation(claim)
    client.get("/")
    with django_assert_num_queries(7):
        client.get("/claims-citations.csv").getvalue()


@pytest.mark.parametrize(
    "address", ["/actors/ada.csv", "/issues/talks.csv", "/issues/talks/ada.csv", "/compare/ada/bo.csv"]
)
def test_charts_stories_and_comparisons_can_be_counted_by_year(client, archive, address):
    assert {row["year"] for row in rows(client, address)} == {"2023"}


@pytest.mark.parametrize(("address", "columns"), COLUMNS.items())
@pytest.mark.parametrize("query", ["", "?utm_source=x%3Ey"])
def test_each_table_leads_to_what_its_columns_hold(client, archive, address, columns, query):
    response = client.get(address + query)
    [url] = LINK.findall(response.headers["Link"])
    described = client.get(url.removeprefix(SITE))
    assert described.headers["Content-Type"] == "application/csvm+json"
    assert described.headers["Access-Control-Allow-Origin"] == "*"
    data = json.loads(described.content)
    assert data["@context"][0] == "http://www.w3.org/ns/csvw"
    assert data["url"] == SITE + address + query
    head = response.getvalue().decode("utf-8-sig").splitlines()[0].split(",")
    assert [column["titles"] for column in data["tableSchema"]["columns"]] == head == list(columns)


@pytest.mark.parametrize("address", COLUMNS)
def test_every_cell_is_of_the_type_that_its_column_has(client, archive, address):
    described = json.loads(client.get(f"{address}-metadata.json").content)["tableSchema"]["columns"]
    types = {column["name"]: READ[column["datatype"]] for column in described}
    found = rows(client, address)
    assert found
    for row in found:
        for name, cell in row.items():
            assert cell == "" or types[name](cell) is not None


def test_every_column_is_explained_and_nothing_else_is():
    names = {name for each in TABLES.values() for name in each.columns}
    assert set(csvw.NOTES) == names
    assert names >= set(csvw.DATATYPES) | set(csvw.LISTS)


@pytest.mark.parametrize(
    "address", ["/actors/nobody.csv", "/issues/nothing.csv", "/issues/talks/nobody.csv", "/compare/a/b.csv"]
)
def test_what_is_no_table_has_no_columns(client, archive, address):
    response = client.get(f"{address}-metadata.json")
    assert (response.status_code, list(response.json())) == (404, ["type", "title", "status", "detail"])


def test_the_table_of_an_actor_without_positions_has_its_header_and_says_so(client):
    a_claim(addressees=[an_actor("Ada", slug="ada")])
    assert rows(client, "/actors/ada.csv") == []
    note = json.loads(client.get("/actors/ada.csv-metadata.json").content)["dc:description"]
    assert "The header alone means that nothing is on file." in note


def test_an_old_address_leads_to_the_description_at_the_new_one(client, archive):
    OldSlug.keep(archive, "peace")
    response = client.get("/issues/peace.csv-metadata.json")
    assert (response.status_code, response.headers["Location"]) == (301, "/issues/talks.csv-metadata.json")

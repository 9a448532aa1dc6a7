"""The data of the charts of actors and issues as CSV."""

import csv
import io

import pytest

from claims.models import OldSlug, PositionEvidence
from tests.factories import a_claim, a_draft, a_position, a_source, a_stance, an_actor, an_issue

pytestmark = pytest.mark.django_db

ADDRESSES = ["/actors/ada.csv", "/issues/talks.csv"]


@pytest.fixture
def stance():
    return a_stance(an_issue("Talks", slug="talks", question="Should there be talks?"), "Ready")


@pytest.fixture
def ada():
    return an_actor("Ada Abel", slug="ada")


def held(actor, stance, *said, **given):
    claims = [a_claim(speaker=actor, said_edtf=day, issues=[stance.issue], **given) for day in said]
    return a_position(actor, stance, shown_by=claims)


def rows(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_piece_of_evidence_is_a_row(client, ada, stance, address):
    source = a_source(title="A speech", url="https://example.org/speech", archive_url="https://archive.example/speech")
    claim = a_claim(
        "talks should begin",
        slug="ada-begins",
        speaker=ada,
        said_edtf="2022-02",
        said_text="in February",
        issues=[stance.issue],
        source=source,
        exact="let us begin to talk",
        form="partial_quote",
    )
    a_position(ada, stance, shown_by=[claim], slug="ada-ready")
    [row] = rows(client.get(address))
    assert row == {
        "issue_id": "talks",
        "issue": "Talks",
        "question": "Should there be talks?",
        "actor_id": "ada",
        "actor": "Ada Abel",
        "position": "ada-ready",
        "stance_order": "1",
        "stance": "Ready",
        "role": "shows",
        "said": "2022-02",
        "said_earliest": "2022-02-01",
        "said_latest": "2022-02-28",
        "said_text": "in February",
        "form": "partial_quote",
        "attribution": f"Ada Abel, as quoted in part by {source.publisher.name}, said that talks should begin.",
        "quote": "let us begin to talk",
        "source": "A speech",
        "source_url": "https://example.org/speech",
        "archive_url": "https://archive.example/speech",
        "claim_url": "http://testserver/claims/ada-begins/",
        "year": "2022",
    }


def test_an_actor_s_rows_go_by_issue_and_an_issue_s_by_actor(client, ada, stance):
    first = a_stance(an_issue("First", order=0), "No")
    held(ada, stance, "2022-01-10", "2023-01-10")
    held(ada, first, "2024-01-10")
    held(an_actor("Bo Aaron"), stance, "2022-06-10")
    assert [(row["issue"], row["said"]) for row in rows(client.get("/actors/ada.csv"))] == [
        ("First", "2024-01-10"),
        ("Talks", "2022-01-10"),
        ("Talks", "2023-01-10"),
    ]
    assert [row["actor"] for row in rows(client.get("/issues/talks.csv"))] == ["Bo Aaron", "Ada Abel", "Ada Abel"]


def test_what_qualifies_or_contradicts_a_position_says_so(client, ada, stance):
    position = held(ada, stance, "2022-01-10")
    for role, day in (("qualifies", "2022-02-10"), ("contradicts", "2022-03-10")):
        claim = a_claim(speaker=ada, said_edtf=day, issues=[stance.issue])
        PositionEvidence.objects.create(position=position, claim=claim, role=role)
    assert [row["role"] for row in rows(client.get("/actors/ada.csv"))] == ["shows", "qualifies", "contradicts"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_a_streamed_file_for_spreadsheets(client, ada, stance, address):
    held(ada, stance, "2022-01-10")
    response = client.get(address)
    name = address.strip("/").replace("s/", "-")
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.getvalue().startswith(b"\xef\xbb\xbfissue_id,issue,question,")


def test_no_cell_is_a_formula(client, ada, stance):
    held(ada, stance, "2022-01-10", exact="=HYPERLINK(1)", said_text="@SUM(A1)", source=a_source(title="+1"))
    [row] = rows(client.get("/actors/ada.csv"))
    assert (row["quote"], row["said_text"], row["source"]) == ("'=HYPERLINK(1)", "'@SUM(A1)", "'+1")


def test_the_words_of_a_source_that_was_taken_down_are_not_given(client, ada, stance):
    source = a_source(title="A speech")
    held(ada, stance, "2022-01-10", exact="let us begin to talk", source=source)
    source.take_down(reason="asked for by the publisher")
    [row] = rows(client.get("/actors/ada.csv"))
    assert (row["quote"], row["source"]) == ("", "A speech")


@pytest.mark.parametrize("address", ADDRESSES)
def test_as_of_and_known_by_a_day(client, ada, stance, address):
    held(ada, stance, "2022-01-10", "2023-01-10")
    assert [row["said"] for row in rows(client.get(f"{address}?as_of=2022"))] == ["2022-01-10"]
    assert rows(client.get(f"{address}?known_by=2001")) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_neither_drafts_nor_withdrawn_rows_are_in_it(client, ada, stance, address):
    held(ada, stance, "2022-01-10")
    a_position(ada, stance, shown_by=[a_draft("secret plans", speaker=ada)])
    a_position(ada, stance, shown_by=[a_claim("hidden words")], state="draft", slug="hidden-position")
    gone = a_claim("withdrawn words", speaker=ada)
    a_position(ada, stance, shown_by=[gone])
    gone.withdraw(note="not said")
    assert [row["said"] for row in rows(client.get(address))] == ["2022-01-10"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("address", ADDRESSES)
def test_it_takes_the_same_queries_however_much_is_on_file(
    client, ada, stance, address, number, django_assert_num_queries
):
    for month in range(1, number + 1):
        held(ada, stance, f"2022-0{month}-10")
    with django_assert_num_queries(9):
        client.get(address).getvalue()


def test_an_old_address_leads_to_the_new_one_for_ever(client, ada, stance):
    held(ada, stance, "2022-01-10")
    OldSlug.keep(ada, "old")
    OldSlug.keep(stance.issue, "old")
    for old, new in (("/actors/old.csv", "/actors/ada.csv"), ("/issues/old.csv", "/issues/talks.csv")):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)


def test_what_is_not_public_or_not_there_is_not_found(client):
    an_actor("Eve Hidden", slug="eve")
    for address in ("/actors/eve.csv", "/actors/nobody.csv", "/issues/nothing.csv", f"/issues/{'9' * 400}.csv"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "query",
    ["as_of=2023-02-30", "known_by=%00", "as_of=2022&as_of=2023", "as_of=" + "9" * 60_000, "x=1", "as_of=%E2%80%AE1"],
)
def test_wrong_days_and_unknown_parameters_are_refused_in_words(client, ada, stance, address, query):
    held(ada, stance, "2022-01-10")
    answer = client.get(f"{address}?{query}")
    assert (answer.status_code, list(answer.json())) == (400, ["type", "title", "status", "errors"])

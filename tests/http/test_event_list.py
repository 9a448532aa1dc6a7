"""The list of events."""

import pytest

from claims.views import list_forms
from tests.factories import a_claim, a_draft, an_actor, an_event

pytestmark = pytest.mark.django_db

HOSTILE = [
    "date_from=2024-13",
    "date_from=2024-02-30",
    "date_from=2024&date_from=2023",
    "date_from=2024&date_to=2023",
    "date_to=%00",
    "date_to=%D9%A2%D9%A0%D9%A2%D9%A4",
    f"date_to={'9' * 60_000}",
    "participant=nobody",
    "participant=%00",
    "kind=' OR 1=1 --",
    "page=99999999999999999999",
    "date_earliest__year=99999999999999999999",
]


def test_it_groups_events_by_year_newest_first_with_what_was_said(client):
    an_event("First round", date_edtf="2022-02-28")
    last = an_event("Last round", date_edtf="2024-05", place="Geneva")
    a_claim(events=[last])
    a_draft(events=[last])
    page = client.get("/events/").text
    places = [page.index(words) for words in (">2024<", "Last round", ">2022<", "First round")]
    assert places == sorted(places)
    assert "May 2024" in page
    assert "Geneva" in page
    assert "1 claim<" in page


@pytest.mark.parametrize(
    "query", ["participant=ada-abel", "kind=summit", "date_from=2024-05", "date_from=2024-05-20&date_to=2024-05-20"]
)
def test_it_filters_by_participant_kind_and_date(client, query):
    an_event("First round", date_edtf="2022-02-28", participants=[an_actor()])
    an_event("Last round", date_edtf="2024-05", kind="summit", participants=[an_actor(slug="ada-abel")])
    page = client.get(f"/events/?{query}").text
    assert "Last round" in page
    assert "First round" not in page


def test_it_leaves_out_drafts_and_what_was_withdrawn(client):
    an_event("Secret meeting", state="draft", participants=[an_actor("Ada Hidden")])
    an_event("Withdrawn meeting").withdraw(note="it never happened")
    page = client.get("/events/").text
    assert "Secret" not in page
    assert "Withdrawn" not in page
    assert "Ada Hidden" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_events_there_are(client, number, django_assert_num_queries):
    for _ in range(number):
        a_claim(events=[an_event(participants=[an_actor()])])
    with django_assert_num_queries(5):
        client.get("/events/")


@pytest.mark.parametrize("query", HOSTILE)
def test_it_answers_a_bad_parameter_with_an_error_and_no_rows(client, query):
    an_event("First round")
    answer = client.get(f"/events/?{query}")
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert "First round" not in answer.text
    assert len(answer.text) < 20_000


def test_it_goes_on_page_by_page(client, monkeypatch):
    monkeypatch.setattr(list_forms, "A_PAGE", 1)
    an_event("First round", date_edtf="2022-02-28")
    an_event("Last round", date_edtf="2024-05")
    page = client.get("/events/?page=2").text
    assert "First round" in page
    assert "Last round" not in page
    assert 'href="?">Back to the first' in page


def test_it_says_that_nothing_fits(client):
    an_event()
    assert "Nothing on file that fits" in client.get("/events/?date_from=1999&date_to=1999").text


def test_an_empty_archive_says_what_to_do_first(client):
    assert "Nothing is published here yet." in client.get("/events/").text

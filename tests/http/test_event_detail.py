"""The page of an event, and its JSON."""

import pytest

from claims.models import OldSlug
from tests.factories import a_claim, a_draft, a_source, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db


def talks(**given):
    return an_event("First round", **{"slug": "talks", "date_edtf": "2022-02-28", **given})


def section(page, name):
    """The part of a page that begins with the heading of this id."""
    return page[page.index(f'id="{name}"') :].split("</section>")[0]


def test_it_says_when_where_who_and_on_which_source(client):
    source = a_source(slug="address", kind="readout", publisher=an_actor("The Gazette"))
    talks(date_text="last Monday", place="Gomel", participants=[an_actor("Ada Abel")], sources=[source])
    page = client.get("/events/talks/").text
    for words in ("28 February 2022", "(in the source: “last Monday”)", "Gomel", "Ada Abel", "Two delegations met."):
        assert words in page
    assert '<a href="/sources/address/">The Gazette, readout</a>' in page


def test_it_shows_what_was_said_at_it_on_the_day_before_and_after(client):
    ada, issue = an_actor("Ada Abel"), an_issue()
    event = talks(participants=[ada])
    a_claim("talks go well", said_edtf="2022-02-28", events=[event], issues=[issue])
    a_claim("it rains today", said_edtf="2022-02-28")
    a_claim("talks will come", said_edtf="2022-02-20", speaker=ada)
    a_claim("talks are over", said_edtf="2022-03-05", issues=[issue])
    a_claim("apples are red", said_edtf="2022-03-05")
    page = client.get("/events/talks/").text
    assert "talks go well" in section(page, "at")
    assert "it rains today" in section(page, "on-day")
    around = section(page, "around")
    assert around.index("talks will come") < around.index("<b>After</b>") < around.index("talks are over")
    assert "apples are red" not in page


def test_only_the_nearest_claims_before_are_shown_in_the_order_of_time(client):
    ada = an_actor("Ada Abel")
    talks(participants=[ada])
    for day in range(1, 7):
        a_claim(f"day {day} has come", said_edtf=f"2022-02-0{day}", speaker=ada)
    around = section(client.get("/events/talks/").text, "around")
    assert [day for day in range(1, 7) if f"day {day} has come" in around] == [3, 4, 5, 6]
    assert around.index("day 3") < around.index("day 6")


def test_the_nearest_are_those_by_participants_or_on_its_issues_and_none_of_them_twice(client):
    ada, issue = an_actor("Ada Abel"), an_issue()
    event = talks(participants=[ada])
    a_claim("talks go well", said_edtf="2022-02-28", events=[event], issues=[issue])
    for day, given in enumerate([{"speaker": ada}, {"issues": [issue]}, {"speaker": ada, "issues": [issue]}] * 2, 1):
        a_claim(f"day {day} has come", said_edtf=f"2022-03-0{day}", **given)
    around = section(client.get("/events/talks/").text, "around")
    assert [around.count(f"day {day} has come.</a>") for day in range(1, 7)] == [1, 1, 1, 1, 0, 0]


def test_what_may_have_been_said_on_another_day_is_neither_on_the_day_nor_around_it(client):
    ada = an_actor("Ada Abel")
    talks(participants=[ada])
    for said in ("2022-02", "2022-02-27/2022-03-01", "2022-02-28/.."):
        a_claim("nobody knows when", said_edtf=said, speaker=ada)
    assert "nobody knows when" not in client.get("/events/talks/").text


def test_without_participants_and_issues_nothing_is_near(client):
    talks()
    a_claim("apples are red", said_edtf="2022-02-27")
    assert "apples are red" not in client.get("/events/talks/").text


def test_an_event_of_a_year_has_no_day(client):
    talks(date_edtf="2022")
    a_claim("it rains today", said_edtf="2022-02-28")
    assert "it rains today" not in client.get("/events/talks/").text


def test_it_shows_neither_drafts_nor_what_was_withdrawn(client):
    event = talks()
    a_draft("secret plans exist", events=[event])
    a_draft("hidden words", said_edtf="2022-02-28")
    a_claim("withdrawn words", events=[event]).withdraw(note="not said")
    for address in ("/events/talks/", "/events/talks.json"):
        page = client.get(address).text
        for words in ("secret plans", "hidden words", "withdrawn words"):
            assert words not in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_is_on_file(client, number, django_assert_num_queries):
    ada = an_actor("Ada Abel")
    event = talks(participants=[ada, *(an_actor() for _ in range(number))], sources=[a_source() for _ in range(number)])
    for _ in range(number):
        a_claim(events=[event], said_edtf="2022-02-28")
        a_claim(said_edtf="2022-02-28")
        a_claim(said_edtf="2022-02-20", speaker=ada)
        a_claim(said_edtf="2022-03-20", speaker=ada)
    with django_assert_num_queries(11):
        client.get("/events/talks/")


def test_a_draft_is_not_found(client):
    talks(state="draft")
    assert client.get("/events/talks/").status_code == 404
    assert client.get("/events/talks.json").status_code == 404


def test_a_withdrawn_event_answers_gone_with_the_reason_and_nothing_else(client):
    talks().withdraw(note="it never happened")
    answer = client.get("/events/talks/")
    assert answer.status_code == 410
    assert "Reason: it never happened" in answer.text
    assert "First round" not in answer.text
    assert "Two delegations" not in answer.text


def test_the_json_of_a_withdrawn_event_holds_the_reason_alone(client):
    talks().withdraw(note="it never happened")
    answer = client.get("/events/talks.json")
    assert answer.status_code == 410
    assert sorted(answer.json()) == ["reason", "slug", "status", "title", "type", "withdrawn"]
    assert answer.json()["reason"] == "it never happened"


@pytest.mark.parametrize("slug", ["nothing", "x" * 5_000, "9" * 400])
def test_an_unknown_address_is_not_found(client, slug):
    assert client.get(f"/events/{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"), [("/events/old/", "/events/talks/"), ("/events/old.json", "/events/talks.json")]
)
def test_an_old_address_leads_to_the_new_one_for_ever(client, old, new):
    OldSlug.keep(talks(), "old")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


def test_an_old_address_does_not_betray_a_draft(client):
    OldSlug.keep(talks(state="draft"), "old")
    assert client.get("/events/old/").status_code == 404


def test_the_json_holds_the_date_the_participants_and_the_claims(client):
    event = talks(participants=[an_actor("Ada Abel")])
    a_claim("talks go well", events=[event], speaker=an_actor("Bea Brook"))
    record = client.get("/events/talks.json").json()
    assert record["date"]["earliest"] == "2022-02-28"
    assert [actor["name"] for actor in record["participants"]] == ["Ada Abel"]
    assert [claim["attribution"] for claim in record["claims"]] == ["Bea Brook said that talks go well."]
    assert record["claims_url"] == "http://testserver/claims.json?event=talks"


def test_the_json_holds_the_last_claims_of_very_many(client, monkeypatch):
    monkeypatch.setattr("claims.views.events.LATEST", 2)
    event = talks()
    for day in (2, 3, 1):
        a_claim(slug=f"day-{day}", events=[event], said_edtf=f"2022-03-0{day}")
    assert [claim["id"] for claim in client.get("/events/talks.json").json()["claims"]] == ["day-3", "day-2"]

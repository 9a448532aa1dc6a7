"""The dates of the claims browser: columns that lead from years to months to days, and the events above them."""

import re

import pytest

from tests.factories import a_claim, a_draft, a_source, an_event, an_issue

pytestmark = pytest.mark.django_db

NOVEMBER = "said_from=2023-11&said_to=2023-11"


def bars(response):
    """The columns that hold claims: where they lead, and what they are called."""
    return re.findall(r'<a href="/claims/\?([^"]+)"[^>]* aria-label="([^"]+ claims?)">', response.text)


def test_years_lead_to_months_and_months_to_days(client):
    a_claim(said_edtf="2023-11-22")
    page = client.get("/claims/")
    assert bars(page) == [("said_from=2023&amp;said_to=2023", "2023: 1 claim")]
    page = client.get("/claims/?said_from=2023&said_to=2023")
    assert bars(page) == [("said_from=2023-11&amp;said_to=2023-11", "November 2023: 1 claim")]
    page = client.get(f"/claims/?{NOVEMBER}")
    assert bars(page) == [("said_from=2023-11-22&amp;said_to=2023-11-22", "22 November 2023: 1 claim")]
    assert "November 2023, by day" in page.text


def test_a_day_keeps_the_other_days_of_its_month_and_leads_back_to_it(client):
    for day in ("2023-11-22", "2023-11-23"):
        a_claim(said_edtf=day)
    page = client.get("/claims/?said_from=2023-11-22&said_to=2023-11-22")
    assert [label for _, label in bars(page)] == ["22 November 2023: 1 claim", "23 November 2023: 1 claim"]
    assert page.text.count('class="is-on"') == 1
    assert '<a href="/claims/?said_from=2023-11&amp;said_to=2023-11">November 2023</a>' in page.text


def test_claims_without_a_day_are_counted_beside_the_days(client):
    for said in ("2023-11-22", "2023-11", "[2023-10-30..2023-11-02]", "2023", "2024"):
        a_claim(said_edtf=said)
    page = client.get(f"/claims/?{NOVEMBER}").text
    assert "<strong>4</strong> of 5 claims" in page
    assert "3 more, day not stated" in page
    assert "1 more, day not stated" in client.get(f"/claims/?{NOVEMBER}&match=certain").text


def test_claims_whose_middle_is_elsewhere_are_counted_beside_the_months(client):
    for said in ("2023-11-22", "2022/2024"):
        a_claim(said_edtf=said)
    page = client.get("/claims/?said_from=2022-11&said_to=2022-12").text
    assert "1 more reaches into this time from a middle elsewhere" in page
    assert "each month in full" not in page
    assert "each month in full" in client.get("/claims/?said_from=2023-03-10&said_to=2023-12").text


def test_claims_without_a_date_are_counted_beside_the_years(client):
    a_claim(source=a_source(published_edtf="2023-11-22"))
    a_claim(source=a_source(published_edtf=""))
    assert "1 more without a date" in client.get("/claims/?clock=published").text
    assert "without a date" not in client.get("/claims/").text


def test_the_columns_are_the_same_as_data(client):
    for said in ("2023-11-22", "2023-11-22", "2023-11"):
        a_claim(said_edtf=said)
    days = client.get(f"/claims.json?{NOVEMBER}").json()["histogram"]
    assert (len(days), days[0], days[21]) == (
        30,
        {"from": "2023-11-01", "to": "2023-11-01", "count": 0},
        {"from": "2023-11-22", "to": "2023-11-22", "count": 2},
    )


def test_events_are_marked_and_lead_to_their_pages(client):
    a_claim(said_edtf="2023-11-22")
    an_event("Talks", slug="talks", date_edtf="2023-11-02")
    an_event("Canary", slug="canary", date_edtf="2023-11-03", state="draft", published_at=None)
    page = client.get(f"/claims/?{NOVEMBER}").text
    assert '<a href="/events/talks/" aria-label="Event, 2 November 2023: Talks"><title>2 November 2023: Talks' in page
    assert "anary" not in page
    an_event("Summit", slug="summit", date_edtf="2023-11-02")
    page = client.get(f"/claims/?{NOVEMBER}").text
    assert 'href="/events/?date_from=2023-11-02&amp;date_to=2023-11-02" aria-label="2 events, 2 November 2023:' in page
    assert "Talks" not in client.get("/claims/").text


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("period", [NOVEMBER, "said_from=2023&said_to=2023"])
def test_events_take_one_query_however_many(client, number, period, django_assert_num_queries):
    for _ in range(number):
        a_claim(said_edtf="2023-11-22")
        an_event(date_edtf="2023-11-02")
    with django_assert_num_queries(8):
        client.get(f"/claims/?{period}")


def test_claims_that_are_not_published_are_in_no_column(client):
    a_claim(said_edtf="2023-11-22")
    a_draft(said_edtf="2023-11-22")
    assert [label for _, label in bars(client.get(f"/claims/?{NOVEMBER}"))] == ["22 November 2023: 1 claim"]


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "9999-12", "0001", "9999"])
def test_the_ends_of_the_calendar_can_be_asked_for(client, typed):
    a_claim(said_edtf="2023-11-22")
    an_event(date_edtf="2023-11-02")
    page = client.get(f"/claims/?said_from={typed}&said_to={typed}")
    assert page.status_code == 200
    assert "No claim on file" in page.text


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("/claims/", ["By the date it was", "Uncertain dates", "From", "To"]),
        ("/timeline/", ["By the date it was", "Uncertain dates", "From", "To"]),
        ("/", ["As of", "Published here by"]),
    ],
)
def test_its_forms_speak_as_readers_do(client, path, labels):
    a_claim(issues=[an_issue()])
    page = client.get(path).text
    assert set(labels) <= set(re.findall(r"<label[^>]*>([^<]+)</label>", page))
    assert not re.search(r">\s*(Clock|Possibly|On file by|Set)\s*<", page)


def test_what_its_forms_offer_is_written_as_before(client):
    page = client.get("/claims/?clock=recorded&match=certain").text
    assert '<option value="recorded" selected>Recorded here</option>' in page
    assert '<option value="certain" selected>Leave out</option>' in page
    assert "Show these dates" in page

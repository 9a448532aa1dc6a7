"""The timeline of events and claims."""

import csv
import re
from html import unescape

import pytest

from claims.models import Claim
from claims.timeline import lanes, view
from tests import shared
from tests.factories import a_citation, a_claim, a_draft, a_source, a_step, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db

NASTY = [
    "\x00", "\u202eabc", "\r\nSet-Cookie: a=b", "' OR 1=1 --", "9" * 40, "2023-13", "2023-02-30", "0000",
    "я" * 60_000, "\ud800", "<script>alert(1)</script>",
]  # fmt: skip
EVERY_TABLE = "speaker=speaker&issue=issue&not_source=other&event=event&language=en&q=peace&lanes=issue"


def many(monkeypatch):
    """Let any claim be one too many to be shown by itself."""
    monkeypatch.setattr(view, "FEW", 0)


def archive(number):
    """Claims with every kind of row that hangs on them, all of one speaker, issue and event."""
    speaker, issue, event = an_actor(slug="speaker"), an_issue(slug="issue"), an_event(slug="event")
    a_claim("other things", source=a_source(slug="other"), said_edtf="2021")
    for _ in range(number):
        claim = a_claim("peace may come", speaker=speaker, issues=[issue, an_issue()], events=[event, an_event()])
        a_citation(claim, a_source())
        a_step(claim, an_actor())


def answer(client, path):
    """The page at an address as it stands in a page."""
    response = client.get(unescape(path))
    assert response.status_code == 200
    return response.text


def number_found(page):
    found = re.search(r"<h2><strong>(\d+)</strong> claims?", page)
    return int(found.group(1)) if found else 0


def links(page, pattern):
    """The addresses of links whose own text or label matches."""
    return [
        href
        for href, rest in re.findall(r'<a [^>]*?href="([^"]+)"(.*?</a>)', page, re.DOTALL)
        if re.search(pattern, rest, re.DOTALL)
    ]


def test_it_shows_events_and_claims_of_all_time(client):
    event = an_event("First round", date_edtf="2022-02-28", place="Gomel")
    claim = a_claim("one should wait", speaker=an_actor("Anna"), said_edtf="2022-03-05", events=[event])
    page = answer(client, "/timeline/")
    assert number_found(page) == 1
    assert "and 1 event</h2>" in page
    title = "Anna said that one should wait. (5 March 2022)"
    assert f'<a href="{claim.get_absolute_url()}" aria-label="{title}"><title>{title}</title>' in page
    assert 'aria-label="First round, 28 February 2022: 1 claim"' in page
    assert "28 February 2022 · Gomel" in page
    for section in ("before", "at", "after"):
        assert f'href="/events/{event.slug}/#{section}"' in page


def test_the_claims_of_an_event_are_those_of_the_filter(client):
    event = an_event("First round", slug="round")
    a_claim(speaker=an_actor(slug="anna"), events=[event])
    a_claim(events=[event])
    page = answer(client, "/timeline/?speaker=anna")
    assert links(page, ">1 claim</a>") == ["/claims/?speaker=anna&amp;event=round"]
    assert number_found(answer(client, "/timeline/?speaker=anna&event=round")) == 1


def test_an_event_that_lies_ahead_is_marked_as_expected(client):
    an_event("Next round", date_edtf="9998-01-05")
    an_event("Last round", date_edtf="2022-01-05")
    page = answer(client, "/timeline/?said_from=9998&said_to=9998")
    assert "5 January 9998, expected" in page
    assert 'class="flag is-expected"' in page
    assert "expected" not in answer(client, "/timeline/?said_from=2022&said_to=2022")


@shared.of_module()
def hidden():
    """A claim and an event that nobody may see, beside an event that all may."""
    a_claim(events=[an_event("Open")])
    canary = an_issue("Canary issue", slug="canary")
    return a_draft("canary content", speaker=an_actor("Canary Speaker"), issues=[canary]), an_event("Canary event")


@pytest.mark.run_once
@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
@pytest.mark.parametrize("query", ["", "?lanes=actor", "?lanes=issue", "?said_from=2024-01-15&said_to=2024-01-15"])
@pytest.mark.parametrize("ending", ["/", ".json", ".csv"])
@pytest.mark.parametrize("few", [0, 50])
def test_it_never_shows_what_is_not_published(client, hidden, monkeypatch, state, query, ending, few):
    monkeypatch.setattr(view, "FEW", few)
    monkeypatch.setattr(view, "DAY", few)
    for thing in hidden:
        type(thing).objects.filter(pk=thing.pk).update(state=state, withdrawn_at=thing.created_at)
    response = client.get(f"/timeline{ending}{query}")
    assert response.status_code == 200
    assert "canary" not in response.text.lower()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("query", "few", "queries"),
    [
        ("", 50, 8),
        ("", 0, 3),
        ("lanes=actor", 0, 4),
        ("said_from=2024-01&said_to=2024-01&lanes=issue", 50, 8),
        ("said_from=2024-01-15&said_to=2024-01-15", 50, 8),
        (EVERY_TABLE, 50, 9),
        (EVERY_TABLE, 0, 5),
        ("speaker=speaker&act=denies", 50, 3),
    ],
)
def test_it_takes_the_same_queries_however_many_rows(
    client, monkeypatch, number, query, few, queries, django_assert_num_queries
):
    monkeypatch.setattr(view, "FEW", few)
    archive(number)
    with django_assert_num_queries(queries):
        client.get(f"/timeline/?{query}")


@pytest.mark.parametrize(("few", "ways_on"), [(0, 19), (50, 4)])
def test_every_way_on_leads_where_it_says_and_finds_what_it_counts(client, monkeypatch, few, ways_on):
    monkeypatch.setattr(view, "FEW", few)
    for said in ("2022-05-03", "2022-11", "2022", "2023-01-31", "2023-02-01/2023-03-05", "2023-02-14", "2023-02-14"):
        a_claim(said_edtf=said, speaker=an_actor(slug=f"s-{said[:7].replace('/', '')}-{Claim.objects.count()}"))
    followed = 0
    for query in ("", "said_from=2022&said_to=2022", "said_from=2023-02&said_to=2023-02", "said_from=2023-02-14"):
        page = answer(client, f"/timeline/?{query}")
        bars = re.findall(r'<a href="(/timeline/[^"]*)" aria-label="[^"]*: (\d+) claims?(?:, and (\d+) more)?', page)
        ways = re.findall(r'(?s)<a href="(/timeline/[^"]*)" rel="(?:prev|next)">.*?<span class="meta">(\d+)()<', page)
        for href, count, possible in [*bars, *ways]:
            assert number_found(answer(client, href)) == int(count) + int(possible or 0), href
            followed += 1
    assert followed == ways_on


def test_a_year_leads_to_its_months_and_a_month_to_its_days(client, monkeypatch):
    many(monkeypatch)
    a_claim(said_edtf="2022-05-03")
    a_claim(said_edtf="2023-11-22")
    page = answer(client, "/timeline/")
    (year,) = links(page, 'aria-label="2023"')[:1]
    assert year == "/timeline/?said_from=2023&amp;said_to=2023"
    (month,) = links(answer(client, year), 'aria-label="November 2023: 1 claim"')[:1]
    assert month == "/timeline/?said_from=2023-11&amp;said_to=2023-11"
    (day,) = links(answer(client, month), 'aria-label="22 November 2023: 1 claim"')[:1]
    assert day == "/timeline/?said_from=2023-11-22&amp;said_to=2023-11-22"
    page = answer(client, day)
    assert [
        label for label in ("All time", "2023", "November 2023", "22 November 2023") if f">{label}</a>" in page
    ] == [
        "All time",
        "2023",
        "November 2023",
        "22 November 2023",
    ]
    assert links(page, "Zoom out") == ["/timeline/?said_from=2023-11&amp;said_to=2023-11"]


def test_a_period_leads_to_the_one_before_and_the_one_after(client):
    a_claim(said_edtf="2023-11-22")
    page = answer(client, "/timeline/?said_from=2023-12&said_to=2023-12&lanes=actor&match=certain")
    assert links(page, "Earlier") == [
        "/timeline/?said_from=2023-11&amp;said_to=2023-11&amp;match=certain&amp;lanes=actor"
    ]
    assert links(page, "Later") == [
        "/timeline/?said_from=2024-01&amp;said_to=2024-01&amp;match=certain&amp;lanes=actor"
    ]


def test_a_day_shows_its_claims_and_leads_to_the_nearest_days_with_some(client):
    a_claim("one should wait", slug="on", said_edtf="2023-11-22")
    a_claim("two should wait", slug="perhaps", said_edtf="2023-11")
    a_claim("three should wait", slug="before", said_edtf="2023-10-01")
    a_claim("four should wait", slug="after", said_edtf="2024-01-31")
    page = answer(client, "/timeline/?said_from=2023-11-22&said_to=2023-11-22")
    assert re.findall(r'<article class="entry" id="claim-([\w-]+)"', page) == ["on"]
    assert "two should wait" in page[page.index("Day not certain") :]
    assert links(page, "Last day before with claims: 1 October 2023") == [
        "/timeline/?said_from=2023-10-01&amp;said_to=2023-10-01"
    ]
    assert links(page, "First day after with claims: 31 January 2024") == [
        "/timeline/?said_from=2024-01-31&amp;said_to=2024-01-31"
    ]


def test_a_day_of_too_many_claims_shows_the_certain_ones_first_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr(view, "DAY", 1)
    a_claim(slug="perhaps", said_edtf="2024")
    a_claim(slug="first")
    page = answer(client, "/timeline/?said_from=2024-01-15&said_to=2024-01-15")
    assert re.findall(r'<article class="entry" id="claim-([\w-]+)"', page) == ["first"]
    assert "the first of 2 claims" in page


@pytest.mark.parametrize("few", [0, 50])
@pytest.mark.parametrize(("laned", "name"), [("actor", "speaker"), ("issue", "issue")])
def test_the_most_frequent_lanes_come_first_and_the_rest_is_counted(client, monkeypatch, few, laned, name):
    monkeypatch.setattr(view, "FEW", few)
    monkeypatch.setattr(lanes, "LANES", 2)
    for place, count in enumerate((1, 2, 1, 1)):
        actor, issue = an_actor("DBAC"[place], slug=f"a-{place}"), an_issue("DBAC"[place], slug=f"a-{place}")
        for _ in range(count):
            a_claim(speaker=actor, issues=[issue])
    page = answer(client, f"/timeline/?lanes={laned}")
    drawn = re.findall(rf'<h3><a href="/timeline/\?{name}=a-\d&amp;lanes={laned}">(\w)</a></h3>', page)
    assert drawn == ["B", "A"]
    (others,) = links(page, "2 more lanes, 2 claims")
    assert number_found(answer(client, others)) == 2


@pytest.mark.parametrize("few", [0, 50])
def test_speakers_of_as_many_claims_are_in_the_order_of_their_surnames(client, monkeypatch, few):
    monkeypatch.setattr(view, "FEW", few)
    a_claim(speaker=an_actor("Anna Zeman", sort_name="Zeman, Anna"))
    a_claim(speaker=an_actor("Boris Arlt", sort_name="Arlt, Boris"))
    page = answer(client, "/timeline/?lanes=actor")
    assert re.findall(r"<h3><a [^>]*>([^<]*)</a></h3>", page) == ["Boris Arlt", "Anna Zeman"]
    data = client.get("/timeline.json?lanes=actor").json()
    assert ([lane["lane"] for lane in data["lanes"]], data["others"]) == (["Boris Arlt", "Anna Zeman"], None)


def test_a_claim_on_two_issues_is_one_of_the_others(client, monkeypatch):
    many(monkeypatch)
    monkeypatch.setattr(lanes, "LANES", 1)
    first, *rest = [an_issue(title) for title in "ABC"]
    a_claim(issues=[first])
    a_claim(issues=[first, *rest])
    assert "2 more lanes, 1 claim<" in answer(client, "/timeline/?lanes=issue")


def test_the_chart_is_a_table_too(client, monkeypatch):
    a_claim("one should wait", speaker=an_actor("Anna"), said_edtf="2022-03-05")
    table = answer(client, "/timeline/?lanes=actor").split("<table")[1]
    assert '<th scope="row">5 Mar 2022</th><td>Anna</td><td><a' in table
    many(monkeypatch)
    table = answer(client, "/timeline/?said_from=2022&said_to=2022").split("<table")[1]
    assert '>March 2022</a></td><td class="num">1</td><td class="num">0</td>' in table


def test_the_filter_is_read_back_and_leads_to_the_browser(client):
    a_claim(speaker=an_actor("Anna", slug="anna"), said_edtf="2022-03-05")
    page = answer(client, "/timeline/?speaker=anna&said_from=2022&lanes=issue")
    assert "<title>Timeline: events and claims by Anna said since 2022 – Attributed</title>" in page
    assert links(page, "Change the filter") == ["/claims/?speaker=anna&amp;said_from=2022"]
    assert links(page, "Remove filter: </span>Anna") == ["/timeline/?said_from=2022&amp;lanes=issue"]
    assert '<input type="hidden" name="speaker" value="anna">' in page


def test_it_goes_by_the_clock_of_the_filter(client):
    a_claim(said_edtf="2022-03-05", source=a_source(published_edtf="2024-05-06"))
    a_claim(said_edtf="2022-03-05", source=a_source(published_edtf=""))
    page = answer(client, "/timeline/?clock=published")
    assert 'aria-label="May 2024"' in page
    assert "1 claim has no date of this kind" in page
    assert number_found(answer(client, "/timeline/?clock=published&said_from=2024-05-06&said_to=2024-05-06")) == 1


def test_an_empty_answer_offers_ways_out_and_still_shows_the_events(client):
    a_claim(speaker=an_actor(slug="anna"), act="asserts", said_edtf="2022-03-05")
    an_event("First round", date_edtf="2023-05-05")
    page = answer(client, "/timeline/?speaker=anna&said_from=2023&said_to=2023")
    assert "That is a fact about this archive" in page
    assert '<a href="/timeline/?speaker=anna">without <b>2023</b></a><span class="num">1 claim</span>' in page
    assert "First round" in page


@pytest.mark.parametrize("query", ["", "?said_from=2023", "?q=peace"])
def test_an_empty_archive_says_what_to_do_first(client, query):
    assert "Nothing is published here yet." in answer(client, f"/timeline/{query}")


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_an_invalid_filter_shows_the_error_beside_the_field_and_nothing_else(client, ending):
    a_claim("a very public matter", events=[an_event("Public round")])
    query = "speaker=nobody&said_from=soon&lanes=colour&colour=red&after=x"
    page = answer(client, f"/timeline/?{query}")
    assert "a very public matter" not in page
    assert "Public round" not in page
    for words in ("“nobody” is not on file.", "“colour” is none of the choices.", "filtered by “colour”", "by “after”"):
        assert words in page
    assert re.search(r'name="said_from" value="soon"[^>]*aria-invalid="true"', page)
    data = client.get(f"/timeline.{ending}?{query}")
    assert data.status_code == 400
    assert set(data.json()["errors"]) == {"speaker", "said_from", "lanes", "__all__"}


@pytest.mark.parametrize("parameter", ["speaker", "said_from", "said_to", "lanes", "match", "clock", "q", "sort", ""])
def test_no_value_makes_it_fail_or_show_everything(client, parameter):
    a_claim("a very public matter")
    for value in NASTY:
        sent = {parameter: value.encode("utf-8", "surrogatepass")}
        page = client.get("/timeline/", sent)
        assert page.status_code == 200, value
        assert "\x00" not in page.text
        assert "<script>alert" not in page.text
        for ending in ("json", "csv"):
            data = client.get(f"/timeline.{ending}", sent)
            assert data.status_code in (200, 400), value
            if data.status_code == 400:
                assert "a very public matter" not in page.text + data.text


@pytest.mark.parametrize("name", ["said_from", "said_to", "lanes", "match", "clock"])
def test_what_may_stand_once_is_refused_twice(client, name):
    response = client.get(f"/timeline.json?{name}=2024&{name}=2024")
    assert response.status_code == 400
    assert response.json()["errors"][name] == ["Give 1 at most."]


@pytest.mark.parametrize(
    "query",
    [
        "said_from=0001&said_to=9999",
        "said_from=9999-12-31",
        "said_to=0001-01-01",
        "said_from=0001-01-01&said_to=0001-01-01",
    ],
)
def test_it_reaches_to_the_ends_of_the_calendar(client, query):
    a_claim()
    an_event(date_edtf="9999-12-31")
    an_event(date_edtf="0001/..")
    for ending in ("/", ".json", ".csv"):
        assert client.get(f"/timeline{ending}?{query}").status_code == 200


def test_few_claims_are_data_one_by_one(client):
    event = an_event("First round", slug="round", date_edtf="2022-02-28")
    a_claim("one should wait", speaker=an_actor("Anna"), slug="one", said_edtf="2022-03-05", events=[event])
    data = client.get("/timeline.json?lanes=actor").json()
    assert (data["from"], data["to"], data["count"]) == ("2022-01-01", "2022-12-31", 1)
    assert data["events"] == [
        {
            "slug": "round",
            "title": "First round",
            "url": "http://testserver/events/round/",
            "date": {"edtf": "2022-02-28", "text": "", "earliest": "2022-02-28", "latest": "2022-02-28"},
            "claims": 1,
        }
    ]
    assert data["claims"] == [
        {
            "id": "one",
            "url": "http://testserver/claims/one/",
            "attribution": "Anna said that one should wait.",
            "said": {"text": "5 March 2022", "earliest": "2022-03-05", "latest": "2022-03-05"},
            "lanes": ["Anna"],
        }
    ]


def test_many_claims_are_data_by_parts(client, monkeypatch):
    many(monkeypatch)
    a_claim(speaker=an_actor("Anna"), said_edtf="2022-03-05")
    a_claim(speaker=an_actor("Boris"), said_edtf="2022")
    data = client.get("/timeline.json?said_from=2022&said_to=2022").json()
    assert data["claims"] is None
    assert data["lanes"] == [
        {
            "lane": "Claims",
            "count": 2,
            "parts": [
                {
                    "from": "2022-03-01",
                    "to": "2022-03-31",
                    "count": 1,
                    "possible": 1,
                    "url": "http://testserver/timeline.json?said_from=2022-03&said_to=2022-03",
                }
            ],
        }
    ]


def test_the_table_of_few_has_a_row_for_each_and_holds_no_formula(client):
    a_claim("one should wait", speaker=an_actor("=1+1"), slug="one", said_edtf="2022-03-05")
    an_event("+First round", slug="round", date_edtf="2022-02-28")
    response = client.get("/timeline.csv?lanes=actor")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode("utf-8-sig").splitlines()
    assert [",".join(cells) for cells in csv.reader(lines)] == [
        "type,id,url,text,said,from,to,lane,count,possible",
        "event,round,http://testserver/events/round/,'+First round,2022-02-28,2022-02-28,2022-02-28,,0,",
        "claim,one,http://testserver/claims/one/,'=1+1 said that one should wait.,5 March 2022,"
        "2022-03-05,2022-03-05,'=1+1,,",
    ]


def test_the_table_of_many_has_a_row_for_each_part(client, monkeypatch):
    many(monkeypatch)
    a_claim(speaker=an_actor("Anna"), said_edtf="2022-03-05")
    lines = client.get("/timeline.csv?said_from=2022&said_to=2022&lanes=actor").text.splitlines()
    assert [",".join(cells) for cells in csv.reader(lines[1:])] == [
        "part,,http://testserver/timeline.csv?said_from=2022-03&said_to=2022-03&lanes=actor,,,2022-03-01,2022-03-31,Anna,1,0"
    ]


def test_the_home_page_and_the_events_lead_to_it(client):
    a_claim(events=[an_event()])
    for path in ("/", "/events/"):
        assert links(client.get(path).text, "one timeline</a>") == ["/timeline/"]


def test_it_is_read_only(client):
    assert client.post("/timeline/").status_code == 405

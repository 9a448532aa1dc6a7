"""The claims browser."""

import re

import pytest

from claims.models import Claim
from tests import shared
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_relation,
    a_source,
    a_step,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
# One value for each table that a filter looks a slug up in: this filter asks the most queries.
EVERY_TABLE = "speaker=speaker&issue=issue&not_source=other&event=event&language=en&q=peace&sort=relevance"


def archive(number):
    """Claims with every kind of row that hangs on them, all of one speaker, issue and event."""
    speaker, issue, event = an_actor(slug="speaker"), an_issue(slug="issue"), an_event(slug="event")
    other = a_claim("other things", source=a_source(slug="other"), said_edtf="2021")
    for _ in range(number):
        claim = a_claim("peace may come", speaker=speaker, issues=[issue, an_issue()], events=[event])
        a_citation(claim, a_source())
        a_step(claim, an_actor())
        a_relation(claim, other)
        an_affiliation(speaker, an_actor(kind="state"))


def slugs(response):
    return re.findall(r'<article class="entry" id="claim-([\w-]+)"', response.text)


def test_it_lists_published_claims_newest_first(client):
    a_claim("one should wait", speaker=an_actor("Anna"), slug="older", said_edtf="2022-05")
    a_claim("two should wait", speaker=an_actor("Boris", slug="boris"), slug="newer", said_edtf="2023-01-02")
    response = client.get("/claims/")
    assert slugs(response) == ["newer", "older"]
    assert "<strong>2</strong> of 2 claims" in response.text
    assert (
        '<a href="/actors/boris/"><b class="lead">Boris</b></a>'
        '<a href="/claims/newer/" aria-label="Boris said that two should wait."> said that two should wait.</a>'
    ) in response.text


def test_the_speaker_of_words_passed_on_is_a_link_after_those_who_tell(client):
    press = a_source(publisher=an_actor("Press", kind="media"))
    claim = a_claim("one should wait", speaker=an_actor("Anna", slug="anna"), slug="told", source=press)
    a_step(claim, an_actor("Boris"))
    assert (
        '<h3 class="say"><b class="lead">Press</b>, citing <b class="lead">Boris</b>, states that '
        '<a href="/actors/anna/"><b class="lead">Anna</b></a><a href="/claims/told/" '
        'aria-label="Press, citing Boris, states that Anna said that one should wait."> '
        "said that one should wait.</a></h3>"
    ) in client.get("/claims/").text


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
@pytest.mark.parametrize("query", ["", "?q=canary", "?said_from=2024", "?act=denies"])
def test_it_never_shows_what_is_not_published(client, state, query):
    a_claim("something public", act="denies")
    hidden = a_draft(
        "canary content", slug="canary-slug", act="denies", speaker=an_actor("Canary Speaker"),
        issues=[an_issue("Canary issue", slug="canary-issue")], source=a_source(title="Canary source"),
        exact="canary words",
    )  # fmt: skip
    Claim.objects.filter(pk=hidden.pk).update(state=state, withdrawn_at=hidden.created_at)
    text = client.get(f"/claims/{query}").text.replace("q=canary", "").replace('value="canary"', "")
    text = text.replace("“canary”", "")
    assert [word for word in ("canary", "Canary Speaker", "Canary source") if word in text] == []


def test_an_issue_without_public_claims_has_no_row(client):
    a_claim(issues=[an_issue("Seen")])
    an_issue("Unseen")
    assert "Unseen" not in client.get("/claims/").text


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 7), (f"?{EVERY_TABLE}", 9)])
def test_it_takes_the_same_queries_however_many_claims(client, number, query, queries, django_assert_num_queries):
    archive(number)
    with django_assert_num_queries(queries):
        assert len(slugs(client.get(f"/claims/{query}"))) == number + (not query)


@pytest.mark.parametrize("number", [1, 3])
def test_an_empty_answer_takes_the_same_queries_however_many_claims(client, number, django_assert_num_queries):
    archive(number)
    with django_assert_num_queries(2):
        assert slugs(client.get("/claims/?speaker=speaker&act=denies")) == []


def test_a_page_holds_25_and_leads_to_the_next(client):
    for number in range(60):
        a_claim(slug=f"c-{number:02}", said_edtf="2024-01-15" if number % 2 else "2024-01-16")
    seen, page = [], client.get("/claims/?sort=oldest")
    assert "1–25 of 60" in page.text
    assert "Back to the first" not in page.text
    for place in ("1–25 of 60", "26–50 of 60", "51–60 of 60"):
        assert place in page.text
        seen += slugs(page)
        following = re.search(r'href="([^"]+)" rel="next"', page.text)
        page = client.get(following.group(1).replace("&amp;", "&")) if following else None
    assert page is None
    assert seen == [f"c-{number:02}" for number in [*range(1, 60, 2), *range(0, 60, 2)]]


@shared.of_module()
def thirty():
    for number in range(30):
        published = "" if number % 3 else "2024-02-01"
        a_claim("peace", slug=f"c-{number}", said_edtf="2024-01-15", source=a_source(published_edtf=published))


@pytest.mark.parametrize("sort", ["newest", "oldest", "recorded", "relevance"])
@pytest.mark.parametrize("clock", ["said", "published", "recorded"])
def test_every_order_pages_through_every_claim_once(client, thirty, sort, clock):
    first = client.get(f"/claims/?q=peace&sort={sort}&clock={clock}")
    after = re.search(r'href="([^"]+)" rel="next"', first.text).group(1).replace("&amp;", "&")
    second = client.get(after)
    assert len(slugs(first)) == 25
    assert sorted(slugs(first) + slugs(second)) == sorted(f"c-{number}" for number in range(30))


def test_the_best_match_holds_the_fewest_other_words(client):
    a_claim("peace and a great many other things that nobody asked about", slug="long", said_edtf="2025")
    a_claim("peace", slug="short", said_edtf="2024")
    assert slugs(client.get("/claims/?q=peace&sort=relevance")) == ["short", "long"]


def test_a_facet_has_a_box_to_include_and_one_to_leave_out(client):
    a_claim(issues=[an_issue("Talks", slug="talks")])
    page = client.get("/claims/?not_issue=talks").text
    assert '<input type="checkbox" id="issue-talks" name="issue" value="talks">' in page
    assert '<input type="checkbox" id="not-issue-talks" name="not_issue" value="talks" checked class=' in page
    assert 'aria-label="Leave out Talks"' in page


def test_a_condition_without_a_control_goes_along_with_the_form(client):
    a_claim(speaker=an_actor(slug="anna"))
    page = client.get("/claims/?language=en&actor=anna&role=speaker&not_q=war&as_of=2024").text
    for name, value in (
        ("language", "en"), ("actor", "anna"), ("role", "speaker"), ("not_q", "war"), ("as_of", "2024")
    ):  # fmt: skip
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_the_title_reads_the_filter_back(client):
    a_claim(speaker=an_actor("Anna", slug="anna"))
    assert "<title>Claims by Anna – Attributed</title>" in client.get("/claims/?speaker=anna").text


def test_its_canonical_address_is_the_filter_in_its_shortest_form(client):
    a_claim(speaker=an_actor("Anna", slug="anna"), said_edtf="2024-01-15")
    link = '<link rel="canonical" href="http://testserver/claims/{}">'
    asked = "/claims/?said_to=2025&speaker=anna&q=&sort=newest&clock=said&utm_source=elsewhere"
    assert link.format("?speaker=anna&amp;said_to=2025") in client.get(asked).text
    assert link.format("?after=2024-02-01~1") in client.get("/claims/?after=2024-02-01~1").text
    assert link.format("") in client.get("/claims/?speaker=nobody").text


def test_an_empty_answer_says_whose_fact_it_is_and_offers_ways_out(client):
    a_claim(speaker=an_actor("Anna", slug="anna"), act="asserts")
    page = client.get("/claims/?speaker=anna&act=denies").text
    assert "No claim on file" in page
    assert "That is a fact about this archive, not about what was said." in page
    assert '<a href="/claims/?speaker=anna">without <b>denies</b></a><span class="num">1 claim</span>' in page


def test_an_empty_archive_says_what_to_do_first(client):
    page = client.get("/claims/").text
    assert "No claim is published here yet." in page
    assert "manage.py load_dossier data/opening" in page
    assert "fact about this archive" not in page


def test_an_invalid_filter_shows_the_error_beside_the_field_and_no_rows(client):
    a_claim("a matter", speaker=an_actor("Anna Berg", slug="anna-berg"), issues=[an_issue(slug="talks")])
    response = client.get("/claims/?speaker=ana-berg&issue=talks&said_from=soon&colour=red")
    assert response.status_code == 200
    assert slugs(response) == []
    assert "of 1 claim" not in response.text
    assert "a matter" not in response.text
    assert "“ana-berg” is not on file." in response.text
    assert '<a href="/claims/?issue=talks&amp;speaker=anna-berg">Anna Berg</a>' in response.text
    assert "Claims cannot be filtered by “colour”." in response.text
    assert re.search(r'name="said_from" value="soon"[^>]*aria-invalid="true"', response.text)
    assert '<input type="checkbox" id="issue-talks" name="issue" value="talks" checked>' in response.text
    assert '<input type="hidden" name="issue"' not in response.text


def test_an_invalid_filter_keeps_the_facets_of_what_else_is_asked_for(client):
    a_claim(issues=[an_issue("Talks", slug="talks")], act="denies")
    a_claim(act="asserts")
    page = client.get("/claims/?issue=talks&language=en&said_from=03/04/2023").text
    assert "“03/04/2023” may mean two dates. Write 2023-03-04 (4 March 2023) or 2023-04-03 (3 April 2023)." in page
    assert '<span class="facet-label">Denies</span><span class="num quiet">1</span>' in page
    assert '<span class="facet-label">Asserts</span>' not in page
    assert '<input type="hidden" name="language" value="en">' in page
    assert "The numbers beside the filters are of all else that is asked for." in page


def test_an_invalid_filter_whose_rest_is_at_odds_has_no_facets(client):
    a_claim()
    page = client.get("/claims/?act=denies&not_act=denies&said_from=soon")
    assert page.status_code == 200
    assert 'id="filters"' in page.text


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("said_from=1+Nov+2023", "said_from=2023-11-01"),
        ("said_from=autumn+2023&said_to=autumn+2023", "said_from=2023-09&amp;said_to=2023-11"),
        ("as_of=3+листопада+2023", "as_of=2023-11-03"),
    ],
)
def test_a_date_is_echoed_as_it_was_understood(client, typed, query):
    a_claim(said_edtf="2023-11-22")
    page = client.get(f"/claims/?{typed}").text
    assert f'<link rel="canonical" href="http://testserver/claims/?{query}">' in page
    assert re.findall(r'name="said_from" value="([^"]*)"', page) == re.findall(r"said_from=([^&]+)", query)
    assert f'href="/claims.csv?{query}"' in page


def test_htmx_gets_the_part_that_changes(client):
    a_claim(speaker=an_actor("Anna", slug="anna"))
    response = client.get("/claims/?speaker=anna&q=&sort=newest", headers=HTMX)
    assert '<form id="browse"' in response.text
    assert "<title>Claims by Anna – Attributed</title>" in response.text
    assert "<header" not in response.text
    assert response.headers["HX-Push-Url"] == "/claims/?speaker=anna"


@pytest.mark.parametrize("also", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}])
def test_htmx_gets_the_whole_page_for_a_link_or_the_back_button(client, also):
    a_claim()
    response = client.get("/claims/", headers=HTMX | also)
    assert "<header" in response.text
    assert "HX-Push-Url" not in response.headers


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_caches_keep_the_part_and_the_page_apart(client, headers):
    assert "HX-Request" in client.get("/claims/", headers=headers).headers["Vary"]


def test_columns_of_years_lead_to_the_year_and_then_to_its_months(client):
    a_claim(said_edtf="2022-03-15")
    a_claim(said_edtf="2023-11")
    page = client.get("/claims/").text
    assert 'href="/claims/?said_from=2022&amp;said_to=2022" class="is-on" aria-label="2022: 1 claim"' in page
    page = client.get("/claims/?said_from=2023&said_to=2023").text
    assert (
        'href="/claims/?said_from=2023-11&amp;said_to=2023-11" class="is-on" aria-label="November 2023: 1 claim"'
        in page
    )


def test_it_is_read_only(client):
    assert client.post("/claims/").status_code == 405


def test_the_words_looked_for_are_marked_in_sentence_and_passage(client):
    a_claim("talks should resume", speaker=an_actor("Anna"), exact="«переговорам» <b>так</b>")
    text = client.get("/claims/?q=talk&q=переговори").text
    assert '<mark class="hit-word">talks</mark> should resume.' in text
    assert '«<mark class="hit-word">переговорам</mark>» &lt;b&gt;так&lt;/b&gt;' in text
    assert "hit-word" not in client.get("/claims/?not_q=nothing").text


def test_the_page_leads_to_the_same_claims_as_files_as_a_feed_and_on_the_timeline(client):
    a_claim(speaker=an_actor("Anna", slug="anna"))
    text = client.get("/claims/?speaker=anna&sort=oldest").text
    for ending in (".json", ".csv", ".jsonld"):
        assert f'href="/claims{ending}?speaker=anna&amp;sort=oldest"' in text
    assert 'href="/claims.atom?speaker=anna&amp;sort=recorded"' in text
    assert 'href="/timeline/?speaker=anna' in text

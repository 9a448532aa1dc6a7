"""The introduction for whoever is new."""

from datetime import date

import pytest

from claims.models import Citation
from conflict_site.models import Site
from tests.factories import a_claim, a_draft, a_position, a_snapshot, a_source, a_stance, a_step, an_actor, an_issue

pytestmark = pytest.mark.django_db

HOSTILE = ["?as_of=2024-02-30", "?q=%00", "?" + "a=1&" * 900, "?x=<script>alert(1)</script>", "?%E2%80%AE=%FF"]


@pytest.fixture
def talks():
    return an_issue("Talks", slug="talks", question="Should there be talks?")


def many(number):
    for index in range(number):
        claim = a_claim(speaker=an_actor(f"Speaker Nr{index}"), issues=[an_issue(f"Issue Nr{index}")])
        a_step(claim, an_actor(f"Agency Nr{index}", kind="media"))


def test_it_says_what_the_record_is_in_the_words_of_the_site_and_in_ours(client):
    Site.objects.create(pk=1, subtitle="Who said what.", about="It follows **one** conflict.", contact="a@b.org")
    a_claim()
    page = client.get("/start/").text
    assert "Who said what. Two minutes of reading." in page
    assert "It follows <strong>one</strong> conflict." in page
    assert "There are no verdicts and no scores" in page
    assert "mailto:a@b.org" in page
    assert "On file is 1 claim by 1\n    speaker from 1 source" in page


def test_the_questions_stand_in_their_own_order_with_their_counts(client, talks):
    borders = an_issue("Borders", question="Where should the border be?")
    for issue in (borders, borders, talks):
        a_claim(issues=[issue])
    an_issue("Untouched")
    questions = client.get("/start/").context["questions"]
    assert [(each["issue"].title, each["count"], each["leads"]) for each in questions] == [
        ("Talks", 1, False),
        ("Borders", 2, True),
    ]


def test_the_speakers_are_those_with_the_most_claims(client):
    ada, bo = an_actor("Ada", slug="ada"), an_actor("Bo", slug="bo")
    for speaker in (bo, ada, ada):
        a_claim(speaker=speaker)
    speakers = client.get("/start/").context["speakers"]
    assert [(share.label, share.count) for share in speakers] == [("Ada", 2), ("Bo", 1)]


def test_three_ways_lead_to_what_has_most_claims(client, talks):
    state, ada = an_actor("Openland", slug="openland", kind="state"), an_actor("Ada", slug="ada")
    for speaker, day in ((state, "2024-03"), (state, "2024-03"), (state, "2024-03-02"), (ada, "2024-03-02")):
        a_claim(speaker=speaker, said_edtf=day, issues=[talks])
    response = client.get("/start/")
    assert response.context["person"].label == "Ada"
    assert response.context["busiest"] == {"words": "2 March 2024", "value": "2024-03-02", "count": 2}
    for address in ("/issues/talks/", "/actors/ada/", "/timeline/?said_from=2024-03-02&amp;said_to=2024-03-02"):
        assert f'<a href="{address}">' in response.text
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_a_way_that_leads_nowhere_is_left_out(client):
    a_claim(speaker=an_actor(kind="state"), said_edtf="2024-03")
    page = client.get("/start/").text
    assert "One question" in page
    assert "One person" not in page
    assert "One day" not in page


def test_of_several_days_with_as_many_claims_it_is_the_last(client):
    for day in ("2024-03-02", "2024-05-02", "2024-04-02"):
        a_claim(said_edtf=day)
    assert client.get("/start/").context["busiest"]["value"] == date(2024, 5, 2).isoformat()


def told(content, day, is_passed_on=True, **given):
    """A claim, passed on by an agency or not."""
    claim = a_claim(content, said_edtf=day, **given)
    if is_passed_on:
        a_step(claim, an_actor("An Agency", kind="media"))
    return claim


def entry(client):
    return client.get("/start/").context["entry"]


def test_the_entry_that_is_explained_is_the_newest_that_was_passed_on(client):
    told("the older is told", "2024-01-01")
    told("the newer is told", "2024-02-01")
    told("the newest is said", "2024-03-01", is_passed_on=False)
    assert entry(client).content == "the newer is told"


def test_one_whose_passage_may_not_be_quoted_comes_after_others(client):
    hidden = a_source()
    told("the older is told", "2024-01-01")
    told("the newer is told", "2024-02-01", source=hidden)
    hidden.take_down(reason="The author asked for it.")
    assert entry(client).content == "the older is told"


def test_one_whose_passage_was_found_in_its_text_comes_before_others(client):
    claim = told("the older is told", "2024-01-01")
    told("the newer is told", "2024-02-01")
    citation = claim.citations.get()
    text = a_snapshot(citation.source, citation.exact)
    Citation.objects.filter(pk=citation.pk).update(status="verified", snapshot=text, start=0, end=len(citation.exact))
    response = client.get("/start/")
    assert response.context["entry"].content == "the older is told"
    assert "These very words stand in the text" in response.text


def test_where_nothing_was_passed_on_it_is_the_newest_of_all(client):
    told("the older is said", "2024-01-01", is_passed_on=False)
    told("the newer is said", "2024-02-01", is_passed_on=False)
    assert entry(client).content == "the newer is said"


def test_the_parts_of_the_entry_are_explained(client):
    agency, courier = an_actor("An Agency", kind="media"), an_actor("The Courier", kind="media")
    words = {"form": "paraphrase", "exact": "let us talk", "source": a_source(publisher=courier)}
    claim = a_claim("talks should begin", speaker=an_actor("Ada"), said_edtf="2024-02", **words)
    a_step(claim, agency)
    page = " ".join(client.get("/start/").text.split())
    assert "<b>The Courier</b>, <b>An Agency</b>, <b>Ada</b>" in page
    assert "<b>February 2024</b>, when it was said. The day is not stated" in page
    assert "let us talk" in page
    assert "The source tells in its own words what was said; it quotes nothing." in page


def test_an_empty_archive_has_it_too_and_says_that_nothing_is_published(client):
    page = client.get("/start/")
    assert page.status_code == 200
    assert "What this is" in page.text
    assert "Nothing is published here yet." in page.text
    assert "Three ways in" not in page.text


def test_it_shows_no_draft(client, talks):
    a_claim(issues=[talks])
    hidden = an_issue("Canary issue", question="Canary question?")
    for _ in range(3):
        draft = a_draft("canary content", speaker=an_actor("Canary Speaker"), issues=[hidden], said_edtf="2025-05-05")
        a_step(draft, an_actor("Canary Agency"))
    a_position(an_actor("Canary Holder"), a_stance(hidden, "Canary stance"), shown_by=[draft], state="draft")
    page = client.get("/start/").text
    assert "anary" not in page
    assert "2025-05-05" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_is_on_file(client, number, django_assert_num_queries):
    many(number)
    client.get("/start/")
    with django_assert_num_queries(8):
        client.get("/start/")


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_changes_nothing(client, query):
    many(1)
    response = client.get(f"/start/{query}")
    assert response.status_code == 200
    assert "alert(1)" not in response.text
    assert response.context["canonical_url"] == "http://testserver/start/"


def test_hostile_words_of_the_site_and_of_actors_are_escaped(client):
    Site.objects.create(pk=1, about="<script>alert(1)</script>")
    a_claim(speaker=an_actor("<img src=x>"))
    page = client.get("/start/").text
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, method):
    assert getattr(client, method)("/start/").status_code == 405


def test_what_is_unchanged_is_told_in_one_query_once_it_was_asked_for_again(client, django_assert_num_queries):
    many(1)
    first = client.get("/start/")
    assert first.headers["Cache-Control"] == "public, no-cache"
    for queries in (2, 1, 1):
        with django_assert_num_queries(queries):
            again = client.get("/start/", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


CHANGES = {
    "a claim published": lambda: a_claim(),
    "the site's own words": lambda: Site.objects.create(pk=1, about="Another text."),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_it_is_made_again(client, change):
    many(1)
    tag = client.get("/start/").headers["ETag"]
    CHANGES[change]()
    assert client.get("/start/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/about/", "/privacy/", "/nowhere/"])
def test_pages_lead_to_it(client, path):
    assert 'href="/start/"' in client.get(path).text


@pytest.mark.parametrize("path", ["/", "/about/", "/nowhere/"])
def test_it_is_offered_to_who_is_new(client, path):
    a_claim(source=a_source(kind="briefing", text_is_public=True, slug="br"))
    page = client.get(path).text
    assert 'New here? <a href="/start/">Start here</a>' in page
    assert "Read the briefing" not in page


def test_it_stands_in_the_sitemap(client):
    assert "<loc>http://testserver/start/</loc>" in client.get("/sitemap-pages.xml").text

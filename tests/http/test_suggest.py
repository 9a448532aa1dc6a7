"""What may be meant while somebody types."""

import re
import xml.etree.ElementTree as ET

import pytest

from actors.models import Actor
from claims.filtering.suggestions import CANDIDATES
from tests.factories import a_claim, a_draft, a_name, a_user, an_actor, an_issue

pytestmark = pytest.mark.django_db


def offered(client, typed):
    return re.findall(r'<a href="([^"]+)">', client.get("/suggest/", {"q": typed}).text)


def zelenskyy(**given):
    actor = an_actor("Volodymyr Zelenskyy", slug="zelenskyy")
    a_name(actor, "Володимир Зеленський"), a_name(actor, "Volodymyr Zelensky")
    a_claim(speaker=actor, **given)
    return actor


@pytest.mark.parametrize("typed", ["zel", "Zelensky", "ЗЕЛЕН", "Зеленськ", "volo zele", "zé"])
def test_an_actor_is_offered_by_any_spelling(client, typed):
    zelenskyy()
    assert offered(client, typed) == ["/actors/zelenskyy/"]


@pytest.mark.parametrize("typed", ["Selenskyj", "zelenskji", "Зеленскій"])
def test_an_actor_is_offered_by_what_sounds_alike(client, typed):
    zelenskyy()
    assert offered(client, typed) == ["/actors/zelenskyy/"]


def test_an_issue_is_offered_by_words_of_its_title(client):
    a_claim(issues=[an_issue("Direct talks between the presidents", slug="direct-talks")])
    assert offered(client, "pres talk") == ["/issues/direct-talks/"]


def test_those_that_begin_so_come_first_and_five_are_the_most(client):
    for number in range(7):
        a_claim(speaker=an_actor(f"The Anna {number}", slug=f"the-anna-{number}"))
    a_claim(speaker=an_actor("Anna Z", slug="anna-z"))
    assert offered(client, "anna") == ["/actors/anna-z/", *(f"/actors/the-anna-{number}/" for number in range(4))]


def test_a_word_that_begins_so_comes_before_one_that_holds_it(client):
    for name in ("Anitalia", "New Italy"):
        a_claim(speaker=an_actor(name, slug=name.lower().replace(" ", "-")))
    assert offered(client, "ital") == ["/actors/new-italy/", "/actors/anitalia/"]


def test_who_is_not_public_is_not_offered(client):
    a_draft(speaker=an_actor("Canary Draft"))
    a_claim(speaker=an_actor("Canary Gone")).withdraw(by=a_user(), note="It was somebody else.")
    assert offered(client, "canary") == []


def test_one_who_is_public_is_offered_behind_any_number_who_are_not(client):
    a_draft(speaker=an_actor("Anna"))
    Actor.objects.bulk_create(Actor(slug=f"anna-{n}", name=f"Anna {n}", kind="person") for n in range(CANDIDATES))
    a_claim(speaker=an_actor("The Anna", slug="the-anna"))
    assert offered(client, "anna") == ["/actors/the-anna/"]


def test_who_begins_so_is_offered_however_many_others_come_first_by_name(client):
    for number in range(CANDIDATES):
        a_claim(speaker=an_actor(f"Bo Anna {number}"))
    a_claim(speaker=an_actor("Annabel", slug="annabel", sort_name="Z"))
    assert offered(client, "anna")[0] == "/actors/annabel/"


def test_all_words_have_to_be_in_one_name(client):
    zelenskyy()
    assert offered(client, "volodymyr zelenskyy") == offered(client, "zelenskyy volodymyr") == ["/actors/zelenskyy/"]
    assert offered(client, "volodymyr зеленський") == []


def test_an_actor_with_several_such_names_is_offered_once(client):
    a_name(zelenskyy(), "Zelensky")
    assert offered(client, "zelensky") == ["/actors/zelenskyy/"]


@pytest.mark.parametrize("typed", ["", "z", "%%", "__", "nothing of the kind"])
def test_too_little_or_nothing_of_the_kind_offers_nothing(client, typed):
    zelenskyy()
    assert offered(client, typed) == []


@pytest.mark.parametrize(
    "query", ["q=a%00b", f"q={'x' * 60_000}", "q=%E2%80%AEabc", "q=a&q=b", "page=2", "%00=1", f"{'x' * 60_000}=1"]
)
def test_a_hostile_query_is_refused(client, query):
    zelenskyy()
    response = client.get(f"/suggest/?{query}")
    assert (response.status_code, "<a" in response.text) == (400, False)


def test_markup_in_a_name_is_text(client):
    a_claim(speaker=an_actor("<b>Bold</b>", slug="bold"))
    assert "&lt;b&gt;Bold" in client.get("/suggest/?q=bold").text


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_queries_however_many_fit(client, django_assert_num_queries, rows):
    for number in range(rows):
        a_name(actor := an_actor(f"Anna {number}"), f"Анна {number}")
        a_claim(speaker=actor, issues=[an_issue(f"Anna’s matter {number}")])
    with django_assert_num_queries(3):
        assert len(offered(client, "anna")) == 2 * rows


def test_the_search_is_described_for_browsers(client):
    response = client.get("/opensearch.xml")
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ET.fromstring(response.content)
    spec = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{spec}ShortName") == "Attributed"
    assert [url.get("template") for url in root.iter(f"{spec}Url")] == [
        "http://testserver/claims/?q={searchTerms}",
        "http://testserver/claims.json?q={searchTerms}",
    ]
    assert 'href="/opensearch.xml"' in client.get("/about/").text

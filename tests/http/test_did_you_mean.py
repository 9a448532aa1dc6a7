"""A search that finds nothing offers what may have been meant; one that names somebody or an issue leads there."""

import re

import pytest

from claims.models import Claim
from claims.search.index import derive
from tests.factories import a_claim, a_draft, a_name, an_actor, an_issue

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def offered(page):
    found = re.findall(r'<a href="([^"]+)"><b>([^<]+)</b></a><span class="num">(\d+) claim', page.text)
    return [(url.replace("&amp;", "&"), words, int(count)) for url, words, count in found if "q=" in url]


def named(page):
    aside = re.search(r'<aside class="named.*?</aside>', page.text, re.DOTALL)
    return re.findall(r'<a href="([^"]+)">', aside[0]) if aside else []


def test_another_word_is_offered_as_a_link_and_never_looked_for_itself(client):
    a_claim("a ceasefire is needed", act="denies")
    a_claim("a ceasefire is needed", act="asserts")
    page = client.get("/claims/?q=ceasfire&act=denies")
    assert offered(page) == [("/claims/?act=denies&q=ceasefire", "ceasefire", 1)]
    assert "No claim on file" in page.text
    assert 'name="q"' in page.text
    assert 'value="ceasfire"' in page.text
    assert client.get("/claims.json?q=ceasfire").json()["count"] == 0
    assert offered(client.get("/claims/?q=ceasfire&act=denies", headers=HTMX)) == offered(page)


def test_what_would_find_nothing_under_the_other_conditions_is_not_offered(client):
    a_claim("a ceasefire is needed", act="asserts")
    a_claim("something else", act="denies")
    assert offered(client.get("/claims/?q=ceasfire&act=denies")) == []


def test_the_rest_of_what_was_typed_stays_as_it_is(client):
    a_claim("a Ceasefire is needed now")
    page = client.get('/claims/?q="a Ceasfire" -war need*')
    assert [words for _, words, _ in offered(page)] == ["&quot;a Ceasefire&quot; -war need*"]


def test_a_cyrillic_word_is_offered_as_it_is_written(client):
    a_claim(exact="Зеленський їде до Києва")
    assert [words for _, words, _ in offered(client.get("/claims/?q=зеленсьский"))] == ["зеленський"]


def test_words_of_what_is_not_published_are_not_offered(client):
    a_claim("a public matter")
    hidden = a_draft("the canary sings", speaker=an_actor("Ulrike Canarius"))
    for state in ("draft", "in_review", "withdrawn"):
        Claim.objects.filter(pk=hidden.pk).update(state=state, withdrawn_at=hidden.created_at)
        for typed in ("canery", "Canaryus", "Kanarius"):
            page = client.get(f"/claims/?q={typed}")
            assert (offered(page), named(page)) == ([], [])
    assert named(client.get("/claims/?q=Canarius")) == []


def test_words_of_a_claim_that_is_withdrawn_later_are_no_longer_offered(client):
    claim = a_claim("the canary sings")
    a_claim("a public matter")
    assert [words for _, words, _ in offered(client.get("/claims/?q=canery"))] == ["canary"]
    Claim.objects.filter(pk=claim.pk).update(state="withdrawn", withdrawn_at=claim.created_at)
    assert offered(client.get("/claims/?q=canery")) == []


def test_words_of_a_claim_that_is_published_later_are_offered(client):
    a_claim("a public matter")
    assert offered(client.get("/claims/?q=canery")) == []
    claim = a_claim("the canary sings")
    assert [words for _, words, _ in offered(client.get("/claims/?q=canery"))] == ["canary"]
    Claim.objects.filter(pk=claim.pk).update(content="the parrot sings")
    derive([claim])
    assert [words for _, words, _ in offered(client.get("/claims/?q=parot"))] == ["parrot"]


@pytest.mark.parametrize("typed", ["Anna Berg", "berg", "BERG talks", "Берг", "Анны Берг"])
def test_an_actor_who_is_named_stands_above_the_results(client, typed):
    anna = an_actor("Anna Berg", slug="anna", description="envoy")
    a_name(anna, "Анна Берг")
    a_claim("talks go on", speaker=anna, said_edtf="2023-11-22")
    page = client.get("/claims/", {"q": typed})
    assert named(page) == ["/actors/anna/"]
    assert "envoy" in page.text
    assert "speaks in 1 claim, 1 source, Nov 2023" in page.text


def test_the_actor_of_the_first_offer_stands_there_too(client):
    a_claim(speaker=an_actor("Sergei Lavrov", slug="lavrov"))
    assert named(client.get("/claims/?q=Lawrow")) == ["/actors/lavrov/"]


def test_a_common_word_within_others_names_nobody(client):
    a_claim("they will talk", speaker=an_actor("George Will", slug="will"))
    assert named(client.get("/claims/?q=will+talk")) == []
    assert named(client.get("/claims/?q=will")) == ["/actors/will/"]


def test_an_issue_whose_words_are_typed_stands_there_with_its_question(client):
    a_claim(issues=[an_issue("Course of the talks", slug="course", question="How do they go?")])
    page = client.get("/claims/?q=the+course+of+talks")
    assert named(page) == ["/issues/course/"]
    assert "How do they go?" in page.text
    assert named(client.get("/claims/?q=talks")) == []


def test_without_a_search_nothing_is_named_or_offered(client):
    a_claim(speaker=an_actor("Anna Berg"))
    page = client.get("/claims/?act=denies")
    assert (offered(page), named(page)) == ([], [])


@pytest.mark.parametrize(
    "typed", ["\x00ab", "ceasfire" * 24, "🕊🕊🕊", "İ" * 40, "'; DROP", "% _ %", "٢٠٢٣", "a' b’c -", "ß" * 30]
)
def test_odd_searches_are_no_failure(client, typed):
    a_claim("a ceasefire is needed")
    assert client.get("/claims/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_claims(client, number, django_assert_num_queries):
    for _ in range(number):
        a_claim("a ceasefire is needed", speaker=an_actor("Anna Berg"))
    client.get("/claims/?q=nothng")  # the words are read at the first search that finds nothing
    with django_assert_num_queries(3):
        assert [count for *_, count in offered(client.get("/claims/?q=ceasfire"))] == [number]
    with django_assert_num_queries(2):
        assert offered(client.get("/claims/?q=universe")) == []

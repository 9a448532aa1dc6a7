"""Whom a claim mentions: the few names that its words may hold are read, whatever else is on file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor
from claims.models import Claim
from claims.search import index
from claims.search.index import derive
from claims.search.mentions import mentions
from claims.search.names import names_of
from tests.factories import a_claim, a_name, an_actor

pytestmark = pytest.mark.django_db

NAMES = [
    "Ada Abel",
    "Abel",
    "US",
    "UN",
    "Éva Ürge",
    "Jean-Luc Ó Néill",
    "O'Neill",
    "von der Leyen",
    "Bo",
    "ЗСУ",
    "a b c d e",
    "Xi Jinping",
    "Charles III",
    "Kim Jong Un",
    "Si Abel Jr.",
]
WORDS = [
    "Ada",
    "Abel",
    "abel",
    "us",
    "US",
    "Eva",
    "Ürge",
    "jean",
    "luc",
    "o",
    "neill",
    "O'Neill",
    "O'Neill's",
    "Abel’s",
    "von",
    "der",
    "Leyen",
    "Xi",
    "Kim",
    "Charles",
    "III",
    "Jr.",
]
WORDS += ["ЗСУ", "зсу", "Bo", "a", "b", "c", "d", "e", "and", "-", "’", "Ó", "Néill", "Jean-Luc"]
few = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def mentioned(claim):
    return set(claim.mentions.values_list("name", flat=True))


@few
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["person", "state"])), max_size=6), st.data())
def test_the_names_that_are_read_are_those_that_would_be_found_among_all(named, data):
    Claim.objects.all().delete()
    Actor.objects.all().delete()
    for name, kind in named:
        a_name(an_actor(name, kind=kind), data.draw(st.sampled_from(NAMES)))
    said = " ".join(data.draw(st.lists(st.sampled_from(WORDS), max_size=9)))
    everybody = names_of(Actor.objects.prefetch_related("names"))
    likely = names_of(index._actors([[said]], Actor.objects.all))
    assert mentions([said], likely) == mentions([said], everybody)


def test_a_surname_that_two_persons_share_is_nobody_s():
    an_actor("Ada Abel"), an_actor("Bo Abel")
    claim = a_claim("Abel came")
    assert mentioned(claim) == set()


def test_a_surname_that_two_persons_share_is_theirs_whose_full_name_stands_beside_it():
    ada = an_actor("Ada Abel")
    an_actor("Bo Abel")
    claim = a_claim("Abel came", exact="Ada Abel came")
    assert mentioned(claim) == {"Ada Abel"}
    assert index.mentions_of(claim).unclear == {}
    assert index.mentions_of(claim).actors == {ada.pk}


def test_what_is_unclear_is_told():
    abels = {an_actor("Ada Abel").pk, an_actor("Bo Abel").pk}
    found = index.mentions_of(a_claim("Abel’s plan"))
    assert (found.actors, found.unclear) == (set(), {"Abel": abels})


def test_two_texts_of_a_claim_are_not_read_as_one():
    an_actor("Ada Abel")
    assert mentioned(a_claim("they met Bo", exact="Abel came")) == {"Ada Abel"}
    assert mentioned(a_claim("they met Bo Abel", exact="Abel came")) == set()


def test_many_claims_are_searched_for_all_names_and_few_for_likely_ones(monkeypatch):
    an_actor("Ada Abel")
    claims = [a_claim("Ada Abel came") for _ in range(3)]
    monkeypatch.setattr(index, "FEW", 2)
    Claim.mentions.through.objects.all().delete()
    derive(claims)
    assert [mentioned(claim) for claim in claims] == [{"Ada Abel"}] * 3


@pytest.mark.parametrize("others", [1, 3, 300])
def test_however_many_names_there_are_the_same_few_rows_are_read(others):
    for number in range(others):
        a_name(an_actor(f"Somebody {number}"), f"Anybody {number}")
    ada = an_actor("Ada Abel")
    claim = a_claim("Ada Abel came")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        derive([claim])
    assert len(asked) == 13
    assert list(index._actors([["Ada Abel came"]], Actor.objects.all)) == [ada]


def test_of_persons_known_by_one_word_only_those_are_read_whose_names_the_words_hold():
    ada, bo = an_actor("Ada Abel"), an_actor("Bo Beck")
    for person, name in ((ada, "Абель"), (bo, "Бек")):
        a_name(person, name)
    assert list(Actor.objects.named_within(["the", "абель", "", "peace"])) == [ada]

"""The claims of one thing by capacity."""

from datetime import date

import pytest

from claims import sections
from claims.models import Claim
from claims.sections import Tally
from tests.factories import a_citation, a_claim, a_draft, a_source, an_actor, an_affiliation, an_issue

pytestmark = pytest.mark.django_db


def published():
    return Claim.objects.published().newest_first()


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(), "0 claims"),
        (Tally(1, date(2022, 2, 1), date(2022, 2, 24), 1), "1 claim, 1 source, Feb 2022"),
        (Tally(1041, date(2022, 2, 1), date(2024, 5, 24), 12), "1,041 claims, 12 sources, Feb 2022 – May 2024"),
        (Tally(2, date(2022, 2, 1), date(2022, 5, 1)), "2 claims, Feb – May 2022"),
    ],
)
def test_a_tally_in_words(tally, words):
    assert tally.words == words


def test_a_tally_counts_a_claim_once_however_many_sources_carry_it():
    claim = a_claim(said_edtf="2024-01")
    a_citation(claim, a_source())
    a_draft(said_edtf="2020")
    assert sections.tally(published()) == Tally(1, date(2024, 1, 1), date(2024, 1, 31), 2)


def test_tallies_of_some_issues():
    wanted, other = an_issue(), an_issue()
    a_claim(issues=[wanted, other], said_edtf="2024-01-15")
    assert list(sections.tallies("issues", [wanted])) == [wanted.pk]


def test_a_source_carries_a_claim_once_however_many_passages_it_has():
    source = a_source()
    claim = a_claim(source=source)
    a_citation(claim, source)
    a_draft(source=source)
    assert sections.carried([source]) == {source.pk: 1}


def test_sections_are_counted_and_their_newest_found_in_one_query_each(django_assert_num_queries):
    one, other = an_actor(), an_actor()
    claims = [a_claim(speaker=one, said_edtf=f"2024-01-{day:02}") for day in (1, 2, 3)]
    parts = {"one": published().spoken_by(one), "other": published().spoken_by(other)}
    with django_assert_num_queries(1):
        assert sections.counts(parts) == {"one": 3, "other": 0}
    with django_assert_num_queries(1):
        newest = sections.newest(parts, 2)
    assert {name: sorted(pks) for name, pks in newest.items()} == {"one": [claims[1].pk, claims[2].pk], "other": []}


def test_loaded_claims_are_public_and_newest_first():
    early, late, draft = a_claim(said_edtf="2023"), a_claim(said_edtf="2024"), a_draft()
    loaded = sections.load([early.pk, draft.pk, late.pk])
    assert list(loaded) == [late.pk, early.pk]
    assert sections.pick(loaded, [early.pk]) == [early]


def test_an_office_counts_what_its_holder_has_said():
    person, state = an_actor("Ada Abel"), an_actor(kind="state")
    an_affiliation(person, state)
    a_claim(speaker=person)
    a_claim(speaker=person)
    a_draft(speaker=person)
    [office] = sections.offices(state)
    assert (office.person, office.claims) == (person, 2)

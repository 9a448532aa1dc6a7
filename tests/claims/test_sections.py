"""The claims of one thing by capacity."""

from datetime import date

import pytest

from claims.filtering.totals import Tally
from claims.wording import claim_lines, pick, sections
from tests.factories import a_claim, a_draft, an_actor, an_affiliation

pytestmark = pytest.mark.django_db


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


def test_loaded_claims_are_public_and_newest_first():
    early, late, draft = a_claim(said_edtf="2023"), a_claim(said_edtf="2024"), a_draft()
    loaded = claim_lines([early.pk, draft.pk, late.pk])
    assert list(loaded) == [late.pk, early.pk]
    assert [line.key for line in pick(loaded, [early.pk])] == [early.pk]


def test_the_offices_of_an_actor_are_its_own_and_those_that_others_hold_in_it():
    person, state, union = an_actor("Ada Abel"), an_actor(kind="state"), an_actor()
    an_affiliation(person, state)
    an_affiliation(state, union)
    an_affiliation(person, union)
    assert [(office.person, office.organisation) for office in sections.offices(state)] == [
        (person, state),
        (state, union),
    ]

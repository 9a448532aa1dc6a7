"""The lines of claims: what is made of narrow rows is what is made of models."""

import pytest

from claims.models import Claim
from claims.wording import ClaimLine, claim_lines, in_order
from tests.factories import a_citation, a_claim, a_draft, a_source, a_step, an_actor, an_issue

pytestmark = pytest.mark.django_db


def by_models(*claims):
    found = Claim.objects.for_list().in_bulk([claim.pk for claim in claims])
    return [ClaimLine.of(found[claim.pk]) for claim in claims]


def a_passed_on_claim():
    """One with two voices, of which one is not named, three passages in two sources, and issues out of order."""
    second, first = an_issue("Second", order=2), an_issue("First", order=1)
    kremlin = an_actor("Kremlin", name_in_text="the Kremlin", kind="government_body")
    publisher = an_actor("Agency", name_in_text="the Agency", kind="media")
    source = a_source(publisher=publisher, kind="article", slug="wire")
    claim = a_claim(speaker=kremlin, issues=[second, first], source=source, exact="the first words", act="denies")
    a_step(claim, an_actor("Official", kind="unnamed", name_in_text="an official"), identification="anonymous")
    a_step(claim, an_actor("Aide"))
    a_citation(claim, source, exact="more of the same words")
    a_citation(claim, a_source(), exact="the words elsewhere", language="uk")
    return claim


def test_a_line_is_the_same_as_of_the_model():
    plain, passed_on = (
        a_claim(said_edtf="[2024-01-11..2024-01-20]", form="paraphrase", as_stated=""),
        a_passed_on_claim(),
    )
    own = an_actor("Ministry", kind="government_body")
    by_itself = a_claim(speaker=own, source=a_source(publisher=own))
    found = in_order([passed_on.pk, plain.pk, by_itself.pk])
    assert found == by_models(passed_on, plain, by_itself)
    assert found[0].sentence.startswith(
        "The Agency, citing an official, in turn citing Aide, states that the Kremlin denied"
    )
    assert [issue.label for issue in found[0].issues] == ["First", "Second"]
    assert (found[0].more_sources, found[0].unnamed, found[0].quote) == (1, True, "the first words")


def test_the_words_of_a_source_that_was_taken_down_are_left_out():
    source = a_source()
    claim = a_claim(source=source, exact="these words")
    assert in_order([claim.pk])[0].quote == "these words"
    source.take_down(reason="the publisher asked for it")
    assert in_order([claim.pk])[0].quote == ""


def test_those_that_may_have_been_said_last_come_first():
    early, late = a_claim(said_edtf="2023"), a_claim(said_edtf="2024-01")
    assert list(claim_lines([early.pk, late.pk])) == [late.pk, early.pk]


def test_drafts_and_claims_that_are_gone_are_not_there():
    claim, draft = a_claim(), a_draft()
    assert in_order([draft.pk, claim.pk, 10**6]) == by_models(claim)
    assert in_order([]) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_five_queries_however_many(number, django_assert_num_queries):
    keys = [a_passed_on_claim().pk, *(a_claim().pk for _ in range(number - 1))]
    with django_assert_num_queries(5):
        assert len(in_order(keys)) == number

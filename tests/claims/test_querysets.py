"""The verbs by which pages ask for claims."""

from datetime import date

import pytest

from actors.models import Actor, Affiliation
from claims.models import Claim
from claims.models.querysets import possibly_within
from tests.factories import a_citation, a_claim, a_draft, a_name, a_source, a_step, an_actor, an_affiliation, an_issue

pytestmark = pytest.mark.django_db

WINTER = (date(2023, 11, 1), date(2024, 1, 31))


def said_within(first, last):
    return Claim.objects.filter(possibly_within("said", first, last))


@pytest.mark.parametrize(
    ("said", "possibly"),
    [
        ("2023-12-12", True),
        ("2023-11-01", True),
        ("2024-01-31", True),
        ("2023-10-31", False),
        ("2024-02-01", False),
        ("2023", True),
        ("[2023-11-22..2023-12-31]", True),
        ("[2024-01-30..2024-02-02]", True),
        ("2024-01-31/..", True),
        ("2024-02-01/..", False),
    ],
)
def test_a_period_holds_what_was_possibly_said_in_it(said, possibly):
    a_claim(said_edtf=said)
    assert said_within(*WINTER).exists() is possibly


def test_a_period_may_be_open():
    a_claim(said_edtf="2023-12-12")
    assert said_within(None, None).count() == 1
    assert said_within(date(2023, 12, 13), None).count() == 0
    assert said_within(None, date(2023, 12, 11)).count() == 0


def test_a_draft_without_a_date_was_said_at_no_time():
    a_draft(said_edtf="")
    assert not said_within(None, None).exists()


def test_it_asks_by_issue_and_source_and_never_twice_for_one_claim():
    issue, source = an_issue(), a_source()
    claim = a_claim(issues=[issue, an_issue()], source=source)
    a_citation(claim, source)
    claims = Claim.objects.published()
    assert list(claims.on_issue(issue)) == list(claims.cited_to(source)) == [claim]
    assert not claims.on_issue(an_issue()).exists()


def test_the_order_is_by_the_first_possible_day_and_stable():
    late, early, same = a_claim(said_edtf="2024-02"), a_claim(said_edtf="2023~"), a_claim(said_edtf="2024-02-01")
    assert list(Claim.objects.newest_first()) == [same, late, early]


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_takes_the_same_queries_however_long(number, django_assert_num_queries):
    for _ in range(number):
        a_step(a_claim(), an_actor())
    with django_assert_num_queries(4):
        for claim in Claim.objects.for_list():
            assert claim.speaker.name
            assert claim.steps.all()[0].actor.name
            assert claim.citations.all()[0].source.publisher.name
            assert claim.issues.all()[0].title


def test_an_actor_is_found_in_any_spelling_and_script():
    actor = an_actor("Volodymyr Zelenskyy")
    a_name(actor, "Зеленський")
    for typed in ("zelenskyy", "VOLODYMYR", "зеленс", "зеленский"[:6], "zelen volod"):
        assert list(Actor.objects.named(typed)) == [actor], typed
    assert not Actor.objects.named("zelenskyy putin").exists()


def test_a_role_was_held_between_its_dates_and_maybe_when_they_are_not_known():
    person, state = an_actor(), an_actor(kind="state")
    known = an_affiliation(person, state, "president", start_edtf="2021-01-20", end_edtf="2025-01-20")
    unknown = an_affiliation(person, state, "adviser")
    assert set(Affiliation.objects.held_between(date(2022, 1, 1), date(2022, 1, 1))) == {known, unknown}
    assert list(Affiliation.objects.held_between(date(2025, 2, 1), date(2025, 2, 1))) == [unknown]

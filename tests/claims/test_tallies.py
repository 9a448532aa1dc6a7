"""Tallies from the read model: what each speaker and issue has, and since when, within a horizon."""

from datetime import UTC, date, datetime

import pytest

from claims.filtering.horizon import Horizon
from claims.filtering.parameters import Day
from claims.filtering.totals import Tally, newest, numbers, of, of_each, within
from claims.models import Claim
from claims.readmodel import values
from claims.readmodel.freshness import current
from claims.readmodel.selection import Having
from conflict_site.base import edtf
from tests.factories import a_citation, a_claim, a_draft, a_source, an_actor, an_issue

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[values.LEAST, 1], autouse=True, ids=["pairs", "masks"])
def least(request, monkeypatch):
    """Of so few claims no value has a mask: without this, masks would not be tested."""
    monkeypatch.setattr(values, "LEAST", request.param)


def a_day(typed):
    return Day(typed, *edtf.bounds(typed))


def test_speakers_are_tallied_by_what_is_published():
    ada, bo, silent = an_actor("Ada"), an_actor("Bo"), an_actor("Silent")
    a_claim(speaker=ada, said_edtf="2024-01-15")
    a_claim(speaker=ada, said_edtf="[2023-11..2024-03]")
    a_claim(speaker=bo, said_edtf="2022")
    a_draft(speaker=silent, said_edtf="2020-01-15")
    a_draft(speaker=ada, said_edtf="2020-01-15")
    assert of_each("speaker") == {
        ada.pk: Tally(2, date(2023, 11, 1), date(2024, 3, 31)),
        bo.pk: Tally(1, date(2022, 1, 1), date(2022, 12, 31)),
    }


def test_a_claim_counts_on_each_of_its_issues():
    one, other = an_issue(), an_issue()
    a_claim(issues=[one, other], said_edtf="2024-01-15")
    a_claim(issues=[other], said_edtf="2025-01-15")
    assert of_each("issue") == {
        one.pk: Tally(1, date(2024, 1, 15), date(2024, 1, 15)),
        other.pk: Tally(2, date(2024, 1, 15), date(2025, 1, 15)),
    }


def test_what_was_written_since_the_read_model_was_read_counts():
    issue = an_issue()
    claim, _ = a_claim(issues=[issue], said_edtf="2024-01-15"), a_claim(said_edtf="2024-01-15")
    assert of_each("issue")[issue.pk].claims == 1
    a_claim(issues=[issue], said_edtf="2026-02-01")
    Claim.objects.filter(pk=claim.pk).update(said_edtf="2023-05-05", said_earliest="2023-05-05")
    assert of_each("issue")[issue.pk] == Tally(2, date(2023, 5, 5), date(2026, 2, 1))


def test_a_horizon_leaves_out_what_was_said_or_published_later():
    issue = an_issue()
    a_claim(issues=[issue], said_edtf="2024-01-15", published_at=datetime(2025, 1, 1, tzinfo=UTC))
    a_claim(issues=[issue], said_edtf="2024-02-15", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    a_claim(issues=[issue], said_edtf="2024-03-15", published_at=datetime(2025, 1, 1, tzinfo=UTC))
    february, on_file = a_day("2024-02"), a_day("2025")
    assert of_each("issue", Horizon(february)) == {issue.pk: Tally(2, date(2024, 1, 15), date(2024, 2, 15))}
    assert of_each("issue", Horizon(None, on_file)) == {issue.pk: Tally(2, date(2024, 1, 15), date(2024, 3, 15))}
    assert of_each("issue", Horizon(february, on_file)) == {issue.pk: Tally(1, date(2024, 1, 15), date(2024, 1, 15))}
    assert of_each("issue", Horizon(a_day("2020"))) == {}


def test_a_tally_counts_a_claim_once_however_many_sources_carry_it():
    claim = a_claim(said_edtf="2024-01")
    a_citation(claim, a_source())
    a_draft(said_edtf="2020")
    assert of(current()) == Tally(1, date(2024, 1, 1), date(2024, 1, 31), 2)


def test_of_no_claims_there_is_no_period():
    a_draft()
    assert of(current()) == Tally()


def test_a_source_carries_a_claim_once_however_many_passages_it_has():
    source, other = a_source(), a_source()
    claim = a_claim(source=source)
    a_citation(claim, source)
    a_draft(source=other)
    assert numbers(current(), "source") == {source.pk: 1}


def test_the_newest_claims_of_an_actor_come_first_within_a_horizon():
    ada = an_actor()
    claims = [a_claim(speaker=ada, said_edtf=f"2024-01-{day:02}") for day in (2, 1, 2, 3)]
    a_claim(said_edtf="2024-01-02")
    said = within(Horizon(a_day("2024-01-02")), Having("speaker", ada.pk))
    assert said.found().size == 3
    assert newest(said, 2) == [claims[2].pk, claims[0].pk]


def test_claims_asked_for_together_are_as_they_stood_at_the_first_question(django_assert_num_queries):
    issue = an_issue()
    a_claim(issues=[issue])
    published = current()
    a_claim(issues=[issue])
    with django_assert_num_queries(0):
        assert within(Horizon(), Having("issue", issue.pk), published=published).found().size == 1

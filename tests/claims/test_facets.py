"""Counts beside a filter: facets, dates, and ways out of an empty answer."""

from datetime import date

import pytest
from django.http import QueryDict

from claims.charts.histogram import Month
from claims.filtering import facets
from claims.filtering.filter import ClaimFilter
from claims.models import Claim
from tests import shared
from tests.factories import a_citation, a_claim, a_draft, a_source, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db


def asked(query):
    claim_filter = ClaimFilter(QueryDict(query))
    assert claim_filter.is_valid(), claim_filter.errors
    return claim_filter


def counted(query, name):
    return {row.value: row.count for row in facets.tally(asked(query))[name]}


@shared.of_module()
def archive():
    lavrov, ukraine = an_actor("Lavrov", slug="lavrov"), an_actor("Ukraine", slug="ukraine", kind="state")
    talks, aid = an_issue("Talks", slug="talks"), an_issue("Aid", slug="aid")
    press = an_actor("Press", slug="press", kind="media")
    first, second = a_source(slug="first", publisher=press), a_source(slug="second", publisher=press)
    claim = a_claim(speaker=lavrov, issues=[talks, aid], source=first, act="offers", said_edtf="2022-03-15")
    a_citation(claim, second)
    a_claim(speaker=lavrov, issues=[talks], source=first, said_edtf="2022-03-15")
    a_claim(speaker=ukraine, issues=[aid], source=second, said_edtf="2023-11", form="paraphrase")
    a_draft(speaker=lavrov, issues=[talks], source=first, act="denies")


def test_a_facet_counts_claims_once_however_often_they_are_cited(archive):
    assert counted("", "speaker") == {"lavrov": 2, "ukraine": 1}
    assert counted("", "issue") == {"aid": 2, "talks": 2}
    assert counted("", "source") == {"first": 2, "second": 2}
    assert counted("", "publisher") == {"press": 3}
    assert counted("", "kind") == {"person": 2, "state": 1}
    assert counted("", "act") == {"asserts": 2, "offers": 1}
    assert counted("", "form") == {"verbatim": 2, "paraphrase": 1}


def test_a_facet_heeds_the_others_and_ignores_its_own_choice(archive):
    assert counted("speaker=lavrov", "speaker") == {"lavrov": 2, "ukraine": 1}
    assert counted("speaker=lavrov", "issue") == {"talks": 2, "aid": 1}
    assert counted("not_speaker=lavrov", "speaker") == {"lavrov": 2, "ukraine": 1}
    assert counted("issue=talks&issue=aid&speaker=ukraine", "issue") == {"aid": 1}
    assert counted("said_from=2023", "speaker") == {"ukraine": 1}


def test_an_event_that_is_a_draft_is_no_row():
    public, hidden = an_event("Seen", slug="seen"), an_event("Hidden", slug="hidden", state="draft", published_at=None)
    a_claim(events=[public, hidden])
    assert counted("", "event") == {"seen": 1}


def test_a_chosen_value_stays_with_a_count_of_zero(archive):
    facet = next(facet for facet in facets.facets(asked("speaker=ukraine&act=offers")) if facet.name == "speaker")
    assert [(row.value, row.count, row.chosen) for row in facet.rows] == [("lavrov", 1, False), ("ukraine", 0, True)]


def test_an_excluded_value_stays_with_a_count_of_zero(archive):
    facet = next(facet for facet in facets.facets(asked("not_speaker=ukraine&act=offers")) if facet.name == "speaker")
    assert [(row.value, row.count, row.excluded) for row in facet.rows] == [("lavrov", 1, False), ("ukraine", 0, True)]


def test_an_excluded_value_is_marked(archive):
    facet = next(facet for facet in facets.facets(asked("not_speaker=lavrov")) if facet.name == "speaker")
    assert [(row.value, row.count, row.excluded) for row in facet.rows] == [("lavrov", 2, True), ("ukraine", 1, False)]


def test_a_long_facet_shows_the_most_frequent_then_more_then_the_directory():
    for number in range(45):
        a_claim(speaker=an_actor(f"Speaker {number:02}", slug=f"speaker-{number:02}"))
    facet = next(facet for facet in facets.facets(asked("speaker=speaker-44")) if facet.name == "speaker")
    assert [row.value for row in facet.rows] == [*(f"speaker-{number:02}" for number in range(8)), "speaker-44"]
    assert len(facet.more) == 30
    assert facet.all_url == "/actors/"


def test_counts_are_of_all_and_of_those_found(archive):
    assert facets.counts(asked("")) == (3, 3)
    assert facets.counts(asked("speaker=lavrov&act=offers")) == (3, 1)


def test_a_filter_asks_once_whether_anything_has_changed(archive, django_assert_num_queries):
    facets.counts(asked(""))
    with django_assert_num_queries(1):
        claim_filter = asked("speaker=lavrov&issue=talks&act=denies")
        facets.counts(claim_filter), facets.facets(claim_filter), facets.dates(claim_filter)
        facets.months(claim_filter), facets.ways_out(claim_filter), facets.places(claim_filter, 25)


def test_all_answers_to_a_filter_are_of_one_moment(archive):
    claim_filter = asked("speaker=lavrov")
    assert facets.counts(claim_filter) == (3, 2)
    Claim.objects.filter(speaker__slug="lavrov").update(act="asks")
    assert {row.value: row.count for row in facets.tally(claim_filter)["act"]} == {"asserts": 1, "offers": 1}
    assert counted("speaker=lavrov", "act") == {"asks": 2}


def test_dates_ignore_the_range_chosen_and_go_by_the_clock(archive):
    assert sorted(facets.dates(asked("said_from=2024"))) == [
        (date(2022, 3, 15), date(2022, 3, 15), 2),
        (date(2023, 11, 1), date(2023, 11, 30), 1),
    ]
    assert facets.dates(asked("clock=published&speaker=ukraine")) == [(date(2024, 1, 15), date(2024, 1, 15), 1)]


def test_a_known_day_counts_in_its_month_and_a_range_in_that_of_its_middle():
    for said in ("2022-03-15", "2022-03-16", "[2021-06-01..2023-06-01]", "2024-05/.."):
        a_claim(said_edtf=said)
    assert facets.months(asked("")) == [
        Month(2022, 3, False, 2),
        Month(2022, 6, True, 1),
        Month(2024, 5, True, 1),
    ]


def test_ways_out_say_what_is_found_without_each_condition(archive):
    ways = facets.ways_out(asked("speaker=ukraine&act=offers&not_issue=aid"))
    assert [(way.label, way.url, way.count) for way in ways] == []
    ways = facets.ways_out(asked("speaker=ukraine&act=offers"))
    assert [(way.label, way.url, way.count) for way in ways] == [
        ("Ukraine", "/claims/?act=offers", 1),
        ("offers", "/claims/?speaker=ukraine", 1),
    ]

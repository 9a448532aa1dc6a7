"""The totals of the opening dossier agree from page to page, or the page says how it counts otherwise."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction

from actors.models import Actor
from claims.dossier import load_package, read_package
from claims.models import Claim, Issue
from claims.readmodel import coverage, current
from tests.claims.dossier.packages import OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]


@pytest.fixture(scope="module")
def opening(django_db_setup, django_db_blocker):
    """The opening dossier in the database for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_package(read_package(OPENING))
        yield
        transaction.set_rollback(True)


def spans():
    """The first and the last day of each published claim."""
    return list(Claim.objects.filter(state="published").values_list("said_earliest", "said_latest"))


def middles():
    """How many claims have the middle of their range in each year."""
    return Counter((first + (last - first) // 2).year for first, last in spans())


def test_claims_and_about_count_a_year_alike_by_the_middle_of_a_range(opening, client):
    counted = Counter()
    for column in client.get("/claims.json").json()["histogram"]:
        counted[int(column["from"][:4])] += column["count"]
    [years] = [shares for title, shares, _ in coverage.tables(current()) if title == "year"]
    assert counted == {int(share.label): share.count for share in years} == middles()
    assert counted == {2021: 10, 2022: 110, 2023: 89, 2024: 36, 2025: 101, 2026: 42}
    page = client.get("/about/").text
    assert "Where the day is not stated, the middle of its range counts." in page
    assert '?said_from=2022&amp;said_to=2022">2022</a>\n</th><td class="num">110</td>' in page


def test_the_timeline_counts_what_is_certain_and_says_what_it_leaves_out(opening, client):
    certain = Counter(first.year for first, last in spans() if first.year == last.year)
    record = client.get("/timeline.json?lanes=none").json()
    assert (record["count"], sum(certain.values())) == (388, 384)
    assert {year: certain[year] for year in (2022, 2023, 2025)} == {2022: 108, 2023: 88, 2025: 100}
    page = client.get("/timeline/?lanes=none").text
    assert '<span class="narrow-view">4 without a certain year</span>' in page
    for year, number in certain.items():
        assert f"{year}: {number} claims" in page
    assert "claims certainly of a part" in page
    assert "in no number where it reaches beyond the part" in page


@pytest.mark.parametrize("year", range(2021, 2027))
def test_a_year_of_the_timeline_and_of_claims_hold_the_same(opening, client, year):
    first, last = date(year, 1, 1), date(year, 12, 31)
    perhaps = sum(start <= last and end >= first for start, end in spans())
    surely = sum(first <= start and end <= last for start, end in spans())
    for match, number in (("", perhaps), ("&match=certain", surely)):
        for page in ("claims", "timeline"):
            answer = client.get(f"/{page}.json?said_from={year}&said_to={year}{match}").json()
            assert answer["count"] == number, (page, match)


def test_every_page_has_the_same_number_of_claims(opening, client):
    number = Claim.objects.filter(state="published").count()
    assert number == 388
    assert f"Search {number} claims by" in client.get("/").text
    assert f"{number} claims by" in client.get("/about/").text
    assert client.get("/claims.json").json()["count"] == number
    assert client.get("/timeline.json").json()["count"] == number


def test_the_head_of_an_issue_and_what_its_chart_covers_are_of_the_same_claims(opening, client):
    for issue in Issue.objects.all():
        page = client.get(f"/issues/{issue.slug}/").context
        number = issue.claims.filter(state="published").count()
        assert page["tally"].claims == page["chart"].coverage.claims == page["newest"].count == number
        assert client.get(f"/claims.json?issue={issue.slug}").json()["count"] == number
        lines = client.get("/issues/").context["rows"]
        assert {tally.claims for each, tally in lines if each == issue} == {number}


def test_the_head_of_an_actor_counts_what_it_said(opening, client):
    for actor in Actor.objects.filter(claims__state="published").distinct():
        number = Claim.objects.filter(state="published", speaker=actor).count()
        page = client.get(f"/actors/{actor.slug}/").context
        assert page["tally"].claims == page["own"].count == number
        assert client.get(f"/claims.json?speaker={actor.slug}").json()["count"] == number

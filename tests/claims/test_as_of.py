"""The two limits of what a page shows: what was said by a day, and what was on file by another."""

import pytest
from django.db.models import Q
from django.http import QueryDict

from claims.filtering.horizon import AsOfForm, PageNumber, ending
from claims.filtering.parameters import Option


class Paged(AsOfForm):
    order = Option("Order", {"name": "By name", "latest": "By latest"})
    page = PageNumber("Page")


def form(query, kind=AsOfForm):
    return kind(QueryDict(query), "/actors/ada/")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ""),
        ("as_of=2025-03-03", "As of 3 March 2025"),
        ("as_of=2025-03", "As of the end of March 2025"),
        ("known_by=2025", "With what was on file by the end of 2025"),
        ("as_of=2024&known_by=2025-03-03", "As of the end of 2024, with what was on file by 3 March 2025"),
    ],
)
def test_it_says_in_words_how_far_a_page_looks(query, words):
    horizon = form(query).horizon
    assert horizon.words == words
    assert bool(horizon) == bool(words)


def test_the_last_day_of_a_month_or_year_counts():
    horizon = form("as_of=2024-02&known_by=2025").horizon
    assert horizon.record == {"as_of": "2024-02-29", "known_by": "2025-12-31"}


def test_without_limits_everything_is_within():
    horizon = form("").horizon
    assert (horizon.holds(), horizon.evidence(), horizon.query) == (Q(), Q(), "")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/actors/ada/"),
        ("utm_source=x&fbclid=y", "/actors/ada/"),
        ("order=name&page=1", "/actors/ada/"),
        (
            "page=2&known_by=+2025+&order=latest&as_of=2024-01",
            "/actors/ada/?as_of=2024-01&known_by=2025&order=latest&page=2",
        ),
        ("as_of=never", "/actors/ada/"),
    ],
)
def test_its_address_is_canonical(query, address):
    assert form(query, Paged).url() == address


def test_a_changed_address_keeps_the_rest_and_begins_at_the_first_page():
    asked = form("as_of=2024&known_by=2025&order=latest&page=3", Paged)
    assert asked.url(as_of="2023-01-01") == "/actors/ada/?as_of=2023-01-01&known_by=2025&order=latest"
    assert asked.url(page=4) == "/actors/ada/?as_of=2024&known_by=2025&order=latest&page=4"
    assert asked.url_without_days == "/actors/ada/?order=latest"
    assert asked.others == [("order", "latest")]


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("as_of=2023-02-30", "as_of", "'2023-02-30' is not a date: February 2023 has no day 30."),
        ("known_by=..", "known_by", "'..' is not a date"),
        ("as_of=2023&as_of=2024", "as_of", "Give 1 at most."),
        ("known_by=%00", "known_by", "This holds characters that cannot be seen."),
        ("as_of=" + "9" * 60_000, "as_of", "This is too long"),
        ("page=0", "page", "A page is a number from 1."),
        ("page=99999999999999999999", "page", "A page is a number from 1."),
        ("page=٢", "page", "A page is a number from 1."),
        ("asof=2023", "__all__", "This page has no parameter “asof”."),
    ],
)
def test_what_it_refuses_it_refuses_in_words_at_the_field(query, field, words):
    refused = form(query, Paged)
    assert not refused.is_valid()
    assert list(refused.errors) == [field]
    assert refused.errors[field][0].startswith(words)


def test_an_ending_repeats_lists_and_leaves_out_what_is_empty():
    assert ending({"kind": ["state", "person"], "issue": [], "as_of": ""}) == "?kind=state&kind=person"
    assert ending({}) == ""

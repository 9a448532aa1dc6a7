"""Periods of a timeline: what they are called, within, beside and made of."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.charts.zoom import NARROW, WIDE, Period, beside, extent, labels, levels, scale, within

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(*sorted(days)))


def period(first, last):
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "typed", "words"),
    [
        ("2023-01-01", "2023-12-31", ("2023", "2023"), "2023"),
        ("2022-01-01", "2023-12-31", ("2022", "2023"), "2022 to 2023"),
        ("2024-02-01", "2024-02-29", ("2024-02", "2024-02"), "February 2024"),
        ("2022-05-01", "2023-02-28", ("2022-05", "2023-02"), "May 2022 to February 2023"),
        ("2023-11-22", "2023-11-22", ("2023-11-22", "2023-11-22"), "22 November 2023"),
        ("2023-11-01", "2023-11-07", ("2023-11-01", "2023-11-07"), "1 to 7 November 2023"),
        ("0001-01-01", "9999-12-31", ("0001", "9999"), "1 to 9999"),
    ],
)
def test_a_period_is_called_by_the_calendar(first, last, typed, words):
    named = period(first, last)
    assert (named.typed, named.words) == (typed, words)


@pytest.mark.parametrize(
    ("first", "last", "wide", "narrow"),
    [
        ("2021-01-01", "2026-12-31", ("quarter", 24), ("year", 6)),
        ("2023-01-01", "2023-12-31", ("month", 12), ("month", 12)),
        ("2022-05-01", "2023-02-28", ("month", 10), ("month", 10)),
        ("2023-07-01", "2023-09-30", ("week", 13), ("month", 3)),
        ("2023-11-01", "2023-11-30", ("day", 30), ("week", 4)),
        ("2023-11-06", "2023-11-12", ("day", 7), ("day", 7)),
        ("0001-01-01", "9999-12-31", ("half millennium", 20), ("millennium", 10)),
    ],
)
def test_the_parts_are_the_finest_for_which_there_is_room(first, last, wide, narrow):
    for most, expected in ((WIDE, wide), (NARROW, narrow)):
        drawn = scale(period(first, last), most)
        assert (drawn.unit, len(drawn.parts)) == expected


@given(PERIODS, st.sampled_from([WIDE, NARROW]))
def test_the_parts_follow_each_other_from_end_to_end(whole, most):
    parts = scale(whole, most).parts
    assert len(parts) <= most
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(parts))


@given(PERIODS)
def test_labels_stand_within_the_plot_in_order(whole):
    drawn = labels(whole)
    assert all(0 <= label.start <= label.x <= label.start + label.width <= 100.001 for label in drawn)
    assert [label.x for label in drawn] == sorted(label.x for label in drawn)


def test_a_last_week_of_three_days_goes_with_the_one_before():
    assert [part.typed for part in scale(period("2023-12-01", "2023-12-31"), NARROW).parts][-1] == (
        "2023-12-22",
        "2023-12-31",
    )


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        ("2023-11-01", "2023-11-30", ["1 Nov", "8", "15", "22"]),
        ("2023-10-28", "2023-11-03", ["28 Oct", "29", "30", "31", "1 Nov", "2", "3"]),
        ("2023-01-01", "2023-06-30", ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]),
        ("2022-05-01", "2023-02-28", ["2022", "2023"]),
        ("2022-01-01", "2023-12-31", ["2022", "2023"]),
        ("2021-12-28", "2023-12-31", ["", "2022", "2023"]),
        ("2015-01-01", "2024-12-31", ["2015", "", "2017", "", "2019", "", "2021", "", "2023", ""]),
    ],
)
def test_a_label_says_no_more_than_what_is_new(first, last, texts):
    assert [label.text for label in labels(period(first, last))] == texts


def test_a_day_lies_within_its_month_and_its_year():
    assert levels(period("2023-11-22", "2023-11-22")) == [
        period("2023-01-01", "2023-12-31"),
        period("2023-11-01", "2023-11-30"),
    ]
    assert levels(period("2023-01-01", "2023-12-31")) == []
    assert levels(period("2022-05-01", "2023-02-28")) == []


@pytest.mark.parametrize(
    ("first", "last", "earlier", "later"),
    [
        ("2024-02-01", "2024-02-29", ("2024-01", "2024-01"), ("2024-03", "2024-03")),
        ("2023-01-01", "2023-12-31", ("2022", "2022"), ("2024", "2024")),
        ("2022-05-01", "2023-02-28", ("2021-07", "2022-04"), ("2023-03", "2023-12")),
        ("2024-03-01", "2024-03-07", ("2024-02-23", "2024-02-29"), ("2024-03-08", "2024-03-14")),
    ],
)
def test_periods_beside_each_other_are_of_one_length(first, last, earlier, later):
    whole = period(first, last)
    assert (beside(whole, -1).typed, beside(whole, 1).typed) == (earlier, later)


def test_nothing_is_beside_the_ends_of_the_calendar():
    assert beside(period("0001-01-01", "0001-12-31"), -1) is None
    assert beside(period("9999-12-31", "9999-12-31"), 1) is None
    assert beside(period("9998-01-01", "9999-12-31"), 1) is None
    assert beside(period("9999-11-01", "9999-11-30"), 1) == period("9999-12-01", "9999-12-31")


def test_what_is_found_is_of_whole_years():
    rows = [(date(2022, 3, 1), None, 1), (None, date(2023, 5, 1), 2), (None, None, 1)]
    assert extent(rows) == period("2022-01-01", "2023-12-31")
    assert extent([(None, None, 3)]) is None


def test_a_date_is_within_a_period_possibly_or_certainly():
    month, year = (date(2023, 11, 1), date(2023, 11, 30), 1), (date(2023, 1, 1), date(2023, 12, 31), 2)
    rows = [month, year, (date(2023, 1, 1), None, 4), (None, date(2023, 12, 1), 8), (None, None, 16)]
    november = (date(2023, 11, 1), date(2023, 11, 30))
    assert within(rows, *november) == [month, year, (date(2023, 1, 1), None, 4)]
    assert within(rows, *november, certain=True) == [month]
    assert within(rows, None, None) == rows

"""Columns of claims by year, month and day, and the events above them."""

from datetime import date

import pytest

from claims.charts.histogram import DatedEvent, Month, by_day, days_of, flags, histogram
from claims.charts.zoom import Period

ALL = (None, None)
MARCH = Month(2022, 3, False, 2)
TALKS = DatedEvent("2022-03-29", date(2022, 3, 29), date(2022, 3, 29), "Talks", "/talks/")


def drawn(months, period=ALL):
    return histogram(months, period, lambda name: f"?{name}")


def by_days(dates, first, last):
    period = (first, last)
    return by_day(dates, days_of(period), period, lambda name: f"?{name}")


def flagged(columns, *events):
    return [(flag.label, flag.titles, flag.url) for flag in flags(columns, events, lambda name: f"/events/{name}")]


def test_every_year_from_the_first_to_the_last_has_a_column():
    columns = drawn([MARCH, Month(2024, 1, False, 1)]).columns
    assert [(column.label, column.count, column.url) for column in columns] == [
        ("2022", 2, "?2022"),
        ("2023", 0, "?2023"),
        ("2024", 1, "?2024"),
    ]
    assert [(column.left, column.width, column.x, column.bar) for column in columns] == [
        (0, 33.333, 4.0, 25.333),
        (33.333, 33.333, 37.333, 25.333),
        (66.667, 33.333, 70.667, 25.333),
    ]


def test_a_year_is_drawn_by_month():
    chart = drawn([MARCH, Month(2023, 1, False, 1)], (date(2022, 1, 1), date(2022, 12, 31)))
    assert (chart.unit, chart.words) == ("month", "2022")
    assert [column.short for column in chart.columns][:3] == ["Jan", "Feb", "Mar"]
    assert [column.count for column in chart.columns] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert (chart.columns[2].first, chart.columns[2].last) == (date(2022, 3, 1), date(2022, 3, 31))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2023, 11, 22), date(2023, 11, 22), Period(date(2023, 11, 1), date(2023, 11, 30))),
        (date(2024, 2, 1), date(2024, 2, 29), Period(date(2024, 2, 1), date(2024, 2, 29))),
        (date(2023, 12, 20), date(2024, 1, 30), Period(date(2023, 12, 20), date(2024, 1, 30))),
        (date(2023, 12, 20), date(2024, 1, 31), None),
        (date(9999, 12, 5), date(9999, 12, 6), Period(date(9999, 12, 1), date(9999, 12, 31))),
        (None, date(2024, 2, 29), None),
        (date(2024, 2, 29), None, None),
    ],
)
def test_a_month_or_six_weeks_are_drawn_by_day(first, last, days):
    assert days_of((first, last)) == days


def test_every_day_has_a_column_that_leads_to_it():
    second, third = date(2022, 3, 2), date(2022, 3, 3)
    chart = by_days([(second, second, 2), (third, third, 1)], second, second)
    assert (chart.unit, len(chart.columns), chart.words) == ("day", 31, "March 2022")
    assert [(column.label, column.short, column.count, column.url, column.is_on) for column in chart.columns[:3]] == [
        ("1 March 2022", "1", 0, "?2022-03-01", False),
        ("2 March 2022", "2", 2, "?2022-03-02", True),
        ("3 March 2022", "3", 1, "?2022-03-03", False),
    ]


def test_days_of_two_months_say_where_the_second_begins():
    chart = by_days([], date(2022, 2, 27), date(2022, 3, 2))
    assert [column.short for column in chart.columns] == ["27", "28", "Mar", "2"]
    assert chart.words == "27 February to 2 March 2022"
    assert not chart.is_long
    assert by_days([], date(2022, 2, 1), date(2022, 3, 4)).is_long


def test_a_range_has_no_day_and_counts_apart():
    second, fourth = date(2022, 3, 2), date(2022, 3, 4)
    dates = [(second, second, 2), (second, fourth, 3), (None, second, 1), (second, None, 1), (None, None, 5)]
    chart = by_days(dates, second, date(2022, 3, 3))
    assert [column.count for column in chart.columns[:5]] == [0, 2, 0, 0, 0]
    assert chart.apart(7, certain=False) == 5
    assert chart.apart(2, certain=True) == 0


def test_what_is_found_of_whole_years_or_months_is_in_a_column_or_apart():
    year = (date(2022, 1, 1), date(2022, 12, 31))
    assert drawn([MARCH]).apart(5, certain=False) == 3
    assert drawn([MARCH, Month(2023, 1, True, 4)], year).apart(3, certain=False) == 1
    assert drawn([MARCH], year).apart(1, certain=True) == 0
    cut = drawn([MARCH], (date(2022, 3, 10), date(2022, 12, 31)))
    assert (cut.is_whole, cut.apart(9, certain=False)) == (False, 0)


def test_ranges_are_drawn_on_top_of_known_days():
    chart = drawn([MARCH, Month(2022, 5, False, 1), Month(2022, 3, True, 1)])
    column = chart.columns[0]
    assert (column.label, column.exact, column.ranged) == ("2022", 3, 1)
    assert (column.exact_height, column.ranged_height) == (48, 16)
    assert (column.exact_y, column.ranged_y, column.number_y) == (32, 16, 11)
    assert chart.has_ranges
    assert not drawn([MARCH]).has_ranges


def test_the_fullest_column_has_the_full_height_and_the_emptiest_is_still_seen():
    columns = drawn([Month(2022, 3, False, 1000), Month(2023, 1, True, 1)]).columns
    assert [column.exact_height + column.ranged_height for column in columns] == [64, 3]


def test_columns_outside_the_period_are_off():
    months = [Month(year, 5, False, 1) for year in (2021, 2022, 2023, 2024)]
    columns = drawn(months, (date(2022, 3, 1), date(2023, 1, 31))).columns
    assert [column.is_on for column in columns] == [False, True, True, False]


def test_numbers_stand_where_there_is_room_for_them():
    year = (date(2022, 1, 1), date(2022, 12, 31))
    charts = [drawn([Month(2022, 3, False, count)], year) for count in (999, 1000, 10**9)]
    assert [(chart.is_numbered, chart.is_numbered_when_narrow) for chart in charts] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    day = date(2022, 3, 1)
    assert [by_days([(day, day, count)], day, day).is_numbered_when_narrow for count in (999, 1000)] == [True, False]


def test_of_many_years_only_some_have_a_label():
    months = [Month(year, 5, False, 1) for year in range(1990, 2020)]
    assert [column.short for column in drawn(months).columns][:7] == ["1990", "", "", "1993", "", "", "1996"]
    assert "" not in [column.short for column in drawn(months[:10]).columns]


def test_nothing_gives_no_columns():
    assert (drawn([]).columns, drawn([]).words) == ([], "")


def test_an_event_is_marked_above_the_column_in_which_it_began():
    columns = drawn([MARCH], (date(2022, 1, 1), date(2022, 12, 31))).columns
    truce = DatedEvent("2022-03-30/2022-05-01", date(2022, 3, 30), date(2022, 5, 1), "Truce", "/truce/")
    war = DatedEvent("2022-04/..", date(2022, 4, 1), None, "War", "/war/")
    assert flagged(columns, TALKS) == [("March 2022", ["Talks"], "/talks/")]
    assert flagged(columns, TALKS, truce, war) == [
        ("March 2022", ["Talks", "Truce"], "/events/2022-03"),
        ("April 2022", ["War"], "/war/"),
    ]
    assert flags(columns, [TALKS], str)[0].middle == columns[2].middle


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022-03", date(2022, 3, 1), date(2022, 3, 31)),
        ("[2022-03-02..2022-03-03]", date(2022, 3, 2), date(2022, 3, 3)),
        ("2022-03/2022-04", date(2022, 3, 1), date(2022, 4, 30)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2022-04-01", date(2022, 4, 1), date(2022, 4, 1)),
    ],
)
def test_an_event_whose_day_is_not_stated_or_drawn_has_no_flag_above_days(edtf, first, last):
    columns = by_days([], date(2022, 3, 1), date(2022, 3, 31)).columns
    assert flagged(columns, DatedEvent(edtf, first, last, "Something", "/")) == []

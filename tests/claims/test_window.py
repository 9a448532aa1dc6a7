"""The days on which several have claims, and the axis that spans them."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.charts.window import LABEL, MOST_YEARS, Window, axis, common


def window(first, last):
    return Window(date.fromisoformat(first), date.fromisoformat(last))


def test_the_common_days_are_those_that_both_hold():
    held = common([window("2022-01-01", "2023-05-01"), window("2022-03-01", "2024-01-01")])
    assert held == window("2022-03-01", "2023-05-01")


def test_windows_that_touch_share_a_day():
    assert common([window("2022-01-01", "2022-03-01"), window("2022-03-01", "2024-01-01")]) == window(
        "2022-03-01", "2022-03-01"
    )


def test_there_are_no_common_days_of_windows_apart_of_none_and_of_nobody():
    assert common([window("2022-01-01", "2022-02-28"), window("2022-03-01", "2024-01-01")]) is None
    assert common([window("2022-01-01", "2022-02-28"), None]) is None
    assert common([]) is None


def test_a_window_possibly_holds_what_overlaps_it_and_cuts_it():
    year = window("2023-01-01", "2023-12-31")
    assert year.may_hold(date(2022, 6, 1), date(2023, 1, 1))
    assert not year.may_hold(date(2022, 6, 1), date(2022, 12, 31))
    assert not year.may_hold(date(2024, 1, 1), date(2024, 1, 1))
    assert year.cut(date(2022, 6, 1), date(2023, 2, 1)) == (date(2023, 1, 1), date(2023, 2, 1))


def test_its_words_name_both_ends_or_the_only_day():
    assert window("2022-02-24", "2024-05-15").words == "24 February 2022 to 15 May 2024"
    assert window("2022-02-24", "2022-02-24").words == "24 February 2022"


def test_an_axis_begins_and_ends_with_its_window():
    drawn = axis(window("2022-07-01", "2024-06-30"))
    assert (drawn.first, drawn.end) == (date(2022, 7, 1), date(2024, 7, 1))
    assert drawn.years == [(0.0, 2022), (25.17, 2023), (75.1, 2024)]
    assert drawn.ticks == [12.59, 25.17, 37.48, 49.93, 62.52, 75.1, 87.55]
    assert drawn.mids == [49.93]


def test_the_label_of_a_year_that_has_no_room_is_left_out():
    assert axis(window("2022-12-20", "2024-01-05")).years == [(3.14, 2023)]


def test_a_window_of_one_day_has_its_year():
    drawn = axis(window("2022-02-24", "2022-02-24"))
    assert (drawn.years, drawn.ticks, drawn.mids) == ([(0.0, 2022)], [], [])
    assert drawn.x(date(2022, 2, 24)) == 0.0


def test_many_years_are_labelled_in_part_and_without_quarters():
    drawn = axis(window("1991-12-26", "2026-01-01"))
    assert [year for _, year in drawn.years] == [1991, 1996, 2001, 2006, 2011, 2016, 2021]
    assert (drawn.ticks, drawn.mids) == ([], [])


days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(days, days)
def test_every_window_has_labels_that_stand_apart_within_the_plot(one, other):
    drawn = axis(Window(min(one, other), max(one, other)))
    places = [x for x, _ in drawn.years]
    assert 1 <= len(places) <= MOST_YEARS
    assert all(0 <= x < 100 for x in [*places, *drawn.ticks, *drawn.mids])
    assert all(after - before >= LABEL for before, after in pairwise(places))

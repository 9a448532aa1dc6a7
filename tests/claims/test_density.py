"""Lanes of a timeline as pure geometry: marks where there is room, else bars."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.charts.density import APART, ROW, Item, Measure, bars, found, is_placed, marks, tally
from claims.charts.zoom import NARROW, WIDE, Period, scale

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
FIRST, LAST = date(2020, 1, 1), date(2026, 12, 31)
ENDS = st.dates(FIRST, LAST)
SPANS = st.tuples(ENDS, ENDS).map(sorted)
ROOMS = st.sampled_from([WIDE, NARROW])


def said(first, last="", **given):
    begins = date.fromisoformat(first)
    return Item(begins, date.fromisoformat(last) if last else begins, "/claims/x/", "somebody said", **given)


def meeting(spans, period):
    """Those of the spans that meet the period, which is what a filter hands over."""
    return [(first, last) for first, last in spans if first <= period.last and last >= period.first]


def test_a_day_and_a_month_are_certain_of_their_month_and_a_quarter_is_not():
    rows = [
        (date(2023, 3, 5), date(2023, 3, 5), 2),
        (date(2023, 3, 1), date(2023, 3, 31), 4),
        (date(2023, 1, 1), date(2023, 3, 31), 8),
        (date(2022, 12, 1), date(2023, 1, 31), 16),
    ]
    counted = tally(rows, scale(YEAR, WIDE))
    assert counted.certain == [0, 0, 6, *[0] * 9]
    assert counted.possible == [24, 8, 8, *[0] * 9]
    assert counted.apart == 24


def test_an_open_end_is_certain_of_nothing():
    counted = tally([(date(2023, 11, 1), None, 1), (None, date(2023, 2, 1), 2), (None, None, 4)], scale(YEAR, WIDE))
    assert counted.certain == [0] * 12
    assert counted.possible == [*[0] * 10, 1, 1]
    assert counted.apart == 7


@given(st.lists(st.tuples(SPANS, st.integers(1, 9))), SPANS, ROOMS)
def test_the_parts_and_what_is_apart_make_up_the_whole(spans, ends, room):
    period = Period(*ends)
    rows = [(first, last, count) for (first, last), count in spans if meeting([(first, last)], period)]
    counted = tally(rows, scale(period, room))
    assert sum(counted.certain) + counted.apart == sum(count for _, _, count in rows)


@given(st.lists(SPANS, max_size=40), SPANS, ROOMS)
def test_a_part_and_what_may_be_in_it_are_what_is_found_there(spans, ends, room):
    period = Period(*ends)
    drawn = scale(period, room)
    counted = tally([(*span, 1) for span in meeting(spans, period)], drawn)
    for part, certain, possible in zip(drawn.parts, counted.certain, counted.possible, strict=True):
        assert certain + possible == len(meeting(spans, part))


@given(st.lists(SPANS, max_size=40), SPANS, ROOMS)
def test_marks_never_touch_and_never_leave_the_plot(spans, ends, room):
    period = Period(*ends)
    items = [Item(first, last, "/", "") for first, last in meeting(spans, period)]
    drawn = marks(items, scale(period, room))
    if drawn is None:
        return
    assert len(drawn.marks) == sum(is_placed(item, period) for item in items)
    for mark in drawn.marks:
        assert 0 <= mark.x <= mark.x + mark.width <= 100.001
    for y in {mark.y for mark in drawn.marks}:
        row = sorted((mark for mark in drawn.marks if mark.y == y), key=lambda mark: mark.middle)
        for left, right in pairwise(row):
            half = [max(mark.width, APART[room]) / 2 for mark in (left, right)]
            assert right.middle - left.middle >= sum(half) - 0.01


@given(st.lists(st.tuples(SPANS, st.integers(1, 999))), SPANS, ROOMS)
def test_bars_stand_within_the_plot_and_under_their_number(spans, ends, room):
    period = Period(*ends)
    drawn = scale(period, room)
    counted = tally([(*span, count) for span, count in spans if meeting([span], period)], drawn)
    lane = bars(counted, drawn, Measure(max(counted.certain), 36, "claim", lambda part: part.words))
    assert [bar.count for bar in lane.bars] == [count for count in counted.certain if count]
    for bar in lane.bars:
        assert 0 <= bar.x <= bar.left <= bar.left + bar.drawn <= bar.x + bar.width <= 100.001
        assert 3 <= bar.height <= 36
        assert bar.y + bar.height == lane.base
        assert bar.number_y >= 12
    for (x, width), (after, _) in pairwise(lane.bands):
        assert x + width < after


def test_a_known_day_is_a_point_and_a_range_a_band():
    drawn = marks([said("2023-07-02"), said("2023-02-01", "2023-02-28")], scale(YEAR, WIDE))
    assert [(mark.x, mark.width, mark.y) for mark in drawn.marks] == [(8.493, 7.671, 12), (50.0, 0.0, 12)]
    assert (drawn.size, drawn.height, drawn.bars, drawn.note) == ("wide", ROW, [], "")


def test_marks_of_one_day_stand_below_each_other_and_more_than_there_is_room_for_become_bars():
    drawn = marks([said("2023-07-02")] * 6, scale(YEAR, WIDE))
    assert [mark.y for mark in drawn.marks] == [12, 36, 60, 84, 108, 132]
    assert marks([said("2023-07-02")] * 7, scale(YEAR, WIDE)) is None


def test_what_may_be_anywhere_in_the_view_is_counted_apart_and_not_drawn():
    drawn = marks([said("2022-01-01", "2024-01-01"), said("2023-07-02")], scale(YEAR, WIDE))
    assert len(drawn.marks) == 1
    assert drawn.note == "1 not certain within this view"
    assert drawn.bands == [(0.0, 100.0)]


def test_what_has_no_date_has_no_place():
    drawn = marks([Item(None, None, "/", "")], scale(YEAR, WIDE))
    assert (drawn.marks, drawn.bands, drawn.note) == ([], [], "1 not certain within this view")


def test_a_range_that_leaves_the_view_is_drawn_to_its_edge():
    (mark,) = marks([said("2022-11-01", "2023-01-31")], scale(YEAR, WIDE)).marks
    assert (mark.x, mark.width) == (0.0, 8.493)


def test_the_slightest_range_is_seen():
    (mark,) = marks([said("2023-12-30", "2023-12-31")], scale(YEAR, WIDE)).marks
    assert (mark.x, mark.width) == (98.8, 1.2)


def test_a_bar_says_what_it_counts_and_where_it_leads():
    scaled = scale(YEAR, WIDE)
    counted = tally([(date(2023, 3, 5), date(2023, 3, 5), 2), (YEAR.first, YEAR.last, 1)], scaled)
    drawn = bars(counted, scaled, Measure(4, 36, "claim", lambda part: part.typed[0]))
    (bar,) = drawn.bars
    assert (bar.url, bar.title) == ("2023-03", "March 2023: 2 claims, and 1 more that may be")
    assert (bar.y, bar.height, bar.number_y) == (34, 18, 30)
    assert (drawn.note, drawn.bands) == ("1 without a certain month", [(0.0, 100.0)])


@pytest.mark.parametrize(("fullest", "numbered"), [(999, True), (1000, False)])
def test_numbers_stand_where_they_have_room(fullest, numbered):
    scaled = scale(YEAR, WIDE)
    counted = tally([(YEAR.first, YEAR.first, fullest)], scaled)
    assert bars(counted, scaled, Measure(fullest, 36, "claim", str)).is_numbered is numbered


def test_one_is_not_many():
    assert found(1, 0, "claim") == "1 claim"
    assert found(1200, 1, "event") == "1,200 events, and 1 more that may be"


def test_every_day_of_a_month_is_one_bar():
    november = scale(Period(date(2023, 11, 1), date(2023, 11, 30)), WIDE)
    days = [date(2023, 11, 1) + timedelta(days=number) for number in range(30)]
    drawn = bars(tally([(day, day, 1) for day in days], november), november, Measure(1, 36, "claim", str))
    assert [bar.period.first for bar in drawn.bars] == days

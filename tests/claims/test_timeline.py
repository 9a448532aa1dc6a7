"""Swimlanes as pure geometry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.charts.marks import APART, ROWS, Mark
from claims.charts.swimlanes import Statement, axis, lane

YEARS = axis(date(2022, 3, 1), date(2025, 5, 1))  # 1461 days: 14.61 days are one per cent


def said(day, position="a", order=1, label="Yes", until="", **given):
    first = date.fromisoformat(day)
    last = date.fromisoformat(until) if until else first
    return Statement(position=position, order=order, label=label, first=first, last=last, **given)


def bars(*statements):
    return [(bar.order, bar.x, bar.width, bar.y) for bar in lane(statements, YEARS).bars]


@pytest.mark.parametrize(
    ("count", "number"),
    [(1, "1"), (999, "999"), (1_000, "1.0k"), (1_249, "1.2k"), (9_949, "9.9k"), (9_950, "10k"), (34_567, "35k"),
     (999_499, "999k"), (999_500, "1.0M"), (12_345_678, "12M")],
)  # fmt: skip
def test_a_large_number_is_short(count, number):
    assert Mark(0, 0, said("2022-01-01", count=count)).number == number


def test_an_axis_holds_whole_years():
    drawn = axis(date(2023, 6, 1), date(2024, 2, 29))
    assert (drawn.first, drawn.end) == (date(2023, 1, 1), date(2025, 1, 1))
    assert drawn.years == [(0.0, 2023), (49.93, 2024)]
    assert drawn.mids == [24.76, 74.83]
    assert len(drawn.ticks) == 7


def test_an_axis_of_many_years_labels_some_and_leaves_out_the_quarters():
    drawn = axis(date(1991, 12, 26), date(2026, 1, 1))
    assert [year for _, year in drawn.years] == [1991, 1996, 2001, 2006, 2011, 2016, 2021, 2026]
    assert (drawn.ticks, drawn.mids) == ([], [])


def test_nobody_saying_anything_is_a_silence_with_its_name_in_the_middle():
    empty = lane([], YEARS)
    assert (empty.height, empty.y, empty.bars, empty.marks) == (34, 17, [], [])
    assert (empty.silences, empty.gap) == ([(0.0, 100.0)], 50.0)


def test_one_statement_is_a_bar_of_almost_no_length():
    assert bars(said("2022-01-01")) == [(1, 0.0, 0.02, 25)]


def test_a_bar_runs_from_the_first_to_the_last_statement():
    assert bars(said("2022-01-01"), said("2022-04-01"), said("2022-06-01")) == [(1, 0.0, 10.34, 25)]


def test_a_bar_breaks_after_more_than_183_days_of_silence():
    assert len(bars(said("2022-01-01"), said("2022-07-03"))) == 1
    assert len(bars(said("2022-01-01"), said("2022-07-04"))) == 2


def test_a_statement_that_only_qualifies_is_marked_and_makes_no_bar_longer():
    drawn = lane([said("2022-01-01"), said("2022-04-01", shows=False)], YEARS)
    assert [(bar.x, bar.width) for bar in drawn.bars] == [(0.0, 0.02)]
    assert [mark.x for mark in drawn.marks] == [0.0, 6.16]


def test_a_later_position_stands_in_the_same_track():
    assert bars(said("2022-01-01"), said("2023-01-01", position="b", order=2)) == [
        (1, 0.0, 0.02, 25),
        (2, 24.98, 0.02, 25),
    ]


def test_a_position_held_at_the_same_time_stands_in_a_track_below():
    drawn = bars(said("2022-01-01"), said("2022-05-01"), said("2022-03-01", position="b", order=2))
    assert drawn == [(1, 0.0, 8.21, 25), (2, 4.04, 0.02, 87)]


def test_a_position_that_begins_where_another_ends_stands_below_so_that_neither_is_hidden():
    drawn = lane([said("2022-02-26"), said("2022-03-04"), said("2022-03-22", position="b", order=2)], YEARS)
    assert [bar.y for bar in drawn.bars] == [25, 87 + 24]


def test_marks_that_would_touch_stand_in_rows_a_target_apart():
    drawn = lane([said("2022-01-01"), said("2022-01-10"), said("2022-04-01")], YEARS)
    assert [(mark.x, mark.y) for mark in drawn.marks] == [(0.0, 50), (6.16, 50), (0.62, 74)]
    assert drawn.height == 62 + 24


def test_a_mark_is_clear_where_a_finger_meets_no_other():
    drawn = lane([said("2022-01-01"), said("2022-04-01"), said("2023-01-01")], YEARS)
    assert [mark.is_clear for mark in drawn.marks] == [False, False, True]


def test_statements_of_one_source_and_range_stand_evenly_in_it_with_one_whisker():
    year = {"until": "2023-12-31", "source": "article"}
    drawn = lane([said("2023-01-01", **year), said("2023-01-01", **year), said("2023-01-01", **year)], YEARS)
    assert [mark.x for mark in drawn.marks] == [31.21, 37.44, 43.67]
    assert drawn.whiskers == [(24.98, 49.9, 50)]


def test_a_mark_does_not_stand_on_the_whisker_of_another():
    drawn = lane([said("2023-01-01", until="2023-12-31"), said("2023-12-31"), said("2024-06-01")], YEARS)
    assert [(mark.x, mark.y) for mark in drawn.marks] == [(37.44, 50), (60.37, 50), (49.9, 74)]


def test_a_range_narrower_than_its_mark_has_no_whisker():
    assert lane([said("2022-02-28", until="2022-03-01")], YEARS).whiskers == []


def test_the_widest_silence_is_named_where_the_words_fit():
    drawn = lane([said("2022-01-01"), said("2022-03-01"), said("2025-01-01")], YEARS)
    assert drawn.silences == [(5.24, 73.82), (76.22, 100.0)]
    assert drawn.gap == 39.53


def test_a_stance_of_which_the_day_is_not_known_is_drawn_as_open_and_nothing_of_it_as_certain():
    [bar] = lane([said("2023-01-01", until="2023-12-31")], YEARS).bars
    assert (bar.x, bar.end, bar.certain) == (24.98, 49.9, None)
    assert bar.open_ends == [(24.98, 49.9)]


def test_of_a_month_nothing_is_certain_either_however_narrow_it_is():
    [bar] = lane([said("2023-01-01", until="2023-01-31")], YEARS).bars
    assert (bar.x, bar.end, bar.certain) == (24.98, 27.04, None)
    [bar] = lane([said("2023-01-01", until="2023-01-02")], YEARS).bars
    assert (bar.x, bar.end, bar.certain) == (24.98, 25.05, None)
    assert (bar.is_short, bar.middle) == (True, 25.02)


def test_only_what_may_be_too_narrow_to_be_seen_is_drawn_wider():
    drawn = lane([said("2022-01-01"), said("2023-01-01", until="2023-12-31", position="b")], YEARS)
    assert [bar.is_short for bar in drawn.bars] == [False, False]


def test_a_bar_is_certain_from_the_latest_day_of_its_first_to_the_earliest_day_of_its_last_statement():
    [bar] = lane([said("2023-01-01", until="2023-03-31"), said("2023-05-01", until="2023-07-31")], YEARS).bars
    assert (bar.x, bar.end, bar.certain, bar.certain_width) == (24.98, 39.43, (31.07, 33.2), 2.13)
    assert bar.open_ends == [(24.98, 31.07), (33.2, 39.43)]


def test_what_takes_no_coded_stance_stands_on_the_line_and_breaks_its_silence():
    drawn = lane(
        [said("2023-01-01", position="", url="/aside/"), said("2024-01-01", until="2024-12-31", position="")], YEARS
    )
    assert [(mark.x, mark.y, mark.statement.url) for mark in drawn.uncoded] == [(24.98, 17, "/aside/"), (62.42, 17, "")]
    assert (drawn.bars, drawn.marks, drawn.height, drawn.y) == ([], [], 34, 17)
    assert drawn.silences == [(0.0, 23.78), (26.18, 48.77), (76.15, 100.0)]


def test_what_takes_no_coded_stance_stands_below_the_bar_that_it_would_lie_upon():
    drawn = lane(
        [said("2022-01-01"), said("2022-06-01"), *(said(f"202{year}-04-01", position="") for year in (2, 4))], YEARS
    )
    assert [(mark.x, mark.y) for mark in drawn.uncoded] == [(56.19, 25), (6.16, 74)]
    assert drawn.height == 62 + 24


def test_what_takes_no_coded_stance_is_binned_where_it_would_touch_and_says_so():
    [mark] = lane([said(f"2022-01-0{day}", position="") for day in (1, 2, 3)], YEARS).uncoded
    assert (mark.count, mark.title) == (
        3,
        "3 statements, 1 Jan 2022 to 3 Jan 2022, on file without a stance coded here.",
    )


def test_there_is_no_silence_where_another_track_has_a_bar():
    drawn = lane(
        [
            *(said(f"202{year}-0{month}-01") for year in (2, 3, 4, 5) for month in (1, 5, 9)),
            said("2025-11-30"),
            said("2025-09-01", position="b"),
        ],
        YEARS,
    )
    assert drawn.silences == [(99.01, 100.0)]
    assert drawn.gap is None


def test_a_label_stands_above_a_bar_that_has_room():
    [bar] = lane([said("2022-06-01")], YEARS).bars
    assert (bar.label_x, bar.label_ends, bar.label_y) == (bar.x, False, 12)


def test_a_label_without_room_before_the_next_bar_is_left_out():
    first, second = lane([said("2022-06-01", label="On terms"), said("2022-09-01", position="b")], YEARS).bars
    assert first.label_x is None
    assert second.label_x == second.x


def test_a_label_at_the_end_of_the_plot_ends_with_its_bar():
    [bar] = lane([said("2025-12-01", label="Ready to talk on conditions")], YEARS).bars
    assert (bar.label_x, bar.label_ends) == (bar.end, True)


days = st.integers(0, 1460).map(lambda number: date(2022, 1, 1) + timedelta(days=number))
statements = st.builds(
    lambda first, length, position, shows: Statement(
        position, 1, "Yes", first, min(first + timedelta(days=length), date(2025, 12, 31)), shows
    ),
    days,
    st.sampled_from([0, 0, 0, 30, 365]),
    st.sampled_from("abc"),
    st.booleans(),
)
on_file = st.one_of(statements, statements.map(lambda one: replace(one, position="", shows=False, role="on_file")))


def test_a_bar_breaks_after_whatever_silence_is_asked_for():
    two = [said("2022-01-01"), said("2022-02-01")]
    assert len(lane(two, YEARS, timedelta(days=31)).bars) == 1
    assert len(lane(two, YEARS, timedelta(days=30)).bars) == 2


def test_marks_are_binned_where_all_rows_are_full():
    drawn = lane([said(f"2022-01-{day:02}", url=f"/{day}/") for day in range(1, ROWS + 3)], YEARS)
    assert [mark.count for mark in drawn.marks] == [1] * (ROWS - 1) + [3]
    assert drawn.marks[-1].statement.url == f"/{ROWS}/"
    assert drawn.marks[-1].title == "3 statements, 4 Jan 2022 to 6 Jan 2022; of them show “Yes”: 3."
    assert drawn.height == 62 + 24 * (ROWS - 1) + 6


def test_a_bin_knows_on_which_page_of_the_table_its_first_statement_stands():
    drawn = lane([said("2022-01-01", row=row) for row in range(22, 40)], YEARS)
    assert [mark.page for mark in drawn.marks] == [1, 1, 1, 2]


def test_what_qualifies_or_contradicts_has_a_letter_and_a_notch_on_the_bar():
    others = [said("2022-03-01", shows=False, role="qualifies"), said("2022-05-01", shows=False, role="contradicts")]
    drawn = lane([said("2022-01-01"), *others, said("2022-06-01")], YEARS)
    assert {mark.statement.role: mark.letter for mark in drawn.marks} == {
        "shows": "",
        "qualifies": "Q",
        "contradicts": "C",
    }
    assert drawn.notches == [(4.04, 25, "qualifies"), (8.21, 25, "contradicts")]


def test_what_qualifies_within_a_silence_marks_no_bar():
    drawn = lane([said("2022-01-01"), said("2022-05-01", shows=False, role="qualifies")], YEARS)
    assert (drawn.notches, drawn.bars[0].width) == ([], 0.02)


@given(st.lists(statements, min_size=1, max_size=20))
def test_every_statement_has_its_mark_within_the_plot(given_statements):
    drawn = lane(given_statements, YEARS)
    marked = [statement for mark in drawn.marks for statement in (mark.statement, *mark.others)]
    assert sorted(map(id, given_statements)) == sorted(map(id, marked))
    assert all(0 <= mark.x <= 100 and 50 <= mark.y <= drawn.height - 12 for mark in drawn.marks)


@given(st.lists(statements, min_size=1, max_size=20))
def test_silences_and_bars_fill_the_plot_without_meeting(given_statements):
    drawn = lane(given_statements, YEARS)
    assert all(silence[0] >= bar.end or silence[1] <= bar.x for silence in drawn.silences for bar in drawn.bars)
    assert all(before[1] <= after[0] for before, after in zip(drawn.silences, drawn.silences[1:], strict=False))


@given(st.lists(on_file, min_size=1, max_size=30))
def test_no_silence_meets_what_may_have_been_said(given_statements):
    drawn = lane(given_statements, YEARS)
    for one in given_statements:
        first, last = YEARS.x(one.first), YEARS.x(one.last)
        assert all(end < first or last < start for start, end in drawn.silences)
    days = [date(2022, 1, 1) + timedelta(days=number) for number in range(0, 1461, 5)]
    said_near = [day for day in days if any(one.first <= day <= one.last for one in given_statements)]
    assert not [day for day in said_near if any(start <= YEARS.x(day) <= end for start, end in drawn.silences)]


@given(st.lists(on_file, min_size=1, max_size=30))
def test_what_is_drawn_as_certain_lies_within_what_is(given_statements):
    """From the latest day on which its first statement may have been made to the earliest of its last one."""
    for bar in lane(given_statements, YEARS).bars:
        shown = [one for one in given_statements if one.position and one.shows]
        within = [one for one in shown if bar.x <= YEARS.x(one.first) and YEARS.x(one.last) <= bar.end]
        first, last = bar.certain or (bar.end, bar.end)
        assert bar.x <= first <= last <= bar.end
        assert bar.certain is None or min(YEARS.x(one.last) for one in within) <= first
        assert bar.certain is None or last <= max(YEARS.x(one.first) for one in within)
        assert all(end <= first or last <= start for start, end in bar.open_ends)


@given(statements)
def test_nothing_of_a_single_statement_is_certain_but_its_day(statement):
    for bar in lane([replace(statement, shows=True)], YEARS).bars:
        day = YEARS.x(statement.first)
        assert bar.certain == ((day, day) if statement.first == statement.last else None)


@given(st.lists(on_file, min_size=1, max_size=60))
def test_each_statement_on_file_has_one_mark(given_statements):
    drawn = lane(given_statements, YEARS)
    marked = [one for mark in (*drawn.marks, *drawn.uncoded) for one in (mark.statement, *mark.others)]
    assert sorted(map(id, given_statements)) == sorted(map(id, marked))
    assert all(not one.position for mark in drawn.uncoded for one in (mark.statement, *mark.others))
    assert all(0 <= mark.x <= 100 and 12 <= mark.y <= drawn.height - 12 for mark in drawn.uncoded)


@given(st.lists(statements, min_size=1, max_size=60))
def test_no_two_marks_touch(given_statements):
    marks = lane(given_statements, YEARS).marks
    assert all(
        abs(one.x - other.x) >= APART - 0.01
        for one in marks
        for other in marks
        if one is not other and one.y == other.y
    )

"""Swimlanes as pure geometry."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims.charts.marks import APART, ROWS
from claims.charts.swimlanes import Statement, axis, lane

YEARS = axis(date(2022, 3, 1), date(2025, 5, 1))  # 1461 days: 14.61 days are one per cent


def said(day, position="a", order=1, label="Yes", until="", **given):
    first = date.fromisoformat(day)
    last = date.fromisoformat(until) if until else first
    return Statement(position=position, order=order, label=label, first=first, last=last, **given)


def bars(*statements):
    return [(bar.order, bar.x, bar.width, bar.y) for bar in lane(statements, YEARS).bars]


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
    assert drawn == [(1, 0.0, 8.21, 25), (2, 4.04, 0.02, 83)]


def test_a_position_that_begins_where_another_ends_stands_below_so_that_neither_is_hidden():
    drawn = lane([said("2022-02-26"), said("2022-03-04"), said("2022-03-22", position="b", order=2)], YEARS)
    assert [bar.y for bar in drawn.bars] == [25, 83 + 24]


def test_marks_that_would_touch_stand_in_rows_a_target_apart():
    drawn = lane([said("2022-01-01"), said("2022-01-10"), said("2022-04-01")], YEARS)
    assert [(mark.x, mark.y) for mark in drawn.marks] == [(0.0, 46), (6.16, 46), (0.62, 70)]
    assert drawn.height == 58 + 24


def test_a_mark_is_clear_where_a_finger_meets_no_other():
    drawn = lane([said("2022-01-01"), said("2022-04-01"), said("2023-01-01")], YEARS)
    assert [mark.is_clear for mark in drawn.marks] == [False, False, True]


def test_statements_of_one_source_and_range_stand_evenly_in_it_with_one_whisker():
    year = {"until": "2023-12-31", "source": "article"}
    drawn = lane([said("2023-01-01", **year), said("2023-01-01", **year), said("2023-01-01", **year)], YEARS)
    assert [mark.x for mark in drawn.marks] == [31.21, 37.44, 43.67]
    assert drawn.whiskers == [(24.98, 49.9, 46)]


def test_a_mark_does_not_stand_on_the_whisker_of_another():
    drawn = lane([said("2023-01-01", until="2023-12-31"), said("2023-12-31"), said("2024-06-01")], YEARS)
    assert [(mark.x, mark.y) for mark in drawn.marks] == [(37.44, 46), (60.37, 46), (49.9, 70)]


def test_a_range_narrower_than_its_mark_has_no_whisker():
    assert lane([said("2022-02-28", until="2022-03-01")], YEARS).whiskers == []


def test_the_widest_silence_is_named_where_the_words_fit():
    drawn = lane([said("2022-01-01"), said("2022-03-01"), said("2025-01-01")], YEARS)
    assert drawn.silences == [(4.04, 75.02), (75.04, 100.0)]
    assert drawn.gap == 39.53


def test_there_is_no_silence_where_another_track_has_a_bar():
    drawn = lane(
        [
            *(said(f"202{year}-0{month}-01") for year in (2, 3, 4, 5) for month in (1, 5, 9)),
            said("2025-12-31"),
            said("2025-09-01", position="b"),
        ],
        YEARS,
    )
    assert drawn.silences == [(99.93, 100.0)]
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


def test_a_bar_breaks_after_whatever_silence_is_asked_for():
    two = [said("2022-01-01"), said("2022-02-01")]
    assert len(lane(two, YEARS, timedelta(days=31)).bars) == 1
    assert len(lane(two, YEARS, timedelta(days=30)).bars) == 2


def test_marks_are_binned_where_all_rows_are_full():
    drawn = lane([said(f"2022-01-{day:02}", url=f"/{day}/") for day in range(1, ROWS + 3)], YEARS)
    assert [mark.count for mark in drawn.marks] == [1] * (ROWS - 1) + [3]
    assert drawn.marks[-1].statement.url == f"/{ROWS}/"
    assert drawn.marks[-1].title == "3 statements, 8 Jan 2022 to 10 Jan 2022; of them show “Yes”: 3."
    assert drawn.height == 58 + 24 * (ROWS - 1) + 6


def test_a_bin_knows_on_which_page_of_the_table_its_first_statement_stands():
    drawn = lane([said("2022-01-01", row=row) for row in range(20, 40)], YEARS)
    assert [mark.page for mark in drawn.marks] == [1, 1, 1, 1, 1, 2, 2, 2]


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
    assert all(0 <= mark.x <= 100 and 46 <= mark.y <= drawn.height - 12 for mark in drawn.marks)


@given(st.lists(statements, min_size=1, max_size=20))
def test_silences_and_bars_fill_the_plot_without_meeting(given_statements):
    drawn = lane(given_statements, YEARS)
    assert all(silence[0] >= bar.end or silence[1] <= bar.x for silence in drawn.silences for bar in drawn.bars)
    assert all(before[1] <= after[0] for before, after in zip(drawn.silences, drawn.silences[1:], strict=False))


@given(st.lists(statements, min_size=1, max_size=60))
def test_no_two_marks_touch(given_statements):
    marks = lane(given_statements, YEARS).marks
    assert all(
        abs(one.x - other.x) >= APART - 0.01
        for one in marks
        for other in marks
        if one is not other and one.y == other.y
    )

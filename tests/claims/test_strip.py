"""The strip of events: geometry only."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from claims.charts.strip import APART, strip

DAYS = st.dates(date(2014, 1, 1), date(2027, 1, 1))


def test_it_spans_whole_years():
    found = strip([(date(2022, 2, 24), date(2022, 2, 24)), (date(2023, 12, 31), date(2023, 12, 31))])
    assert found.years == [(0.0, 2022), (50.0, 2023)]


def test_a_day_is_a_point_and_a_longer_time_a_span():
    found = strip([(date(2022, 1, 1), date(2022, 1, 1)), (date(2022, 7, 2), date(2022, 12, 31))])
    assert [flag.is_day for flag in found.flags] == [True, False]
    assert (found.flags[0].start, found.flags[1].start) == (0.0, 49.86)


def test_flags_that_stand_close_go_to_higher_rows():
    found = strip([(date(2022, 1, day), date(2022, 1, day)) for day in (1, 2, 3)])
    assert [flag.row for flag in found.flags] == [0, 1, 2]


def test_nothing_gives_an_empty_strip():
    assert strip([]).flags == []


@given(st.lists(st.tuples(DAYS, DAYS).map(sorted).map(tuple), min_size=1, max_size=12).map(sorted))
def test_everything_stays_on_the_strip(spans):
    for flag in strip(spans).flags:
        assert 0 <= flag.start <= flag.at <= flag.end < 100


@given(st.lists(DAYS, min_size=1, max_size=4).map(sorted))
def test_up_to_four_flags_never_touch(days):
    flags = strip([(day, day) for day in days]).flags
    assert all(a.row != b.row or abs(a.at - b.at) >= APART for a in flags for b in flags if a is not b)

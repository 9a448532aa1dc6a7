"""Columns of claims by year and month."""

from datetime import date

from claims.browser.histogram import Month, histogram

ALL = (None, None)
MARCH = Month(2022, 3, False, 2)


def drawn(months, period=ALL):
    return histogram(months, period, lambda name: f"?{name}")


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
    assert chart.unit == "month"
    assert [column.short for column in chart.columns][:3] == ["Jan", "Feb", "Mar"]
    assert [column.count for column in chart.columns] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert (chart.columns[2].first, chart.columns[2].last) == (date(2022, 3, 1), date(2022, 3, 31))


def test_ranges_are_drawn_on_top_of_known_days():
    column = drawn([MARCH, Month(2022, 5, False, 1), Month(2022, 3, True, 1)]).columns[0]
    assert (column.label, column.exact, column.ranged) == ("2022", 3, 1)
    assert (column.exact_height, column.ranged_height) == (48, 16)
    assert (column.exact_y, column.ranged_y, column.number_y) == (32, 16, 11)


def test_the_fullest_column_has_the_full_height_and_the_emptiest_is_still_seen():
    columns = drawn([Month(2022, 3, False, 1000), Month(2023, 1, True, 1)]).columns
    assert [column.exact_height + column.ranged_height for column in columns] == [64, 3]


def test_columns_outside_the_period_are_off():
    months = [Month(year, 5, False, 1) for year in (2021, 2022, 2023, 2024)]
    columns = drawn(months, (date(2022, 3, 1), date(2023, 1, 31))).columns
    assert [column.is_on for column in columns] == [False, True, True, False]


def test_many_years_go_without_numbers():
    months = [Month(year, 5, False, 1) for year in range(1990, 2020)]
    assert not drawn(months).is_numbered
    assert drawn(months[:18]).is_numbered


def test_nothing_gives_no_columns():
    assert drawn([]).columns == []

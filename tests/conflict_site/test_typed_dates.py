"""Dates as people type them; the table in ``tests/data/forgiving.csv`` has most of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_site.base.edtf import InvalidDate, bounds
from conflict_site.base.typed_dates import AmbiguousDate, read


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "3/4/2023",
            "“3/4/2023” may mean two dates. Write 2023-03-04 (4 March 2023) or 2023-04-03 (3 April 2023).",
        ),
        (
            "winter 2023",
            "“winter 2023” may mean two dates. Write winter 2022/23 (December 2022 to February 2023) "
            "or winter 2023/24 (December 2023 to February 2024).",
        ),
    ],
)
def test_it_asks_which_of_two_dates_is_meant(typed: str, message: str) -> None:
    with pytest.raises(AmbiguousDate) as asked:
        read(typed)

    assert str(asked.value) == message


DATES = ["2023", "3", "03", "31", "Nov", "листопада", "autumn", "winter", "0000", "99"]


@given(st.one_of(st.text(alphabet="0123456789/.- ,of"), st.lists(st.sampled_from(DATES)).map(" ".join), st.text()))
def test_whatever_is_typed_is_a_date_that_exists_or_is_refused(typed: str) -> None:
    try:
        first, last = read(typed)
    except InvalidDate:
        return
    assert bounds(first)[0] <= bounds(last)[1]

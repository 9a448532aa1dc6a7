"""Values as cells, and cells as values."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from claims.dossier.cell_format import join_list, row_digest, split_list, to_cell

names = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5)


@given(names)
def test_a_list_is_read_back_whatever_its_items_hold(items):
    assert split_list(join_list(items)) == items


def test_a_semicolon_within_an_item_has_a_backslash_before_it():
    assert join_list(["Lee; the elder", "Ли"]) == r"Lee\; the elder;Ли"


def test_a_list_keeps_empty_items_beside_others():
    assert split_list(join_list(["", "ru", ""])) == ["", "ru", ""]


def test_a_moment_is_written_in_universal_time_to_the_microsecond():
    assert to_cell(datetime(2024, 1, 15, 12, 0, 0, 5, UTC)) == "2024-01-15T12:00:00.000005Z"


def test_an_object_is_written_with_its_names_in_order():
    assert to_cell({"b": [1], "a": "ä"}) == '{"a":"ä","b":[1]}'


def test_the_digest_does_not_know_empty_cells():
    assert row_digest({"id": "a", "note": "", "machine_translated": "false"}) == row_digest({"id": "a"})
    assert row_digest({"id": "a"}) != row_digest({"id": "b"})

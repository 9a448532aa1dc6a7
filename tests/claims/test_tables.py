"""Tables as CSV."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.formats.csv_file import lines, safe

DDE = "cmd|' /C calc'!A0"


def cells(text, divided_by):
    """The cells of a table as a program reads them that divides its lines at this sign."""
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=divided_by) for cell in row]


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@SUM(A1)", f"={DDE}", "＝1", "＋1", "－1", "＠a"])
def test_what_a_spreadsheet_takes_for_a_formula_is_defused(cell):
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "defused"),
    [
        ("\ttabbed", "'\ttabbed"),
        ("\r=1", "'\r'=1"),
        ("first\n=1", "first\n'=1"),
        (f"as is well known;={DDE}", f"as is well known;'={DDE}"),
        ('a;""=1', 'a;\'""=1'),
    ],
)
def test_so_is_one_within_a_cell_where_a_spreadsheet_may_divide_it(cell, defused):
    assert safe(cell) == defused


@given(st.lists(st.lists(st.text("a1 ,;\t\r\n\"'=+-@＝"), min_size=2, max_size=3), max_size=3))
def test_nothing_begins_with_a_formula_however_lines_are_divided(rows):
    text = "".join(lines(("a", "b"), rows)).removeprefix("\ufeff")
    assert cells(text, ",") == ["a", "b", *(safe(cell) for row in rows for cell in row)]
    for sign in ",;\t":
        assert [cell for cell in cells(text, sign) if cell.startswith(("=", "+", "-", "@", "＝"))] == []


@pytest.mark.parametrize("cell", ["", "plain", "1 = 1", "– an en dash", "'=1", "../2024", "a; b\nc", "Зеленський"])
def test_any_other_text_stays_as_it_is(cell):
    assert safe(cell) == cell


def test_nothing_is_an_empty_cell_and_a_number_its_digits():
    assert (safe(None), safe(3), safe(-3)) == ("", "3", "'-3")


def test_the_lines_begin_with_a_byte_order_mark_and_end_as_rfc_4180_says_with_cells_in_quotes():
    assert list(lines(("a", "b"), [(1, "x,y"), ("=z", 'say "so"')])) == [
        "\ufeffa,b\r\n",
        '"1","x,y"\r\n',
        '"\'=z","say ""so"""\r\n',
    ]


def test_what_is_written_is_read_again_by_python():
    sent = "".join(lines(("name",), [("Зеленський\nВолодимир",)])).encode()
    assert list(csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline=""))) == [
        ["name"],
        ["Зеленський\nВолодимир"],
    ]

"""Tables as CSV."""

import csv
import io

import pytest

from claims.tables import lines, safe


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"])
def test_what_a_spreadsheet_takes_for_a_formula_is_defused(cell):
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "plain", "1 = 1", "– an en dash", "'=1", "../2024", "Зеленський"])
def test_any_other_text_stays_as_it_is(cell):
    assert safe(cell) == cell


def test_nothing_is_an_empty_cell_and_a_number_its_digits():
    assert (safe(None), safe(3), safe(-3)) == ("", "3", "'-3")


def test_the_lines_begin_with_a_byte_order_mark_and_end_as_rfc_4180_says():
    assert list(lines(("a", "b"), [(1, "x,y"), ("=z", 'say "so"')])) == [
        "\ufeffa,b\r\n",
        '1,"x,y"\r\n',
        '\'=z,"say ""so"""\r\n',
    ]


def test_what_is_written_is_read_again_by_python():
    sent = "".join(lines(("name",), [("Зеленський\nВолодимир",)])).encode()
    assert list(csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline=""))) == [
        ["name"],
        ["Зеленський\nВолодимир"],
    ]

"""Words made comparable."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_site.base.text import fold, lower, tokens


@pytest.mark.parametrize(
    ("typed", "on_file"),
    [
        ("zelenskyy", "Zelenskyy"),
        ("ЗЕЛЕНСЬКИЙ", "Зеленський"),
        ("елисеи", "Елисей"),
        ("еще", "ещё"),
        ("erdogan", "Erdoğan"),
        ("мяч", "М’яч"),
        ("turkiye", "Türkiye"),
        ("a b", " A \n b "),
        ("negotiations", "nego\u00adtia\u200btions"),
        ("radoslaw walczak", "Radosław Wałczak"),
        ("storen", "Støren"),
        ("ibrahim yildiz", "İbrahim Yıldız"),
        ("istanbul", "İSTANBUL"),
        ("dordevic", "Đorđević"),
        ("thor aegisson", "Þór Ægisson"),
        ("oeuvre", "ŒUVRE"),
        ("hal tunn", "Ħal Ŧunŋ"),
        ("aliyev", "Əliyev"),
        ("strasse", "STRAẞE"),
        ("ванг", "Ванг"),
    ],
)
def test_it_makes_spellings_equal(typed, on_file):
    assert fold(typed) == fold(on_file)


def test_tokens_are_letters_and_digits():
    assert tokens("96% of U.S. aid — “spent”, п’ять_x") == ["96", "of", "u", "s", "aid", "spent", "пять", "x"]


@pytest.mark.parametrize("text", ["a" + "\u0301\u0316" * 200_000, "\u0f73" * 200_000], ids=["marks", "pairs of marks"])
def test_a_long_run_of_marks_takes_no_longer_than_letters(text):
    began = time.perf_counter()
    fold(text), lower(text)
    assert time.perf_counter() - began < 5  # minutes, by the square


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)

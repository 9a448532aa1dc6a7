"""Words made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_site.base.text import fold, tokens


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
    ],
)
def test_it_makes_spellings_equal(typed, on_file):
    assert fold(typed) == fold(on_file)


def test_tokens_are_letters_and_digits():
    assert tokens("96% of U.S. aid — “spent”, п’ять_x") == ["96", "of", "u", "s", "aid", "spent", "пять", "x"]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)

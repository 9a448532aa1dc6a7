"""Dictionary forms of words in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_site.text import tokens
from conflict_site.words import words


def forms(text):
    return [set(word.forms) for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sanctions", "sanction"),
        ("Russia's", "RUSSIA"),
        ("talks’", "talk"),
        ("переговорів", "переговори"),
        ("україну", "Україна"),
        ("об'єкта", "обʼєкт"),
        ("войну", "война"),
        ("за́мки", "замок"),
        ("ЕЩЁ", "еще"),
        ("Путіна", "путін"),
    ],
)
def test_two_forms_of_a_word_meet(one, other):
    assert forms(one)[0] & forms(other)[0]


@pytest.mark.parametrize(
    ("one", "other"), [("peace", "piece"), ("мир", "мировой"), ("війна", "воїн"), ("talk", "тальк")]
)
def test_different_words_do_not_meet(one, other):
    assert not forms(one)[0] & forms(other)[0]


def test_a_word_is_among_its_forms():
    assert forms("стали") == [{"стали", "стать", "сталь", "стати", "станути"}]


@given(st.text())
def test_words_are_spelt_as_folded_tokens(text):
    for word in words(text):
        assert tokens(word.spelling) == [word.spelling]
        assert word.spelling in word.forms
        assert all(" " not in form and form for form in word.forms)

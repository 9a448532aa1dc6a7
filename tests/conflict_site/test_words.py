"""Dictionary forms of words in three languages."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_site.base.text import tokens
from conflict_site.base.words import forms as forms_of
from conflict_site.base.words import words


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


def test_threads_do_not_cut_into_each_others_words():
    made = ["negotiations", "peacefully", "territorial", "generalization", "hesitancy", "rationalize", "formality"]
    runs = [f"{letter}{word}" for letter in "bcdfghjklmnprstvw" for word in made]
    expected = [forms_of(run) for run in runs]
    forms_of.cache_clear()
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: [forms_of.__wrapped__(run) for run in runs], range(24)))
    finally:
        sys.setswitchinterval(switch)
    assert found == [expected] * 24


@given(st.text())
def test_words_are_spelt_as_folded_tokens(text):
    for word in words(text):
        assert tokens(word.spelling) == [word.spelling]
        assert word.spelling in word.forms
        assert all(" " not in form and form for form in word.forms)

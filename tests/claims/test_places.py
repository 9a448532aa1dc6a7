"""Locators in readers' words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.wording import place


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("par 4", "paragraph 4"),
        ("par 9, sentence 2", "paragraph 9, sentence 2"),
        ("Par. 4", "paragraph 4"),
        ("paras 4-6", "paragraphs 4-6"),
        ("p. 12", "page 12"),
        ("p12", "p12"),
        ("pp. 12–14", "pages 12–14"),
        ("ch. 2, sec 3, art. 5", "chapter 2, section 3, article 5"),
        ("01:02:03", "at 01:02:03"),
        ("at 01:02:03", "at 01:02:03"),
        ("answer 3, 12:40", "answer 3, at 12:40"),
        ("headline", "headline"),
        ("part 4", "part 4"),
        ("turn 7", "turn 7"),
        ("the par of it", "the par of it"),
        ("", ""),
    ],
)
def test_a_locator_reads_as_words(locator, words):
    assert place(locator) == words


@given(st.text())
def test_words_stay_as_they_are(locator):
    assert place(place(locator)) == place(locator)

"""Where typed words stand in a text, or why they do not."""

import pytest

from claims.evidence import whereabouts
from claims.evidence.whereabouts import told_apart

TEXT = (
    "She said: “We’re ready for talks — now.”\n\nWe demand that talks begin in spring, and that they\nlast… "
    "We demand nothing else. Ceasefire First is our word."
)


def test_words_are_found_in_the_keyboards_own_signs_and_the_texts_are_told():
    found = whereabouts(TEXT, '"We\'re ready for talks - now."')
    assert TEXT[found.span.start : found.span.end] == "“We’re ready for talks — now.”"
    assert found.differences == [
        "apostrophe: the text has ’, you have '",
        'quotation mark: the text has “, you have "',
        'quotation mark: the text has ”, you have "',
        "dash: the text has —, you have -",
    ]
    assert found.reason == ""


@pytest.mark.parametrize(
    ("typed", "held", "told"),
    [
        ("they last", "they\nlast", ["white space: the text has the end of a line, you have a space"]),
        ("they  last", "they last", ["white space: the text has a space, you have several spaces"]),
        ("last...", "last…", ["ellipsis: the text has …, you have ..."]),
        ("last", "last", []),
    ],
)
def test_ellipses_and_white_space_are_told_apart(typed, held, told):
    assert told_apart(typed, held) == told


def test_words_that_stand_twice_are_offered_with_what_stands_around_them():
    found = whereabouts(TEXT, "We demand")
    assert (found.span, found.reason) == (None, "These words stand in several places. Choose one.")
    after = ["that talks begin in spring, and", "nothing else. Ceasefire First is our"]
    assert [place.suffix for place in found.choices] == after
    assert whereabouts(TEXT, "We demand", suffix="nothing else").span == found.choices[1].span


@pytest.mark.parametrize("gap", ["[…]", "[...]", "…", "(...)", " ... "])
def test_where_words_are_left_out_the_whole_is_offered_and_each_part(gap):
    found = whereabouts(TEXT, f"We demand that talks {gap} they last")
    assert found.reason == (
        "Words are left out in what you typed. Its parts stand there (par 2, sentence 1): quote all of it, or one part."
    )
    assert [place.exact for place in found.choices] == [
        "We demand that talks begin in spring, and that they last", "We demand that talks", "they last",
    ]  # fmt: skip


def test_other_capitals_are_told():
    found = whereabouts(TEXT, "ceasefire first")
    assert found.reason == "The text has these words with other capitals."
    assert found.choices[0].exact == "Ceasefire First"


def test_words_that_are_nearly_there_are_offered_as_the_text_has_them():
    found = whereabouts(TEXT, "We demand that negotiations begin in spring")
    assert (found.span, found.reason) == (None, "The text does not have these words. Nearest to them:")
    assert "talks begin in spring" in found.choices[0].exact
    assert "the text has “talks”, you have “negotiations”" in found.differences


@pytest.mark.parametrize("typed", ["", "   ", "[…]", "xyzzy plugh", "\0", "Ї" * 5_000])
def test_what_is_nowhere_is_said_to_be_nowhere(typed):
    assert whereabouts(TEXT, typed).reason == "The text has neither these words nor any that are like them."

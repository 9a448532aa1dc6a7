"""Where a passage stands, in words."""

import pytest

from claims.evidence import Span, locating

TEXT = (
    "# On talks\n\nMr. Abel came. He said: “We are ready.” Then he left.\n\n"
    "The U.S. delegation agreed at 3:30 p.m. on talks. It went home."
)


def span(words, text=TEXT):
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("On talks", "par 1, sentence 1"),
        ("Mr. Abel", "par 1, sentence 1"),
        ("We are ready", "par 1, sentence 2"),
        ("Then he left", "par 1, sentence 3"),
        ("delegation agreed", "par 2, sentence 1"),
        ("It went home", "par 2, sentence 2"),
    ],
)
def test_a_passage_is_located_by_its_paragraph_and_sentence_without_headings(words, place):
    assert locating.locator(TEXT, span(words)) == place


def test_the_sentences_of_a_paragraph_join_to_it():
    paragraph = "Dr. Abel came. “Ready?” Він не прийшов. 3 others did… Good!"
    assert locating.sentences(paragraph) == [
        "Dr. Abel came. ",
        "“Ready?” ",
        "Він не прийшов. ",
        "3 others did… ",
        "Good!",
    ]


def test_the_dots_of_a_table_and_wide_gaps_do_not_take_long_to_look_through():
    for paragraph in (f"Peace {'.' * 300_000}7", f"Peace.{' ' * 300_000}and war"):
        assert locating.sentences(paragraph) == [paragraph]


def test_up_to_six_words_stand_on_either_side():
    text = "one two three four five six seven HERE a b\nc d e f g"
    assert locating.frame(text, span("HERE", text)) == ("two three four five six seven", "a b c d e f")


def test_a_run_is_widened_to_whole_words_and_loses_its_white_space():
    text = "We demand talks, now."
    assert locating.whole_words(text, Span(4, 12)) == span("demand talks", text)
    assert locating.whole_words(text, Span(2, 10)) == span("demand", text)


def test_the_words_of_a_passage_are_quoted_on_one_line():
    assert locating.quote("We\n demand\ttalks", Span(0, 16)) == "We demand talks"

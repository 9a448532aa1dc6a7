"""Word-level diffs: pure."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.changes.diffs import LONGEST, Segment, diff

PIECES = ["talks", "should", "begin", "resume", "not", ",", ".", " ", "\n"]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


def joined(segments, *ops):
    return "".join(segment.text for segment in segments if segment.op in ops)


def words(before, after):
    return [(segment.op, segment.text) for segment in diff(before, after)]


@given(TEXTS, TEXTS)
def test_the_segments_join_to_both_texts(before, after):
    segments = diff(before, after)
    assert joined(segments, "keep", "delete") == before
    assert joined(segments, "keep", "insert") == after


@given(TEXTS, TEXTS)
def test_no_segment_is_empty_and_no_two_neighbours_do_the_same(before, after):
    segments = diff(before, after)
    assert all(segment.text for segment in segments)
    assert all(one.op != other.op for one, other in pairwise(segments))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert diff(text, text) == ([Segment("keep", text)] if text else [])


def test_it_compares_whole_words():
    assert words("Talks should resume.", "Talks should begin.") == [
        ("keep", "Talks should "),
        ("delete", "resume"),
        ("insert", "begin"),
        ("keep", "."),
    ]


def test_a_phrase_that_was_replaced_is_one_phrase():
    assert words("Ukraine agrees to think of peace", "Ukraine has begun to weigh up peace") == [
        ("keep", "Ukraine "),
        ("delete", "agrees"),
        ("insert", "has begun"),
        ("keep", " to "),
        ("delete", "think of"),
        ("insert", "weigh up"),
        ("keep", " peace"),
    ]


def test_words_with_apostrophes_hyphens_and_accents_are_whole():
    assert words("Zelenskyy’s cease-fire", "Zelenskyy’s ceasefire") == [
        ("keep", "Zelenskyy’s "),
        ("delete", "cease-fire"),
        ("insert", "ceasefire"),
    ]
    assert words("и\u0306 мир", "мир") == [("delete", "и\u0306 "), ("keep", "мир")]


def test_a_text_that_came_or_went_is_one_segment():
    assert words("", "at the summit") == [("insert", "at the summit")]
    assert words("at the summit", "") == [("delete", "at the summit")]


def test_texts_too_long_to_compare_are_shown_one_after_the_other():
    before, after = "word " * (LONGEST // 2), "word " * (LONGEST // 2) + "more"
    assert words(before, after) == [("delete", before), ("insert", after)]

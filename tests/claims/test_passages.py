"""Anchoring: exact, never fuzzy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.passages import Anchor, Span, find, holds, own_words
from conflict_site.base.spelling import spelled, spelling

TEXT = "We are ready for talks.\nThey said: we are ready.\n\nWe are ready for talks, he said."


def test_a_single_place_is_verified_whatever_its_frame():
    assert find(TEXT, "They said: we", "not there", "nor there") == Anchor("verified", Span(24, 37))


def test_white_space_runs_count_as_one_space():
    assert find(TEXT, "talks. They said") == Anchor("verified", Span(17, 33))


def test_case_counts():
    assert find(TEXT, "WE ARE READY") == Anchor("not_found")


def test_several_places_are_ambiguous_without_a_frame():
    assert find(TEXT, "We are ready for talks") == Anchor("ambiguous")


def test_the_suffix_decides_between_several_places():
    assert find(TEXT, "We are ready for talks", suffix=", he said") == Anchor("verified", Span(50, 72))


def test_the_prefix_decides_between_several_places():
    assert find(TEXT, "We are ready for talks", prefix="we are ready.") == Anchor("verified", Span(50, 72))


def test_a_frame_that_fits_nowhere_leaves_it_ambiguous():
    assert find(TEXT, "We are ready for talks", prefix="nowhere") == Anchor("ambiguous")


def test_of_two_near_identical_paragraphs_the_other_is_no_substitute():
    text = "Talks may start in May.\n\nTalks may start in March."
    assert find(text.replace("Talks may start in May.", ""), "Talks may start in May.") == Anchor("not_found")


def test_overlapping_places_are_all_counted():
    assert find("aaa", "aa") == Anchor("ambiguous")


def test_a_quote_of_white_space_is_found_nowhere():
    assert find(TEXT, " \n ") == Anchor("not_found")


def test_offsets_count_code_points():
    assert find("𝔘кра́їна і мир", "і мир") == Anchor("verified", Span(9, 14))


@pytest.mark.parametrize(
    ("text", "quote", "own"),
    [
        ("The nego\u00adti\u00adations are over.", "negotiations are", "nego\u00adti\u00adations are"),
        ("The negotiations are over.", "nego\u00adti\u00adations are", "negotiations are"),
        ("A cease\u200bfire was agreed.", "ceasefire was", "cease\u200bfire was"),
        ("Його кии\u0306 і\u0308.", "кий ї", "кии\u0306 і\u0308"),
        ("Його кий ї.", "кии\u0306 і\u0308", "кий ї"),
        ("It’s “not the time”.", 'It\'s "not the time"', "It’s “not the time”"),
        ('It\'s "not the time".', "It’s “not the time”", 'It\'s "not the time"'),
        ("a non\u2011aligned state", "non-aligned state", "non\u2011aligned state"),
        ("peace — at last", "peace - at last", "peace — at last"),
        ("we do not\u00a0accept it", "not accept it", "not\u00a0accept it"),
        ("some 1\u202f000\u202fmen", "1 000 men", "1\u202f000\u202fmen"),
        ("we\u200d are re\u200cady", "we are ready", "we\u200d are re\u200cady"),
        ("they were ready... and left", "ready… and left", "ready... and left"),
        ("they were ready… and left", "ready... and left", "ready… and left"),
        ("the ﬁnal oﬀer stands", "final offer stands", "ﬁnal oﬀer stands"),
        ("the final offer stands", "ﬁnal oﬀer stands", "final offer stands"),
        ("an agree-\nment was made", "an agreement was", "an agree-\nment was"),
        ("a non-\naligned state", "non-aligned state", "non-\naligned state"),
        ("a non-\naligned agree-\nment", "non-aligned agreement", "non-\naligned agree-\nment"),
        ("pre- and post-\nwar, pre-\nand so on", "post-war, pre- and so", "post-\nwar, pre-\nand so"),
        ("an agreement was made", "agree-\nment was", "agreement was"),
        ("an agree\u00ad\nment was made", "agreement was", "agree\u00ad\nment was"),
        ("He said \u200eIran\u200e will go", "Iran\u200e will go", "Iran\u200e will go"),
    ],
)
def test_a_quote_in_one_form_is_found_in_a_text_of_another(text, quote, own):
    found = find(text, quote)
    assert found.status == "verified"
    assert text[found.span.start : found.span.end] == own
    assert holds(text, found.span.start, found.span.end, quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the cafe\u0301 is", "cafe"),
        ("the ﬁnal offer", "inal offer"),
        ("re-sign it", "resign it"),
        ("resign it", "re-sign it"),
        ("to agree-ment", "agreement"),
        ("We are ready.", "we are ready."),
        ("мир", "мій"),
    ],
)
def test_other_letters_are_no_other_form(text, quote):
    assert find(text, quote) == Anchor("not_found")


def test_prefix_and_suffix_are_compared_in_one_spelling_too():
    text = "He said ‘we want peace’ — twice. She said “we want peace” – once."
    assert find(text, "we want peace", prefix='said "') == Anchor("verified", Span(43, 56))
    assert find(text, "we want peace", suffix="' - twice") == Anchor("verified", Span(9, 22))
    assert find(text, "we want peace", suffix="' - once") == Anchor("ambiguous")


def test_what_is_kept_are_the_texts_own_words():
    assert own_words("a \xa0non-\n aligned – state", Span(0, 24)) == "a non-\naligned – state"


@given(st.text(), st.data())
def test_a_run_of_the_text_is_found_where_it_stands_or_called_ambiguous(text, data):
    whole = [place for place in range(len(text) + 1) if _is_between_letters(text, place)]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(whole), st.sampled_from(whole))))
    anchor = find(text, text[start:end])
    if not spelling(text[start:end]):
        assert anchor == Anchor("not_found")
    elif anchor.status == "verified":
        assert holds(text, anchor.span.start, anchor.span.end, text[start:end])
        assert spelling(text[anchor.span.start : anchor.span.end]) == spelling(text[start:end])
    else:
        assert anchor == Anchor("ambiguous")


def _is_between_letters(text, place):
    """Whether a text can be cut there so that its parts are spelled as they are within the whole."""
    return spelled(text[:place]).text + spelled(text[place:]).text == spelled(text).text

"""Anchoring: exact, never fuzzy."""

from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.passages import Anchor, Span, find, holds, spaced

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


@given(st.text(), st.data())
def test_a_run_of_the_text_is_found_where_it_stands_or_called_ambiguous(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    anchor = find(text, text[start:end])
    if not text[start:end].split():
        assert anchor == Anchor("not_found")
    elif anchor.status == "verified":
        assert holds(text, anchor.span.start, anchor.span.end, text[start:end])
        assert spaced(text[anchor.span.start : anchor.span.end]) == spaced(text[start:end])
    else:
        assert anchor == Anchor("ambiguous")

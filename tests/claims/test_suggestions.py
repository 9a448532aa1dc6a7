"""Near places of lost words: suggested, never anchored."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.near_places import near_places, suggestions
from claims.evidence.passages import find

TEXT = """We are ready for talks with the other side, he said on Monday.

Nothing of the kind was planned, according to the ministry.

We were ready for talks with both sides, he added."""


def places(text, exact, **given):
    return [text[one.span.start : one.span.end] for one in suggestions(text, exact, **given)]


def test_the_nearest_places_come_first():
    lost = "We are ready for talks with the other party"
    assert find(TEXT, lost).status == "not_found"
    assert places(TEXT, lost) == [
        "We are ready for talks with the other side",
        "We were ready for talks with both sides, he",
    ]


def test_it_gives_no_more_than_asked_for():
    assert len(places(TEXT, "ready for talks with the other party", limit=1)) == 1


def test_what_resembles_nothing_brings_no_suggestion():
    assert places(TEXT, "Цены на зерно выросли вдвое") == []
    assert places(TEXT, "  ") == []
    assert places("", "words") == []


def test_a_place_across_windows_is_found():
    text = "x " * 5000 + "the grain deal will not be extended any more" + " y" * 5000
    for shift in range(60):
        found = places("z" * shift + text, "the grain deal will not be prolonged any more", limit=1)[0]
        assert "the grain deal will not be extended any more" in found


def test_a_place_has_the_words_of_the_text_and_those_around_it():
    [place, *_] = near_places(TEXT, "Nothing of that kind was planned")
    assert (place.exact, place.prefix, place.suffix) == (
        "Nothing of the kind was planned",
        "other side, he said on Monday.",
        ", according to the ministry. We",
    )


def test_words_that_stand_twice_may_be_meant_in_either_place_and_nowhere_else():
    text = "Talks are over, he said. Talks are over, she said. Talks were over."
    assert [(place.exact, place.suffix, place.score) for place in near_places(text, "Talks are over")] == [
        ("Talks are over", ", he said. Talks are over,", 100.0),
        ("Talks are over", ", she said. Talks were over.", 100.0),
    ]


@given(st.text(), st.text())
def test_suggestions_lie_within_the_text_and_apart(text, exact):
    spans = sorted((one.span.start, one.span.end) for one in suggestions(text, exact))
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))

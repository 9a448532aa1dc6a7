"""A source as a reading page shows it."""

from hypothesis import given
from hypothesis import strategies as st

from claims.passages import Segment, Span, segments
from claims.reading import Note, in_text_order, locator_key, numbered, paragraphs, shown_words

TEXT = "# On talks\n\nThe first paragraph\nis wrapped.\n\n \nThe second has more words.\n"


def note(slug, exact="some words", start=None, locator=""):
    span = None if start is None else Span(start, start + len(exact))
    return Note(entry=None, slug=slug, exact=exact, locator=locator, span=span)


def at(slug, words):
    return note(slug, words, TEXT.index(words))


def shape(text, notes):
    return [
        (
            paragraph.level,
            [(run.text, [n.slug for n in run.covers], [n.anchor for n in run.opens]) for run in paragraph.runs],
        )
        for paragraph in paragraphs(text, notes)
    ]


def test_segments_are_cut_where_spans_begin_and_end():
    assert segments("abcdef", [Span(1, 4), Span(3, 9)]) == [
        Segment("a", 0, ()),
        Segment("bc", 1, (0,)),
        Segment("d", 3, (0, 1)),
        Segment("ef", 4, (1,)),
    ]


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_segments_join_to_the_text_and_know_the_spans_that_cover_them(text, pairs):
    spans = [Span(*pair) for pair in pairs]
    cut = segments(text, spans)
    assert "".join(segment.text for segment in cut) == text
    for segment in cut:
        end = segment.start + len(segment.text)
        assert text[segment.start : end] == segment.text
        assert segment.covers == tuple(
            n for n, span in enumerate(spans) if span.start <= segment.start and end <= span.end
        )


def test_a_text_is_parted_at_blank_lines_and_knows_its_headings():
    assert shape(TEXT, []) == [
        (1, [("On talks", [], [])]),
        (0, [("The first paragraph\nis wrapped.", [], [])]),
        (0, [("The second has more words.", [], [])]),
    ]


def test_overlapping_passages_are_both_marked_and_each_opens_once():
    notes = numbered([at("a", "first paragraph\nis"), at("b", "is wrapped")])
    assert shape(TEXT, notes)[1] == (
        0,
        [
            ("The ", [], []),
            ("first paragraph\n", ["a"], ["claim-a"]),
            ("is", ["a", "b"], ["claim-b"]),
            (" wrapped", ["b"], []),
            (".", [], []),
        ],
    )


def test_a_passage_over_two_paragraphs_is_marked_in_both_and_noted_in_the_first():
    [over] = numbered([at("a", "wrapped.\n\n \nThe second")])
    first, second = paragraphs(TEXT, [over])[1:]
    assert [run.text for run in first.runs if run.covers] == ["wrapped."]
    assert [run.text for run in second.runs if run.covers] == ["The second"]
    assert (first.notes, second.notes) == ([over], [])


def test_a_passage_that_begins_with_the_signs_of_a_heading_is_noted_there():
    [heading] = numbered([at("a", "# On talks")])
    assert paragraphs(TEXT, [heading])[0].notes == [heading]


@given(st.lists(st.tuples(st.integers(len("# "), 70), st.integers(1, 30))))
def test_every_passage_that_begins_in_words_is_noted_once(places):
    notes = numbered(
        [Note(None, str(n), "x", span=Span(start, start + length)) for n, (start, length) in enumerate(places)]
    )
    words = [n for n in notes if TEXT[n.span.start : n.span.start + 1].strip()]
    noted = [n for paragraph in paragraphs(TEXT, words) for n in paragraph.notes]
    assert sorted(n.number for n in noted) == sorted(n.number for n in words)


def test_a_second_passage_of_a_claim_has_an_anchor_of_its_own():
    assert [(n.number, n.anchor) for n in numbered([note("a"), note("b"), note("a")])] == [
        (1, "claim-a"),
        (2, "claim-b"),
        (3, "claim-a-2"),
    ]


def test_locators_are_sorted_by_their_numbers():
    locators = ["par 10", "", "par 9, sentence 10", "par 9, sentence 2", "headline", "par 9"]
    assert sorted(locators, key=locator_key) == [
        "headline",
        "par 9",
        "par 9, sentence 2",
        "par 9, sentence 10",
        "par 10",
        "",
    ]


def test_notes_with_a_place_in_the_text_come_first():
    ordered = in_text_order([note("late", start=9), note("none", locator="par 1"), note("early", start=2)])
    assert [n.slug for n in ordered] == ["early", "late", "none"]


def test_words_are_shown_up_to_a_share_of_the_text():
    notes = [note("a", "one two three"), note("b", "four five"), note("c", "six")]
    assert [shown for _, shown in shown_words(notes, words=10, share=0.5)] == [True, True, False]

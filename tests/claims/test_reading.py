"""A source as a reading page shows it."""

from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.passages import Segment, Span, segments
from claims.evidence.reading import (
    Note,
    chained,
    excerpts,
    in_text_order,
    locator_key,
    numbered,
    paragraphs,
    within_share,
    words,
)

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


def test_a_text_without_blank_lines_is_parted_at_the_ends_of_lines():
    assert shape("The first.\n  The second.\n", []) == [
        (0, [("The first.", [], [])]),
        (0, [("The second.", [], [])]),
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


def test_each_note_knows_its_neighbours():
    assert [(n.before, n.number, n.after) for n in chained(numbered([note("a"), note("b"), note("c")]))] == [
        (0, 1, 2),
        (1, 2, 3),
        (2, 3, 0),
    ]


def test_passages_that_begin_together_keep_their_order():
    [_, paragraph, _] = paragraphs(TEXT, numbered([at("a", "first"), at("b", "first paragraph")]))
    assert [n.slug for n in paragraph.notes] == ["a", "b"]


def test_of_excerpts_what_stands_between_the_passages_is_counted():
    cited = numbered([at("a", "paragraph\nis"), at("b", "more words")])
    assert [[(run.gap, run.text) for run in paragraph.runs] for paragraph in excerpts(paragraphs(TEXT, cited))] == [
        [(2, "")],
        [(2, ""), (0, "paragraph\nis"), (1, "")],
        [(3, ""), (0, "more words"), (0, ".")],
    ]


def test_paragraphs_without_passages_in_a_row_are_counted_together():
    [gap, cited] = excerpts(paragraphs(TEXT, numbered([at("b", "The second")])))
    assert [run.gap for run in gap.runs] == [7]
    assert [run.gap for run in cited.runs] == [0, 3]


def test_words_are_kept_up_to_a_share_of_the_text():
    kept = within_share(TEXT, [at("a", "The first"), at("b", "is wrapped"), at("c", "more")], 0.35)  # 4 of 13 words
    assert [n.exact for n in kept] == ["The first", "is wrapped", ""]


def test_once_the_share_is_used_up_shorter_passages_are_silent_too():
    kept = within_share(TEXT, [at("a", "The first paragraph"), at("b", "The second has"), at("c", "more")], 0.4)
    assert [n.exact for n in kept] == ["The first paragraph", "", ""]


def test_a_passage_within_words_that_are_given_costs_nothing():
    kept = within_share(TEXT, [at("a", "The first paragraph"), at("b", "first"), at("c", "paragraph\nis")], 0.3)
    assert [n.exact for n in kept] == ["The first paragraph", "first", ""]


def test_the_words_of_a_passage_without_a_place_count_as_well():
    kept = within_share(TEXT, [at("a", "The first"), note("b", "older words"), note("c", "even older words")], 0.4)
    assert [n.exact for n in kept] == ["The first", "older words", ""]


def test_a_silent_note_has_neither_words_nor_a_place():
    silent = note("a", "some words", 3).silent()
    assert (silent.exact, silent.translation, silent.span) == ("", "", None)


def test_punctuation_alone_is_no_word():
    assert [words(text) for text in ("", " – . ", "one – two", "don't")] == [0, 0, 3, 1]


LETTERS = st.text("ab .\n#", max_size=60)
PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8)


def noted(text, places):
    spans = [Span(start, min(start + length, len(text))) for start, length in places if start < len(text)]
    return numbered(in_text_order(Note(None, str(n), text[s.start : s.end], span=s) for n, s in enumerate(spans)))


@given(st.text(), PLACES)
def test_the_runs_of_any_text_with_any_passages_join_to_its_words(text, places):
    text = text.replace("#", "")  # the signs of headings are not shown
    runs = [run.text for paragraph in paragraphs(text, noted(text, places)) for run in paragraph.runs]
    assert "".join("".join(runs).split()) == "".join(text.split())


@given(LETTERS, PLACES)
def test_a_passage_is_marked_in_one_piece_and_opens_where_it_begins(text, places):
    for paragraph in paragraphs(text, noted(text, places)):
        for cited in {n.number: n for run in paragraph.runs for n in run.covers}.values():
            covered = [cited in run.covers for run in paragraph.runs]
            first, last = covered.index(True), len(covered) - covered[::-1].index(True)
            assert all(covered[first:last])
            opened = [place for place, run in enumerate(paragraph.runs) if cited in run.opens]
            assert opened in ([first], [])


@given(LETTERS, PLACES)
def test_excerpts_of_any_text_hold_no_word_beside_the_passages(text, places):
    for paragraph in excerpts(paragraphs(text, noted(text, places))):
        for run in paragraph.runs:
            assert run.covers or not words(run.text)
            assert not (run.gap and (run.text or run.covers))


@given(LETTERS, PLACES, st.floats(0, 1))
def test_the_words_given_of_any_text_stay_within_the_share(text, places, share):
    kept = within_share(text, noted(text, places), share)
    reach = given_words = 0
    for n in kept:
        if n.span:
            given_words += words(text[max(n.span.start, reach) : n.span.end])
            reach = max(reach, n.span.end)
    assert given_words <= words(text) * share

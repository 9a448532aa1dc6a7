"""One spelling for what looks the same, whose places lead back to the text."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conflict_site.base.spelling import composed, joined, kept, spelled, spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nego\u00adti\u00adations", "negotiations"),
        ("cease\u200bfire, dead\u2060lock", "ceasefire, deadlock"),
        ("\ufeffThe first", "The first"),
        ("\u200eIran\u200e will", "Iran will"),
        (unicodedata.normalize("NFD", "Київський й Erdoğan"), "Київський й Erdoğan"),
        ("It’s “not the time”", 'It\'s "not the time"'),
        ("«мир» „Frieden“", '"мир" "Frieden"'),
        ("об’єкт, обʼєкт", "об'єкт, об'єкт"),
        ("2014–2022 — a war", "2014-2022 - a war"),
        ("non\u2011aligned", "non-aligned"),
        ("will not\u00a0accept\u2009any\n\tmore", "will not accept any more"),
        ("a \u200b b", "a b"),
        ("in 2014\u00ad\nand", "in 2014 and"),
        ("the ﬁnal oﬀer, a diﬃcult ﬂight", "the final offer, a difficult flight"),
        ("wait… no", "wait... no"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u212bngström", "Ångström"),
    ],
)
def test_what_looks_the_same_has_one_spelling(one, other):
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Talks", "talks"),
        ("resign", "re-sign"),
        ("cafe", "café"),
        ("и", "й"),
        ("10²", "102"),
        ("a b", "ab"),
        ("I", "l"),
    ],
)
def test_all_else_stays_apart(one, other):
    assert spelling(one) != spelling(other)


def test_places_lead_back_to_the_text():
    text = "\ufeffHe  said: “the ﬁnal\u00a0oﬀer”…"
    known = spelled(text)
    start = known.text.index("final")
    assert text[slice(*known.place(start, start + 5))] == "ﬁnal"
    assert known.place(start + 1, start + 5) is None
    assert known.place(start, start + 1) is None
    assert known.place(0, len(known.text)) == (1, len(text))


def test_a_word_broken_at_the_end_of_a_line_can_be_joined_and_is_kept_as_it_stands():
    assert joined("an agree-\n ment and an all\u00ad\nowance") == "an agreement and an allowance"
    assert kept(" an  agree- \n ment\nof all ") == "an agree-\nment of all"
    assert kept("he – \n she") == "he – she"


@given(st.text())
@example("\u00ad\n")
def test_the_whole_of_a_text_leads_back_to_what_can_be_seen_of_it(text):
    known = spelled(text)
    assert spelled(known.text).text == known.text
    if known.text.strip():
        start, end = known.place(0, len(known.text))
        assert spelling(text[start:end]) == known.text.strip()


@given(st.text(alphabet="abй \u0301\u0306\u00adﬁ-\n’'"), st.data())
def test_every_place_that_there_is_holds_what_is_there(text, data):
    known = spelled(text)
    start = data.draw(st.integers(0, len(known.text)))
    place = known.place(start, data.draw(st.integers(start, len(known.text))))
    if place and place[0] < place[1]:
        assert 0 <= place[0] < place[1] <= len(text)


HOSTILE = {
    "marks": "a" + "\u0301\u0316" * 220_000,
    "marks of several marks": "\u0f73" * 440_000,
    "soft hyphens": "\u00ad" * 440_000,
    "line ends after a hyphen": "a-" + "\n" * 440_000,
    "broken words": "a-\n" * 150_000,
    "spaces and unseen signs": " \u200b" * 220_000,
    "syllables": "\u1100\u1161\u11a8" * 150_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_odd_texts_take_no_longer_than_others(text):
    began = time.perf_counter()
    spelled(text), composed(text), joined(text), kept(text)
    assert time.perf_counter() - began < 5  # about half a second on a quiet machine, minutes by the square

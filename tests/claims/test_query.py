"""What is typed into a search, as terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.search.query import MAX_WORDS, AnyForm, Beginning, Phrase, beginnings, parse

TALKS = AnyForm(("talk", "talks"))
ONE = ("graintalk", "graintalks")


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("", [], []),
        ('"', [], []),
        ("- -- *", [], []),
        ("Talks", [TALKS], []),
        ("-talks", [], [TALKS]),
        ("diplom*", [Beginning("diplom")], []),
        ("-diplom*", [], [Beginning("diplom")]),
        ('"ready to talk"', [Phrase(("ready", "to", "talk"))], []),
        ("„ready to talk“", [Phrase(("ready", "to", "talk"))], []),
        ('-"to talk', [], [Phrase(("to", "talk"))]),
        ("grain-talks", [AnyForm(("grain", *ONE)), AnyForm((*ONE, "talk", "talks"))], []),
        ("grain talks", [AnyForm(("grain", *ONE)), AnyForm((*ONE, "talk", "talks"))], []),
        ("e-mail", [AnyForm(("e", "email")), AnyForm(("email", "mail"))], []),
        ("a deal", [AnyForm(("a",)), AnyForm(("deal",))], []),
        ("grain -talks", [AnyForm(("grain",))], [TALKS]),
        ("seabed", [AnyForm(("seab", "seabed"), (("sea", "bed"),))], []),
        ("covid2019", [AnyForm(("covid2019",))], []),
        ('talks"to talk"', [TALKS, Phrase(("to", "talk"))], []),
    ],
)
def test_it_reads(typed, wanted, unwanted):
    query = parse(typed)
    assert (list(query.wanted), list(query.unwanted)) == (wanted, unwanted)


def test_twelve_terms_are_the_most():
    query = parse(" ".join("abcdefgh") + " -" + " -".join("ijklmnop"))
    assert (len(query.wanted), len(query.unwanted)) == (8, MAX_WORDS - 8)


def test_suggestions_ask_for_beginnings():
    assert beginnings("resu Bori-s") == "resu* bori* s*"


@given(st.text(alphabet='ab -*"“” \n'))
def test_no_text_is_too_odd(typed):
    query = parse(typed)
    assert all(isinstance(term, AnyForm | Beginning | Phrase) for term in (*query.wanted, *query.unwanted))

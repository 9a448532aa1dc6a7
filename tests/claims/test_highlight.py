"""The words looked for, marked in what is printed."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.filtering.highlight import marked, terms


def shown(text, *searches):
    return marked(text, terms(searches)).replace('<mark class="hit-word">', "[").replace("</mark>", "]")


@pytest.mark.parametrize(
    ("text", "search", "expected"),
    [
        ("Talks may resume", "talk", "[Talks] may resume"),
        ("Russia’s terms", "russia", "[Russia’s] terms"),
        ("мы за переговоры, и точка", "переговорам", "мы за [переговоры], и точка"),
        ("об’єкти", "об'єкт", "[об’єкти]"),
        ("Erdoğan", "erdogan", "[Erdoğan]"),
        ("за\u0301мок", "замок", "[за\u0301мок]"),
        ("nego\u00adti\u00adations", "negotiation", "[nego\u00adti\u00adations]"),
        ("İstanbul", "istanbul", "[İstanbul]"),
        ("Wałczak", "walczak", "[Wałczak]"),
        ("we are ready to talk", '"Ready to talk"', "we are [ready to talk]"),
        ("ready, ready to", '"ready to"', "ready, [ready to]"),
        ("diplomacy and diplomats", "diplom*", "[diplomacy] and [diplomats]"),
        ("peace not war", "peace -war", "[peace] not war"),
        ("nothing here", "grain", "nothing here"),
        ("ready to talk", '"ready to" "to talk"', "[ready to talk]"),
    ],
)
def test_it_marks(text, search, expected):
    assert shown(text, search) == expected


def test_all_searches_are_marked():
    assert shown("grain and gas", "gas", "grain") == "[grain] and [gas]"


def test_what_could_be_markup_is_escaped_inside_and_outside_of_marks():
    assert shown("<b>R&D</b> <i>", "r d") == "&lt;b&gt;[R]&amp;[D]&lt;/b&gt; &lt;i&gt;"


@given(st.text(alphabet="ab <&>'’і́"), st.text(alphabet='ab "*-'))
def test_without_the_marks_the_text_is_as_it_was(text, search):
    bare = re.sub(r'<mark class="hit-word">|</mark>', "", marked(text, terms([search])))
    assert unescape(bare) == text

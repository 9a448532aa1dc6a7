"""The words around a passage in a text that may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evidence.in_context import around


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ("", "")),
        ("He said: ", " to her.", ("He said: ", " to her.")),
        ("(", ")", ("(", ")")),
        ("Over.\n\nHe\nsaid ", "\nto her.\n\nNext.", ("He said ", " to her.")),
        ("Over.\n\n", "\n\nNext.", ("", "")),
        ("a " * 21, " b" * 21, ("… " + "a " * 20, " b" * 20 + " …")),
    ],
)
def test_up_to_twenty_words_of_the_paragraph_are_given(before, after, expected):
    assert around(f"{before}ready{after}", len(before), len(before) + 5) == expected


@given(st.text(), st.text(), st.text())
def test_what_is_given_stands_there(before, exact, after):
    lead, rest = around(before + exact + after, len(before), len(before) + len(exact))
    assert before.split()[-20:][-len(lead.split()) :] == lead.removeprefix("… ").split() or not lead.strip()
    assert len(lead.split()) <= 21
    assert len(rest.split()) <= 21

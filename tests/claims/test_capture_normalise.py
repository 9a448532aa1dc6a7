"""The one form in which texts are kept."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.capture.normalise import RefusedText, StraySigns, normalise


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("page\fpage\u2028line\u2029paragraph", "page\npage\nline\nparagraph"),
        ("a\u00a0b\u2009c\u202fd\u3000e\tf", "a b c d e f"),
        ("cease\u00adfire, dead\u2060lock, bread\u200bbasket, \ufeffstart", "ceasefire, deadlock, breadbasket, start"),
        ("\ufeffAt the beginning", "At the beginning"),
        ("Erdog\u0306an, и\u0306", "Erdoğan, й"),
        ("zero-width joiners \u200d and marks \u200e stay", "zero-width joiners \u200d and marks \u200e stay"),
        ("“Мы готовы”, — сказал он…", "“Мы готовы”, — сказал он…"),
    ],
)
def test_what_looks_the_same_becomes_the_same(text, kept):
    assert normalise(text) == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\r\ntwo \x00", "Line 2, column 5 is U+0000 (a control character), which a text may not hold."),
        ("\x1b[31m", "Line 1, column 1 is U+001B (a control character), which a text may not hold."),
        ("a\n\nbc\u202e", "Line 3, column 3 is U+202E (right-to-left override), which a text may not hold."),
        ("a\u2067b", "Line 1, column 2 is U+2067 (right-to-left isolate), which a text may not hold."),
        ("caf\x85", "Line 1, column 4 is U+0085 (a control character), which a text may not hold."),
        (
            "a\x00\nb\x01\x02",
            "Line 1, column 2 is U+0000 (a control character); Line 2, column 2 is U+0001 (a control character); "
            "Line 2, column 3 is U+0002 (a control character), which a text may not hold.",
        ),
        ("half \ud83d", "Line 1, column 6 is U+D83D (half a character), which a text may not hold."),
    ],
)
def test_what_no_text_may_hold_is_refused_with_its_place(text, said):
    with pytest.raises(RefusedText) as error:
        normalise(text)
    assert str(error.value) == said


@pytest.mark.parametrize("code", [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x7F, 0xA0), 0x0B, 0x08])
def test_every_bidirectional_or_other_control_is_refused(code):
    with pytest.raises(RefusedText):
        normalise(f"a{chr(code)}b")


def test_of_many_signs_the_first_ten_are_named():
    with pytest.raises(StraySigns) as error:
        normalise("\x00" * 11)
    assert str(error.value).endswith(
        "Line 1, column 10 is U+0000 (a control character), which a text may not hold. There are more."
    )


def test_signs_that_no_text_may_hold_can_be_taken_out():
    assert normalise("a\x00\u202eb\x85c", take_out=True) == "abc"


def test_a_soft_hyphen_at_the_end_of_a_line_is_a_hyphen():
    assert normalise("an agree\u00ad\r\nment") == "an agree-\nment"


def test_a_long_run_of_marks_takes_no_longer_than_letters():
    began = time.perf_counter()
    normalise("a" + "\u0301\u0316" * 220_000)
    assert time.perf_counter() - began < 5  # twenty seconds, by the square


@given(st.text())
def test_doing_it_again_changes_nothing(text):
    try:
        once = normalise(text)
    except RefusedText:
        return
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {char for char in once if unicodedata.category(char) == "Zs"} - {" "}

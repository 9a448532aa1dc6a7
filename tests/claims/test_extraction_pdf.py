"""The text layer of PDFs, as it stands."""

from contextlib import suppress

import pytest

from claims.extraction import PDF, Limits, Unreadable, read
from tests.pdfs import a_pdf, encrypted, many_pages

READY = ["We are ready for talks.", "So they said."]


def test_a_pdf_gives_its_text_layer():
    assert read(a_pdf(READY), PDF).text.split("\n") == READY


def test_pages_stand_one_after_the_other():
    assert read(a_pdf(["one"], ["two"]), PDF).text == "one\n\ntwo"


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256", "AES-256-R5"])
def test_a_pdf_that_is_encrypted_without_a_password_is_read(algorithm):
    assert read(encrypted(a_pdf(READY), "", algorithm), PDF).text.split("\n") == READY


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_with_a_password_says_so(algorithm):
    with pytest.raises(Unreadable, match=r"^This PDF cannot be read: it asks for a password\.$"):
        read(encrypted(a_pdf(READY), "secret", algorithm), PDF)


def test_ligatures_and_hyphens_at_line_ends_stay_as_they_are():
    lines = [r"the \256nal cease-", r"\256re"]  # 256 octal is the ligature fi in the standard encoding
    assert read(a_pdf(lines), PDF).text.split("\n") == ["the ﬁnal cease-", "ﬁre"]


def test_a_glyph_that_comes_out_as_a_control_character_is_a_replacement():
    assert read(a_pdf([r"of\003ce"]), PDF).text == "of\ufffdce"


def test_a_pdf_of_pictures_is_refused():
    for pages in (a_pdf([]), a_pdf([], picture=True)):
        with pytest.raises(Unreadable, match="pictures of pages and no text"):
            read(pages, PDF)


def test_pages_that_hold_pictures_alone_make_a_pdf_doubtful():
    found = read(a_pdf(["one"], [], ["three"], [], picture=True), PDF)
    assert found.doubt == "2 of 4 pages hold pictures and no words: 2, 4."
    assert read(a_pdf(["one"], [], ["three"]), PDF).doubt == ""


@pytest.mark.parametrize("data", [b"", b"no pdf", a_pdf(["x"])[:200], b"%PDF-1.7\n%%EOF", a_pdf(["x"])[200:]])
def test_a_broken_pdf_is_refused(data):
    with pytest.raises(Unreadable, match="PDF"):
        read(data, PDF)


@pytest.mark.parametrize("place", range(0, 700, 7))
def test_whatever_a_library_makes_of_a_broken_pdf_is_words_or_a_refusal(place):
    data = bytearray(a_pdf(READY))
    data[place : place + 5] = b"<<[/\xff"
    with suppress(Unreadable):
        read(bytes(data), PDF)


def test_a_pdf_of_very_many_pages_or_letters_is_refused():
    with pytest.raises(Unreadable, match="it has 21 pages, more than 20"):
        read(many_pages(21, 10), PDF, limits=Limits(pages=20))
    with pytest.raises(Unreadable, match="it holds more than 100 characters"):
        read(many_pages(21, 10), PDF, limits=Limits(characters=100))

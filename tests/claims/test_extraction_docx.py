"""Word documents as text, and those that are none."""

import pytest

from claims.extraction import DOCX, HTML, TEXT, Limits, Unreadable, read
from tests.words_files import MAIN, a_docx, packed

CORE = (
    "<dc:title>On talks</dc:title><dc:creator>Ada Abel</dc:creator><dc:language>en-GB</dc:language>"
    "<dcterms:created>2024-01-15T10:00:00Z</dcterms:created>"
)
NOTE = (
    f'<w:footnotes xmlns:w="{MAIN}"><w:footnote w:id="2"><w:p><w:r><w:t>As in May.</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


def run(words, *marks):
    return f"<w:r>{''.join(marks)}<w:t>{words}</w:t></w:r>"


def test_a_document_gives_its_paragraphs_and_its_tables():
    table = "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>"
    found = read(a_docx("We are ready.", "So <they> said.", body=table.format(run("one"), run("two"))), DOCX)
    assert (found.text, found.doubt) == ("We are ready.\n\nSo <they> said.\n\none\n\ntwo", "")


def test_notes_stand_at_the_end_and_their_marks_break_no_words():
    body = f'<w:p>{run("talks")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(" in spring")}</w:p>'
    found = read(a_docx(body=body, **{"word/footnotes.xml": NOTE}), DOCX)
    assert found.text.split() == ["talks", "in", "spring", "As", "in", "May."]


def test_what_was_deleted_in_it_is_left_out():
    body = f"<w:p><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:ins>{run('always')}</w:ins></w:p>"
    assert read(a_docx(body=body), DOCX).text == "always"


def test_its_properties_say_what_it_is():
    about = read(a_docx("We are ready.", core=CORE), DOCX).about
    assert about == {
        "title": ("On talks", "the file’s properties"),
        "author": ("Ada Abel", "the file’s properties"),
        "published": ("2024-01-15T10:00:00Z", "the file’s properties"),
        "language": ("en-GB", "the file’s properties"),
    }


def test_broken_properties_cost_no_words():
    found = read(a_docx("We are ready.", **{"docProps/core.xml": "<cp:core"}), DOCX)
    assert (found.text, found.about) == ("We are ready.", {})


WHOLE = a_docx("We are ready.", "x" * 5000)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "This is no Word document"),
        (b"We are ready.", "This is no Word document"),
        (b"<p>We are ready.", "This is no Word document"),
        (b"PK\x03\x04" + b"\0" * 50, "This is no Word document"),
        (WHOLE[: len(WHOLE) // 2], "This is no Word document"),
        (WHOLE[:200] + b"\xff" * 40 + WHOLE[240:], "Word document"),
        (packed({"a.txt": "We are ready."}), "This Word document cannot be read: .*main document part"),
        (packed({"word/document.xml": "<w:document"}), "This Word document cannot be read"),
        (a_docx("x", **{"word/document.xml": b"\0" * 100}), "This Word document cannot be read"),
        (a_docx("x", **{"word/document.xml": f"{LAUGHS}]><w:document>&h;</w:document>"}), "cannot be read"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, r"old Word file \(\.doc\) or asks for a password: save it anew as \.docx"),
    ],
)
def test_what_is_no_whole_document_says_so(data, why):
    with pytest.raises(Unreadable, match=why):
        read(data, DOCX)


def test_a_document_that_unpacks_to_far_more_is_not_unpacked():
    bomb = a_docx("x", **{"word/media/a.bin": b"\0" * 101_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable, match=r"This Word document cannot be read: unpacked it has more than 100 MB\."):
        read(bomb, DOCX)


def test_no_document_holds_more_characters_than_any_text():
    with pytest.raises(Unreadable, match="It holds more than 10 characters"):
        read(a_docx("We are ready."), DOCX, limits=Limits(characters=10))


@pytest.mark.parametrize("media_type", [HTML, TEXT])
@pytest.mark.parametrize(("data", "name"), [(WHOLE, "a packed file"), (b"\xd0\xcf\x11\xe0", "an old Word file")])
def test_a_document_that_says_it_is_something_else_is_refused(data, media_type, name):
    with pytest.raises(Unreadable, match=f"^This is {name} and no "):
        read(data, media_type)

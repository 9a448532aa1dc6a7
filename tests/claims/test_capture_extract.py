"""Files and pages as plain text: all the words, in their order."""

import io

import pytest

from claims.capture.extract import media_type_of, text_of
from claims.capture.normalise import RefusedText


def html(body, charset=""):
    return text_of(f"<html><head><title>Title</title></head><body>{body}</body></html>".encode(), "text/html", charset)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        (
            "<p><span>T</span>he <b>un</b>believable, <a href=x>link</a>. <i>Yes</i>!</p>",
            "The unbelievable, link. Yes!",
        ),
        ("<p>a<!-- no -->b<script>c</script><style>d</style></p>", "ab"),
        ("<p>Before<img alt='picture'><svg><title>icon</title></svg> after</p>", "Before after"),
        ("<figure><img><figcaption>A caption.</figcaption></figure>", "A caption."),
        ("<p>He said <q>no</q> twice<sup>1</sup>.</p>", "He said no twice1."),
        ("<form><div><p>All of the page</p></div></form>", "All of the page"),
        ("<p>one<p>two<div>three</div>four", "one\n\ntwo\n\nthree\nfour"),
        ("<ul><li>peace;</li><li>bread</li></ul>", "peace;\n  bread"),
        ("<blockquote><p>quoted &amp; &laquo;да&raquo;</p></blockquote>", "quoted & «да»"),
        ("<dl><dt>Term</dt><dd>Definition</dd></dl>", "Term\nDefinition"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>same</p><p>same</p>", "same\n\nsame"),
    ],
)
def test_a_page_becomes_its_words(body, text):
    assert html(body) == text


def test_the_columns_of_a_page_laid_out_as_a_table_are_not_mixed():
    body = "<table><tr><td>Home<br>News<br>About</td><td><p>First part,</p><p>second part.</p></td></tr></table>"
    assert html(body) == "Home\nNews\nAbout\n\nFirst part,\n\nsecond part."


@pytest.mark.parametrize("depth", [300, 100_000])
def test_words_deep_within_a_page_are_not_lost(depth):
    assert html(f"<p>start</p>{'<div>' * depth}deep{'</div>' * depth}<p>end</p>").split() == ["start", "deep", "end"]


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("<p>“Привет”".encode(), ""),
        ("<p>“Привет”".encode(), "utf-8"),
        ("<p>“Привет”".encode("cp1251"), "windows-1251"),
        ("<meta charset=windows-1251><p>“Привет”".encode("cp1251"), ""),
        ("\ufeff<p>“Привет”".encode("utf-16-le"), ""),
        (f"<!--{'-' * 200_000}--><p>“Привет”".encode(), ""),
    ],
)
def test_a_page_is_read_in_its_own_charset(data, charset):
    assert text_of(data, "text/html", charset) == "“Привет”"


def test_the_web_means_windows_1252_by_latin_1():
    assert text_of(b"<p>\x93caf\xe9\x94", "text/html", "iso-8859-1") == "“café”"


def test_text_and_markdown_stay_as_they_are():
    text = "# Head\n\n* <b>item</b> &amp;\n"
    assert text_of(text.encode(), "text/plain") == text_of(text.encode(), "text/markdown") == text


def test_a_text_that_is_not_utf_8_is_refused_with_its_place():
    with pytest.raises(RefusedText, match=r"This is no text in UTF-8: .* position 2"):
        text_of(b"ab\xff", "text/plain")
    with pytest.raises(RefusedText, match="no text in klingon"):
        text_of(b"ab", "text/plain", "klingon")


def pdf(*lines):
    """A PDF of one page with these lines of text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    if lines:
        font = DictionaryObject(
            {
                NameObject(f"/{key}"): NameObject(f"/{value}")
                for key, value in {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}.items()
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        stream.set_data(f"BT /F1 12 Tf 50 700 Td {shown} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_a_pdf_gives_its_text_layer():
    assert text_of(pdf("We are ready for talks.", "So they said."), "application/pdf").split("\n") == [
        "We are ready for talks.",
        "So they said.",
    ]


def test_a_pdf_of_pictures_is_refused():
    with pytest.raises(RefusedText, match="pictures of pages and no text"):
        text_of(pdf(), "application/pdf")


@pytest.mark.parametrize("data", [b"", b"no pdf", pdf("x")[:200], b"%PDF-1.7\n%%EOF"])
def test_a_broken_pdf_is_refused(data):
    with pytest.raises(RefusedText, match="PDF"):
        text_of(data, "application/pdf")


def test_other_types_are_refused():
    with pytest.raises(RefusedText, match="“image/png” cannot be read"):
        text_of(b"", "image/png")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.TXT", "text/plain"), ("b.md", "text/markdown"), ("c.htm", "text/html"), ("d.e.pdf", "application/pdf")],
)
def test_a_file_says_what_it_is_by_its_ending(name, media_type):
    assert media_type_of(name) == media_type


def test_another_ending_is_refused():
    with pytest.raises(RefusedText, match=r"none of \.txt, "):
        media_type_of("a.docx")

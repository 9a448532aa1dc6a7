"""Files and pages read in a process of their own, which can be ended."""

import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest

from claims.capture.extract import document_of, is_source_of_a_page, media_type_of, text_of
from claims.capture.normalise import DoubtfulText, RefusedText
from claims.extraction import DOCX, HTML, OVER_MEMORY, PDF, TEXT
from tests.pdfs import a_pdf, many_pages
from tests.words_files import a_docx


def test_pages_texts_and_pdfs_are_read():
    assert text_of(b"<title>T</title><p>We are ready.", HTML) == "We are ready."
    assert text_of("Ми готові.".encode("cp1251"), TEXT, "windows-1251") == "Ми готові."
    assert text_of(a_pdf(["We are ready."]), PDF) == "We are ready."


def test_word_documents_are_read():
    assert media_type_of("Speech.DOCX") == DOCX
    assert text_of(a_docx("Ми готові."), DOCX) == "Ми готові."
    with pytest.raises(RefusedText, match=r"^This is no Word document \(\.docx\), or it is not whole\.$"):
        text_of(b"We are ready.", DOCX)


def test_what_a_document_says_of_itself_comes_with_its_words():
    found = document_of(b"<title>On talks</title><p>We are ready.", HTML)
    assert (found.text, found.about) == ("We are ready.", {"title": ["On talks", "the page’s markup"]})


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("<!DOCTYPE html><html>", True), ("\n <!-- a --><p class='x'>We", True), ("<DIV>\n", True),
        ("We <b>are</b> <i>ready</i>, <em>all</em>", True), ("We are ready.", False), ("<We are> ready", False),
        ("a < b and c > d", False), ("use <b>bold</b>", False), ("", False), ("<p", False),
    ],
)  # fmt: skip
def test_the_source_of_a_page_is_told_from_plain_words(text, is_page):
    assert is_source_of_a_page(text) is is_page


def test_many_remarks_before_other_words_do_not_take_long_to_look_through():
    assert not is_source_of_a_page("<!---->" * 280 + "We are ready.")
    assert is_source_of_a_page("<!-- a -->\n" * 100 + "<p>We")


def test_what_is_doubtful_is_read_on_a_curators_word_alone():
    with pytest.raises(DoubtfulText, match=r"This is no text in UTF-8: .* position 2"):
        text_of(b"ab\xff", TEXT)
    assert text_of(b"ab\xff", TEXT, anyway=True).startswith("ab")


def test_a_pdf_that_says_it_is_something_else_is_refused():
    for media_type in (HTML, TEXT):
        with pytest.raises(RefusedText, match=r"^This is a PDF and no "):
            text_of(a_pdf(["x"]), media_type, anyway=True)


def test_a_pdf_of_many_pages_ends_in_time(settings):
    settings.CAPTURE_READING_SECONDS = 2
    began = monotonic()
    with pytest.raises(RefusedText, match=r"^This PDF cannot be read: it takes longer than 2 seconds\.$"):
        text_of(many_pages(4_000, 2_000), PDF)
    assert monotonic() - began < 5


def test_a_pdf_of_twenty_thousand_pages_is_refused_and_takes_no_memory_here():
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RefusedText, match="it has 20,000 pages, more than 5,000"):
        text_of(many_pages(20_000, 10), PDF)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held < 30_000  # KB


@pytest.mark.parametrize(
    ("data", "media_type", "kind"), [(b"<b><p>" * 700_000, HTML, "page"), (many_pages(1, 2_000_000), PDF, "PDF")]
)
def test_a_file_that_takes_too_much_memory_is_refused(settings, data, media_type, kind):
    settings.CAPTURE_READING_MEMORY = 100_000_000
    with pytest.raises(RefusedText, match=f"^This {kind} cannot be read: it takes more than 100 MB of memory"):
        text_of(data, media_type)


def test_what_this_process_once_held_counts_for_nothing(settings):
    settings.CAPTURE_READING_MEMORY = 300_000_000
    assert b"x" * 350_000_000
    assert text_of(b"<p>We are ready.", HTML) == "We are ready."


def test_where_the_system_knows_no_limit_of_memory_a_thread_ends_the_process():
    program = (
        "from claims.extraction.__main__ import _watch; from threading import Thread; from time import sleep;"
        "Thread(target=_watch, args=[100_000_000], daemon=True).start(); held = b'x' * 150_000_000; sleep(10)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == OVER_MEMORY


def test_the_reading_process_is_ended_with_its_time(settings):
    settings.CAPTURE_READING_SECONDS = 1
    hostile = "<p " + " ".join(f"a{number}=1" for number in range(300_000))
    began = monotonic()
    with pytest.raises(RefusedText, match=r"^This page cannot be read: it takes longer than 1 seconds\.$"):
        text_of(hostile.encode(), HTML)
    assert monotonic() - began < 4


def test_it_works_in_threads():
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda number: text_of(f"<p>{number}".encode(), HTML), range(8))) == list("01234567")


def test_who_reads_a_strangers_file_is_told_no_secret(monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        f"import os, pathlib; pathlib.Path({str(tmp_path / 'told')!r}).write_text(str(dict(os.environ)))"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("SECRET_KEY", "very-secret")
    monkeypatch.setenv("DATABASE_URL", "very-secret")
    text_of(b"x", TEXT)
    told = Path(tmp_path / "told").read_text()
    assert "PYTHONPATH" in told
    assert "very-secret" not in told


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
        media_type_of("a.odt")

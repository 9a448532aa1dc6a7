"""Pages as plain text: all the words that a reader with scripts sees, in their order."""

from time import monotonic

import pytest

from claims.extraction import HTML, read

WORDS = "Nothing is agreed until everything is agreed, he said. "


def html(body):
    found = read(f"<html><head><title>Title</title></head><body>{body}</body></html>".encode(), HTML)
    assert found.doubt == ""
    return found.text


def doubt(page):
    return read(page.encode(), HTML).doubt


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
    ("body", "text"),
    [
        ("<p>a<noscript><iframe src=x></noscript><p>b", "a\n\nb"),
        ("<p>a<noscript><!-- x</noscript><p>b", "a\n\nb"),
        ("<p>a<svg/><noscript><iframe src=x></noscript><p>b<svg></svg>", "a\n\nb"),
        ("<p>a<noscript><style>p{}</noscript><p>b", "a\n\nb"),
        ("<p>a<noscript><img src=x>Switch on JavaScript</noscript><p>b", "a\n\nb"),
        ("<p>a<script>'<noscript>'</script><p>b<!-- <noscript> --><p>c", "a\n\nb\n\nc"),
        ("<table><tr><td>1<table><tr><td>2<td>3</table>4<td>5</table>6", "1\n2\t\t3\n4\t\t5\n6"),
        ("<p>Shown to all<p hidden>H<p>b", "Shown to all\n\nb"),
        ("<p>Shown to all<p style='color: red; DISPLAY : none'>H<p style=display:none>I<p>b", "Shown to all\n\nb"),
        ("<p>Shown to all<dialog>D</dialog><dialog open>O</dialog>", "Shown to all\n\nO"),
        ("<p>Shown to all<div hidden=until-found>to who looks for it</div>", "Shown to all\n\nto who looks for it"),
        ("<p>Shown<div hidden id=S:0>Put in place by React</div>", "Shown\n\nPut in place by React"),
        ("<body style=display:none><p>Shown by a script", "Shown by a script"),
        ("<p>a<span aria-hidden=true>b</span>", "ab"),
        ("<p>a<template><p>T</template><p>b", "a\n\nb"),
        ("<details><summary>Question</summary><p>Answer</details>", "Question\n\nAnswer"),
        ("<h3><button>Question</button></h3><label>Name <input value=x></label>", "Question\n\nName"),
        ("<p>a<video>Your browser is old</video><noembed>N</noembed><canvas>C</canvas>", "a"),
        ("<amp-accordion><section><h4>H</h4><p>P</p></section></amp-accordion>", "H\n\nP"),
        ("<amp-img src=x><noscript><img src=x></noscript></amp-img><p>b", "b"),
    ],
)
def test_what_a_reader_with_scripts_sees_is_kept_and_nothing_else(body, text):
    assert html(body) == text


def test_a_page_whose_noscript_is_left_open_is_doubtful_and_loses_no_word():
    found = read(f"<p>a</p><noscript><p>{WORDS}".encode(), HTML)
    assert found.doubt == "Its noscript is left open: scripts hide the words after it."
    assert found.text == f"a\n\n{WORDS.strip()}"


def test_a_large_page_that_gives_next_to_nothing_is_doubtful():
    script = f"<script>{'let x = 1;' * 6_000}</script>"
    assert doubt(f"{script}<p>Loading") == "A page of 60,027 characters gives 7: “Loading”."


def test_a_page_of_which_most_words_are_not_read_is_doubtful():
    lost = "<object>" + WORDS * 30 + "</object>"
    assert doubt(f"<p>{WORDS}</p><video>{WORDS * 30}") == "Of some 279 words in the page’s source, 9 were read."
    assert doubt(f"<p>{WORDS}</p>{lost}") == ""


@pytest.mark.parametrize("wall", ["We use cookies", "Enable JavaScript and wait", "Ми використовуємо кукі"])
def test_a_short_page_that_may_be_a_wall_is_doubtful(wall):
    assert doubt(f"<p>{wall}.").endswith("it may be what stands before the page.")
    assert doubt(f"<p>{wall}.<p>{WORDS * 30}") == ""


def test_a_short_page_that_sends_readers_on_is_doubtful():
    sent = '<meta http-equiv="Refresh" content="0; url=https://example.org/new"><p>It has moved.'
    assert doubt(sent) == "It is short and sends readers on to another page."
    assert doubt(f"{sent}<p>{WORDS * 30}") == ""


@pytest.mark.parametrize(
    "hostile", ["<noscript ", "<script ", "<!--", "<label ", "<noscript>", "<p hidden ", "<meta http-equiv="]
)
def test_a_page_of_many_beginnings_is_read_in_a_moment(hostile):
    began = monotonic()
    read(hostile.encode() * (1_000_000 // len(hostile)), HTML)
    assert monotonic() - began < 10

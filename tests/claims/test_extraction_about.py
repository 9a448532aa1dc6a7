"""What pages and files say of themselves, and where."""

import json

import pytest

from claims.extraction import HTML, PDF, TEXT, read
from tests.pdfs import a_pdf, with_properties

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "On talks",
    "author": [{"@type": "Person", "name": "Ada Abel"}, "Bea Bell"],
    "publisher": {"@type": "Organization", "name": "The Times of Utopia"},
    "datePublished": "2024-01-15T10:00:00+02:00",
    "inLanguage": "en",
    "mainEntityOfPage": {"@id": "https://example.org/talks"},
}
OPEN_GRAPH = """<meta property="og:title" content="OG talks"><meta property="og:site_name" content="OG Times">
<meta property="article:published_time" content="2024-01-16"><meta property="article:author" content="https://a.example/ada">
<meta property="og:locale" content="uk_UA"><meta property="og:url" content="https://example.org/og">"""
DUBLIN_CORE = """<meta name="DC.title" content="DC talks"><meta name="dcterms.creator" content="Ceci Cole">
<meta name="DC.date.issued" content="15 January 2024">"""
PLAIN = """<html lang="ru"><title> Plain
 talks </title><link rel="Canonical" href="/plain"><meta name="author" content="Di Dole">"""


def about(page):
    return read(page.encode(), HTML).about


def script(data):
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


def test_schema_org_comes_first():
    assert about(PLAIN + OPEN_GRAPH + script({"@graph": [{"@type": "WebSite"}, ARTICLE]})) == {
        "title": ("On talks", "schema.org"),
        "author": ("Ada Abel, Bea Bell", "schema.org"),
        "publisher": ("The Times of Utopia", "schema.org"),
        "published": ("2024-01-15T10:00:00+02:00", "schema.org"),
        "language": ("en", "schema.org"),
        "address": ("https://example.org/talks", "schema.org"),
        "kind": ("NewsArticle", "schema.org"),
    }


def test_then_open_graph_then_dublin_core_then_the_page_itself():
    found = about(PLAIN + OPEN_GRAPH + DUBLIN_CORE)
    assert found == {
        "title": ("OG talks", "Open Graph"),
        "author": ("Ceci Cole", "Dublin Core"),  # Open Graph has but an address of the author
        "publisher": ("OG Times", "Open Graph"),
        "published": ("2024-01-16", "Open Graph"),
        "language": ("uk_UA", "Open Graph"),
        "address": ("https://example.org/og", "Open Graph"),
    }
    assert about(PLAIN) == {
        "title": ("Plain talks", "the page’s markup"),
        "author": ("Di Dole", "the page’s markup"),
        "language": ("ru", "the page’s markup"),
        "address": ("/plain", "the page’s markup"),
    }


@pytest.mark.parametrize(
    "data",
    ["", "{", "[" * 100_000, "null", "[1, [2], null]", '{"headline": {"a": 1}, "author": [null, 3, {"name": []}]}',
     '{"@graph": "x", "datePublished": 2024}', '{"headline": "\\ud800\\u0000 "}'],
)  # fmt: skip
def test_data_that_is_odd_says_nothing(data):
    assert about(script(data) + "<p>We are ready.") == {}


def test_a_value_is_one_line_without_signs_that_are_not_seen_and_of_some_length():
    page = f'<title>On\u202e&#10;talks &amp; <b>{"x" * 60_000}</title><meta property="og:site_name" content=" \u200b ">'
    found = about(page)["title"][0]
    assert found.startswith("On talks & <b>xxx")
    assert len(found) == 500
    assert "publisher" not in about(page)


def test_a_pdf_has_properties():
    found = read(
        with_properties(a_pdf(["We are ready."]), "uk-UA", Title="On talks", Author="Ada", CreationDate="D:20240115"),
        PDF,
    )
    where = "the file’s properties"
    assert found.about == {
        "title": ("On talks", where), "author": ("Ada", where), "published": ("2024-01-15", where),
        "language": ("uk-UA", where),
    }  # fmt: skip


def test_a_date_of_a_pdf_that_is_none_costs_no_words():
    found = read(with_properties(a_pdf(["We are ready."]), "", Title="On talks", CreationDate="soon"), PDF)
    assert found.text == "We are ready."


def test_the_words_of_a_longer_text_tell_its_language():
    text = "Ми готові до переговорів про мир, але не за будь-яку ціну. " * 6
    assert read(text.encode(), TEXT).about == {"language": ("uk", "its words")}
    assert read(b"We are ready.", TEXT).about == {}

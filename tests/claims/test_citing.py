"""References in the formats of reference managers."""

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from claims.wording.references import Reference, bibtex, csl, plain, ris, tex


def a_reference(**given):
    return Reference(
        **{
            "slug": "anna-2024-01-15_talks",
            "sentence": "Anna said that talks may resume.",
            "speaker": "Anna",
            "said": "15 January 2024",
            "source": "A speech (Gazette, 15 January 2024)",
            "publisher": "Attributed",
            "version": 2,
            "recorded": date(2026, 11, 3),
            "url": "https://example.org/claims/anna-2024-01-15_talks/",
            "accessed": date(2026, 11, 24),
            **given,
        }
    )


def test_bibtex_names_the_site_as_an_organisation_and_titles_with_the_attribution():
    assert bibtex(a_reference()) == (
        "@misc{anna-2024-01-15_talks,\n"
        "  author = {{Attributed}},\n"
        "  title = {{Anna said that talks may resume}},\n"
        "  year = {2026},\n"
        "  date = {2026-11-03},\n"
        "  version = {2},\n"
        "  note = {Claim anna-2024-01-15\\_talks, version 2, recorded 2026-11-03. "
        "Said by Anna, 15 January 2024; source: A speech (Gazette, 15 January 2024)},\n"
        "  url = {https://example.org/claims/anna-2024-01-15_talks/},\n"
        "  urldate = {2026-11-24},\n"
        "}\n"
    )


def test_csl_has_the_same():
    assert csl(a_reference()) == [
        {
            "id": "anna-2024-01-15_talks",
            "type": "webpage",
            "title": "Anna said that talks may resume",
            "author": [{"literal": "Attributed"}],
            "container-title": "Attributed",
            "number": "anna-2024-01-15_talks",
            "version": "2",
            "note": "Said by Anna, 15 January 2024; source: A speech (Gazette, 15 January 2024)",
            "issued": {"date-parts": [[2026, 11, 3]]},
            "accessed": {"date-parts": [[2026, 11, 24]]},
            "URL": "https://example.org/claims/anna-2024-01-15_talks/",
        }
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("96 % of $5 & more_", r"96 \% of \$5 \& more\_"),
        (r"\input{x}", r"\textbackslash{}input\textbraceleft{}x\textbraceright{}"),
        ("}}, title = {", r"\textbraceright{}\textbraceright{}, title = \textbraceleft{}"),
        ('“words” "said" ~#^', r"“words” \textquotedbl{}said\textquotedbl{} \textasciitilde{}\#\textasciicircum{}"),
        ("</script>|", r"\textless{}/script\textgreater{}\textbar{}"),
        ("Київ,\n\tмир", "Київ, мир"),
        ("a\u202eb\x07c", "abc"),
    ],
)
def test_signs_with_a_meaning_in_tex_are_escaped(text, written):
    assert tex(text) == written


@given(st.text())
def test_no_text_opens_or_closes_a_field_or_breaks_its_line(text):
    written = tex(text)
    assert written.count("{") == written.count("}") == written.count("{}")
    assert len(written.splitlines()) <= 1


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_comes_back_from_csl_as_it_was(text):
    assert json.loads(json.dumps(csl(a_reference(sentence=f"{text}."))))[0]["title"] == text


def test_in_words_it_names_speaker_day_source_and_record_with_no_stop_twice():
    assert plain(a_reference()) == (
        "“Anna said that talks may resume.” "
        "Said by Anna, 15 January 2024; source: A speech (Gazette, 15 January 2024). "
        "Attributed, claim anna-2024-01-15_talks, version 2, recorded 3 November 2026. "
        "https://example.org/claims/anna-2024-01-15_talks/"
    )


def test_without_a_source_it_names_none():
    assert "Said by Anna, 15 January 2024. Attributed, claim" in plain(a_reference(source=""))


def test_ris_is_a_page_of_the_web_with_one_tag_a_line():
    assert ris(a_reference()).split("\r\n") == [
        "TY  - ELEC",
        "AU  - Attributed,",
        "TI  - Anna said that talks may resume",
        "T2  - Attributed",
        "PB  - Attributed",
        "PY  - 2026",
        "DA  - 2026/11/03",
        "ET  - 2",
        "AN  - anna-2024-01-15_talks",
        "N1  - Claim anna-2024-01-15_talks, version 2, recorded 2026-11-03. "
        "Said by Anna, 15 January 2024; source: A speech (Gazette, 15 January 2024)",
        "LA  - en",
        "UR  - https://example.org/claims/anna-2024-01-15_talks/",
        "Y2  - 2026/11/24",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize("title", ["a\r\nER  - \r\nTY  - BOOK", "a\u2028ER  - ", "\x00\u202e", "“Київ”"])
def test_no_title_ends_a_reference_in_ris(title):
    [entry] = rispy.loads(ris(a_reference(sentence=title)))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["accession_number"] == "anna-2024-01-15_talks"


@pytest.mark.parametrize("title", ["96 % of $5 & more_", "}}, title = {", "@misc{b, title={", "Київ"])
def test_a_reader_of_bibtex_finds_one_entry_with_all_its_fields(title):
    library = bibtexparser.parse_string(bibtex(a_reference(sentence=title)))
    assert library.failed_blocks == []
    [entry] = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("misc", "anna-2024-01-15_talks")
    assert list(fields) == ["author", "title", "year", "date", "version", "note", "url", "urldate"]
    assert fields["title"] == f"{{{tex(title)}}}"


def test_a_processor_of_csl_prints_it_with_one_stop_after_the_title():
    reference = a_reference(slug="anna", url="https://example.org/claims/anna/")
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    printed = CitationStylesBibliography(style, CiteProcJSON(csl(reference)), formatter.plain)
    printed.register(Citation([CitationItem("anna")]))
    assert [str(entry) for entry in printed.bibliography()] == [
        "Attributed (2026) Anna said that talks may resume, Attributed. "
        "Available at: https://example.org/claims/anna/ (Accessed: November 24, 2026)."
    ]

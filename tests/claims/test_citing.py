"""References in the formats of reference managers."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.wording.references import Reference, bibtex, csl, tex


def a_reference(**given):
    return Reference(
        **{
            "slug": "anna-2024-01-15_talks",
            "sentence": "Anna said that talks may resume.",
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
        "  title = {{Anna said that talks may resume.}},\n"
        "  year = {2026},\n"
        "  date = {2026-11-03},\n"
        "  version = {2},\n"
        "  note = {Claim anna-2024-01-15\\_talks, version 2, recorded 2026-11-03},\n"
        "  url = {https://example.org/claims/anna-2024-01-15_talks/},\n"
        "  urldate = {2026-11-24},\n"
        "}\n"
    )


def test_csl_has_the_same():
    assert csl(a_reference()) == [
        {
            "id": "anna-2024-01-15_talks",
            "type": "webpage",
            "title": "Anna said that talks may resume.",
            "author": [{"literal": "Attributed"}],
            "container-title": "Attributed",
            "number": "anna-2024-01-15_talks",
            "version": "2",
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
    assert json.loads(json.dumps(csl(a_reference(sentence=text))))[0]["title"] == text

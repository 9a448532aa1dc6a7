"""The list of sources."""

import pytest

from claims.views import list_forms
from tests.factories import a_citation, a_claim, a_draft, a_source, an_actor

pytestmark = pytest.mark.django_db

HOSTILE = [
    "q=a%00b",
    "q=%E2%80%AEabc",
    f"q={'x' * 60_000}",
    "publisher=%00",
    f"publisher={'9' * 60_000}",
    "publisher=' OR 1=1 --",
    "kind=poem",
    "kind=article&kind=post",
    "page=0",
    "page=-1",
    "page=2",
    "page=1.5",
    "page=%D9%A1",
    f"page={'9' * 5_000}",
    "title__regex=(a%2B)%2B",
    "%00=1",
]


def carrying(title, **given):
    source = a_source(title=title, **given)
    a_claim(source=source)
    return source


def test_it_shows_the_newest_first_with_what_each_carries(client):
    carrying("Old address", published_edtf="2022-03")
    newest = carrying("New address", published_edtf="2024-05-01", publisher=an_actor("The Gazette", kind="media"))
    a_claim(source=newest)
    page = client.get("/sources/").text
    assert page.index("New address") < page.index("Old address")
    assert "1 May 2024" in page
    assert "<span>The Gazette</span>" in page
    assert "2 claims" in page


def test_it_offers_our_briefing_as_an_example_of_a_text_that_was_read(client):
    carrying("A briefing of others", slug="theirs", kind="briefing")
    assert "An example of a text" not in client.get("/sources/").text
    carrying("What one article says", slug="br", kind="briefing", text_is_public=True)
    page = client.get("/sources/").text
    assert 'An example of a text with its passages marked: <a href="/sources/br/">What one article says</a>' in page


def test_it_filters_by_publisher_kind_and_words_of_the_title_in_any_case(client):
    gazette = an_actor("The Gazette", slug="gazette", kind="media")
    carrying("Интервью о мире", publisher=gazette, kind="interview")
    carrying("Another interview", kind="interview")
    carrying("Another text", publisher=gazette)
    for query in ("publisher=gazette&kind=interview", "q=МИРЕ интервью"):
        page = client.get(f"/sources/?{query}").text
        assert "Интервью о мире" in page
        assert "Another" not in page


def test_it_leaves_out_what_only_drafts_cite_and_its_publisher(client):
    hidden = a_source(title="Hidden source", publisher=an_actor("Hidden Gazette"))
    a_draft(source=hidden)
    a_claim(source=hidden).withdraw(note="not said")
    page = client.get("/sources/").text
    assert "Hidden" not in page


def test_it_counts_no_drafts(client):
    source = carrying("Speech to both houses")
    a_citation(a_draft(), source)
    assert "1 claim<" in client.get("/sources/").text


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_sources_there_are(client, number, django_assert_num_queries):
    for index in range(number):
        carrying(f"Address {index}")
    with django_assert_num_queries(6):
        client.get("/sources/")


@pytest.mark.parametrize("query", HOSTILE)
def test_it_answers_a_bad_parameter_with_an_error_and_no_rows(client, query):
    carrying("Speech to both houses")
    answer = client.get(f"/sources/?{query}")
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert "Speech to both houses" not in answer.text
    assert len(answer.text) < 20_000


def test_it_goes_on_page_by_page_with_the_filter_kept(client, monkeypatch):
    monkeypatch.setattr(list_forms, "A_PAGE", 2)
    for day in (1, 2, 3):
        carrying(f"Address {day}", published_edtf=f"2024-01-0{day}")
    first, second = client.get("/sources/?q=address").text, client.get("/sources/?q=address&page=2").text
    assert "1–2 of 3" in first
    assert 'href="?q=address&amp;page=2"' in first
    assert "Address 1" not in first
    assert "Address 1" in second
    assert 'href="?q=address">Back to the first' in second


def test_it_says_that_nothing_fits(client):
    carrying("Speech to both houses")
    assert "Nothing on file that fits" in client.get("/sources/?q=nothing").text


def test_an_empty_archive_says_what_to_do_first(client):
    assert "Nothing is published here yet." in client.get("/sources/").text

"""What is proposed for a new source by what its document says of itself."""

import pytest

from claims.capture import Document, canonical, proposals
from tests.factories import a_name, a_source, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

WHERE = "schema.org"


def document(text="We are ready.", **about):
    return Document(text, about={name: (value, WHERE) for name, value in about.items()})


def values(found):
    return {name: proposal.value for name, proposal in found.items()}


def test_what_a_document_says_is_proposed_with_where_it_says_so():
    times = an_actor("Times of Utopia", kind="media")
    found = proposals(
        document(
            title="On talks", author="Ada Abel", publisher="The Times of Utopia", published="2024-01-15T10:00:00+02:00",
            language="en-GB", kind="NewsArticle", address="https://example.org/talks",
        ),
        "https://example.org/talks?utm_source=x",
    )  # fmt: skip
    assert values(found) == {
        "title": "On talks",
        "author": "Ada Abel",
        "publisher": times.pk,
        "published_edtf": "2024-01-15",
        "language": "en",
        "kind": "article",
        "url": "https://example.org/talks",
    }
    assert (found["title"].why, found["publisher"].why) == ("from schema.org", "“The Times of Utopia”, from schema.org")


def test_without_a_title_it_is_the_windows_or_the_first_line():
    assert values(proposals(document("\n# On talks\n\nWe are ready."))) == {"title": "On talks"}
    assert values(proposals(document(), title="The window")) == {"title": "The window"}
    assert proposals(document("x" * 300)) == {}


def test_a_publisher_is_found_by_another_name_of_its_own():
    kremlin = an_actor("Kremlin", kind="government_body")
    a_name(kremlin, "Президент России")
    assert values(proposals(document("", publisher="ПРЕЗИДЕНТ РОССИИ"))) == {"publisher": kremlin.pk}


def test_a_publisher_that_is_not_on_file_or_several_is_named_and_not_chosen():
    an_actor("Times")
    an_actor("TIMES")
    for name in ("Nowhere", "Times"):
        found = proposals(document("", publisher=name))["publisher"]
        assert (found.value, found.why) == (None, f"“{name}”, from schema.org, is not one on file")


def test_the_publisher_of_all_that_is_on_file_from_the_same_host_is_proposed():
    source = a_source(url="http://www.example.org/1")
    a_source(url="https://example.net/?from=example.org")
    found = proposals(document("", publisher="Nowhere"), "https://example.org/2")["publisher"]
    assert (found.value, found.why) == (source.publisher_id, "of all that is on file from example.org")
    a_source(url="https://example.org/3")
    assert "publisher" not in proposals(document(""), "https://example.org/2")


@pytest.mark.parametrize(
    ("said", "proposed"),
    [("2024-01", "2024-01"), ("15 January 2024", "2024-01-15"), ("15 січня 2024", "2024-01-15"),
     ("03/04/2024", None), ("2024-02-30", None), ("yesterday", None), ("2024-01-15 and more", "2024-01-15"),
     ("9" * 500, None), ("winter 2024", None), ("autumn 2024", None)],
)  # fmt: skip
def test_a_date_is_proposed_where_it_can_be_read_in_one_way(said, proposed):
    assert values(proposals(document("", published=said))).get("published_edtf") == proposed


@pytest.mark.parametrize(
    ("said", "proposed"), [("uk_UA", "uk"), ("EN", "en"), ("english", None), ("xx", None), ("", None)]
)
def test_a_language_is_proposed_where_it_is_one_on_the_list(said, proposed):
    assert values(proposals(document("", language=said))).get("language") == proposed


@pytest.mark.parametrize(
    ("said", "whole"),
    [("/talks", "https://example.org/talks"), ("https://example.org/2", "https://example.org/2"),
     ("https://example.org", ""), ("javascript:alert(1)", ""), ("http://[", ""), ("", "https://example.org/a/b")],
)  # fmt: skip
def test_the_address_that_a_document_gives_itself_is_made_whole(said, whole):
    assert canonical(document("", address=said), "https://example.org/a/b") == whole

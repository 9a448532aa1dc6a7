"""Whether a document is on file already: by its address or its words."""

import pytest

from claims.capture.same import address_key, on_file, without_tracking
from claims.models import digest
from tests.factories import a_claim, a_snapshot, a_source

SAME = [
    "http://www.example.org/news/talks",
    "HTTPS://Example.ORG:443/news/talks/",
    "https://example.org./news/talks#top",
    "https://example.org/news/talks?utm_source=x&fbclid=1",
    "https://user@example.org/news/talks?#:~:text=we%20demand",
    " https://example.org/news/t%61lks ",
]
ANOTHER = [
    "https://example.org/news/talks/2",
    "https://example.org/News/talks",
    "https://m.example.org/news/talks",
    "https://example.org:8080/news/talks",
    "https://example.org/news/talks?id=2",
    "https://example.org/news/talks?source=x",
    "https://example.org/news/talks#!/2",
    "https://example.org/news%2Ftalks2",
]
NONE = ["", "talks", "javascript:alert(1)", "ftp://example.org/news", "https://", "http://[", "https://a b/", "//x/y",
        "http://example.org:99999/", "http://a\0b/", "data:text/html,x", "https://" + "x" * 60_000 + " /"]  # fmt: skip


def test_spellings_of_one_address_are_the_same():
    assert {address_key(url) for url in SAME} == {"example.org/news/talks"}


@pytest.mark.parametrize("url", ANOTHER)
def test_other_addresses_are_not(url):
    assert address_key(url) not in ("", "example.org/news/talks")


@pytest.mark.parametrize("url", NONE)
def test_what_is_no_address_of_the_web_is_like_no_other(url):
    assert address_key(url) == ""


def test_parameters_are_the_same_in_any_order_and_escape():
    assert address_key("https://e.org/?b=%D1%8F&a=1&gclid=3") == address_key("http://e.org/?a=1&b=я")
    assert address_key("https://e.org/я") == address_key("https://e.org/%D1%8F/")


def test_an_address_is_kept_without_what_only_tells_where_its_reader_came_from():
    assert without_tracking("https://e.org/a?id=2&UTM_medium=x&b=%20#top") == "https://e.org/a?id=2&b=%20"
    assert without_tracking("https://e.org/#!/a") == "https://e.org/#!/a"
    assert without_tracking("talks") == "talks"


@pytest.mark.django_db
def test_a_source_is_found_by_its_address_its_archived_copy_or_its_words():
    by_address = a_source(url="http://www.example.org/news/talks/")
    archived = a_source(url="", archive_url="https://example.org/news/talks?utm_source=archive")
    by_words = a_source(url="https://example.net/1")
    a_snapshot(by_words, "We are ready.")
    a_snapshot(by_address, "We are ready.")
    a_source(url="https://example.org/news/talks-2")
    assert [(one.source, one.why) for one in on_file(SAME[:1], "We are ready.")] == [
        (by_address, "has the same address and the very same text"),
        (archived, "has the same address"),
        (by_words, "has the very same text"),
    ]
    assert [one.source for one in on_file(["", "talks", *SAME], apart=by_address.pk)] == [archived]


@pytest.mark.django_db
def test_a_source_whose_text_is_not_held_is_found_by_the_text_in_which_its_passages_were_found():
    claim = a_claim(source=a_source(url="https://example.net/1"), exact="We are ready.")
    claim.citations.update(checked_on="2026-11-29", checked_sha256=digest("We are ready."))
    assert [(one.source, one.why) for one in on_file([""], "We are ready.")] == [
        (claim.citations.get().source, "has passages that were found in this very text")
    ]
    assert on_file([""], "We are not.") == []


@pytest.mark.django_db
def test_the_address_of_a_source_that_was_merged_into_another_leads_there():
    kept = a_source(url="https://example.net/")
    a_source(url=SAME[0], merged_into=kept)
    assert [one.source for one in on_file(SAME[1:])] == [kept]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_number_of_queries_for_any_number_of_sources(number, django_assert_num_queries):
    for index in range(number):
        a_snapshot(a_source(url=f"https://example.org/news/talks#{index}"), "We are ready.")
    with django_assert_num_queries(4):
        assert len(on_file(SAME, "We are ready.")) == number

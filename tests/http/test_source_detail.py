"""The reading page of a source, and its JSON."""

import pytest

from claims.models import OldSlug
from claims.passages import find
from tests.factories import a_citation, a_claim, a_draft, a_snapshot, a_source, an_actor, an_event

pytestmark = pytest.mark.django_db

TEXT = "# On talks\n\nAda <b>Abel</b> says that talks should begin soon.\n\nOther words end the text."


@pytest.fixture
def source():
    publisher = an_actor("The Gazette", slug="gazette", kind="media")
    return a_source(slug="address", title="An address", publisher=publisher, rights="quotations only")


def quoting(source, exact, content="talks should begin", snapshot=None, **given):
    """A published claim, with its citation verified where a snapshot is given."""
    claim = a_claim(content, source=source, exact=exact, **given)
    if snapshot:
        span = find(snapshot.text, exact).span
        claim.citations.update(status="verified", snapshot=snapshot, start=span.start, end=span.end)
    return claim


@pytest.fixture
def held(source):
    source.text_is_public = True
    source.save()
    return a_snapshot(source, TEXT)


def test_its_card_says_what_is_known_of_it(client, source):
    source.author, source.archive_url = "A. Writer", "https://archive.example/1"
    source.save()
    quoting(source, "talks should begin soon")
    page = client.get("/sources/address/").text
    for words in ("The Gazette", "A. Writer", "15 January 2024", "English", "quotations only", "not held here"):
        assert words in page
    assert 'href="https://archive.example/1"' in page
    assert '<a href="/claims/?source=address">1 from this source</a>' in page


def test_a_held_text_is_shown_with_its_passages_marked_and_noted(client, source, held):
    quoting(source, "talks should begin soon", speaker=an_actor("Ada Abel"), slug="ada", snapshot=held)
    page = client.get("/sources/address/").text
    assert '<h3 class="para-text" lang="en">On talks</h3>' in page
    assert "Ada &lt;b&gt;Abel&lt;/b&gt; says that <mark" in page
    assert 'id="claim-ada" href="#note-1" aria-label="Note 1">1</a>talks should begin soon</mark>' in page
    assert 'href="#claim-ada" aria-label="Passage 1"' in page
    assert "Ada Abel</b> said that talks should begin." in page
    assert held.sha256 in page


def test_overlapping_passages_are_both_marked(client, source, held):
    quoting(source, "talks should begin", slug="one", snapshot=held)
    quoting(source, "begin soon", slug="two", snapshot=held)
    page = client.get("/sources/address/").text
    assert (
        '<mark class="mark mark-2"><a class="ref" id="claim-two" href="#note-2" aria-label="Note 2">2</a>begin<' in page
    )


def test_a_passage_that_was_found_in_an_older_capture_is_looked_for_in_the_newest(client, source, held):
    quoting(source, "Other words", slug="kept", snapshot=held)
    quoting(source, "talks should begin soon", slug="lost", snapshot=held)
    a_snapshot(source, "A new text.\n\nOther words end it.")
    page = client.get("/sources/address/").text
    assert 'id="claim-kept" href="#note-1"' in page
    missing = page[page.index("Passages without a place in this text") :]
    assert 'id="claim-lost"' in missing


def test_a_text_that_may_not_be_shown_is_not(client, source, held):
    source.text_is_public = False
    source.save()
    quoting(source, "talks should begin", slug="one", snapshot=held)
    page = client.get("/sources/address/").text
    assert "Other words end the text" not in page
    assert "may not be shown in full" in page
    assert '<mark class="mark">talks should begin</mark>' in page


def test_of_a_held_text_passages_are_quoted_up_to_a_share_of_its_words(client, source, held, settings):
    settings.EXCERPT_SHARE = 0.3  # of 15 words
    source.text_is_public = False
    source.save()
    quoting(source, "talks should begin soon", slug="one", snapshot=held)
    quoting(source, "Other words end", slug="two", snapshot=held)
    page, record = client.get("/sources/address/").text, client.get("/sources/address.json").json()
    assert '<mark class="mark">talks should begin soon</mark>' in page
    assert 'id="claim-two"' in page
    assert "[words not repeated here]" in page
    assert "Other words end" not in page
    assert [citation["exact"] for citation in record["citations"]] == ["talks should begin soon", None]


def test_without_a_text_the_passages_are_shown_in_the_order_of_their_places(client, source):
    claims = [a_claim(slug=slug, source=source, exact=f"words of {slug}") for slug in ("ten", "nine")]
    for claim, locator in zip(claims, ("par 10", "par 9"), strict=True):
        claim.citations.update(locator=locator)
    page = client.get("/sources/address/").text
    assert "Text not held here." in page
    assert page.index('id="claim-nine"') < page.index("words of nine") < page.index('id="claim-ten"')


def test_two_passages_of_one_claim_have_two_anchors(client, source):
    claim = quoting(source, "the first words said", slug="ada")
    a_citation(claim, source, "the second words said", locator="par 2")
    page = client.get("/sources/address/").text
    assert page.count('id="claim-ada"') == 1
    assert page.count('id="claim-ada-2"') == 1
    assert "1 from this source" in page


def test_it_shows_neither_drafts_nor_what_was_withdrawn(client, source, held):
    quoting(source, "Other words", snapshot=held)
    a_draft("secret plans exist", source=source, exact="says that talks", slug="secret")
    a_claim("withdrawn words", source=source, exact="begin soon").withdraw(note="not said")
    an_event("Secret meeting", sources=[source], state="draft")
    for address in ("/sources/address/", "/sources/address.json"):
        page = client.get(address).text
        for words in ("secret", "withdrawn words", "Secret meeting"):
            assert words not in page


def test_a_source_of_an_event_alone_is_public(client, source):
    an_event("First round", sources=[source])
    page = client.get("/sources/address/").text
    assert "First round" in page
    assert "0 from this source" in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_passages_there_are(
    client, source, held, number, django_assert_num_queries
):
    for words in ("should", "begin", "Other")[:number]:
        quoting(source, words, snapshot=held)
        an_event(sources=[source])
    with django_assert_num_queries(9):
        client.get("/sources/address/")


@pytest.mark.parametrize("address", ["/sources/address/", "/sources/address.json"])
def test_what_only_drafts_cite_is_not_found(client, source, address):
    a_draft(source=source)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "x" * 5_000, "9" * 400])
def test_an_unknown_address_is_not_found(client, slug):
    assert client.get(f"/sources/{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"), [("/sources/old/", "/sources/address/"), ("/sources/old.json", "/sources/address.json")]
)
def test_an_old_address_leads_to_the_new_one_for_ever(client, source, old, new):
    a_claim(source=source)
    OldSlug.keep(source, "old")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


def test_the_json_holds_what_is_known_and_the_passages_but_not_the_text(client, source, held):
    quoting(source, "talks should begin soon", slug="ada", snapshot=held, speaker=an_actor("Ada Abel"))
    answer = client.get("/sources/address.json")
    record = answer.json()
    assert "Other words" not in answer.text
    assert record["published"] == {"edtf": "2024-01-15", "text": "", "earliest": "2024-01-15", "latest": "2024-01-15"}
    assert record["sha256"] == held.sha256
    [citation] = record["citations"]
    assert (citation["exact"], citation["status"]) == ("talks should begin soon", "verified")
    assert citation["claim"]["attribution"] == "Ada Abel said that talks should begin."

"""What a reference manager makes of the head of a page, by the rules of Zotero's translator "Embedded Metadata"."""

from html.parser import HTMLParser

import pytest

from tests.factories import a_claim, a_source, an_actor

pytestmark = pytest.mark.django_db

TYPES = {"webpage": "webpage"}  # of ``DC.type``, those that the site uses; another one leaves the item an article


class Head(HTMLParser):
    """The meta tags of a page by name or property, each with its contents, and where the prefix DC leads."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links = {}, {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name") or given.get("property")  # the translator reads the name where a tag has both
        if tag == "meta" and name and given.get("content"):
            self.tags.setdefault(name, []).append(given["content"])
        if tag == "link":
            self.links[given["rel"]] = given["href"]


def item(client, url):
    """The item that the translator makes: its kind from DC.type, the rest from Highwire, Dublin Core or Open Graph."""
    head = Head(client.get(url).text)
    assert head.links["schema.DC"] == "http://purl.org/dc/elements/1.1/"

    def first(*names):
        return next((head.tags[name][0] for name in names if name in head.tags), "")

    return {
        "itemType": TYPES.get(first("DC.type"), "journalArticle"),
        "title": first("citation_title", "DC.title", "og:title"),
        "creators": head.tags.get("citation_author") or head.tags.get("DC.creator", []),
        "date": first("citation_publication_date", "DC.date"),
        "publisher": first("citation_publisher", "DC.publisher"),
        "websiteTitle": first("DC.source", "og:site_name"),
        "url": first("citation_public_url", "og:url"),
        "language": first("citation_language", "DC.language"),
    }


def test_a_claim_is_titled_with_its_attribution_and_written_by_its_speaker(client):
    a_claim("talks may resume", slug="anna", speaker=an_actor("Anna Abel"))
    assert item(client, "/claims/anna/") == {
        "itemType": "webpage",
        "title": "Anna Abel said that talks may resume",
        "creators": ["Anna Abel"],
        "date": "2024-01-15",
        "publisher": "Attributed",
        "websiteTitle": "Attributed",
        "url": "http://testserver/claims/anna/",
        "language": "en",
    }


def test_both_vocabularies_say_the_same(client):
    a_claim("talks may resume", slug="anna", speaker=an_actor("Anna Abel"))
    tags = Head(client.get("/claims/anna/").text).tags
    for highwire, dublin in [
        ("citation_title", "DC.title"),
        ("citation_author", "DC.creator"),
        ("citation_publication_date", "DC.date"),
        ("citation_publisher", "DC.publisher"),
        ("citation_public_url", "DC.identifier"),
        ("citation_language", "DC.language"),
    ]:
        assert tags[highwire] == tags[dublin]


def test_whom_no_source_names_is_no_author(client):
    a_claim(slug="anna", speaker=an_actor("A senior official", kind="unnamed"))
    assert item(client, "/claims/anna/")["creators"] == []


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2024", "2024"),
        ("2024-01~", "2024-01"),
        ("[2024-01-03..2024-01-09]", "2024-01-03/2024-01-09"),
        ("2024-01/2024-03", "2024-01-01/2024-03-31"),
        ("2024-01/..", "2024-01-01/.."),
    ],
)
def test_a_date_is_no_more_precise_than_it_is_known(client, said, date):
    a_claim(slug="anna", said_edtf=said)
    assert item(client, "/claims/anna/")["date"] == date


def test_a_source_is_cited_as_its_publisher_has_it(client):
    gazette = an_actor("Gazette", kind="media")
    source = a_source(
        slug="speech",
        title="Мова",
        publisher=gazette,
        author="B. Bell",
        url="https://example.org/speech",
        language="uk",
    )
    a_claim(source=source)
    assert item(client, "/sources/speech/") == {
        "itemType": "webpage",
        "title": "Мова",
        "creators": ["B. Bell"],
        "date": "2024-01-15",
        "publisher": "Gazette",
        "websiteTitle": "Gazette",
        "url": "https://example.org/speech",
        "language": "uk",
    }


def test_a_source_without_an_address_author_or_date_is_cited_without_them(client):
    a_claim(source=a_source(slug="speech", url="", published_edtf="", language="en"))
    found = item(client, "/sources/speech/")
    assert (found["url"], found["creators"], found["date"]) == ("http://testserver/sources/speech/", [], "")


def test_hostile_words_stay_within_their_tag(client):
    words = '"><script>alert(1)</script>'
    a_claim(words, slug="anna", speaker=an_actor("Anna"), source=a_source(slug="speech", title=words, author=words))
    assert item(client, "/claims/anna/")["title"] == f"Anna said that {words}"
    assert item(client, "/sources/speech/")["creators"] == [words]

"""What the site gives as JSON-LD is JSON-LD 1.1, and every word of it means something."""

import json
import re
from datetime import UTC, datetime

import pytest
from pyld import jsonld

from claims.formats.files import FIRST
from claims.models import Claim
from tests.factories import a_citation, a_claim, a_snapshot, a_source, an_actor, an_issue
from tests.http.contexts import ACTIVITY, DC, DCTERMS, OA, RDF, RDFS, SCHEMA, XSD, loaded

pytestmark = pytest.mark.django_db

# A name that no context maps is taken for an address beside the document's own.
OPTIONS = {"documentLoader": loaded, "processingMode": "json-ld-1.1", "base": "unknown:/"}
WHOLE = re.compile(r"https?://|@(id|type|value|list)$")
ANNA = "http://testserver/claims/anna/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
NASTY = 'Зеленський: «a <b> & "c"» \\ </script> \u202eabc\u202c \u2028 \x7f 🙂'


def once(pairs):
    """An object that names no member twice."""
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)


def things(node):
    """All objects within a document."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return ([node] if isinstance(node, dict) else []) + [found for child in children for found in things(child)]


def as_list(value):
    return value if isinstance(value, list) else [value] if value else []


def expanded(text):
    """A document in its expanded form, of which nothing was dropped and every name is a whole address."""
    dropped = []
    found = jsonld.expand(json.loads(text, object_pairs_hook=once), OPTIONS, on_property_dropped=dropped.append)
    kinds = [kind for thing in things(found) for kind in as_list(thing.get("@type"))]
    names = [name for thing in things(found) for name in [*thing, *as_list(thing.get("@id"))]]
    assert dropped == []
    assert [name for name in kinds + names if not WHOLE.match(name)] == []
    return found


def literals(text):
    """The texts, numbers and dates that a document says as RDF."""
    rdf = jsonld.to_rdf(json.loads(text), OPTIONS)
    assert set(rdf) == {"@default"}
    return [triple["object"]["value"] for triple in rdf["@default"] if triple["object"]["type"] == "literal"]


def feed(client, query=""):
    return b"".join(client.get(f"/claims.jsonld{query}").streaming_content).decode()


def embedded(client, path="/claims/anna/"):
    page = client.get(path).text
    return re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL).group(1)


def annotations(client, slug="anna"):
    return client.get(f"/claims/{slug}.jsonld").text


def text(value):
    return [{"@value": value}]


def of_type(value, kind):
    return [{"@type": XSD + kind, "@value": value}]


def a_day(value):
    return [{"@type": f"{SCHEMA}Date", "@value": value}]


def anna(**given):
    anna = an_actor("Anna", slug="anna", wikidata_id="Q7")
    source = a_source(title="Speech", slug="speech", url="https://example.org/speech", publisher=anna)
    usual = {"content": "talks may resume", "speaker": anna, "source": source, "exact": "we may"}
    return a_claim(slug="anna", **{**usual, "issues": [an_issue("Talks", slug="talks")], **given})


@pytest.mark.parametrize("given", [embedded, feed])
def test_a_claim_is_one_of_schema_org_and_the_words_of_its_speaker_are_quotations(client, given):
    anna(said_edtf="2024-01-15")
    speaker = {
        "@id": "http://testserver/actors/anna/",
        "@type": [f"{SCHEMA}Person"],
        f"{SCHEMA}name": text("Anna"),
        f"{SCHEMA}sameAs": [{"@id": "http://www.wikidata.org/entity/Q7"}],
    }
    said = {f"{SCHEMA}dateCreated": a_day("2024-01-15"), f"{SCHEMA}temporal": text("2024-01-15/2024-01-15")}
    document = {
        "@id": "http://testserver/sources/speech/",
        "@type": [f"{SCHEMA}CreativeWork"],
        f"{SCHEMA}name": text("Speech"),
        f"{SCHEMA}url": [{"@id": "https://example.org/speech"}],
        f"{SCHEMA}publisher": [speaker],
        f"{SCHEMA}datePublished": a_day("2024-01-15"),
    }
    quotation = {
        "@id": f"{ANNA}#quotation-1",
        "@type": [f"{SCHEMA}Quotation"],
        f"{SCHEMA}text": text("we may"),
        f"{SCHEMA}inLanguage": text("en"),
        f"{SCHEMA}creator": [speaker],
        **said,
        f"{SCHEMA}isPartOf": [document],
    }
    talks = {
        "@id": "http://testserver/issues/talks/",
        "@type": [f"{SCHEMA}Question"],
        f"{SCHEMA}name": text("Talks"),
    }
    claim = {
        "@id": ANNA,
        "@type": [f"{SCHEMA}Claim"],
        f"{SCHEMA}url": [{"@id": ANNA}],
        f"{SCHEMA}identifier": text("anna"),
        f"{SCHEMA}name": text("Anna said that talks may resume."),
        **said,
        f"{SCHEMA}about": [talks],
        f"{SCHEMA}appearance": [quotation],
        f"{SCHEMA}isBasedOn": [{"@id": "http://testserver/sources/speech/"}],
        f"{SCHEMA}sdLicense": [{"@id": CC0}],
    }
    whole = {
        "@id": "http://testserver/claims/",
        "@type": [f"{SCHEMA}DataFeed"],
        f"{SCHEMA}url": [{"@id": "http://testserver/claims/"}],
        f"{SCHEMA}license": [{"@id": CC0}],
        f"{SCHEMA}publisher": [{"@type": [f"{SCHEMA}Organization"], f"{SCHEMA}name": text("Attributed")}],
        f"{SCHEMA}dataFeedElement": [claim],
    }
    assert expanded(given(client)) == [claim if given is embedded else whole]


@pytest.mark.parametrize("form", ["paraphrase", "partial_quote"])
def test_words_of_a_document_are_not_given_as_those_of_a_speaker(client, form):
    anna(form=form, exact="Anna hinted at talks")
    [quotation] = json.loads(embedded(client))["appearance"]
    assert (quotation.get("text"), quotation["description"]) == (None, "Anna hinted at talks")
    assert quotation["creator"]["name"] == "Anna"


@pytest.mark.parametrize(
    ("edtf", "day", "span"),
    [
        ("2024-01", "2024-01", "2024-01-01/2024-01-31"),
        ("2023~", "2023", "2023-01-01/2023-12-31"),
        ("[2024-01-11..2024-02-20]", None, "2024-01-11/2024-02-20"),
        ("2024-01-11/..", None, "2024-01-11/.."),
    ],
)
def test_a_day_that_is_not_known_is_not_made_up(client, edtf, day, span):
    anna(said_edtf=edtf)
    claim = json.loads(embedded(client))
    assert (claim.get("dateCreated"), claim["temporal"]) == (day, span)


def test_a_text_of_the_site_is_no_appearance_though_an_entry_may_rest_on_it(client):
    own = a_source(slug="own", kind="briefing")
    a_citation(anna(), own, "we may")
    claim = json.loads(embedded(client))
    assert [one["isPartOf"]["name"] for one in claim["appearance"]] == ["Speech"]
    assert [one["@id"][17:] for one in claim["isBasedOn"]] == ["/sources/speech/", "/sources/own/"]


def test_passages_are_annotations(client):
    claim = anna()
    Claim.objects.filter(pk=claim.pk).update(created_at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    claim.citations.all().delete()
    source = a_source(url="https://example.org/speech")
    snapshot = a_snapshot(source, "We are ready to talk.", captured_at=datetime(2026, 11, 1, tzinfo=UTC))
    place = {"snapshot": snapshot, "start": 7, "end": 20, "status": "verified"}
    a_citation(claim, source, "ready to talk", prefix="We are", suffix=".", **place)
    body = {
        "@type": [f"{OA}TextualBody"],
        f"{RDF}value": text("Anna said that talks may resume."),
        f"{DC}format": text("text/plain"),
        f"{DC}language": text("en"),
    }
    quote = {
        "@type": [f"{OA}TextQuoteSelector"],
        f"{OA}exact": text("ready to talk"),
        f"{OA}prefix": text("We are"),
        f"{OA}suffix": text("."),
    }
    position = {
        "@type": [f"{OA}TextPositionSelector"],
        f"{OA}start": of_type(7, "nonNegativeInteger"),
        f"{OA}end": of_type(20, "nonNegativeInteger"),
    }
    captured = {"@type": [f"{OA}TimeState"], f"{OA}sourceDate": of_type("2026-11-01T00:00:00Z", "dateTime")}
    target = {
        "@type": [f"{OA}SpecificResource"],
        f"{OA}hasSource": [{"@id": "https://example.org/speech"}],
        f"{OA}hasState": [captured],
        f"{OA}hasSelector": [quote, position],
    }
    annotation = {
        "@id": f"{ANNA}#passage-1",
        "@type": [f"{OA}Annotation"],
        f"{OA}motivatedBy": [{"@id": f"{OA}describing"}],
        f"{DCTERMS}created": of_type("2026-11-03T09:00:00Z", "dateTime"),
        f"{OA}hasBody": [body],
        f"{OA}hasTarget": [target],
    }
    page = {
        "@id": f"{ANNA}#passages-1",
        "@type": [f"{ACTIVITY}OrderedCollectionPage"],
        f"{ACTIVITY}startIndex": of_type(0, "nonNegativeInteger"),
        f"{ACTIVITY}items": [{"@list": [annotation]}],
    }
    assert expanded(annotations(client)) == [
        {
            "@id": f"{ANNA}#passages",
            "@type": [f"{ACTIVITY}OrderedCollection"],
            f"{RDFS}label": text("Anna said that talks may resume."),
            f"{ACTIVITY}totalItems": of_type(1, "nonNegativeInteger"),
            f"{ACTIVITY}first": [page],
        }
    ]
    assert {"7", "20", "2026-11-01T00:00:00Z", "2026-11-03T09:00:00Z"} <= set(literals(annotations(client)))


@pytest.mark.parametrize("given", [embedded, feed, annotations])
def test_whatever_a_claim_holds_comes_through_as_it_is(client, given):
    source = a_source(title=NASTY, url="", publisher=an_actor(NASTY))
    claim = anna(content=NASTY, speaker=an_actor(NASTY, kind="party"), source=source, exact=NASTY)
    a_citation(claim, source, "other words", prefix=NASTY, suffix=NASTY)
    claim_text = f"{NASTY} said that {NASTY}."
    expanded(given(client))
    assert claim_text in literals(given(client))


@pytest.mark.parametrize("given", [embedded, feed, annotations])
def test_of_a_voice_without_a_name_and_words_that_are_withheld_it_is_silent(client, given):
    source = a_source(url="")
    anna(speaker=an_actor("an official", kind="unnamed"), source=source)
    source.take_down(reason="The author asked for it.")
    found = expanded(given(client))
    silent = {f"{SCHEMA}author", f"{SCHEMA}creator", f"{SCHEMA}text", f"{SCHEMA}description", f"{OA}exact"}
    assert not any(silent & set(thing) for thing in things(found))


@pytest.mark.parametrize("number", [0, 1, FIRST + 1])
def test_a_feed_of_claims_is_one_document_however_many_there_are(client, number):
    source = a_source()
    for index in range(number):
        a_claim(slug=f"claim-{index}", source=source)
    [found] = expanded(feed(client, "?q=matter"))
    claims = found.get(f"{SCHEMA}dataFeedElement", [])
    assert len({claim["@id"] for claim in claims}) == len(claims) == number


@pytest.mark.parametrize(
    ("right", "wrong"),
    [('"name"', '"sentence"'), ('"Claim"', '"Utterance"'), ('"@type"', '"@kind"'), ('"url"', '"name"')],
)
def test_a_word_that_means_nothing_is_seen(client, right, wrong):
    anna()
    assert right in embedded(client)
    with pytest.raises(AssertionError):
        expanded(embedded(client).replace(right, wrong, 1))

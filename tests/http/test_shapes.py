"""What the site says in the words of schema.org keeps to its shapes, and answers questions asked in SPARQL."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pyld import jsonld
from pyshacl import validate
from rdflib import Graph, URIRef

from tests.factories import a_citation, a_claim, a_draft, a_position, a_source, a_stance, an_actor, an_event, an_issue
from tests.http.contexts import loaded

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

OPENING = Path(__file__).resolve().parents[2] / "data" / "opening"
SHAPES = Graph().parse(Path(__file__).with_name("shapes.ttl"))
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
PAGES = {
    "/claims/anna/": "Claim",
    "/actors/anna/": "Person",
    "/actors/office/": "Organization",
    "/issues/talks/": "Question",
    "/issues/talks/anna/": "ItemList",
    "/events/round/": "Event",
    "/sources/speech/": "CreativeWork",
}
ASKED = [("sergei-lavrov", "direct-talks"), ("vladimir-putin", "direct-talks"), ("joe-biden", "military-aid")]
QUOTES = """
PREFIX schema: <http://schema.org/>
SELECT DISTINCT ?id WHERE {
    ?claim a schema:Claim ; schema:identifier ?id ; schema:about ?issue ; schema:appearance ?quotation .
    ?quotation a schema:Quotation ; schema:creator ?speaker ; schema:temporal ?when .
    FILTER (STRBEFORE(?when, "/") <= "2023-12-31" && STRAFTER(?when, "/") >= "2023-01-01")
}
"""


def graph(text):
    """A document as a graph. The context is one of ours, so that nobody is asked for it."""
    options = {"documentLoader": loaded, "processingMode": "json-ld-1.1", "format": "application/n-quads"}
    return Graph().parse(data=jsonld.to_rdf(json.loads(text), options), format="nt")


def faults(found):
    """What the shapes have against a graph."""
    conforms, _, words = validate(found, shacl_graph=SHAPES)
    return "" if conforms else words


def feed(client, query=""):
    return b"".join(client.get(f"/claims.jsonld{query}").streaming_content).decode()


def of_page(client, path):
    return SCRIPT.search(client.get(path).text).group(1)


def an_archive():
    anna = an_actor("Anna", slug="anna", wikidata_id="Q7")
    source = a_source(slug="speech", publisher=an_actor("Office", slug="office", kind="government_body"))
    event = an_event(slug="round", participants=[anna], sources=[source], place="Vienna")
    talks = an_issue("Talks", slug="talks")
    usual = {"speaker": anna, "source": source, "issues": [talks], "events": [event]}
    claim = a_claim("talks may resume", slug="anna", **usual)
    a_citation(claim, a_source(kind="briefing", url=""), "we may")
    for number, form in enumerate(["paraphrase", "partial_quote"]):
        a_claim(slug=f"other-{number}", form=form, said_edtf="[2023-01-11..2023-02-20]", **usual)
    a_claim(slug="nobody", **{**usual, "speaker": an_actor("an official", slug="official", kind="unnamed")})
    a_position(anna, a_stance(talks), shown_by=[claim])
    a_draft("canary", **usual)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_thing_says_what_it_is_and_keeps_to_the_shapes(client, path):
    an_archive()
    text = of_page(client, path)
    assert (json.loads(text)["@type"], faults(graph(text))) == (PAGES[path], "")
    assert "canary" not in text


def test_so_does_the_feed_of_claims(client):
    an_archive()
    text = feed(client)
    assert [claim["identifier"] for claim in json.loads(text)["dataFeedElement"]].count("anna") == 1
    assert faults(graph(text)) == ""
    assert "canary" not in text


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"@type": "Claim"', '"@type": "Claim", "text": "Anna said so."'),
        ('"@type": "Claim"', '"@type": "Claim", "author": {"@type": "Person", "name": "Anna"}'),
        ('"@type": "Quotation", "@id"', '"@type": "CreativeWork", "@id"'),
        ('"isPartOf"', '"item"'),
        ('"sdLicense"', '"item"'),
        ('"http://www.wikidata.org/entity/Q7"', '"http://example.org/Q7"'),
    ],
)
def test_data_out_of_shape_are_seen(client, right, wrong):
    an_archive()
    text = of_page(client, "/claims/anna/")
    assert right in text
    assert faults(graph(text.replace(right, wrong, 1))) != ""


def test_whom_no_source_names_is_given_a_page_and_no_identity(client):
    an_archive()
    official = json.loads(of_page(client, "/actors/official/"))
    assert official["@type"] == "WebPage"
    assert "creator" not in feed(client, "?kind=unnamed")


def test_a_script_in_the_data_cannot_end_the_page_it_stands_in(client):
    nasty = 'a </script><script> & "b"'
    a_claim(speaker=an_actor(nasty, slug="nasty"), issues=[an_issue(nasty, slug="nasty")], events=[an_event(slug="at")])
    for path in ("/actors/nasty/", "/issues/nasty/", "/issues/nasty/nasty/"):
        text = of_page(client, path)
        assert json.loads(text)["name"].startswith(nasty)


def test_quotes_of_a_speaker_on_an_issue_in_a_year_are_those_that_the_site_finds(client):
    call_command("load_dossier", OPENING, verbosity=0)
    found = graph(feed(client))
    assert faults(found) == ""
    for speaker, issue in ASKED:
        query = f"speaker={speaker}&issue={issue}&said_from=2023&said_to=2023"
        things = {"speaker": f"http://testserver/actors/{speaker}/", "issue": f"http://testserver/issues/{issue}/"}
        asked = found.query(QUOTES, initBindings={name: URIRef(url) for name, url in things.items()})
        ids = sorted(str(row.id) for row in asked)
        assert ids == sorted(claim["id"] for claim in client.get(f"/claims.json?{query}").json()["results"]) != []

"""Every page of a thing leads to the feed of its claims."""

import re
import xml.etree.ElementTree as ET

import pytest

from tests.factories import a_claim, a_source, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("address", ["/actors/ada/", "/issues/talks/", "/sources/speech/", "/events/round/"])
def test_a_page_leads_to_the_feed_of_its_claims_last_recorded_first(client, address):
    things = {"speaker": an_actor("Ada", slug="ada"), "source": a_source(slug="speech")}
    lists = {"issues": [an_issue("Talks", slug="talks")], "events": [an_event("Round", slug="round")]}
    for slug in ("first", "second"):
        a_claim(slug=slug, **things, **lists)
    a_claim(slug="other")
    text = client.get(address).text
    [named] = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="Claims: [^"]+" href="([^"]+)">', text
    )
    assert f'<a href="{named}">Follow (Atom)</a>' in text
    feed = ET.fromstring(client.get(named.replace("&amp;", "&")).content)
    assert [node.text.rpartition("/")[2] for node in feed.iterfind(f"{ATOM}entry/{ATOM}id")] == ["second", "first"]

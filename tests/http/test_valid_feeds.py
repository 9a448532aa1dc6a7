"""Every feed that a page leads to is one by RFC 4287, whatever it holds."""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from lxml import etree

from claims.filtering.cursors import PAGE_SIZE
from claims.models import Change
from conflict_site.models import Site
from tests.factories import a_citation, a_claim, a_position, a_source, a_step, an_actor, an_event, an_issue

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
LISTS = ["/", "/claims/", "/claims/?q=«a+<b>", "/changes/"]
PAGES = [*LISTS, "/actors/ada/", "/issues/talks/", "/issues/talks/ada/", "/sources/speech/", "/events/round/"]
LEAD = re.compile(r'(?:<link rel="alternate" type="application/atom\+xml"[^>]*|<a) href="([^"]*\.atom[^"]*)"')
NASTY = 'Зеленський said «a <b> & "c"» ]]> \u202eabc\u202c \x0b\x1b\ufffe É 漢 🙂'


def faults(feed):
    """What the grammar has against a feed, and links and ids that stand in it twice (4.1.1, 4.1.2, 4.2.6)."""
    root = etree.fromstring(feed)
    found = [] if GRAMMAR.validate(root) else [error.message for error in GRAMMAR.error_log]
    for node in root.xpath("/a:feed | //a:entry", namespaces=ATOM):
        links = Counter(
            (link.get("type"), link.get("hreflang")) for link in node.xpath("a:link[@rel='alternate']", namespaces=ATOM)
        )
        found += [f"alternate link given {number} times: {link}" for link, number in links.items() if number > 1]
    ids = Counter(root.xpath("//a:entry/a:id/text()", namespaces=ATOM))
    return found + [f"id given {number} times: {name}" for name, number in ids.items() if number > 1]


def an_archive():
    """Things whose every text is hostile, with claims for more than a page, one of them withdrawn, others changed."""
    Site.objects.create(pk=1, title=NASTY)
    ada, source = an_actor(NASTY, slug="ada"), a_source(title=NASTY, slug="speech", publisher=an_actor(NASTY))
    lists = {"issues": [an_issue(NASTY, slug="talks"), an_issue()], "events": [an_event(NASTY, slug="round")]}
    for number in range(PAGE_SIZE + 1):
        claim = a_claim(NASTY, slug=f"claim-{number}", speaker=ada, source=source, exact=NASTY, **lists)
        Change.objects.record(claim, "publication", at=claim.published_at)
    a_citation(claim, source, f"{NASTY} {NASTY}", locator=NASTY, language="uk")
    a_step(claim, an_actor(NASTY), cue=NASTY)
    for kind in ("correction", "clarification", "edit"):
        Change.objects.record(claim, kind, public_note=NASTY, before={"content": "other"}, after={"content": NASTY})
    a_position(ada, shown_by=[claim]).withdraw(note=NASTY)
    a_claim(slug="gone", speaker=ada).withdraw(note=NASTY)


def feeds(client):
    """The addresses to which pages lead."""
    texts = [client.get(page).text for page in PAGES]
    return sorted({unescape(url) for text in texts for url in LEAD.findall(text)})


def fetched(client, url):
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return response.content


def test_every_feed_that_a_page_leads_to_is_one_by_the_standard(client):
    an_archive()
    found = feeds(client)
    assert found == [
        "/changes.atom",
        "/claims.atom?event=round&sort=recorded",
        "/claims.atom?issue=talks&sort=recorded",
        "/claims.atom?q=%C2%ABa+%3Cb%3E&sort=recorded",
        "/claims.atom?sort=recorded",
        "/claims.atom?source=speech&sort=recorded",
        "/claims.atom?speaker=ada&sort=recorded",
        "/issues/talks/ada.atom",
    ]
    for url in found:
        content = fetched(client, url)
        assert b"<entry>" in content
        assert faults(content) == [], url


def test_so_is_every_page_of_one(client):
    an_archive()
    url, pages = "/claims.atom?sort=oldest", 0
    while url:
        content = fetched(client, url)
        assert faults(content) == []
        pages += 1
        url = next(iter(etree.fromstring(content).xpath("a:link[@rel='next']/@href", namespaces=ATOM)), None)
    assert pages == 2


@pytest.mark.parametrize("kind", ["publication", "correction", "clarification", "edit", "withdrawal"])
def test_so_are_changes_of_each_kind(client, kind):
    an_archive()
    content = fetched(client, f"/changes.atom?kind={kind}")
    assert b"<entry>" in content
    assert faults(content) == []


@pytest.mark.parametrize("url", ["/claims.atom", "/changes.atom", "/claims.atom?q=%3Cb%3E%20%26%20%22Зеленський%22"])
def test_so_is_an_empty_one(client, url):
    content = fetched(client, url)
    assert b"<entry>" not in content
    assert faults(content) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"<updated>.*?</updated>", ""),
        (r"<entry>(.*?)<updated>.*?</updated>", r"<entry>\1"),
        (r"(<id>.*?</id>)", r"\1\1"),
        (r"<id>tag:.*?</id>", "<id>/claims/anna/</id>"),
        (r"<author>.*?</author>", ""),
        (r"<name>.*?</name>", ""),
        (r"<published>(.*?)\+00:00</published>", r"<published>\1</published>"),
        (r'<summary type="html">', '<summary type="htm">'),
        (r'<summary type="html">', "<summary><p/>"),
        (r'<category term="talks"', "<category"),
        (r'(<entry>.*?)rel="alternate"', r'\1rel="self"'),
        (r'(<link[^>]*? rel="alternate"[^>]*>)', r"\1\1"),
        (r"</entry>", "<pubDate>today</pubDate></entry>"),
        (r"(<entry>.*</entry>)", r"\1\1"),
    ],
)
def test_a_feed_that_breaks_a_rule_is_seen(client, right, wrong):
    a_claim(slug="anna", issues=[an_issue("Talks", slug="talks")])
    feed = fetched(client, "/claims.atom").decode()
    broken = re.sub(right, wrong, feed, count=1, flags=re.DOTALL)
    assert faults(feed.encode()) == []
    assert broken != feed
    assert faults(broken.encode()) != []

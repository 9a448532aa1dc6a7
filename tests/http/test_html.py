"""Every kind of page is HTML without a fault, and every way to a place within a page leads to one that is there."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

from tests import shared
from tests.factories import a_citation, a_claim, a_position, a_source, a_stance, an_actor, an_event, an_issue

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

NASTY = 'Зеленський «a <b> & "c"» \' </p> 🙂'
PAGES = [
    "/", "/start/", "/about/", "/privacy/", "/api/", "/claims/", "/claims/?q=matter", "/claims/?spaker=x",
    "/claims/anna/", "/claims/anna/embed/", "/claims/gone/", "/actors/", "/actors/?kind=x", "/actors/ada/", "/issues/",
    "/issues/talks/", "/issues/talks/?relations=1&order=latest", "/issues/talks/ada/", "/sources/", "/sources/speech/",
    "/events/", "/events/round/", "/events/empty/", "/timeline/", "/timeline/?lanes=issue",
    "/timeline/?said_from=2024-01-15&said_to=2024-01-15", "/compare/", "/compare/ada/bo/", "/changes/", "/nowhere/",
]  # fmt: skip
TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?Z)?")
# The roles that elements have anyway (ARIA in HTML), where our templates might name them.
OWN = {"td": "cell", "tr": "row", "table": "table", "tbody": "rowgroup", "thead": "rowgroup", "nav": "navigation",
       "main": "main", "header": "banner", "footer": "contentinfo", "a": "link", "button": "button", "ul": "list",
       "ol": "list", "li": "listitem", "h1": "heading", "h2": "heading", "h3": "heading"}  # fmt: skip


@shared.of_module(autouse=True)
def archive():
    ada, bo, talks = an_actor(NASTY, slug="ada"), an_actor("Bo", slug="bo"), an_issue(NASTY, slug="talks")
    source = a_source(title=NASTY, slug="speech", text_is_public=True)
    event = an_event(NASTY, slug="round", participants=[ada], sources=[source])
    an_event("Empty", slug="empty")
    usual = {"source": source, "issues": [talks], "events": [event]}
    anna = a_claim(NASTY, slug="anna", speaker=ada, exact=NASTY, **usual)
    a_citation(anna, source, "other words", locator="par 2")
    others = [a_claim(f"matter {n}", speaker=bo, said_edtf=f"202{n}-03", **usual) for n in range(3)]
    a_position(ada, a_stance(talks), shown_by=[anna])
    a_position(bo, a_stance(talks), shown_by=others)
    a_claim(slug="gone", speaker=ada).withdraw(note=NASTY)


def elements(text):
    """The elements of a page by a parser that stops at the first fault."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return [node for node in parser.parse(text).iter() if isinstance(node.tag, str)]


def faults(text):
    """What is wrong with a page beyond its syntax: ids given twice or missing, roles and times."""
    found = elements(text)
    ids = Counter(node.get("id") for node in found if node.get("id"))
    named = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
    asked = {name for node in found for attribute in named for name in (node.get(attribute) or "").split()}
    times = [node.get("datetime") for node in found if node.tag == "time"]
    return {
        "ids given twice": [name for name, number in ids.items() if number > 1],
        "ids not there": sorted(asked - set(ids)),
        "needless roles": [node.tag for node in found if node.get("role") and node.get("role") == OWN.get(node.tag)],
        "times": [time for time in times if not TIME.fullmatch(time)],
    }


def fragments(text, path):
    """The places within pages of this site that a page leads to, as path and id."""
    hrefs = [node.get("href") for node in elements(text) if node.tag == "a" and "#" in (node.get("href") or "")]
    urls = [urlsplit(urljoin(f"http://testserver{path}", href)) for href in hrefs]
    return {(f"{url.path}?{url.query}", url.fragment) for url in urls if url.netloc == "testserver" and url.fragment}


@pytest.mark.parametrize("path", PAGES)
def test_it_is_html_without_a_fault(client, path):
    found = faults(client.get(path).text)
    assert {name: rows for name, rows in found.items() if rows} == {}


@pytest.mark.parametrize("path", PAGES)
def test_every_way_to_a_place_within_a_page_leads_to_one(client, path):
    places = fragments(client.get(path).text, path)
    ids = {page: set(re.findall(r'\sid="([^"]+)"', client.get(page, follow=True).text)) for page, _ in places}
    assert [(page, place) for page, place in sorted(places) if place not in ids[page]] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<main", "<main><p><div></p><main"),
        ('id="main"', 'id="status"'),
        ('<label class="sr" for="find"', '<label class="sr" for="nothing"'),
        ("</main>", '<table><tr><td role="cell"></td></tr></table></main>'),
        ("</main>", '<time datetime="2024-01-15T10:00:00.123456+00:00">then</time></main>'),
    ],
)
def test_a_fault_is_seen(client, right, wrong):
    text = client.get("/privacy/").text
    assert not any(faults(text).values())
    broken = text.replace(right, wrong, 1)
    assert broken != text
    try:
        assert any(faults(broken).values())
    except html5lib.html5parser.ParseError:
        return


def test_a_dead_way_is_seen():
    assert fragments('<!doctype html><title>a</title><a href="/events/round/#nowhere">a</a>', "/") == {
        ("/events/round/?", "nowhere")
    }

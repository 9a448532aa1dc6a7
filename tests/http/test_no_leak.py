"""A crawl over every address and format: no draft shows anywhere, and no content stands without its voice."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.http import HttpResponse

from claims.formats import xlsx_file
from claims.models import Change, Comment, Position, Presence
from claims.search.index import derive
from tests import shared
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_position,
    a_relation,
    a_snapshot,
    a_source,
    a_stance,
    a_step,
    a_user,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"wordsof[a-z]+")
LEAD = re.compile(r"(said|denied|demanded|asked|promised|threatened|predicted|conceded|announced|judged) that $")
VARIANTS = 6  # of the parameters of one page; the filters alone lead to thousands
FILTERS = ["", "?q=wordsof", "?sort=oldest", "?said_from=2023&said_to=2024", "?as_of=2024-12-31", "?actor=ada&role=any"]
STARTS = [
    "/",
    "/start/",
    "/about/",
    "/privacy/",
    "/sitemap.xml",
    "/robots.txt",
    "/changes/",
    "/changes.atom",
    "/changes.json",
    *(f"/claims{ending}{query}" for ending in ("/", ".json", ".csv", ".xlsx", ".jsonld", ".atom") for query in FILTERS),
    *(f"/timeline{ending}{query}" for ending in ("/", ".json", ".csv") for query in ("", "?lanes=issue")),
    *(f"/{name}/" for name in ("actors", "issues", "sources", "events")),
    *(f"/{page}?as_of=2024&known_by=2100" for page in ("", "issues/", "actors/ada/", "actors/ada.json")),
    "/actors/ada.csv",
    "/claims-citations.csv",
    "/claims-citations.csv-metadata.json",
    "/claims.csv-metadata.json",
    *(f"/{name}.json" for name in ("actors", "issues", "sources", "events", "openapi")),
    "/api/",
    "/compare/",
    "/compare/?a=open&b=open",
    "/compare/?a=ada&b=openland",
]


class Words(HTMLParser):
    """The running text of a page, the values of its attributes, and the addresses it leads to."""

    def __init__(self, body):
        super().__init__()
        self.text, self.values, self.links = "", [], []
        self.feed(body)

    def handle_starttag(self, tag, attrs):
        self.values += [value or "" for name, value in attrs if name not in ("id", "for", "href", "action", "hx-get")]
        self.links += [value for name, value in attrs if name in ("href", "action") and value]
        if tag in ("p", "li", "div", "td", "th", "dd", "dt", "h1", "h2", "h3", "blockquote", "title", "article"):
            self.text += "\n"

    def handle_data(self, data):
        self.text += data


def strings(data):
    """Every string in a JSON document, but for a claim's content beside its own attribution."""
    if isinstance(data, dict):
        for key, value in data.items():
            if not (key == "content" and data.get("attribution")):
                yield from strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)
    elif isinstance(data, str):
        yield data


def whole(response):
    """The answer with its text at hand, also where it was sent in pieces."""
    if not response.streaming:
        return response
    return HttpResponse(response.getvalue(), status=response.status_code, headers=dict(response.headers))


def written(response):
    """The text of an answer; none of a picture, which is drawn from the card that is there as SVG too."""
    if response.headers["Content-Type"] == xlsx_file.MEDIA:
        with ZipFile(BytesIO(response.content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return "" if response.headers["Content-Type"] == "image/png" else response.text


def read(response):
    """The texts of an answer and the addresses it leads to."""
    body, kind = written(response), response.headers["Content-Type"].split(";")[0]
    if kind.endswith("json"):
        data = json.loads(body)
        return list(strings(data)), [text for text in strings(data) if text.startswith("http://testserver/")]
    if kind == "image/svg+xml":  # a sentence stands on several lines
        return [" ".join(node.text or "" for node in ElementTree.fromstring(body).iter())], []
    if kind.endswith("xml"):
        nodes = list(ElementTree.fromstring(body).iter())
        texts = [node.text or "" for node in nodes] + [value for node in nodes for value in node.attrib.values()]
        return texts, [text for text in texts if text.startswith("http://testserver/")]
    page = Words(body)
    return [page.text, *page.values], page.links


def crawl(client, most=VARIANTS):
    """Every answer of the public site that can be reached by links, by its address, of each page so many variants."""
    waiting, seen, variants = list(STARTS), {}, Counter()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()
        page = urlsplit(path).path
        if path in seen or variants[page] == most or page.startswith(("/admin", "/static")):
            continue
        variants[page] += 1
        response = whole(client.get(path))
        assert response.status_code in (200, 301, 302, 410), path
        moved = response.status_code in (301, 302)
        texts, links = ([], [response.headers["Location"]]) if moved else read(response)
        seen[path] = (response, texts)
        waiting += [
            urljoin(path, link)
            for link in links
            if urlsplit(urljoin("http://testserver" + path, link)).netloc == "testserver"
        ]
    return seen


@shared.of_module()
def archive():
    """One of everything public, each beside one that is not, with a canary in each of its fields."""
    ada, bo = an_actor("Ada Open", slug="ada"), an_actor("Bo Open")
    state = an_actor("Openland", slug="openland", kind="state")
    an_affiliation(ada, state, "president")
    issue = an_issue("Talks", slug="talks", question="Should they talk?")
    stance, other = a_stance(issue, "Ready"), a_stance(issue, "Not ready")
    event, source = an_event("First round", participants=[ada]), a_source(title="Open source", text_is_public=True)
    common = {"speaker": ada, "issues": [issue], "events": [event], "source": source, "on_behalf_of": state}
    acts = ["asserts", "denies", "demands", "offers", "promises", "threatens"]
    claims = [
        a_claim(f"wordsof{name} should be heard", act=act, said_edtf=f"2024-0{number + 1}-15", **common)
        for number, (name, act) in enumerate(zip(("one", "two", "three", "four", "five", "six"), acts, strict=True))
    ]
    a_step(claims[1], bo, cue="told", identification="anonymous")
    a_snapshot(source, "A text in which nothing is cited.")
    a_relation(claims[0], claims[1])
    a_position(ada, stance, shown_by=claims[:2], slug="first")
    a_position(ada, other, shown_by=claims[2:4], slug="second")
    withdrawn = a_claim("wordsofnobody should be heard", **common)
    withdrawn.withdraw(note="It was said by somebody else.")
    Change.objects.record(
        claims[2],
        "correction",
        public_note="The verb was wrong.",
        before={"content": "wordsofthree should be seen"},
        after={"content": "wordsofthree should be heard"},
    )

    hidden = an_actor("Canary Actor", slug="canary-actor", description="canary")
    dark = a_source(
        title="Canary source", slug="canary-source", publisher=an_actor("Canary Press", slug="canary-press")
    )
    draft = a_draft(
        "canary content",
        slug="canary-claim",
        speaker=hidden,
        as_stated="canary",
        occasion="canary",
        issues=[issue],
        events=[event],
        source=dark,
        exact="the canary is quoted here",
        addressees=[an_actor("Canary Addressee", slug="canary-addressee")],
    )
    a_citation(draft, source, "another canary of an open source")
    a_step(draft, an_actor("Canary Step", slug="canary-step"), cue="canary")
    a_relation(draft, claims[0], note="canary note")
    an_event("Canary event", slug="canary-event", state="draft", place="canary", description="canary", sources=[dark])
    a_position(ada, stance, shown_by=[draft], slug="canary-position", summary="canary summary")
    a_position(hidden, stance, shown_by=claims[:1], state="in_review", slug="canary-review", summary="canary summary")
    derive([*claims, draft])
    clerk = a_user(username="canary-clerk")
    for thing in (claims[0], event, Position.objects.get(slug="first"), source, ada, issue):
        Comment.objects.create(thing=thing, by=clerk, text="A canary comment.")
        Presence.objects.take(thing, clerk)
    return claims


def test_no_draft_shows_at_any_address_in_any_format_and_no_content_without_its_voice(client, archive):
    answers = crawl(client)
    for path, (response, texts) in answers.items():
        assert "canary" not in written(response).lower(), path
        assert "canary" not in str(response.headers).lower(), path
        assert "wordsofnobody" not in written(response), f"{path} shows a withdrawn claim"
        for running in (" ".join(text.split()) for text in texts):
            assert_spoken(running, path)
    address = archive[0].get_absolute_url().rstrip("/")
    formats = {address + ending for ending in ("/", ".json", ".jsonld", ".csl.json", ".bib", ".ris", ".png")}
    assert formats <= {*answers}
    assert sum(bool(TOKEN.search(text)) for _, texts in answers.values() for text in texts) > 100


def assert_spoken(running, path):
    """Each content stands after its speaker and the verb."""
    for match in TOKEN.finditer(running):
        lead = running[: match.start()]
        assert LEAD.search(lead), f"{path}: …{running[max(0, match.start() - 80) : match.end() + 20]}"
        assert "Ada Open" in lead, path


def test_nothing_counts_a_draft(client, archive):
    assert client.get("/claims.json").json()["count"] == 6
    assert "6 claims" in client.get("/about/").text


@pytest.mark.parametrize(
    "path",
    [
        "/claims/canary-claim/",
        "/claims/canary-claim.json",
        "/claims/canary-claim.jsonld",
        "/claims/canary-claim.csl.json",
        "/claims/canary-claim.bib",
        "/claims/canary-claim.ris",
        "/claims/canary-claim.png",
        "/actors/canary-actor/",
        "/actors/canary-actor.json",
        "/actors/canary-actor.csv",
        "/actors/canary-press/",
        "/issues/talks/canary-actor/",
        "/issues/talks/canary-actor.json",
        "/issues/talks/canary-actor.atom",
        "/compare/ada/canary-actor/",
        "/compare/ada/canary-actor.json",
        "/compare/canary-actor/ada.csv",
        "/sources/canary-source/",
        "/sources/canary-source.json",
        "/events/canary-event/",
        "/events/canary-event.json",
    ],
)
def test_what_is_not_public_has_no_page(client, archive, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Canary" not in response.text


@pytest.mark.parametrize("parameter", ["speaker", "source", "publisher", "event", "actor"])
def test_what_is_not_public_is_no_value_of_a_filter(client, archive, parameter):
    slug = {"source": "canary-source", "event": "canary-event", "publisher": "canary-press"}.get(
        parameter, "canary-actor"
    )
    response = client.get("/claims.json", {parameter: slug})
    assert response.status_code == 400
    assert "Canary" not in response.text

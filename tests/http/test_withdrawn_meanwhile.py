"""A claim that is withdrawn while an answer is being made: whichever query finds it gone, the answer is a whole one."""

import csv
from contextlib import contextmanager
from io import StringIO
from itertools import count

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver, resolve
from django.utils import timezone

from claims.evidence.anchoring import anchor
from claims.models import Claim, Position, PositionEvidence
from claims.readmodel import freshness
from claims.readmodel.freshness import Reader
from claims.search.index import derive
from tests import shared
from tests.factories import (
    a_claim,
    a_position,
    a_relation,
    a_snapshot,
    a_source,
    a_stance,
    a_step,
    an_actor,
    an_event,
    an_issue,
)
from tests.http.test_no_leak import LEAD, TOKEN, Words, read, whole

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

ONE = "/claims/one"
FORMATS = ("/", ".json", ".jsonld", ".csl.json", ".bib", ".ris", "/embed/", ".svg", ".png")
STORIES = ("/", ".json", ".csv", ".atom", ".svg", ".png")
LISTS = (
    "/claims/",
    "/claims.json",
    "/claims.csv",
    "/claims.xlsx",
    "/claims.jsonld",
    "/claims.atom",
    "/claims-citations.csv",
)
TABLES = (
    "/claims",
    "/claims-citations",
    "/actors/ada",
    "/issues/talks",
    "/issues/talks/ada",
    "/compare/ada/bo",
    "/timeline",
)
PATHS = [
    *(f"/claims/{slug}{ending}" for slug in ("one", "two") for ending in FORMATS),
    *(f"{path}{query}" for path in LISTS for query in ("", "?q=wordsof&sort=oldest")),
    "/claims/?speaker=ada",
    *(f"/{name}{ending}" for name in ("actors", "issues", "sources", "events") for ending in ("/", ".json")),
    *(f"/actors/{slug}{ending}" for slug in ("ada", "bo") for ending in ("/", ".json", ".csv", ".png")),
    *(f"/issues/talks{ending}" for ending in ("/", ".json", ".csv", ".png", "/?relations=1", "/?order=latest")),
    *(f"/issues/talks/{slug}{ending}" for slug in ("ada", "bo") for ending in STORIES),
    *(f"/compare/ada/bo{ending}" for ending in ("/", ".json", ".csv", ".png")),
    *(f"/sources/{slug}{ending}" for slug in ("held", "named") for ending in ("/", ".json", "/?claim=one")),
    *(f"/events/round{ending}" for ending in ("/", ".json")),
    *(f"/timeline{ending}{query}" for ending in ("/", ".json", ".csv") for query in ("", "?lanes=actor", "?q=wordsof")),
    *("/", "/?as_of=2024-03-01", "/issues/?as_of=2024-03-01", "/actors/ada/?as_of=2024-03-01", "/compare/"),
    *("/compare/?a=ada&b=b", "/suggest/?q=ada", "/changes/", "/changes.json", "/changes.atom", "/claims/on/"),
    *(f"{table}.csv-metadata.json" for table in TABLES),
    *("/oembed?url=http://testserver/claims/one/", "/oembed?url=http://testserver/issues/talks/ada/"),
    *("/timeline/?said_from=2024-01-15&said_to=2024-01-15", "/nowhere/"),
    *("/start/", "/about/", "/api/", "/openapi.json", "/sitemap.xml", "/sitemap-claims.xml", "/sitemap-stories.xml"),
]
SAME_FOR_EVER = {"privacy", "robots", "security", "favicon", "manifest", "claims:opensearch"}  # no claim stands in them


@shared.of_module()
def record():
    """Three claims on one issue, related in every way, on file wherever a claim can be; the first is the one to go."""
    ada, bo = an_actor("Ada Open", slug="ada"), an_actor("Bo Open", slug="bo")
    issue, event = an_issue("Talks", slug="talks"), an_event("First round", slug="round", participants=[ada, bo])
    held, named = a_source(slug="held", text_is_public=True), a_source(slug="named")
    common = {"issues": [issue], "events": [event]}
    a_snapshot(held, "They asked that wordsofone be heard by all.")
    quoted = {"source": held, "exact": "wordsofone be heard"}
    one = a_claim("wordsofone should be heard", slug="one", speaker=ada, on_behalf_of=bo, **common, **quoted)
    anchor(one.citations.all())
    two = a_claim("wordsoftwo should be heard", slug="two", speaker=bo, said_edtf="2024-02-15", source=named, **common)
    three = a_claim(
        "wordsofthree should be heard", slug="three", speaker=ada, said_edtf="2024-03-15", source=held, **common
    )
    a_step(one, bo, cue="told")
    for kind in ("contradicts", "repeats", "corroborates"):
        a_relation(one, two, kind)
    a_relation(three, one, "repeats")
    ready, unready = a_stance(issue, "Ready"), a_stance(issue, "Not ready")
    a_position(ada, ready, shown_by=[one])
    a_position(ada, unready, shown_by=[three])
    a_position(bo, ready, shown_by=[one, two])
    derive([one, two, three])
    return one


@contextmanager
def withdrawn_before(number, claim):
    """Withdraws the claim before the query of this number, counted from 0; gives the numbers of the queries made."""
    numbers = []

    def watched(execute, *query):
        numbers.append(len(numbers))
        if numbers[-1] == number:
            Claim.objects.get(pk=claim.pk).withdraw(note="It was said by somebody else.")
        return execute(*query)

    with connection.execute_wrapper(watched):
        yield numbers


def answers(client, path, claim):
    """The answers to a request, one for each of its queries, before which the claim is withdrawn."""
    for number in count():
        freshness.current()
        with transaction.atomic(), withdrawn_before(number, claim) as asked:
            response = whole(client.get(path))
            transaction.set_rollback(True)
        if number not in asked:
            return
        yield response


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_whole_and_says_who_said_it(client, record, path):
    for response in answers(client, path, record):
        assert response.status_code in (200, 301, 302, 404, 410)
        texts, _ = read(response) if response.content else ([], [])
        for running in (" ".join(text.split()) for text in texts):
            for found in TOKEN.finditer(running):
                lead = running[: found.start()]
                assert LEAD.search(lead) or "wordsofone be heard" in running[found.start() :], running


@pytest.mark.parametrize("ending", ["/", ".json", "/?claim=one"])
def test_so_is_that_of_a_source_that_is_read_in_pages(client, record, ending, monkeypatch):
    monkeypatch.setattr("claims.views.source_page.LONG", 0)
    for response in answers(client, f"/sources/named{ending}", record):
        assert response.status_code in (200, 404)


def test_its_own_page_is_that_of_a_withdrawn_claim(client, record):
    freshness.current()
    with withdrawn_before(0, record):
        page = client.get("/claims/one/")
    assert page.status_code == 410
    assert "It was said by somebody else." in page.text
    assert f"Withdrawn on {timezone.now():%-d %B %Y}" in " ".join(Words(page.text).text.split())
    assert "wordsofone" not in page.text


def test_the_pages_of_related_claims_leave_it_out(client, record):
    freshness.current()
    with withdrawn_before(2, record):
        page = client.get("/claims/two/")
    assert (page.status_code, page.context["related"]) == (200, [])
    assert page.context["carried"].is_alone


def test_what_qualifies_a_position_is_left_out_of_a_file_with_what_showed_it(client, record):
    position = Position.objects.get(actor__slug="ada", stance__label="Ready")
    PositionEvidence.objects.create(position=position, claim=Claim.objects.get(slug="three"), role="qualifies")
    for response in answers(client, "/actors/ada.csv", record):
        rows = [row for row in csv.DictReader(StringIO(response.text)) if row["position"] == position.slug]
        assert [row["role"] for row in rows] in ([], ["shows", "qualifies"])


def test_the_read_model_reads_on(record):
    for number in count():
        with transaction.atomic(), withdrawn_before(number, record) as asked:
            Reader().current()
            assert Reader().current().size == (2 if number in asked else 3)
            transaction.set_rollback(True)
        if number not in asked:
            break


def test_every_public_address_is_asked():
    asked = {resolve(path.partition("?")[0]).view_name for path in PATHS if path != "/nowhere/"}
    root = get_resolver()
    names = {pattern.name for pattern in root.url_patterns if isinstance(pattern, URLPattern)}
    for space in ("claims", "actors"):
        names |= {f"{space}:{pattern.name}" for pattern in root.namespace_dict[space][1].url_patterns}
    assert names - asked == SAME_FOR_EVER

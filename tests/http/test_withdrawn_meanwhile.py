"""A claim that is withdrawn between two queries of a request is left out, or told of; it is no fault of the server."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from claims.models import Claim
from tests.factories import (
    a_citation,
    a_claim,
    a_position,
    a_relation,
    a_snapshot,
    a_source,
    a_stance,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/about/",
    *(f"/claims{ending}{query}" for ending in ("/", ".json", ".csv", ".jsonld", ".atom") for query in ("", "?q=peace")),
    *(f"/claims/{slug}{ending}" for slug in ("one", "two") for ending in ("/", ".json", ".jsonld", ".bib", ".svg")),
    "/claims/one/embed/",
    *(
        f"/{thing}{ending}"
        for thing in ("actors/ada", "issues/war", "sources/paper", "events/day")
        for ending in ("/", ".json")
    ),
    "/issues/war/?relations=1",
    "/issues/war.csv",
    "/actors/ada.csv",
    "/issues/",
    "/compare/ada/bo/",
    "/compare/ada/bo.json",
    "/compare/ada/bo.csv",
    *(
        f"/timeline{ending}{query}"
        for ending in ("/", ".json", ".csv")
        for query in ("", "?lanes=issue", "?lanes=actor")
    ),
    "/timeline/?said_from=2024-01-15&said_to=2024-01-15",
    "/changes/",
    "/changes.atom",
    "/changes.json",
    "/sitemap-claims.xml",
    "/nowhere/",
    "/claims/on/",
]


@pytest.fixture
def claim():
    ada, bo, issue = an_actor("Ada", slug="ada"), an_actor("Bo", slug="bo"), an_issue("War", slug="war")
    event, source = an_event("Day", slug="day", date_edtf="2024-01-15"), a_source(slug="paper", text_is_public=True)
    stance, other = a_stance(issue), a_stance(issue)
    told = {"issues": [issue], "events": [event], "source": source}
    first = a_claim("peace is near", slug="one", speaker=ada, said_edtf="2024-01-15", exact="peace is near", **told)
    second = a_claim("war goes on", slug="two", speaker=bo, said_edtf="2024-01-15", **told)
    third = a_claim("peace is far", slug="three", speaker=ada, said_edtf="2024-03-15", **told)
    for one, to, kind in ((first, second, "denies"), (second, first, "repeats"), (first, third, "contradicts")):
        a_relation(one, to, kind)
    a_citation(first, a_source())
    a_snapshot(source, "They said that peace is near and that is all.")
    a_position(ada, stance, shown_by=[first])
    a_position(ada, other, shown_by=[third])
    a_position(bo, other, shown_by=[second])
    return first


@contextmanager
def withdrawn_before(claim, number):
    """Withdraws the claim just before the query of this number; gives the number of queries made."""
    made = []

    def watch(execute, sql, params, many, context):
        made.append(sql)
        if len(made) == number:
            Claim.objects.filter(pk=claim.pk).update(state="withdrawn", withdrawn_at=timezone.now())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield made


def body(answer):
    return (answer.getvalue() if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("path", PAGES)
def test_whenever_it_happens_the_page_comes(client, claim, path):
    client.raise_request_exception = False
    client.get(path)
    number, last = 1, 2
    while number <= last:
        Claim.objects.filter(pk=claim.pk).update(state="published", withdrawn_at=None)
        with withdrawn_before(claim, number) as made:
            answer = client.get(path)
            text = body(answer)
        assert answer.status_code < 500, f"withdrawn before query {number}: {made[number - 2 : number]}"
        assert text or answer.status_code in (301, 302)
        last = len(made)
        number += 1

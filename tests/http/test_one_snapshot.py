"""A page is made from one snapshot of the read model: asked a second time, it could have a newer one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import shared
from tests.factories import a_claim, a_position, a_source, a_stance, an_actor, an_event, an_issue

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

LOG = "SELECT seq, token FROM claims_changedrow ORDER BY"  # whether the snapshot is still the newest
PAGES = [
    *("/", "/about/", "/actors/", "/actors/ada/", "/compare/ada/bo/", "/issues/", "/issues/talks/"),
    *("/issues/talks/ada/", "/sources/", "/sources/speech/", "/events/", "/events/round/", "/timeline/"),
    *("/claims.atom", "/timeline.json", "/timeline.csv", "/compare/ada/bo.json"),
    *("/actors.json", "/issues.json", "/sources.json", "/events.json"),
    *("/issues/talks/ada.json", "/issues/talks/ada.csv", "/issues/talks/ada.atom", "/issues/talks/ada.svg"),
    *("/actors/ada.png", "/issues/talks.png", "/compare/ada/bo.png"),
    *("/actors/ada.json", "/issues/talks.json", "/sources/speech.json", "/events/round.json"),
    *("/start/", "/claims/", "/claims.json", "/claims.csv", "/claims.xlsx", "/claims.jsonld"),
]


@shared.of_module(autouse=True)
def archive():
    issue, event = an_issue("Talks", slug="talks"), an_event("Round", slug="round")
    source, stance = a_source(slug="speech"), a_stance(issue, "Ready")
    for slug in ("ada", "bo"):
        actor = an_actor(slug.title(), slug=slug)
        claim = a_claim(speaker=actor, said_edtf="2023-10-16", issues=[issue], events=[event], source=source)
        a_position(actor, stance, shown_by=[claim])


def times_asked(client, path):
    """How often a page asks whether the snapshot is the newest, by a process that has one."""
    client.get(path)
    with CaptureQueriesContext(connection) as made:
        response = client.get(path)
        assert (response.status_code, bool(response.getvalue())) == (200, True)
    return sum(LOG in query["sql"] for query in made)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_once_for_the_newest_snapshot(client, path):
    assert times_asked(client, path) == 1

"""The claims browser as data."""

import pytest

from claims.models import Claim
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_source,
    a_step,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db


def test_it_gives_each_claim_with_its_attribution_chain_and_passages(client):
    lavrov = an_actor("Sergei Lavrov", slug="lavrov")
    russia, leaders = (
        an_actor("Russia", slug="russia", kind="state"),
        an_actor("Leaders", slug="leaders", kind="collective"),
    )
    kremlin = an_actor("Kremlin", slug="kremlin", kind="government_body")
    report = a_source(
        slug="report", title="Report", publisher=kremlin, url="https://example.org/r", published_edtf="2025-06-05"
    )
    claim = a_claim(
        "talks resume", slug="lavrov-2025", speaker=lavrov, on_behalf_of=russia, act="offers", form="paraphrase",
        said_edtf="[2025-06-01..2025-06-04]", said_text="early June", about_edtf="2025-07", occasion="a meeting",
        as_stated="the minister", issues=[an_issue("Talks", slug="talks")], addressees=[leaders],
        events=[an_event("Round", slug="round"), an_event(slug="hidden", state="draft", published_at=None)],
        source=report, exact="talks may well resume",
    )  # fmt: skip
    a_step(claim, leaders, as_stated="several leaders", cue="according to", identification="anonymous")
    Claim.objects.filter(pk=claim.pk).update(created_at="2026-01-02T03:04:05Z")
    site = "http://testserver"
    response = client.get("/claims.json")
    assert response.json()["results"] == [
        {
            "id": "lavrov-2025",
            "url": f"{site}/claims/lavrov-2025/",
            "attribution": "Kremlin, citing Leaders, states that Sergei Lavrov said that talks resume.",
            "speaker": {"slug": "lavrov", "name": "Sergei Lavrov", "kind": "person", "url": f"{site}/actors/lavrov/"},
            "as_stated": "the minister",
            "on_behalf_of": {"slug": "russia", "name": "Russia", "kind": "state", "url": f"{site}/actors/russia/"},
            "act": "offers",
            "form": "paraphrase",
            "content": "talks resume",
            "said": {
                "edtf": "[2025-06-01..2025-06-04]",
                "text": "early June",
                "earliest": "2025-06-01",
                "latest": "2025-06-04",
            },
            "published": {"edtf": "2025-06-05", "text": "", "earliest": "2025-06-05", "latest": "2025-06-05"},
            "recorded": "2026-01-02T03:04:05+00:00",
            "about": {"edtf": "2025-07", "text": "", "earliest": "2025-07-01", "latest": "2025-07-31"},
            "occasion": "a meeting",
            "issues": [{"slug": "talks", "title": "Talks", "url": f"{site}/issues/talks/"}],
            "events": [{"slug": "round", "title": "Round", "url": f"{site}/events/round/"}],
            "addressees": [
                {"slug": "leaders", "name": "Leaders", "kind": "collective", "url": f"{site}/actors/leaders/"}
            ],
            "chain": [
                {
                    "order": 1,
                    "actor": {
                        "slug": "leaders",
                        "name": "Leaders",
                        "kind": "collective",
                        "url": f"{site}/actors/leaders/",
                    },
                    "as_stated": "several leaders",
                    "cue": "according to",
                    "identification": "anonymous",
                }
            ],
            "citations": [
                {
                    "source": {"slug": "report", "title": "Report", "url": f"{site}/sources/report/"},
                    "source_url": "https://example.org/r",
                    "archive_url": "",
                    "exact": "talks may well resume",
                    "prefix": "",
                    "suffix": "",
                    "locator": "par 1",
                    "language": "en",
                    "translation": "",
                    "translator": "",
                    "machine_translated": False,
                    "status": "text_not_held",
                    "checked_on": None,
                    "checked_sha256": None,
                }
            ],
        }
    ]


def test_it_may_be_read_by_programs_on_any_site(client):
    response = client.get("/claims.json")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        "count": 0,
        "results": [],
        "facets": {
            name: [] for name in ("issue", "speaker", "kind", "act", "form", "publisher", "event", "source")
        },
        "histogram": [],
        "next": None,
    }  # fmt: skip


def test_facets_and_histogram_follow_the_filter(client):
    a_claim(speaker=an_actor("Anna", slug="anna"), said_edtf="2022-03-15", act="denies")
    a_claim(speaker=an_actor("Boris", slug="boris"), said_edtf="2024")
    data = client.get("/claims.json?speaker=anna").json()
    assert data["count"] == 1
    assert data["facets"]["speaker"] == [
        {"value": "anna", "label": "Anna", "count": 1, "chosen": True, "url": "http://testserver/claims.json"},
        {
            "value": "boris",
            "label": "Boris",
            "count": 1,
            "chosen": False,
            "url": "http://testserver/claims.json?speaker=anna&speaker=boris",
        },
    ]
    assert [row["value"] for row in data["facets"]["act"]] == ["denies"]
    assert data["histogram"] == [{"from": "2022-01-01", "to": "2022-12-31", "count": 1}]


def test_it_pages_through_all(client):
    for number in range(30):
        a_claim(slug=f"c-{number}", said_edtf="2024-01-15")
    first = client.get("/claims.json").json()
    second = client.get(first["next"]).json()
    assert (first["count"], second["count"], second["next"]) == (30, 30, None)
    assert [claim["id"] for claim in first["results"] + second["results"]] == [f"c-{n}" for n in range(29, -1, -1)]


def test_an_invalid_filter_answers_400_with_the_errors_and_what_is_near(client):
    a_claim(speaker=an_actor("Anna Berg", slug="anna-berg"))
    response = client.get("/claims.json?speaker=ana-berg&colour=red&said_to=2023&said_from=2024")
    assert response.status_code == 400
    assert response.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "errors": {
            "__all__": ["Claims cannot be filtered by “colour”."],
            "said_to": ["2023 is before 2024."],
            "speaker": ["“ana-berg” is not on file."],
        },
        "near": {"speaker": [{"value": "anna-berg", "label": "Anna Berg"}]},
    }


def test_drafts_are_not_in_it(client):
    a_claim()
    a_draft("canary", slug="canary", speaker=an_actor("Canary"), issues=[an_issue("Canary")])
    assert "anary" not in client.get("/claims.json").text


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_claims(client, number, django_assert_num_queries):
    for _ in range(number):
        claim = a_claim(events=[an_event()], addressees=[an_actor()], on_behalf_of=an_actor())
        a_citation(claim)
        a_step(claim, an_actor())
    with django_assert_num_queries(9):
        assert client.get("/claims.json").json()["count"] == number

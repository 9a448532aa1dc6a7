"""The lists of actors, issues, sources and events as data."""

import re

import pytest

from claims.views import list_forms
from tests import shared
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_source,
    a_stance,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
LISTS = ["actors", "issues", "sources", "events"]
NASTY = [
    "\x00", "\u202eabc", "' OR 1=1 --", "<script>alert(1)</script>", "9" * 5_000, "-1", "٢٠٢٣", "2023-02-30",
    "я" * 60_000, "💥" * 150, "\ud800",
]  # fmt: skip
PARAMETERS = [
    "q", "kind", "publisher", "participant", "issue", "date_from", "date_to", "as_of", "known_by", "page",
    "slug__regex", "",
]  # fmt: skip


def results(client, address):
    return client.get(address).json()["results"]


def slugs(client, address):
    return [row["slug"] for row in results(client, address)]


def test_an_actor_has_its_kind_and_the_span_of_its_claims(client):
    ada = an_actor("Ada Abel", slug="ada", description="A minister.")
    a_claim(speaker=ada, said_edtf="2022-03")
    a_claim(speaker=ada, said_edtf="2024-01-15")
    data = client.get("/actors.json?q=abel").json()
    assert data == {
        "count": 1,
        "results": [
            {
                "slug": "ada",
                "name": "Ada Abel",
                "kind": "person",
                "url": f"{SITE}/actors/ada/",
                "description": "A minister.",
                "claims": {"count": 2, "first": "2022-03-01", "last": "2024-01-15"},
            }
        ],
        "next": None,
    }


def test_an_issue_has_its_question_its_answers_and_its_claims_as_of_a_day(client):
    talks = an_issue("Talks", slug="talks", question="Should they talk?")
    a_stance(talks, "Ready", slug="ready")
    a_claim(issues=[talks], said_edtf="2022-03-15")
    a_claim(issues=[talks], said_edtf="2024-01-15")
    assert client.get("/issues.json?as_of=2023").json() == {
        "as_of": "2023-12-31",
        "known_by": None,
        "count": 1,
        "results": [
            {
                "slug": "talks",
                "title": "Talks",
                "url": f"{SITE}/issues/talks/",
                "question": "Should they talk?",
                "stances": [{"slug": "ready", "label": "Ready"}],
                "claims": {"count": 1, "first": "2022-03-15", "last": "2022-03-15"},
            }
        ],
        "next": None,
    }


def test_a_source_has_its_publisher_and_how_many_claims_it_carries(client):
    gazette = an_actor("The Gazette", slug="gazette", kind="media")
    speech = a_source(slug="speech", title="Speech", publisher=gazette, kind="interview", published_edtf="2024-05")
    a_citation(a_claim(source=speech), speech)
    a_claim(source=speech)
    assert client.get("/sources.json?publisher=gazette").json() == {
        "count": 1,
        "results": [
            {
                "slug": "speech",
                "title": "Speech",
                "url": f"{SITE}/sources/speech/",
                "kind": "interview",
                "publisher": {
                    "slug": "gazette",
                    "name": "The Gazette",
                    "kind": "media",
                    "url": f"{SITE}/actors/gazette/",
                },
                "language": "en",
                "published": {"edtf": "2024-05", "text": "", "earliest": "2024-05-01", "latest": "2024-05-31"},
                "claims": {"count": 2},
            }
        ],
        "next": None,
    }


def test_an_event_has_its_date_its_place_and_the_span_of_its_claims(client):
    geneva = an_event("Round", slug="round", date_edtf="2024-05", place="Geneva", kind="summit")
    a_claim(events=[geneva], said_edtf="2024-05-02")
    assert client.get("/events.json?kind=summit&date_from=2024&date_to=2024").json() == {
        "count": 1,
        "results": [
            {
                "slug": "round",
                "title": "Round",
                "url": f"{SITE}/events/round/",
                "kind": "summit",
                "date": {"edtf": "2024-05", "text": "", "earliest": "2024-05-01", "latest": "2024-05-31"},
                "place": "Geneva",
                "claims": {"count": 1, "first": "2024-05-02", "last": "2024-05-02"},
            }
        ],
        "next": None,
    }


@shared.of_module()
def archive():
    """Rows whose order by key is not the order of the lists."""
    for name, kind, day in (
        ("Zeta", "state", "2023"),
        ("Beta", "person", "2024-05-01"),
        ("Alpha", "person", "2022-03"),
    ):
        actor = an_actor(name, slug=name.lower(), kind=kind)
        source = a_source(slug=f"of-{actor.slug}", publisher=actor, published_edtf=day)
        event = an_event(name, slug=f"at-{actor.slug}", date_edtf=day, participants=[actor], sources=[source])
        issue = an_issue(name, slug=f"on-{actor.slug}", order=ord(name[0]))
        a_claim(speaker=actor, source=source, events=[event], issues=[issue])


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?kind=person&utm_source=x"])
def test_it_gives_the_rows_of_the_page_in_their_order(client, archive, name, query):
    query = "" if query and name in ("sources", "events") else query
    page = client.get(f"/{name}/{query}").text
    body = page[page.index("<main") : page.index("</main>")]
    shown = list(dict.fromkeys(re.findall(rf'href="/{name}/([a-z-]+)/', body)))
    assert slugs(client, f"/{name}.json{query}") == shown
    assert len(shown) >= 2


def test_actors_stand_by_kind_then_by_name(client, archive):
    assert slugs(client, "/actors.json") == ["alpha", "beta", "zeta"]


@pytest.mark.parametrize("name", ["sources", "events"])
def test_it_goes_on_page_by_page_with_the_filter_kept(client, archive, monkeypatch, name):
    monkeypatch.setattr(list_forms, "A_PAGE", 2)
    kind = {"sources": "transcript", "events": "talks"}[name]
    first = client.get(f"/{name}.json?kind={kind}").json()
    second = client.get(first["next"]).json()
    assert first["next"] == f"{SITE}/{name}.json?kind={kind}&page=2"
    assert (first["count"], second["count"], second["next"]) == (3, 3, None)
    assert len({row["slug"] for row in first["results"] + second["results"]}) == 3


@pytest.mark.parametrize("name", LISTS)
def test_it_may_be_read_by_programs_on_any_site(client, name):
    answer = client.get(f"/{name}.json")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["results"] == []


@pytest.mark.parametrize("name", LISTS)
def test_it_leaves_out_what_is_not_public(client, name):
    hidden = an_actor("Canary Actor")
    dark = a_source(title="Canary source", publisher=an_actor("Canary Press"))
    event = an_event("Canary event", state="draft", participants=[hidden], sources=[dark])
    open_issue = an_issue("Open")
    a_draft(speaker=hidden, source=dark, issues=[open_issue], events=[event])
    an_event("Canary talks").withdraw(note="it never happened")
    a_claim(speaker=hidden, source=dark, issues=[open_issue]).withdraw(note="not said")
    answer = client.get(f"/{name}.json")
    assert "Canary" not in answer.text
    assert all(row["claims"]["count"] == 0 for row in answer.json()["results"])


@pytest.mark.parametrize(
    ("address", "errors"),
    [
        ("/actors.json?kind=robot", {"kind"}),
        ("/actors.json?page=2", {"__all__"}),
        ("/issues.json?as_of=2024-13", {"as_of"}),
        ("/issues.json?colour=red", {"__all__"}),
        ("/sources.json?page=2", {"page"}),
        ("/sources.json?publisher=nobody&kind=poem", {"publisher", "kind"}),
        ("/events.json?date_from=2024&date_to=2023", {"date_to"}),
        ("/events.json?kind=talks&kind=summit", {"kind"}),
    ],
)
def test_it_refuses_a_wrong_parameter_in_words(client, archive, address, errors):
    answer = client.get(address)
    assert answer.status_code == 400
    assert set(answer.json()) == {"type", "title", "status", "errors"}
    assert set(answer.json()["errors"]) == errors


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_value_makes_it_fail_or_show_everything(client, archive, name, parameter):
    for value in NASTY:
        answer = client.get(f"/{name}.json", {parameter: value.encode("utf-8", "surrogatepass")})
        assert answer.status_code in (200, 400), value
        assert answer.status_code == 400 or parameter == "q", value
        assert answer.status_code == 400 or answer.json()["results"] == [], value
        assert len(answer.text) < 20_000


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("actors", 2), ("issues", 3), ("sources", 4), ("events", 4)])
def test_it_takes_the_same_queries_however_many_rows(client, name, queries, number, django_assert_num_queries):
    for _ in range(number):
        a_claim(events=[an_event()], issues=[a_stance().issue])
    with django_assert_num_queries(queries):
        assert client.get(f"/{name}.json").json()["count"] >= number


@pytest.mark.parametrize("name", LISTS)
def test_who_has_the_answer_is_not_sent_it_again(client, archive, name):
    first = client.get(f"/{name}.json")
    again = client.get(f"/{name}.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    an_event("New", participants=[an_actor("New")])
    a_claim()
    assert client.get(f"/{name}.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200

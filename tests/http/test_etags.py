"""Answers for programs that are not sent again to who has them: an ETag, and 304 for who sends it back."""

import pytest

from claims.models import Claim, Issue
from tests.factories import a_claim, a_position, a_stance, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db

TAGGED = {
    "/claims.json", "/claims.csv", "/claims.xlsx", "/claims.jsonld", "/claims.atom",
    "/claims/{id}.json", "/claims/{id}.jsonld", "/claims/{id}.csl.json",
    "/claims/{id}.bib", "/actors.json", "/actors/{slug}.json", "/issues.json", "/issues/{slug}.json", "/sources.json",
    "/sources/{slug}.json", "/events.json", "/events/{slug}.json", "/timeline.json", "/compare/{first}/{second}.json",
    "/changes.json", "/changes.atom", "/openapi.json", "/claims-citations.csv", "/claims/{id}.ris", "/claims/{id}.png",
    "/actors/{slug}.png", "/issues/{slug}.png", "/compare/{first}/{second}.png", "/issues/{issue}/{actor}.json",
    "/issues/{issue}/{actor}.atom", "/issues/{issue}/{actor}.png", "/oembed",
}  # fmt: skip


@pytest.fixture
def paths(client):
    """The addresses of the document by their patterns, of answers that carry an ETag, each of something on file."""
    talks = an_issue("Talks", slug="talks")
    for name in ("Ada", "Bo"):
        actor = an_actor(name, slug=name.lower())
        claim = a_claim(slug=f"{name.lower()}-1", speaker=actor, issues=[talks], events=[an_event()])
        a_position(actor, a_stance(talks), shown_by=[claim])
    Claim.objects.get(slug="ada-1").withdraw(note="a first line of the log")
    a_claim(speaker=an_actor("Cy", slug="cy"), issues=[talks])
    found = {}
    for pattern, item in client.get("/openapi.json").json()["paths"].items():
        if "ETag" in item["get"]["responses"]["200"]["headers"]:
            names = {row["name"]: row["example"] for row in item["get"]["parameters"] if row["in"] == "path"}
            found[pattern] = pattern.format(**names)
    found["/oembed"] += "?url=http://testserver/claims/bo-1/"
    return found


def test_those_that_the_document_promises_it_for_have_one(client, paths):
    assert set(paths) == TAGGED
    for path in paths.values():
        assert client.get(path).headers.get("ETag"), path


def test_who_sends_it_back_is_sent_nothing(client, paths):
    for path in paths.values():
        tag = client.get(path).headers["ETag"]
        for sent in (tag, f"W/{tag}", f'"other", {tag}'):
            answer = client.get(path, headers={"If-None-Match": sent})
            assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag), path
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_has_changed_is_sent(client, paths):
    tags = {path: client.get(path).headers["ETag"] for path in paths.values()}
    talks = Issue.objects.get(slug="talks")
    talks.title = "Negotiations"
    talks.save()
    a_claim(issues=[talks], events=[an_event()])
    for path in ("/claims.json", "/actors.json", "/issues.json", "/issues/talks.json", "/sources.json", "/events.json"):
        assert client.get(path, headers={"If-None-Match": tags[path]}).status_code == 200, path


def test_a_refusal_has_none_that_would_stand_for_an_answer(client, paths):
    good = client.get("/actors.json").headers["ETag"]
    assert client.get("/actors.json?kind=robot", headers={"If-None-Match": good}).status_code == 400

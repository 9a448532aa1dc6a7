"""What programs on other sites can count on, at every address of data and whatever the answer is."""

import gzip
import json

import pytest
from django.test import Client

from tests import shared
from tests.factories import a_claim, a_draft, a_source, an_actor, an_event, an_issue

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

DATA = [
    "/claims.json", "/claims.csv", "/claims.jsonld", "/claims.atom", "/claims/anna.json", "/claims/anna.jsonld",
    "/claims/anna.csl.json", "/claims/anna.bib", "/claims/anna.ris", "/claims/anna.svg", "/claims/anna/embed/",
    "/claims/anna/", "/actors.json", "/actors/ada.json", "/actors/ada.csv", "/issues.json", "/issues/talks.json",
    "/issues/talks.csv", "/issues/talks/ada.json", "/issues/talks/ada.csv", "/issues/talks/ada.atom",
    "/issues/talks/ada.svg", "/compare/ada/bo.json", "/compare/ada/bo.csv", "/sources.json", "/sources/speech.json",
    "/events.json", "/events/round.json", "/timeline.json", "/timeline.csv", "/changes.json", "/changes.atom",
    "/openapi.json", "/opensearch.xml", "/sitemap.xml", "/sitemap-claims.xml", "/claims.xlsx",
]  # fmt: skip
PAGES = ["/", "/claims/", "/actors/", "/actors/ada/", "/issues/", "/sources/", "/events/", "/timeline/", "/changes/",
         "/compare/", "/compare/ada/bo/", "/about/", "/privacy/", "/start/", "/api/", "/suggest/"]  # fmt: skip
WRONG = ["/claims.json?spaker=a", "/claims.csv?said_from=x", "/claims.atom?q=%00", "/changes.atom?kind=x",
         "/changes.json?kind=x", "/actors.json?kind=x", "/sources.json?page=0", "/timeline.csv?said_to=x",
         "/claims/anna.bib?x=1", "/issues/talks/ada.atom?as_of=x"]  # fmt: skip
MISSING = ["/nothing.json", "/claims/%C2%90%0A%3C.ris",
           "/claims/nobody.jsonld", "/claims/nobody.bib", "/actors/nobody.csv", "/a/b/c.atom",
           "/issues/talks/nobody.svg", "/sitemap-nothing.xml"]  # fmt: skip


@shared.of_module(autouse=True)
def archive():
    ada, bo = an_actor("Ada", slug="ada"), an_actor("Bo", slug="bo")
    usual = {"issues": [an_issue("Talks", slug="talks")], "source": a_source(slug="speech")}
    a_claim(slug="anna", speaker=ada, events=[an_event(slug="round")], **usual)
    a_claim(slug="bert", speaker=bo, **usual)
    a_claim(slug="gone", speaker=ada).withdraw(note="It was wrong.")
    a_draft(slug="canary", speaker=ada)


def readable(answer):
    """Whether a program on another site may read the answer and its headers."""
    headers = answer.headers
    return (headers.get("Access-Control-Allow-Origin"), headers.get("Access-Control-Expose-Headers")) == (
        "*",
        "ETag, Link",
    )


def is_problem(answer, status):
    """Whether it is a problem of this status; its members."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    told = answer.json()
    assert (told["type"], told["status"]) == ("about:blank", status)
    assert told["title"]
    return told


@pytest.mark.parametrize("path", DATA)
def test_data_may_be_read_from_any_site_and_asked_for_beforehand(client, path):
    answer = client.get(path)
    assert (answer.status_code, readable(answer)) == (200, True)
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    before = client.options(path, headers={**asked, "Access-Control-Request-Headers": "if-none-match"})
    assert (before.status_code, readable(before), before.content) == (204, True, b"")
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert before.headers["Access-Control-Allow-Headers"] == "*"
    if tag := answer.headers.get("ETag"):
        unchanged = client.get(path, headers={"If-None-Match": tag})
        assert (unchanged.status_code, readable(unchanged)) == (304, True)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_not(client, path):
    answer = client.get(path)
    assert (answer.status_code, "Access-Control-Allow-Origin" in answer.headers) == (200, False)


@pytest.mark.parametrize("path", WRONG)
def test_what_is_wrong_with_a_request_is_a_problem_that_names_the_parameters(client, path):
    answer = client.get(path)
    assert readable(answer)
    assert is_problem(answer, 400)["errors"]


@pytest.mark.parametrize("path", MISSING)
def test_where_there_is_nothing_data_say_so(client, path):
    answer = client.get(path)
    assert readable(answer)
    assert is_problem(answer, 404)["detail"] == "There is nothing at this address."


@pytest.mark.parametrize("ending", [".json", ".jsonld", ".bib", ".csl.json", ".ris", ".svg"])
def test_what_is_gone_says_why(client, ending):
    answer = client.get(f"/claims/gone{ending}")
    assert readable(answer)
    assert is_problem(answer, 410)["reason"] == "It was wrong."


def test_a_fault_of_ours_and_a_strange_host_are_problems_too(client, monkeypatch):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr("claims.views.claims.records.page_record", broken)
    client.raise_request_exception = False
    answer = client.get("/claims.json")
    assert readable(answer)
    is_problem(answer, 500)
    is_problem(client.get("/claims.json", headers={"Host": "evil.example"}), 400)


@pytest.mark.parametrize("method", ["post", "delete"])
@pytest.mark.parametrize("path", [*DATA, *PAGES])
def test_an_address_that_can_only_be_read_says_so(path, method):
    for sent in ({}, {"content_type": "application/json"}, {"content_type": "text/plain; charset=utf-7"}):
        answer = getattr(Client(enforce_csrf_checks=True), method)(path, **sent)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", [*DATA, *PAGES])
def test_a_head_is_the_answer_without_its_body(client, path):
    whole, head = client.get(path), client.head(path)
    skipped = {"Set-Cookie", "Content-Length", "X-Request-ID"}
    assert (head.status_code, b"".join(head) if head.streaming else head.content) == (200, b"")
    kept = [{name: value for name, value in one.items() if name not in skipped} for one in (whole, head)]
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("br, gzip; q=0.000", False), ("", False)],
)
def test_a_coding_that_is_refused_is_not_used(client, asked, given):
    for path in ("/claims.json", "/claims/"):
        answer = client.get(path, headers={"Accept-Encoding": asked})
        assert ("gzip" in answer.headers.get("Content-Encoding", "")) == given
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert (gzip.decompress(answer.content) if given else answer.content).startswith((b"{", b"<!doctype"))


def test_a_list_leads_to_its_next_page_and_to_the_page_for_people(client):
    for number in range(26):
        a_claim(slug=f"more-{number}")
    answer = client.get("/claims.json?act=asserts")
    page = '<http://testserver/claims/?act=asserts>; rel="alternate"; type="text/html"'
    assert answer.headers["Link"] == f'<{answer.json()["next"]}>; rel="next", {page}'
    last = client.get(answer.json()["next"])
    assert 'rel="next"' not in last.headers["Link"]


def test_the_sitemap_names_the_page_for_programs_and_when_each_page_changed(client):
    pages = client.get("/sitemap-pages.xml").text
    assert "<loc>http://testserver/api/</loc>" in pages
    assert pages.count("<lastmod>") == 9
    for section in ("claims", "actors", "issues", "sources", "events"):
        text = client.get(f"/sitemap-{section}.xml").text
        assert 0 < text.count("<lastmod>") <= text.count("<loc>"), section
        assert "canary" not in text


def test_what_has_no_page_leads_to_none(client):
    assert "Link" not in client.get("/openapi.json").headers
    assert "Link" not in client.get("/claims/nobody.json").headers


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json;q=0.5, text/html", "text/html"),
        ("application/json", "application/json"),
        ("application/ld+json, application/json;q=0.9", "application/ld+json"),
        ("image/png", "text/html"),
        ("é;;;", "text/html"),
    ],
)
def test_a_claim_is_given_as_its_reader_prefers_it(client, accept, media):
    answer = client.get("/claims/anna/", headers={"Accept": accept} if accept else {})
    assert answer.headers["Content-Type"].partition(";")[0] == media
    assert "Accept" in answer.headers["Vary"].split(", ")


def test_it_is_the_same_claim(client):
    page, data = (
        client.get("/claims/anna/", headers={"Accept": kind}) for kind in ("text/html", "application/ld+json")
    )
    assert json.loads(page.text.split('ld+json">')[1].split("</script>")[0]) == data.json()
    record = client.get("/claims/anna/", headers={"Accept": "application/json"})
    assert record.json() == client.get("/claims/anna.json").json()


@pytest.mark.parametrize("accept", ["application/json", "application/ld+json"])
def test_a_claim_that_is_not_there_is_not_there_in_any_form(client, accept):
    for slug, status in (("canary", 404), ("nobody", 404), ("gone", 410)):
        told = is_problem(client.get(f"/claims/{slug}/", headers={"Accept": accept}), status)
        assert "Ada" not in json.dumps(told)

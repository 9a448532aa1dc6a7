"""The tool for refactorings finds what has changed, down to one letter."""

from pathlib import Path

import pytest

from scripts.same_answers import patterns, record, world
from scripts.same_answers.asking import Asker, Request
from scripts.same_answers.differences import Report
from scripts.same_answers.page import Page
from tests.factories import a_claim, a_draft, a_user, an_actor

pytestmark = pytest.mark.django_db
REQUESTS = [
    Request("/about/"),
    Request("/claims.json"),
    Request("/claims/", "AGAIN"),
    Request("/nowhere/", "POST"),
    Request("/admin/actors/actor/add/", "POST", curator=True),
]


@pytest.fixture
def asker():
    a_user(username=world.CURATOR, is_staff=True, is_superuser=True)
    a_claim("talks should resume")
    return Asker()


@pytest.fixture
def stored(asker, tmp_path):
    """A file with the answers of the site as it is."""
    record.write(tmp_path / "answers", ((request, asker.ask(request)) for request in REQUESTS))
    return tmp_path / "answers"


def compared(file, asker):
    """The number of answers that differ from those in the file, and what is told of them."""
    told = []
    report = Report(told.append)
    for request, before in record.read(file):
        report.add(request, before, asker.ask(request))
    return report.different, told


def test_the_same_site_gives_the_same_answers(stored, asker):
    assert compared(stored, asker) == (0, [])


def test_a_letter_planted_in_a_template_is_found_and_shown(stored, asker, tmp_path, settings):
    page = Path(settings.BASE_DIR, "templates", "about.html").read_text()
    (tmp_path / "about.html").write_text(page.replace("About and method", "About and methods"))
    [django, *others] = settings.TEMPLATES
    settings.TEMPLATES = [{**django, "DIRS": [tmp_path, *django["DIRS"]]}, *others]

    number, [told] = compared(stored, asker)
    assert number == 1
    assert told.startswith("GET /about/\n")
    assert "-    <title>About and method – Attributed</title>" in told
    assert "+    <title>About and methods – Attributed</title>" in told


def test_a_header_that_differs_is_found(stored, asker, settings):
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"

    number, told = compared(stored, asker)
    assert number == len(REQUESTS)
    assert told[0] == "GET /about/\n    X-Frame-Options: DENY -> SAMEORIGIN\n"
    assert told[1] == "GET /claims.json\n    the same as GET /about/\n"


def test_what_a_request_writes_is_taken_back(asker):
    assert asker.ask(Request("/admin/", curator=True)).status == 200
    assert asker.ask(Request("/admin/logout/", "POST", curator=True)).status == 200
    assert asker.ask(Request("/admin/", curator=True)).status == 200


def test_addresses_come_from_the_url_patterns_with_what_is_on_file():
    ada = an_actor("Ada Abel", slug="ada")
    a_claim(slug="first", speaker=ada)
    a_draft(slug="second")
    by_route = {pattern.route: list(pattern.urls()) for pattern in patterns.patterns()}
    assert by_route["claims/<slug:slug>.bib"] == [
        "/claims/first.bib",
        "/claims/second.bib",
        "/claims/nothing-of-that-kind.bib",
    ]
    assert "/compare/ada/nothing-of-that-kind.csv" in by_route["compare/<slug:first>/<slug:second>.csv"]
    assert by_route["admin/actors/actor/<path:object_id>/change/"][0] == f"/admin/actors/actor/{ada.pk}/change/"
    assert by_route["sitemap-<section>.xml"][0] == "/sitemap-pages.xml"


def test_a_pattern_that_was_never_asked_is_named():
    asked = {pattern.route for pattern in patterns.patterns()} - {"issues/<slug:slug>.csv"}
    assert patterns.missing(asked) == ["issues/<slug:slug>.csv"]


def test_a_page_tells_its_links_and_what_its_forms_offer():
    page = Page(
        "/claims/?q=a",
        '<a href="?q=b#top">b</a><a href="https://example.org/">away</a><form method="get" action="/claims/">'
        '<select name="act"><option value="denies"><option value=""></select><input name="q"></form>',
    )
    assert page.links == {"/claims/?q=b", "/claims/"}
    assert page.forms == {"/claims/": {"act": {"denies"}, "q": set()}}

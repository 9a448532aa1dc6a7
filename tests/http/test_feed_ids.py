"""The ids of feeds are the same by whichever address of the site, and after the record has moved to another one."""

import re
from csv import DictReader
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.models import Change
from conflict_site.models import Site
from conflict_site.settings import authority
from tests.factories import a_claim, an_actor, an_issue

pytestmark = pytest.mark.django_db

OPENING = Path(__file__).resolve().parents[2] / "data" / "opening"
# RFC 4151, section 2.1.
TAG = re.compile(r"tag:[a-z0-9.@-]+,\d{4}(-\d\d){0,2}:[\w.~!$&'()*+,;=:@/?%-]*", re.ASCII)
FEEDS = ["/claims.atom", "/claims.atom?q=«a+<b>", "/issues/talks/ada.atom", "/changes.atom"]
HOSTS = ["testserver", "localhost", "[::1]:8015", "127.0.0.1:8015", "localhost:80"]


def ids(client, path, host="testserver"):
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 200
    return re.findall(r"<id>(.*?)</id>", answer.text)


def archive():
    claim = a_claim("a <b>", slug="anna", speaker=an_actor("Ada", slug="ada"), issues=[an_issue(slug="talks")])
    for kind in ("correction", "clarification"):
        Change.objects.record(claim, kind, public_note="It was wrong.", at=claim.published_at)


@pytest.mark.parametrize("path", FEEDS)
def test_an_id_is_a_tag_and_the_same_whichever_name_is_asked(client, settings, path):
    settings.ALLOWED_HOSTS = ["*"]
    archive()
    found = [ids(client, path, host) for host in HOSTS]
    assert len(found[0]) == len(set(found[0])) > (0 if "q=" in path else 1)
    assert found == [found[0]] * len(HOSTS)
    assert [each for each in found[0] if not TAG.fullmatch(each)] == []


def test_it_is_in_the_name_that_was_given_once(client, settings):
    Site.objects.create(pk=1, tag_authority="example.org,2025-04")
    archive()
    settings.TAG_AUTHORITY = "elsewhere.example,2030"
    assert ids(client, "/claims.atom") == ["tag:example.org,2025-04:claims.atom", "tag:example.org,2025-04:claims/anna"]


def test_a_package_keeps_the_name(client, settings, tmp_path):
    settings.TAG_AUTHORITY = "example.org,2025"
    Site.objects.create(pk=1, tag_authority="example.org,2025", title="Record")
    archive()
    before = [ids(client, path) for path in FEEDS[:3]]
    call_command("dump_dossier", tmp_path / "dump", verbosity=0)
    [row] = DictReader((tmp_path / "dump" / "site.csv").read_text().splitlines())
    assert row["tag_authority"] == "example.org,2025"
    settings.TAG_AUTHORITY = "elsewhere.example,2030"
    Site.objects.all().delete()
    call_command("load_dossier", tmp_path / "dump", verbosity=0)
    assert [ids(client, path) for path in FEEDS[:3]] == before


def test_the_first_load_gives_the_name_that_later_ones_keep(settings):
    for name in ("example.org,2025", "elsewhere.example,2030"):
        settings.TAG_AUTHORITY = name
        call_command("load_dossier", OPENING, verbosity=0)
        assert Site.objects.get().tag_authority == "example.org,2025"


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        (["localhost", "127.0.0.1", "[::1]"], "localhost,2026"),
        (["[::1]", "10.0.0.7", ".Example.org"], "example.org,2026"),
        (["*"], "localhost,2026"),
    ],
)
def test_where_nothing_is_set_the_name_is_the_first_of_the_hosts(hosts, name):
    assert authority(hosts) == name


@pytest.mark.parametrize("path", ["/claims.atom", "/changes.atom"])
def test_an_empty_feed_does_not_change_from_one_request_to_the_next(client, path):
    first = client.get(path)
    assert "<updated>1970-01-01T00:00:00+00:00</updated>" in first.text
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_feed_says_whose_words_are_under_which_licence(client):
    archive()
    for path in FEEDS:
        assert "<rights>Our own words: CC0-1.0, https://creativecommons.org/" in client.get(path).text

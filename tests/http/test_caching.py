"""What caches on the way may keep: every public answer says it, and what is withdrawn is gone from all of them."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.urls import reverse

from actors.models import Affiliation
from claims.models import Change, CitationCheck, OldSlug
from claims.readmodel import freshness
from conflict_site import purging
from conflict_site.models import Site
from tests import shared
from tests.factories import a_claim, a_name, a_snapshot, a_source, an_actor, an_event
from tests.http.desk import signed_in
from tests.loopback import answer, serving

pytestmark = pytest.mark.django_db
EVERY_SORT = [
    "/", "/start/", "/claims/", "/claims/?speaker=ada", "/claims/?spaker=ada", "/claims.json", "/claims.csv",
    "/claims.atom", "/claims/anna/", "/claims/anna.json", "/claims/anna.png", "/claims/gone/", "/claims/gone.json",
    "/claims/old-anna/", "/actors/", "/actors/ada/", "/issues/", "/sources/", "/events/", "/timeline/", "/changes/",
    "/compare/", "/about/", "/privacy/", "/api/", "/openapi.json", "/opensearch.xml", "/sitemap.xml", "/robots.txt",
    "/suggest/?q=ad", "/nowhere/", "/nowhere.json", "/claims", "/favicon.ico", "/oembed?url=x",
]  # fmt: skip


@shared.of_module()
def record():
    ada = an_actor("Ada", slug="ada")
    anna = a_claim(slug="anna", speaker=ada)
    OldSlug.keep(anna, "old-anna")
    a_claim(slug="gone", speaker=ada).withdraw(note="It was wrong.")
    return anna


@pytest.mark.run_once
@pytest.mark.parametrize("path", EVERY_SORT)
def test_every_public_answer_is_asked_for_each_time_unless_a_setting_lets_caches_keep_it(
    client, record, path, settings
):
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert "Surrogate-Key" not in first.headers
    settings.SHARED_CACHE_SECONDS = 60
    kept = client.get(path)
    if kept.status_code == 200:
        assert kept.headers["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
        assert kept.headers["Surrogate-Key"] == "record"
    else:
        assert kept.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("path", [path for path in EVERY_SORT if path not in ("/favicon.ico", "/suggest/?q=ad")])
def test_what_has_not_changed_is_not_sent_again(client, record, path):
    first = client.get(path)
    if first.status_code == 200:
        tag = {"If-None-Match": first.headers["ETag"]}
        assert (client.get(path, headers=tag).status_code, client.head(path, headers=tag).status_code) == (304, 304)


def test_no_cache_keeps_what_only_a_curator_sees(client, record, settings):
    settings.SHARED_CACHE_SECONDS = 60
    signed_in(client, "Curator")
    assert "private" in client.get("/").headers["Cache-Control"]
    assert "s-maxage" not in client.get("/admin/").headers["Cache-Control"]
    assert "s-maxage" not in client.get(reverse("admin:login")).headers["Cache-Control"]


# Each writes to one table alone; what it needs beside it, a source and a text, is there before.
CHANGES = {
    "a name": lambda claim, other: a_name(claim.speaker, "Ada Lovelace"),
    "a role": lambda claim, other: Affiliation.objects.create(
        person=claim.speaker, organisation=other.publisher, role="head"
    ),
    "an entry of the log": lambda claim, other: Change.objects.record(claim, "correction", public_note="Mended."),
    "an old address": lambda claim, other: OldSlug.keep(claim, "older"),
    "a text": lambda claim, other: a_snapshot(other, "Words."),
    "a participant": lambda claim, other: claim.events.get().participants.add(claim.speaker),
    "a source of an event": lambda claim, other: claim.events.get().sources.add(other),
    "the site's words": lambda claim, other: Site.objects.update_or_create(pk=1, defaults={"title": "New"}),
    "what became of a passage": lambda claim, other: CitationCheck.objects.create(
        citation=claim.citations.get(), snapshot=claim.citations.get().source.snapshots.get(), outcome="not_found"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_journal_knows_of_all_that_pages_show(record, change):
    record.events.add(an_event())
    a_snapshot(record.citations.get().source, "Other words.")
    other, before = a_source(), freshness.mark()
    CHANGES[change](record, other)
    assert freshness.mark() != before


def test_caches_are_told_at_once_of_a_withdrawal_and_again_a_little_later(record, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(purging, "LOOK", 0)
    monkeypatch.setattr(purging, "AGAIN", 0.05)
    kept, other = tmp_path / "1" / "a0", tmp_path / "readme"
    with serving() as cache:
        settings.PURGE = [cache.put("/", answer()), f"folder://{tmp_path}"]
        looks = iter(range(10_000))
        told = purging.watch(purging.caches(), ends=lambda: next(looks) == 9_999)
        assert (next(told), next(told)) == (2, 2)
        kept.mkdir(parents=True)
        page = kept / ("ab" * 16)
        page.write_text("kept")
        other.write_text("not ours")
        record.withdraw(note="It was wrong.")
        assert (next(told), page.exists(), other.exists()) == (2, False, True)
        page.write_text("made meanwhile, kept late")
        assert (next(told), page.exists()) == (2, False)
    assert [headers["Surrogate-Key"] for headers in cache.headers] == ["record"] * 4


def test_a_cache_that_does_not_answer_is_told_until_it_does(record, settings, monkeypatch, caplog):
    monkeypatch.setattr(purging, "LOOK", 0)
    with serving() as cache:
        settings.PURGE = [cache.put("/", answer(status=500))]
        told = purging.watch(purging.caches())
        assert [next(told), next(told), next(told)] == [0, 0, 0]
        cache.put("/", answer())
        assert next(told) == 1
    assert "A cache could not be told: http://" in caplog.text


def test_a_folder_that_cannot_be_read_is_no_empty_one(settings, tmp_path):
    settings.PURGE = [f"folder://{tmp_path}/nowhere"]
    with pytest.raises(CommandError, match="Not all caches could be told"):
        call_command("purge_caches", once=True)


@pytest.mark.parametrize("address", ["varnish", "ftp://cache", "folder:", "http://"])
def test_what_is_no_cache_is_refused(settings, address):
    settings.PURGE = [address]
    with pytest.raises(ImproperlyConfigured):
        purging.caches()
    with pytest.raises(CommandError, match="PURGE names caches"):
        call_command("purge_caches")


def test_without_caches_there_is_nothing_to_tell(settings):
    settings.PURGE = []
    with pytest.raises(CommandError, match="names no cache"):
        call_command("purge_caches")


def test_who_could_not_be_told_once_fails_the_command(settings):
    settings.PURGE = ["http://127.0.0.1:9/"]
    with pytest.raises(CommandError, match="Not all caches"):
        call_command("purge_caches", "--once")

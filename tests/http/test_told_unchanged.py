"""Who has an answer is told in one query that nothing has changed, at every public address; and never wrongly."""

import re

import pytest
from django.db import DatabaseError, connection
from django.urls import resolve

from claims.models import ChangedRow, Claim, Event, Issue, Position, Source
from claims.readmodel import freshness
from conflict_site import unchanged
from tests.http.desk import signed_in
from tests.http.test_withdrawn_meanwhile import PATHS, record

pytestmark = pytest.mark.django_db
__all__ = ["record"]  # a fixture

ONE_OF_EACH = [
    "/", "/start/", "/about/", "/privacy/", "/robots.txt", "/claims/", "/claims/?speaker=ada", "/claims.json",
    "/claims.csv", "/claims.atom", "/claims/one/", "/claims/one.json", "/claims/one.png", "/claims/one/embed/",
    "/actors/", "/actors/ada/", "/actors/ada.json", "/issues/", "/issues/talks/", "/issues/talks/ada/", "/sources/",
    "/sources/held/", "/sources/held.json", "/events/", "/events/round/", "/events/round.json", "/timeline/",
    "/timeline.json", "/changes/", "/changes.atom", "/compare/ada/bo/", "/sitemap.xml", "/openapi.json",
]  # fmt: skip
NOWHERE = ("/nowhere/", "/claims/on/")
ONE_OF_EACH_ROUTE = list(
    {resolve(path.partition("?")[0]).route: path for path in PATHS if path not in NOWHERE}.values()
)
# The journal itself, the index of a watched table, a list that a release brings, and the audit's head of yesterday.
NEED_NOT_BE_WATCHED = {"claims_changedrow", "claims_words_index", "django_content_type", "audit_entry"}


def again(client, path, tag, **headers):
    return client.get(path, headers={"If-None-Match": tag, **headers})


def known(client, path):
    """The tag of an answer that the process has been asked about once, and knows."""
    tag = client.get(path).headers["ETag"]
    assert again(client, path, tag).status_code == 304, path
    return tag


def test_the_second_time_it_takes_one_query(client, record, django_assert_num_queries):
    for path in ONE_OF_EACH:
        tag = known(client, path)
        with django_assert_num_queries(1):
            told = again(client, path, f'"other", W/{tag}')
        assert (told.status_code, told.content, told.headers["ETag"]) == (304, b"", tag), path
        assert told.headers["Cache-Control"] == "public, no-cache"
        with django_assert_num_queries(1):
            assert client.head(path, headers={"If-None-Match": tag}).status_code == 304
    assert again(client, "/about/", '"other"').status_code == 200


CHANGES = {
    "a claim": (Claim, "content", ["/claims/one/", "/claims/one.json", "/claims/?speaker=ada", "/actors/ada/"]),
    "a source": (Source, "title", ["/sources/held/", "/sources/held.json", "/sources/", "/claims/one/"]),
    "an issue": (Issue, "title", ["/issues/talks/", "/issues/", "/issues/talks/ada/", "/claims/one/"]),
    "an event": (Event, "title", ["/events/round/", "/events/round.json", "/events/", "/timeline/"]),
    "a position": (Position, "summary", ["/claims/one/"]),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_an_edited_record_is_sent(client, record, kind):
    model, field, paths = CHANGES[kind]
    tags = {path: known(client, path) for path in paths}
    model.objects.update(**{field: "Words that were not there before"})
    for path, tag in tags.items():
        sent = again(client, path, tag)
        assert (sent.status_code, "not there before" in sent.text) == (200, True), path


WITHDRAWN = {
    "a claim": (
        lambda: Claim.objects.get(slug="one"),
        {"/claims/one/": 410, "/claims/one.json": 410, "/claims/": 200, "/claims.csv": 200},
    ),
    "an event": (lambda: Event.objects.get(), {"/events/round/": 410, "/events/round.json": 410, "/events/": 200}),
    "a position": (lambda: Position.objects.first(), {"/issues/talks/ada/": 200, "/issues/talks/ada.json": 200}),
}


@pytest.mark.parametrize("kind", WITHDRAWN)
def test_what_is_withdrawn_is_no_longer_told_to_be_unchanged(client, record, kind):
    find, paths = WITHDRAWN[kind]
    tags = {path: known(client, path) for path in paths}
    find().withdraw(note="It was wrong.")
    assert {path: again(client, path, tag).status_code for path, tag in tags.items()} == paths


def test_words_that_are_the_same_after_a_change_are_not_sent_again(client, record, django_assert_num_queries):
    tag = known(client, "/events/round.json")
    Source.objects.filter(slug="named").update(title="Another title")
    assert again(client, "/events/round.json", tag).status_code == 304
    with django_assert_num_queries(1):
        assert again(client, "/events/round.json", tag).status_code == 304


def test_a_reader_who_may_be_signed_in_is_never_told_what_was_told_to_others(client, record):
    Source.objects.update(text_is_public=False)
    tag = known(client, "/sources/held/")
    signed_in(client, "Curator")
    sent = again(client, "/sources/held/", tag)
    assert (sent.status_code, "private" in sent.headers["Cache-Control"]) == (200, True)
    client.logout()
    assert again(client, "/sources/held/", sent.headers["ETag"]).status_code == 200


def test_each_form_of_an_address_has_its_own_tag(client, record, settings):
    settings.ALLOWED_HOSTS = ["*"]
    tag = known(client, "/claims/one/")
    for other in ({"Accept": "application/json"}, {"Accept": "application/ld+json"}):
        assert again(client, "/claims/one/", tag, **other).status_code == 200
    page = known(client, "/claims/")
    assert again(client, "/claims/", page, **{"HX-Request": "true"}).status_code == 200
    assert again(client, "/claims/", page, Host="example.org").status_code == 200


def test_without_a_journal_nothing_is_remembered(client, record):
    tag = known(client, "/events/round/")
    ChangedRow.objects.all().delete()
    Event.objects.update(title="Another round")
    ChangedRow.objects.all().delete()
    assert again(client, "/events/round/", tag).status_code == 200


def test_where_the_database_does_not_answer_what_needs_none_is_still_sent(client, record, monkeypatch):
    def fails():
        raise DatabaseError

    tag = known(client, "/robots.txt")
    monkeypatch.setattr(freshness, "mark", fails)
    assert again(client, "/robots.txt", '"other"').status_code == 200
    assert again(client, "/robots.txt", tag).status_code == 304


def test_what_is_remembered_has_a_limit(client, record, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(unchanged, "MOST", 1)
    tag = known(client, "/robots.txt")
    known(client, "/privacy/")
    assert again(client, "/robots.txt", tag).status_code == 304, "made again"
    with django_assert_num_queries(1):
        assert again(client, "/robots.txt", tag).status_code == 304


def test_the_journal_watches_every_table_that_public_pages_ask(client, record):
    asked = set()

    def noted(execute, sql, *given):
        asked.update(re.findall(r'(?:FROM|JOIN)\s+"?(\w+)"?', sql))
        return execute(sql, *given)

    with connection.execute_wrapper(noted):
        for path in ONE_OF_EACH + ONE_OF_EACH_ROUTE:
            response = client.get(path)
            b"".join(response.streaming_content) if response.streaming else None
    tables = set(connection.introspection.table_names())
    assert asked & tables - watched() - NEED_NOT_BE_WATCHED == set()
    assert len(asked & watched()) > 15


def watched():
    """The tables whose changes the database notes in the journal."""
    if connection.vendor == "postgresql":
        sql = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s"
    else:
        sql = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, ["%_noted_insert"])
        return {table for (table,) in cursor.fetchall()}

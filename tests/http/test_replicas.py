"""Which database answers whom, where there are replicas: here files of SQLite, each with a title of its own."""

import logging
import re
import shutil

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.urls import include, path
from psycopg.errors import AdminShutdown, QueryCanceled

from claims.models import ChangedRow
from claims.readmodel import freshness
from claims.readmodel.freshness import Reader
from conflict_site import deployment, replicas
from conflict_site.base.databases import database
from conflict_site.models import Site
from tests.factories import a_claim

pytestmark = pytest.mark.django_db
COPIES = ["replica1", "replica2"]
asked = []


def failing(request):
    """Of replica1 something is amiss."""
    asked.append(router.db_for_read(Site))
    if asked[-1] == "replica1":
        raise OperationalError("canceled") from (QueryCanceled if "limit" in request.GET else AdminShutdown)()
    return HttpResponse(asked[-1])


urlpatterns = [path("failing/", failing), path("", include("conflict_site.urls"))]


def opened(self):
    if self.connection is None:
        with self.wrap_database_errors:
            self.connect()


@pytest.fixture(autouse=True)
def copies(empty_site, tmp_path, monkeypatch):
    """Two replicas that have nothing yet, and a primary with a claim."""
    monkeypatch.setattr(replicas, "left_out", replicas.LeftOut())
    monkeypatch.setattr(replicas, "newest", replicas.Newest())
    monkeypatch.setattr(deployment, "CATCH_UP", 0)
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", opened)  # tests may not open any but the primary
    asked.clear()
    files = {alias: shutil.copy(empty_site, tmp_path / alias) for alias in COPIES}
    given = connections.configure_settings(
        {"default": {}} | {alias: database(f"sqlite:///{file}") for alias, file in files.items()}
    )
    connections.settings |= {alias: given[alias] for alias in COPIES}
    for alias in ["default", *COPIES]:
        Site(pk=1, title=f"Answered by {alias}").save(using=alias)
    a_claim()
    yield files
    replicas._asked.set("default")
    for alias in COPIES:
        connections[alias].close()
        del connections[alias], connections.settings[alias]


def follow(*aliases):
    """These replicas have the newest entry of the primary's journal from now on."""
    seq, token = freshness.mark()
    for alias in aliases:
        ChangedRow.objects.using(alias).filter(seq__gte=seq).delete()
        ChangedRow(seq=seq, token=token, kind="page", key=1).save(using=alias, force_insert=True)


def answered_by(client, times=4):
    """Who answered a reader, in so many requests."""
    return {re.search(r"Answered by (\w+)", client.get("/about/").text)[1] for _ in range(times)}


def states(client):
    return client.get("/readyz").json()["replicas"]


def test_readers_are_answered_by_replicas_that_have_all_that_is_published(client):
    assert (answered_by(client), states(client)) == ({"default"}, dict.fromkeys(COPIES, "behind"))
    follow("replica2")
    assert (answered_by(client), states(client)) == ({"replica2"}, {"replica1": "behind", "replica2": "ok"})
    follow("replica1")
    assert answered_by(client) == {*COPIES}
    a_claim()
    assert answered_by(client) == {"default"}
    follow(*COPIES)
    assert (answered_by(client), states(client)) == ({*COPIES}, dict.fromkeys(COPIES, "ok"))


def test_an_entry_of_another_record_under_the_same_number_is_not_taken_for_the_same(client):
    seq, token = freshness.mark()
    ChangedRow(seq=seq, token=token + 1, kind="page", key=1).save(using="replica1", force_insert=True)
    assert answered_by(client) == {"default"}


def test_whoever_writes_or_has_signed_in_is_answered_by_the_primary(client, rf):
    follow(*COPIES)
    client.cookies["sessionid"] = "x"
    assert answered_by(client) == {"default"}
    kinds = [rf.get("/claims/"), rf.head("/claims/"), rf.post("/claims/"), rf.get("/admin/"), rf.post("/admin/")]
    assert [replicas.is_reader(request) for request in kinds] == [True, True, False, False, False]


def test_who_may_be_behind_asks_the_primary_less_often(client, settings):
    follow(*COPIES)
    settings.REPLICA_LAG = 3600
    assert answered_by(client) == {*COPIES}
    a_claim()
    assert answered_by(client) == {*COPIES}
    settings.REPLICA_LAG = 0
    assert answered_by(client) == {"default"}


@pytest.mark.parametrize("address", ["/claims/", "/claims.csv", "/claims.json", "/nowhere/"])
def test_a_request_asks_the_primary_one_question_and_a_replica_all_others(client, address, django_assert_num_queries):
    follow(*COPIES)
    with django_assert_num_queries(1):
        answer = client.get(address)
        assert b"".join(answer)


def test_an_answer_is_known_to_hold_still_whichever_replica_is_asked(client):
    for alias in COPIES:
        Site(pk=1, title="One title").save(using=alias)
    follow(*COPIES)
    answers = [client.get("/claims/") for _ in range(3)]
    assert len({answer.headers["ETag"] for answer in answers}) == 1
    known = {"If-None-Match": answers[0].headers["ETag"]}
    assert [client.get("/claims/", headers=known).status_code for _ in range(3)] == [304] * 3


def test_what_was_read_of_one_database_is_not_read_again_of_another_that_has_the_same():
    follow(*COPIES)
    reader = Reader()
    first = reader.current()
    with replicas.asking("replica1"):
        assert reader.current() is first
    a_claim()
    second = reader.current()
    with replicas.asking("replica1"):
        assert reader.current() is first
    assert (reader.current() is second, second.size) == (True, 2)


def test_a_replica_that_does_not_answer_is_left_out_and_comes_back(client, copies, monkeypatch, caplog):
    follow(*COPIES)
    connections["replica1"].close()
    away = copies["replica1"].rename(f"{copies['replica1']}-away")
    copies["replica1"].mkdir()
    with caplog.at_level(logging.WARNING):
        assert answered_by(client, 6) == {"replica2"}
        assert states(client) == {"replica1": "does not answer", "replica2": "ok"}
        copies["replica1"].rmdir()
        away.rename(copies["replica1"])
        assert answered_by(client) == {"replica2"}
        monkeypatch.setattr(replicas, "PAUSE", -1)
        replicas.left_out._until["replica1"] = 0  # the pause is over
        assert answered_by(client) == {*COPIES}
    assert caplog.messages == [
        "replica1 does not answer and is left out: unable to open database file", "replica1 answers again."
    ]  # fmt: skip


def test_one_thread_tries_what_is_left_out_when_the_pause_is_over():
    out = replicas.LeftOut()
    assert out.may_be_tried("replica1")
    out.add("replica1", OSError("gone"))
    assert not out.may_be_tried("replica1")
    out._until["replica1"] = 0
    assert [out.may_be_tried("replica1") for _ in range(3)] == [True, False, False]


@pytest.mark.urls(__name__)
def test_a_reader_whose_replica_goes_away_meanwhile_is_answered_by_another(client):
    follow(*COPIES)
    answers = [client.get("/failing/") for _ in range(3)]
    assert [(answer.status_code, answer.text) for answer in answers] == [(200, "replica2")] * 3
    assert asked.count("replica1") == 1


@pytest.mark.urls(__name__)
def test_what_took_too_long_is_not_asked_of_another(client):
    follow("replica1")
    assert [client.get("/failing/?limit").status_code, asked] == [503, ["replica1"]]
    assert answered_by(client) == {"replica1"}


def test_without_the_primary_readers_get_what_replicas_have_and_the_desk_says_to_try_again(client, monkeypatch):
    def refuse(*given):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert answered_by(client) == {*COPIES}
    assert client.get("/readyz").status_code == 200
    client.cookies["sessionid"] = "x"
    assert client.get("/about/").status_code == 503


def test_a_deployment_is_stopped_by_a_replica_that_does_not_follow(copies):
    follow("replica2")
    assert deployment.following() == []
    assert [fault.msg for fault in deployment.following(databases=["default"])] == [
        "replica1 of REPLICA_URLS is behind the primary, or follows another."
    ]
    follow("replica1")
    assert deployment.following(databases=["default"]) == deployment.pools_named(databases=["default"]) == []


def test_a_pool_that_is_not_named_one_stops_a_deployment_in_words(monkeypatch):
    def refuse(*given):
        raise ImproperlyConfigured("Add ?pooled=1.")

    connections["replica1"].close()
    monkeypatch.setattr(BaseDatabaseWrapper, "connect", refuse)
    assert [fault.msg for fault in deployment.pools_named(databases=["default"])] == ["replica1: Add ?pooled=1."]
    assert deployment.following(databases=["default"]) == []

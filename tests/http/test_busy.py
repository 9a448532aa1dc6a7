"""What asks too much of the database is ended and told so; what was typed at the desk is not lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.signals import request_started
from django.db import connection, transaction
from django.db.utils import ConnectionHandler
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from claims.models import Issue
from conflict_site.base import limits
from tests.factories import a_claim, an_issue
from tests.http.desk import filled, page_of, signed_in

# Some ten seconds: a site without limits fails, and does not hang.
LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000000) SELECT max(i) FROM n"


def long_query(request):
    with connection.cursor() as cursor:
        cursor.execute(LONG)
    return HttpResponse("never")


def second(request):
    an_issue(slug="same")
    an_issue(slug="same")


urlpatterns = [
    path("slow.json", long_query),
    path("slow/", long_query),
    path("admin/", include(([path("slow/", long_query), path("second/", second)], "admin"), namespace="slow")),
    path("", include("conflict_site.urls")),
]


@pytest.fixture
def quick(settings, _django_db_helper):
    settings.PUBLIC_SECONDS, settings.DESK_SECONDS = 0.21, 0.22
    yield
    limits.allow(None)  # else the tables have no longer to be emptied in


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("quick")
def test_what_takes_too_long_is_ended_in_words(client):
    answer = client.get("/slow/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "<h1>This could not be answered in time</h1>" in answer.text
    told = client.get("/slow.json")
    assert (told.status_code, told.json()["status"], told.headers["Retry-After"]) == (503, 503, "5")
    sent = client.post("/admin/slow/", {"content": "<typed> words\n& more", "csrfmiddlewaretoken": "x"})
    assert sent.status_code == 503
    assert '<form method="post" action="/admin/slow/">' in sent.text
    assert '<textarea name="content" hidden>\n&lt;typed&gt; words\n&amp; more</textarea>' in sent.text
    secret = client.post("/admin/slow/", {"username": "ada", "password": "typed"})
    assert ("typed" in secret.text, "<textarea" in secret.text) == (False, False)
    assert client.get("/start/").status_code == 200


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_whoever_comes_second_with_the_same_is_given_back_what_was_typed(client):
    answer = client.post("/admin/second/", {"slug": "same"})
    assert (answer.status_code, ">\nsame</textarea>" in answer.text) == (503, True)


@pytest.mark.django_db
def test_one_form_too_many_at_the_desk_is_told_to_come_again(settings):
    settings.DESK_AT_ONCE = 0  # as if others had been sent just now
    client = Client()
    signed_in(client)
    claim = a_claim()
    answer = client.post(page_of(claim), filled(client.get(page_of(claim)), content="typed at length"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Not saved yet" in answer.text
    assert ">\ntyped at length</textarea>" in answer.text
    assert client.get("/claims/").status_code == 200


if connection.vendor == "postgresql":  # which locks rows

    @pytest.mark.django_db(transaction=True)
    def test_a_row_that_somebody_else_is_saving_is_not_waited_for(client):
        issue = an_issue()
        signed_in(client)
        typed = filled(client.get(page_of(issue)), question="typed at length")
        held, done = Event(), Event()

        def hold():
            with transaction.atomic():
                Issue.objects.select_for_update().get(pk=issue.pk)
                held.set()
                done.wait(10)
            connection.close()

        with ThreadPoolExecutor(1) as pool:
            holder = pool.submit(hold)
            held.wait(10)
            answer = client.post(page_of(issue), typed)
            done.set()
            holder.result()
        assert answer.status_code == 503
        assert ">\ntyped at length</textarea>" in answer.text
        assert client.post(page_of(issue), typed).status_code == 302

    @pytest.mark.django_db(transaction=True)
    def test_a_connection_that_the_server_has_ended_is_replaced_before_it_is_used(client, settings):
        settings.PUBLIC_SECONDS = 31
        assert client.get("/start/").status_code == 200
        with ConnectionHandler({"default": connection.settings_dict})["default"].cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
            other.db.close()
        settings.PUBLIC_SECONDS = 32  # else nothing would be told to the connection
        request_started.send(None)  # as servers do, and test clients do not
        assert client.get("/start/").status_code == 200

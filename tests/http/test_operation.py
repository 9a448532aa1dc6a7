"""What is seen of a running site: lines that name no reader, numbers of requests, figures, and alarms."""

import json
import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, SuspiciousOperation, TooManyFieldsSent
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.http import UnreadablePostError
from django.test import Client, RequestFactory, override_settings
from prometheus_client import generate_latest

from claims.models import Revision
from conflict_site.base import clients
from conflict_site.operation import alarms, metrics
from conflict_site.operation.numbers import Numbered
from tests.factories import a_claim, a_draft, a_user, an_actor

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    logger = logging.getLogger("attributed.access")
    logger.addHandler(caplog.handler)
    yield lambda: [record.getMessage() for record in caplog.records if record.name == logger.name]
    logger.removeHandler(caplog.handler)


@override_settings(ACCESS_LOG="json", PROXIES=1)
def test_a_line_says_what_was_asked_and_names_neither_reader_nor_words(client, lines):
    a_claim(speaker=an_actor("Ada", slug="ada"))
    client.get("/actors/ada/?as_of=2024", headers={"x-forwarded-for": "203.0.113.77", "x-request-id": "abcdefgh-1"})
    client.get("/claims/?q=secret-search", headers={"x-forwarded-for": "2001:db8:1:2:3::4"})
    client.get("/nowhere-secret/")
    said = [json.loads(line) for line in lines()]
    assert [(one["client"], one["method"], one["route"], one["status"]) for one in said] == [
        ("203.0.113.0/24", "GET", "/actors/<slug:slug>/", 200),
        ("2001:db8:1::/48", "GET", "/claims/", 200),
        ("-", "GET", "-", 404),
    ]
    assert said[0]["request_id"] == "abcdefgh-1"
    assert sorted(said[0]) == ["client", "method", "ms", "request_id", "route", "status", "time"]
    assert "secret" not in "".join(lines())


@override_settings(ACCESS_LOG="text")
def test_a_line_can_be_read_by_people(client, lines):
    answer = client.get("/about/")
    line = lines()[0].split(" ")
    assert (line[1:5], line[-1]) == (["127.0.0.0/24", "GET", "/about/", "200"], answer.headers["X-Request-ID"])


def test_what_is_written_of_a_refusal_names_its_request(client, caplog):
    caplog.handler.addFilter(Numbered())
    client.get("/nowhere/", headers={"x-request-id": "abcdefgh-1"})
    assert [one.request_id for one in caplog.records if one.name == "django.request"] == ["abcdefgh-1"]


def test_where_nobody_asked_for_lines_there_are_none(client, lines):
    client.get("/about/")
    assert lines() == []


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "<script>alert(1)</script>", "a b c d e f g h", "é" * 9])
def test_a_number_that_is_none_is_replaced(client, given):
    answer = client.get("/about/", headers={"x-request-id": given})
    assert len(answer.headers["X-Request-ID"]) == 16


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (RuntimeError("a fault of ours"), 500),
        (OperationalError("not in time"), 503),
        (PermissionDenied(), 403),
        (SuspiciousOperation(), 400),
        (TooManyFieldsSent(), 413),
        (UnreadablePostError(), 408),
    ],
)
def test_the_page_for_what_went_wrong_gives_the_number_by_which_it_is_found(monkeypatch, fault, status):
    def broken(*given):
        raise fault

    monkeypatch.setattr("conflict_site.views.to_html", broken)
    answer = Client(raise_request_exception=False).get("/about/", headers={"x-request-id": "find-me-1"})
    assert (answer.status_code, answer.text.count("find-me-1")) == (status, 1)


@pytest.mark.parametrize(
    ("proxies", "told", "found"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "6.6.6.6, 198.51.100.9", "198.51.100.9"),
        (2, "6.6.6.6, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "198.51.100.9"),
        (1, "", None),
        (1, "nonsense", None),
        (1, "::ffff:198.51.100.9", "198.51.100.9"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_who_asks_is_whom_our_own_proxies_name(proxies, told, found):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": told})
    with override_settings(PROXIES=proxies):
        asks = clients.address(request)
    assert (str(asks) if asks else None) == found


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://localhost", "localhost", 25, False, False),
        ("smtp+tls://me:p%40ss@mail.example:2525", "mail.example", 2525, True, False),
        ("smtps://mail.example", "mail.example", 465, False, True),
    ],
)
def test_mail_is_handed_to_the_server_that_an_address_names(url, host, port, tls, ssl):
    made = alarms.mail_settings(url)
    assert [made[f"EMAIL_{name}"] for name in ("HOST", "PORT", "USE_TLS", "USE_SSL")] == [host, port, tls, ssl]
    assert made["EMAIL_HOST_PASSWORD"] == ("p@ss" if "p%40ss" in url else "")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://mail.example:abc", "smtp://a:99999"])
def test_what_is_no_mail_server_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured):
        alarms.mail_settings(url)


def test_an_address_for_faults_that_is_none_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN"):
        alarms.start_sentry("nonsense")


def test_a_monitor_is_not_answered_where_no_figures_are_kept():
    with pytest.raises(CommandError, match="METRICS_DIR is not set"):
        call_command("metrics")


COUNT = """
import django; django.setup()
from conflict_site.operation import metrics
metrics.count("GET", "/claims/", 200, 0.02); metrics.count("BREW", "-", 404, 0.02)
"""


@pytest.mark.django_db(transaction=True)
def test_a_monitor_reads_what_all_workers_have_counted_and_what_is_on_file_and_waits(tmp_path):
    said = {"base_version": 1, "before": {}, "after": {}, "kind": "edit", "public_note": "typo"}
    Revision.objects.create(thing=a_draft(), proposed_by=(by := a_user()), edited_by=by, **said)
    environment = {
        "DJANGO_SETTINGS_MODULE": "conflict_site.settings",
        "SECRET_KEY": "x" * 50,
        "METRICS_DIR": str(tmp_path),
    }
    workers = [subprocess.Popen([sys.executable, "-c", COUNT], cwd=ROOT, env=environment) for _ in range(2)]
    assert [worker.wait() for worker in workers] == [0, 0]
    with override_settings(METRICS_DIR=str(tmp_path)):
        said = generate_latest(metrics.registry()).decode()
    assert 'attributed_requests_total{method="GET",route="/claims/",status="200"} 2.0' in said
    assert 'attributed_requests_total{method="other",route="-",status="404"} 2.0' in said
    assert 'attributed_rows{kind="claim",state="draft"} 1.0' in said
    assert 'attributed_rows{kind="revision",state="pending"} 1.0' in said
    assert "attributed_texts_missing 1.0" in said


@pytest.mark.run_once
def test_a_command_that_serves_nobody_needs_no_right_to_the_folder_of_figures(tmp_path):
    folder = tmp_path / "figures"
    settings = {"DJANGO_SETTINGS_MODULE": "conflict_site.settings", "SECRET_KEY": "x" * 50, "METRICS_DIR": str(folder)}
    for code, made in (("", False), ("from django.core.wsgi import get_wsgi_application as go; go()", True)):
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {code}"], cwd=ROOT, env=settings, check=True
        )
        assert folder.exists() == made


def test_a_monitor_is_told_where_nobody_can_listen():
    with socket.socket() as taken, override_settings(METRICS_DIR="."):
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(CommandError, match="Cannot listen"):
            call_command("metrics", port=taken.getsockname()[1])

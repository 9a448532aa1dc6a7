"""A new worker has made beforehand what its first reader would wait for, whatever becomes of the database."""

import http.client
import os
import socket
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from time import sleep

import jinja2
import pytest
from django.forms.renderers import get_default_renderer
from django.template import base, engines

from claims.readmodel import freshness, shared
from claims.readmodel.freshness import Reader
from claims.views import etags
from conflict_site import ahead
from tests.factories import a_claim

ROOT = Path(__file__).resolve().parent.parent.parent
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def new_worker(monkeypatch):
    """The state of one that has made nothing yet; gives the names of the templates that are compiled from here on."""
    compiled: list[str] = []
    compile_django, compile_jinja = base.Template.compile_nodelist, jinja2.Environment.compile
    engines["django"].engine.template_loaders[0].reset()
    engines["jinja2"].env.cache.clear()
    get_default_renderer.cache_clear()
    etags.program.cache_clear()
    monkeypatch.setattr(
        base.Template, "compile_nodelist", lambda self: compiled.append(self.name) or compile_django(self)
    )
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda self, source, name, *more: compiled.append(name) or compile_jinja(self, source, name, *more),
    )
    return compiled


def test_what_is_made_beforehand_needs_no_database(new_worker):
    ahead.prepare()
    assert {"home.html", "claims/claim_list.html", "sprite.svg", "facets.html", "story.html"} <= set(new_worker)
    assert etags.program.cache_info().currsize == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/claims/", "/claims/?q=peace&said_from=soon", "/actors/", "/issues/", "/nowhere/"]
)
def test_the_first_reader_waits_for_no_template(client, new_worker, path):
    a_claim("there was peace")
    ahead.prepare()
    new_worker.clear()
    client.get(path)
    assert new_worker == []


@pytest.mark.django_db
def test_what_other_workers_keep_is_mapped_and_nothing_is_read_where_they_keep_nothing(settings, tmp_path, monkeypatch):
    settings.READ_MODEL_DIR = str(tmp_path)
    monkeypatch.setattr(shared, "_may_be_undone", lambda alias: False)  # tests are within a transaction
    monkeypatch.setattr(freshness, "_reader", Reader())
    a_claim("there was peace")
    freshness.map_kept()
    assert freshness._reader.held() is None
    freshness.kept_whole()
    monkeypatch.setattr(freshness, "_reader", Reader())
    monkeypatch.setattr(freshness, "load", None)
    freshness.map_kept()
    [met] = freshness._reader.held().published.parts
    assert not met.part.keys.flags.writeable
    assert "words" in met.part.once._values


def test_a_database_that_does_not_answer_is_noted_and_no_more(settings, tmp_path, caplog):
    settings.READ_MODEL_DIR = str(tmp_path)
    shared._file("default", freshness.COLUMNS).touch()
    with caplog.at_level("WARNING"):
        ahead.map_kept()  # this test may not ask it
    assert caplog.messages == ["Nothing could be read ahead: RuntimeError"]


def test_a_worker_starts_without_a_database(tmp_path):
    bind = tmp_path / "socket"
    options = ["--worker-class=gthread", "--no-control-socket", "--log-level=critical", f"--bind=unix:{bind}"]
    environment = {"DATABASE_URL": NOWHERE, "SECRET_KEY": "x" * 50, "DEBUG": "0", "ALLOWED_HOSTS": "localhost"}
    command = [sys.executable, "-m", "gunicorn", *options, "conflict_site.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        assert (status(bind, "/livez"), status(bind, "/healthz")) == (200, 503)
    finally:
        process.terminate()
        process.wait()


def status(bind: Path, path: str) -> int:
    """What is answered, once the server takes connections in."""
    for _ in range(600):
        with closing(http.client.HTTPConnection("localhost")) as connection:
            connection.sock = socket.socket(socket.AF_UNIX)
            with suppress(FileNotFoundError, ConnectionRefusedError):
                connection.sock.connect(str(bind))
                connection.request("GET", path)
                return connection.getresponse().status
        sleep(0.1)
    pytest.fail("The server did not start")

"""What `make run` puts into a database."""

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claims.models import ChangedRow, Claim, ClaimWords
from conflict_site.doors import checks
from scripts import run
from scripts.run import ask_for_a_password_only, fill, has_content, shut_files_to_others
from tests.factories import a_claim, a_source, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[1]


def test_a_new_database_gets_the_opening_dossier(monkeypatch):
    monkeypatch.delenv("EMPTY", raising=False)
    assert ChangedRow.objects.exists()  # a note of its own is no content
    fill()
    assert Claim.objects.published().count() == 388


def test_it_stays_empty_where_that_is_asked(monkeypatch):
    monkeypatch.setenv("EMPTY", "1")
    fill()
    assert not has_content()


@pytest.mark.parametrize("make", [an_actor, an_issue, a_source, an_event, a_claim])
def test_one_that_holds_something_is_left_alone(monkeypatch, make):
    monkeypatch.delenv("EMPTY", raising=False)
    make()
    assert has_content()
    fill()
    assert Claim.objects.count() <= 1


def test_claims_of_an_older_release_get_their_words():
    claim = a_claim("talks should resume")
    ClaimWords.objects.update(forms="")
    fill()
    assert "talk" in ClaimWords.objects.get(claim=claim).forms.split()


def test_files_that_others_could_read_are_shut(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / ".env").write_text("SECRET_KEY=x")
    (tmp_path / ".env").chmod(0o644)
    assert [found.msg for found in checks.private_files()] == ["Others can read .env."]
    shut_files_to_others()
    assert oct((tmp_path / ".env").stat().st_mode)[-3:] == "600"
    assert checks.private_files() == []


@pytest.mark.parametrize(
    ("env", "file", "found"),
    [("", "", "0"), ("1", "", "1"), ("", "SECOND_FACTOR=1", ""), ("0", "SECOND_FACTOR=1", "0")],
)
def test_a_trial_asks_for_a_password_only_unless_somebody_has_said_so(monkeypatch, tmp_path, env, file, found):
    (tmp_path / ".env").write_text(file)
    monkeypatch.delenv("SECOND_FACTOR")
    if env:
        monkeypatch.setenv("SECOND_FACTOR", env)
    ask_for_a_password_only(tmp_path / ".env")
    assert os.environ.get("SECOND_FACTOR", "") == found
    monkeypatch.setenv("SECOND_FACTOR", "0")


def ran(**given):
    """How a run ends: its status and what it says."""
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 50, "SECOND_FACTOR": "0", **given}
    command = [sys.executable, "scripts/run.py"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    return ended.returncode, (ended.stderr or ended.stdout).strip()


@pytest.mark.run_once
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PORT": "http"}, "PORT must be a number from 1 to 65535, not 'http'."),
        ({"DATABASE_URL": "postgresql://u:p%zz@h:abc/n"}, "% as %25"),
        ({"DATABASE_URL": "mysql://h/n"}, "begin with sqlite:// or postgresql://"),
        ({"DATABASE_URL": "nonsense"}, "begins with sqlite:// or postgresql://"),
        ({"HTTPS": "1"}, "Here: HTTPS=0 make run"),
        ({"DATABASE_URL": "sqlite:////etc/hosts/a.sqlite3"}, "/etc/hosts: File exists."),
    ],
)
def test_what_cannot_be_run_is_told_in_a_sentence(given, words):
    status, said = ran(**{"PORT": "48763", **given})
    assert (status, "Traceback" in said, words in said) == (1, False, True), said


@pytest.mark.run_once
def test_a_server_that_a_killed_run_has_left_is_named():
    with socket.socket() as taken, subprocess.Popen(["sleep", "60"]) as server:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        kept = run.pid_file(port)
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(str(server.pid))
        try:
            status, said = ran(PORT=str(port))
        finally:
            kept.unlink()
            server.kill()
    assert (status, f"`kill {server.pid}` ends it" in said) == (1, True), said


def test_of_two_runs_one_waits_for_the_other(capsys):
    first = run.alone()
    with ThreadPoolExecutor() as pool, first:
        second = pool.submit(lambda: run.alone().__enter__())
        while "waiting for it" not in capsys.readouterr().out:
            assert not second.done()
    second.result()

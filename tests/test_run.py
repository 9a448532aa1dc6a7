"""What `make run` puts into a database."""

import os

import pytest

from claims.models import ChangedRow, Claim, ClaimWords
from conflict_site.doors import checks
from scripts.run import ask_for_a_password_only, fill, has_content, shut_files_to_others
from tests.factories import a_claim, a_source, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db


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

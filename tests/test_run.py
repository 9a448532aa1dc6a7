"""What `make run` puts into a database."""

import pytest

from claims.models import ChangedRow, Claim, ClaimWords
from scripts.run import fill, has_content
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

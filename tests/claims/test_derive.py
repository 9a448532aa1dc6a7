"""The command that writes again what claims are found by."""

import pytest
from django.core.management import call_command

from claims.models import ClaimWords
from claims.search.index import matching
from tests.factories import a_citation, a_claim, a_snapshot, a_source

pytestmark = pytest.mark.django_db


def test_it_writes_the_words_of_claims_that_lack_them(capsys):
    lacking, _ = a_claim("talks should resume"), a_claim()
    ClaimWords.objects.filter(claim=lacking).update(text="talks", forms="")
    call_command("derive")
    assert capsys.readouterr().out == "1 claims derived.\n"
    assert list(matching("resumed")) == [lacking]


def test_it_writes_those_of_claims_without_any():
    claim = a_claim("talks should resume")
    ClaimWords.objects.all().delete()
    call_command("derive", verbosity=0)
    assert list(matching("talk")) == [claim]


def test_it_writes_all_anew_when_asked(capsys):
    claim = a_claim("talks should resume")
    ClaimWords.objects.update(forms="stale")
    call_command("derive", "--all")
    assert capsys.readouterr().out == "1 claims derived.\n"
    assert list(matching("talk")) == [claim]


def test_it_looks_again_for_passages_that_an_older_release_did_not_find():
    claim, source = a_claim(), a_source()
    citation = a_citation(claim, source, "It's over", status="not_found")
    a_snapshot(source, "“It’s over,” he said.")
    ClaimWords.objects.update(forms="")
    call_command("derive", verbosity=0)
    citation.refresh_from_db()
    assert (citation.status, citation.exact) == ("verified", "It’s over")

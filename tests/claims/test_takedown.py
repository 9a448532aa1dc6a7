"""A source whose text and passages are hidden, and shown again."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from claims.editorial.takedown import restore, take_down
from claims.models import Change, Source
from claims.search.index import derive, matching
from claims.wording.quotation import Quotation, quotation
from tests.factories import a_citation, a_claim, a_source, a_user, an_actor, unreviewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return a_source(slug="address")


@pytest.fixture
def claim(source):
    return a_claim("talks should begin", source=source, exact="the canary sings for Ada Abel")


def log(source):
    return [(change.kind, change.public_note, change.by) for change in Change.objects.about(source)]


def test_it_is_noted_when_by_whom_and_why(source):
    editor = a_user()
    take_down(source, editor, reason=" The author asked for it. ")
    source.refresh_from_db()
    assert (source.is_taken_down, source.taken_down_by) == (True, editor)
    assert source.taken_down_reason == "The author asked for it."
    assert log(source) == [("takedown", "The author asked for it.", editor)]


def test_it_can_be_shown_again(source):
    editor = a_user()
    take_down(source, reason="The author asked for it.")
    restore(source, editor, reason="The author agreed.")
    source.refresh_from_db()
    assert (source.is_taken_down, source.taken_down_reason, source.taken_down_by) == (False, "", None)
    assert log(source)[0] == ("restoration", "The author agreed.", editor)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_it_takes_a_reason(source, reason):
    with pytest.raises(ValidationError, match="Say why"):
        take_down(source, reason=reason)
    source.refresh_from_db()
    assert not source.is_taken_down


def test_it_is_done_once(source):
    take_down(source, reason="The author asked for it.")
    with pytest.raises(ValidationError, match="already"):
        take_down(source, reason="Again.")


def test_what_is_shown_cannot_be_shown_again(source):
    with pytest.raises(ValidationError, match="not been taken down"):
        restore(source, reason="The author agreed.")


@pytest.mark.parametrize(
    "columns",
    [
        {"taken_down_at": "2024-01-15T00:00:00Z"},
        {"taken_down_at": "2024-01-15T00:00:00Z", "taken_down_reason": ""},
        {"taken_down_reason": "no date"},
    ],
)
def test_the_database_refuses_a_takedown_without_date_or_reason(source, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(**columns)


def test_readers_are_given_nothing_of_its_passages(source, claim):
    with unreviewed():
        claim.citations.update(prefix="before", suffix="after", translation="the translation")
    take_down(source, reason="The author asked for it.")
    assert quotation(claim.citations.get()) == Quotation("taken_down")


def test_claims_are_not_found_by_its_words(source, claim):
    take_down(source, reason="The author asked for it.")
    assert not matching("canary").exists()
    assert matching("talks begin").get() == claim


def test_claims_are_found_by_its_words_once_it_is_shown_again(source, claim):
    take_down(source, reason="The author asked for it.")
    restore(source, reason="The author agreed.")
    assert matching("canary").get() == claim


def test_the_words_of_other_sources_still_count(source, claim):
    a_citation(claim, exact="the robin sings")
    take_down(source, reason="The author asked for it.")
    assert matching("robin").get() == claim


def test_nobody_is_mentioned_by_its_words(source, claim):
    ada = a_claim(speaker=an_actor("Ada Abel")).speaker
    derive([claim])
    assert list(claim.mentions.all()) == [ada]
    take_down(source, reason="The author asked for it.")
    assert list(claim.mentions.all()) == []
    restore(source, reason="The author agreed.")
    assert list(claim.mentions.all()) == [ada]


def test_who_shows_a_source_again_brings_nobody_new_before_readers(source, claim):
    take_down(source, reason="The author asked for it.")
    an_actor("Ada Abel")
    restore(source, reason="The author agreed.")
    assert list(claim.mentions.all()) == []


def test_its_text_is_not_fetched(source):
    take_down(source, reason="The author asked for it.")
    told = StringIO()
    call_command("capture", "--missing", stdout=told)
    assert "Sources: none fetched." in told.getvalue()

"""Passages that were found in a text which is not held here: what they are called, and what a text changes in it."""

import pytest

from claims.capture import capture
from claims.evidence import anchor
from claims.models import Citation, digest
from tests.factories import a_citation, a_claim, a_source

pytestmark = pytest.mark.django_db

TEXT = "He spoke first.\n\nWe are ready for talks.\n\nThen he left."
LATER = f"Home. Menu.\n\n{TEXT}\n\nAll rights reserved."
WORDS = "We are ready for talks"


def recorded(text=TEXT, exact=WORDS):
    """A citation whose words were found in a text on some day."""
    return a_citation(
        a_claim(), a_source(), exact, status="checked", checked_on="2026-11-23", checked_sha256=digest(text)
    )


def after(citation, *texts):
    """The citation once these texts of its source were captured."""
    for text in texts:
        capture(citation.source, text)
    return Citation.objects.get(pk=citation.pk)


def test_without_a_text_it_stays_checked_until_its_words_are_others():
    citation = recorded()
    anchor(Citation.objects.all())
    assert after(citation).status == "checked"
    citation.forget_check()
    citation.save()
    anchor(Citation.objects.all())
    assert after(citation).status == "text_not_held"


def test_the_very_text_makes_it_verified_in_it():
    found = after(recorded(), TEXT.replace("\n", "\r\n"))
    assert (found.status, found.snapshot.sha256, found.start) == ("verified", found.checked_sha256, 17)


def test_another_text_that_has_the_words_makes_it_verified_too():
    found = after(recorded(), LATER)
    assert (found.status, found.snapshot.sha256) == ("verified", digest(LATER))
    assert (str(found.checked_on), found.checked_sha256) == ("2026-11-23", digest(TEXT))


@pytest.mark.parametrize(("text", "status"), [("Nothing.", "not_found"), (f"{WORDS}. {WORDS}.", "ambiguous")])
def test_a_text_that_lacks_the_words_says_so_and_the_record_stays(text, status):
    found = after(recorded(), text)
    assert (found.status, str(found.checked_on), found.checked_sha256) == (status, "2026-11-23", digest(TEXT))


def test_of_several_texts_held_the_very_one_counts_before_the_newest():
    citation = recorded()
    source, unseen = citation.source, a_citation(a_claim(), citation.source, WORDS)
    Citation.objects.update(source=a_source())
    capture(source, TEXT)
    capture(source, LATER)
    Citation.objects.update(source=source)
    assert after(citation, LATER).snapshot.sha256 == digest(TEXT)
    assert after(unseen).snapshot.sha256 == digest(LATER)

"""Passages that are lost in the newest text of their source: the desk shows where they may be meant to stand."""

import pytest

from claims.evidence.anchoring import anchor
from claims.models import Change, Citation
from tests.factories import a_citation, a_claim, a_draft, a_snapshot, a_source, unreviewed
from tests.http.desk import approved, page_of, save, signed_in

pytestmark = pytest.mark.django_db

EDITED = "First of all: we demand talks by spring. And then she left."


def lost(make=a_draft, text=EDITED):
    """A claim whose passage its source's text does not have."""
    source = a_source()
    claim = make()
    with unreviewed():
        claim.citations.all().delete()
    a_citation(claim, source, "We demand talks in spring")
    a_snapshot(source, text)
    anchor(claim.citations.all())
    return claim


def choices(client, claim):
    [form] = client.get(page_of(claim)).context["inline_admin_formsets"][0].formset.forms
    return list(form.places)


def test_a_lost_passage_shows_where_it_may_be_meant(client):
    signed_in(client, "Curator")
    page = client.get(page_of(lost())).text
    assert "… First of all: <mark>we demand talks by spring</mark>" in page
    assert "% alike)" in page


def test_nothing_is_taken_unless_a_person_chooses(client):
    signed_in(client, "Curator")
    claim = lost()
    save(client, page_of(claim), occasion="a meeting")
    citation = claim.citations.get()
    assert (citation.exact, citation.status) == ("We demand talks in spring", "not_found")


def test_the_place_chosen_is_quoted_and_verified(client):
    signed_in(client, "Curator")
    claim = lost()
    save(client, page_of(claim), **{"citations-0-place": choices(client, claim)[0]})
    citation = claim.citations.get()
    assert (citation.exact, citation.prefix, citation.status) == (
        "we demand talks by spring",
        "First of all:",
        "verified",
    )


def test_where_readers_look_on_the_choice_needs_a_note(client):
    signed_in(client)
    claim = lost(a_claim)
    choice = {"citations-0-place": choices(client, claim)[0]}
    save(client, page_of(claim), **choice)
    assert claim.citations.get().exact == "We demand talks in spring"
    save(client, page_of(claim), change_kind="correction", public_note="The source has other words.", **choice)
    signed_in(client, "Reviewer")
    approved(client, claim)
    assert claim.citations.get().exact == "we demand talks by spring"
    assert Change.objects.latest("pk").public_note == "The source has other words."


def test_a_place_and_other_words_cannot_both_be_taken(client):
    signed_in(client, "Curator")
    claim = lost()
    changes = {"citations-0-place": choices(client, claim)[0], "citations-0-exact": "we demand talks by spring"}
    page = save(client, page_of(claim), **changes)
    assert "Choose a place or type the words yourself, not both." in page.text
    assert claim.citations.get().exact == "We demand talks in spring"


@pytest.mark.parametrize("sent", ["1", "0-0-0", "999999999999999999999-1-2", "\0", "<b>"])
def test_a_place_that_was_not_offered_is_refused(client, sent):
    signed_in(client, "Curator")
    claim = lost()
    page = save(client, page_of(claim), **{"citations-0-place": sent})
    assert "is not one of the available choices" in page.text or "Null characters" in page.text
    assert claim.citations.get().status == "not_found"


def test_words_that_stand_twice_are_told_apart_by_a_choice(client):
    signed_in(client, "Curator")
    claim = lost(text="We demand talks in spring, she said. He: We demand talks in spring too.")
    assert claim.citations.get().status == "ambiguous"
    save(client, page_of(claim), **{"citations-0-place": choices(client, claim)[1]})
    citation = claim.citations.get()
    assert (citation.status, citation.start, citation.suffix) == ("verified", 41, "too.")


def test_a_passage_that_a_later_capture_lost_may_be_quoted_from_it(client):
    signed_in(client, "Curator")
    claim = lost(text="She said: We demand talks in spring.")
    citation = claim.citations.get()
    first = citation.snapshot_id
    assert (citation.status, choices(client, claim)) == ("verified", [])
    second = a_snapshot(citation.source, EDITED)
    anchor(Citation.objects.all())
    save(client, page_of(claim), **{"citations-0-place": choices(client, claim)[0]})
    citation.refresh_from_db()
    assert (citation.exact, citation.snapshot_id) == ("we demand talks by spring", second.pk)
    assert first != second.pk


def test_where_the_words_stand_nothing_is_offered(client):
    signed_in(client, "Curator")
    claim = lost(text="We demand talks in spring.")
    assert choices(client, claim) == []

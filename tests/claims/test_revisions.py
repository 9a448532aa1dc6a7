"""Edits in plain values, and what follows from them."""

import pytest

from claims.changes import revisions
from claims.models import Change, State
from tests.factories import (
    a_claim,
    a_draft,
    a_position,
    a_relation,
    a_source,
    a_stance,
    a_step,
    a_user,
    an_actor,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db


def test_a_claim_in_plain_values():
    claim = a_draft(
        "talks should resume",
        slug="ada-2024",
        speaker=an_actor(slug="ada"),
        issues=[an_issue(slug="talks"), an_issue(slug="ceasefire")],
        addressees=[an_actor(slug="ben")],
        source=a_source(slug="speech"),
        exact="resume the talks",
    )
    a_step(claim, an_actor(slug="agency"), cue="reports")
    a_relation(claim, a_draft(slug="ben-2024"), note="the opposite")
    assert revisions.values(claim) == {
        "slug": "ada-2024",
        "speaker": "ada",
        "as_stated": "MR. SPEAKER",
        "on_behalf_of": None,
        "act": "asserts",
        "form": "verbatim",
        "content": "talks should resume",
        "said_edtf": "2024-01-15",
        "said_text": "",
        "about_edtf": "",
        "about_text": "",
        "occasion": "",
        "addressees": ["ben"],
        "issues": ["ceasefire", "talks"],
        "events": [],
        "steps": [{"order": 1, "actor": "agency", "as_stated": "", "cue": "reports", "identification": "named"}],
        "citations": [
            {
                "source": "speech",
                "exact": "resume the talks",
                "prefix": "",
                "suffix": "",
                "locator": "par 1",
                "language": "en",
                "translation": "",
                "translator": "",
                "machine_translated": False,
            }
        ],
        "relations_out": [{"to_claim": "ben-2024", "kind": "contradicts", "basis": "curator", "note": "the opposite"}],
    }


def test_a_position_in_plain_values():
    position = a_position(
        an_actor(slug="ada"), a_stance(), shown_by=[a_claim(slug="ada-2024")], slug="ada-talks", summary="Ada said so"
    )
    assert revisions.values(position) == {
        "slug": "ada-talks",
        "actor": "ada",
        "stance": "answer-1",
        "summary": "Ada said so",
        "evidence": [{"claim": "ada-2024", "role": "shows"}],
    }


def test_a_difference_holds_only_what_changed():
    before, after = {"act": "asks", "issues": ["a"]}, {"act": "asks", "issues": ["a", "b"]}
    assert revisions.difference(before, after) == {"before": {"issues": ["a"]}, "after": {"issues": ["a", "b"]}}


def test_nothing_changed_is_nothing_recorded():
    claim = a_claim()
    assert revisions.record(claim, revisions.values(claim), by=None) is False
    assert (claim.version, Change.objects.count()) == (1, 0)


def test_an_edit_of_a_published_row_is_logged():
    event, person = an_event("Talks"), a_user()
    before = {**revisions.values(event), "title": "Talk"}
    assert revisions.record(event, before, by=person, kind="correction", note="A letter was missing.") is True
    change = Change.objects.about(event).get()
    assert (change.kind, change.by, change.public_note) == ("correction", person, "A letter was missing.")
    assert (change.before, change.after, event.version) == ({"title": "Talk"}, {"title": "Talks"}, 2)


def test_an_edit_returns_a_submitted_row_to_its_curator():
    claim = a_draft()
    claim.submit(a_user())
    assert revisions.record(claim, {}, by=None) is True
    assert (claim.state, claim.submitted_by, claim.version) == (State.DRAFT, None, 2)
    assert not Change.objects.exists()

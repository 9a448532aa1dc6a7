"""The way of a claim from draft to publication at the desk, and what happens to it afterwards."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.utils import timezone

from claims.admin.moves import STALE
from claims.models import Change, Citation, Claim, State
from conflict_site.base import edtf
from tests.factories import a_claim, a_draft, a_source, a_user, an_issue
from tests.http.desk import (
    approved,
    blank,
    chosen,
    errors,
    filled,
    in_review,
    list_of,
    move,
    page_of,
    passage,
    save,
    signed_in,
    take,
    ticked,
    typed,
)

pytestmark = pytest.mark.django_db


def said(response):
    """The messages that the next page shows."""
    return [str(message) for message in get_messages(response.wsgi_request)]


# From draft to publication


def test_one_button_saves_and_submits(client):
    curator = signed_in(client, "Curator")
    save(client, blank(Claim), passage(), **typed(_submit="1"))
    claim = Claim.objects.get()
    assert (claim.state, claim.submitted_by) == (State.IN_REVIEW, curator)


def test_an_incomplete_claim_is_saved_but_not_submitted(client):
    signed_in(client, "Curator")
    response = save(client, blank(Claim), **typed(content="", _submit="1"))
    claim = Claim.objects.get()
    assert (claim.state, response.url) == (State.DRAFT, page_of(claim))
    assert "Before it can be published, this claim needs content, a citation." in said(response)[0]


def test_a_second_person_publishes(client):
    reviewer = signed_in(client, "Reviewer")
    claim = in_review(a_draft())
    assert "Readers see it at once." in client.get(move(claim, "publish")).text
    take(client, claim, "publish")
    claim.refresh_from_db()
    assert (claim.state, claim.reviewed_by, claim.forced) == (State.PUBLISHED, reviewer, False)
    assert Change.objects.get().kind == "publication"


def test_nobody_publishes_what_they_have_submitted_themselves(client):
    person = signed_in(client, "Curator", "Reviewer")
    claim = in_review(a_draft(), by=person)
    page = take(client, claim, "publish")
    claim.refresh_from_db()
    assert claim.state == State.IN_REVIEW
    assert "A second person publishes what one has submitted; alone it takes a reason." in page.text
    assert move(claim, "publish") not in client.get(page_of(claim)).text


def test_a_managing_editor_publishes_alone_with_a_reason(client):
    signed_in(client, "Managing editor")
    claim = a_draft()
    page = take(client, claim, "publish-alone", words=" ")
    assert page.context["form"].errors == {"words": ["This field is required."]}
    take(client, claim, "publish-alone", words="nobody else is here")
    claim.refresh_from_db()
    assert (claim.state, claim.forced_reason) == (State.PUBLISHED, "nobody else is here")
    assert Change.objects.get().public_note == "nobody else is here"


def test_a_reason_may_not_be_longer_than_its_column(client):
    signed_in(client)
    page = take(client, a_draft(), "publish-alone", words="a" * 301)
    assert page.context["form"].errors == {"words": ["Ensure this value has at most 300 characters (it has 301)."]}


def test_a_reviewer_sends_back(client):
    signed_in(client, "Reviewer")
    claim = in_review(a_draft())
    page = take(client, claim, "send-back")
    assert page.context["form"].errors == {"words": ["This field is required."]}
    take(client, claim, "send-back", words="Which talks?")
    claim.refresh_from_db()
    assert (claim.state, claim.submitted_by) == (State.DRAFT, None)
    assert "Which talks?" in client.get(page_of(claim)).text


def test_nothing_is_published_before_the_list_is_ticked(client):
    signed_in(client, "Reviewer", "Managing editor")
    claim = in_review(a_draft(exact="the very words"))
    assert "<mark>the very words</mark>" in client.get(move(claim, "publish")).text
    for step in ("publish", "publish-alone"):
        page = take(client, claim, step, words="alone", checked_neutral="")
        assert page.context["form"].errors == {"checked_neutral": ["Tick this once you have checked it."]}
    assert Claim.objects.get().state == State.IN_REVIEW


def test_a_withdrawal_needs_a_note(client):
    signed_in(client, "Managing editor")
    claim = a_claim()
    take(client, claim, "withdraw", words="")
    claim.refresh_from_db()
    assert claim.state == State.PUBLISHED
    take(client, claim, "withdraw", words="quoted the wrong speaker")
    claim.refresh_from_db()
    assert (claim.state, Change.objects.get().public_note) == (State.WITHDRAWN, "quoted the wrong speaker")


def test_what_was_edited_after_reading_is_not_published(client):
    signed_in(client, "Reviewer")
    claim = in_review(a_draft())
    form = client.get(move(claim, "publish")).context["form"]
    Claim.objects.update(version=2)
    page = client.post(move(claim, "publish"), {**form.initial, **ticked(form)})
    assert "Somebody has changed this since you opened the page." in page.text
    assert Claim.objects.get().state == State.IN_REVIEW


@pytest.mark.parametrize("name", ["submit", "send-back"])
def test_a_step_that_the_state_does_not_allow_changes_nothing(client, name):
    signed_in(client)
    claim = a_claim()
    page = take(client, claim, name, words="because")
    assert "This is published; the step is not possible." in page.text
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("group", "allowed"),
    [
        ("Curator", {"submit"}),
        ("Reviewer", {"publish", "send-back"}),
        ("Managing editor", {"publish-alone", "withdraw"}),
        ("Auditor", set()),
    ],
)
def test_each_group_may_do_its_own_steps_and_no_others(client, group, allowed):
    signed_in(client, group)
    claim = a_draft()
    names = ["submit", "publish", "publish-alone", "send-back", "withdraw"]
    assert {name for name in names if client.get(move(claim, name)).status_code == 200} == allowed
    refused = {name for name in names if client.post(move(claim, name)).status_code == 403}
    assert refused == {*names} - allowed


def test_several_are_submitted_and_published_at_once(client):
    signed_in(client, "Curator")
    ready, other, incomplete = a_draft(), a_draft(), a_draft(said_edtf="")
    response = client.post(list_of(Claim), chosen(client, "submit_selected", ready, other, incomplete))
    assert said(response) == [
        f"“{incomplete}”: Before it can be published, this claim needs the date on which it was said.",
        "2 claims are submitted for review.",
    ]
    signed_in(client, "Reviewer")
    client.post(list_of(Claim), chosen(client, "publish_selected", ready, incomplete))
    assert [Claim.objects.get(pk=claim.pk).state for claim in (ready, incomplete)] == [State.PUBLISHED, State.DRAFT]


def test_several_are_published_only_once_they_were_read_and_the_list_is_ticked(client):
    signed_in(client, "Reviewer")
    one, other = in_review(a_draft("talks should resume")), in_review(a_draft("talks should end"))
    Citation.objects.filter(claim=one).update(exact="talks will resume", suffix=", he said")
    sent = chosen(client, "publish_selected", one, other)
    page = client.post(list_of(Claim), {name: value for name, value in sent.items() if "checked" not in name})
    assert "talks should resume." in page.text
    assert "talks should end." in page.text
    assert "<mark>talks will resume</mark>, he said" in page.text
    page = client.post(list_of(Claim), {**sent, "checked_words": ""})
    assert page.context["form"].errors == {"checked_words": ["Tick this once you have checked it."]}
    assert {claim.state for claim in Claim.objects.all()} == {State.IN_REVIEW}


# The same step twice


STEPS = {
    "submit": (a_draft, "submitted for review"),
    "publish": (lambda: in_review(a_draft()), "published"),
    "publish-alone": (a_draft, "published"),
    "send-back": (lambda: in_review(a_draft()), "sent back to its curator"),
    "withdraw": (a_claim, "withdrawn"),
}
BACK = [("submit", "send-back"), ("withdraw", "publish-alone")]


def today():
    return edtf.day(timezone.now().date())


def known():
    """All that a step can change: the claims, and both logs."""
    return list(Claim.objects.values()), list(Change.objects.values()), list(LogEntry.objects.values())


def offered(client, claim, name):
    """What a browser sends of the page of a step."""
    form = client.get(move(claim, name)).context["form"]
    return {**form.initial, **ticked(form), "words": "because"}


@pytest.mark.parametrize("name", STEPS)
def test_a_second_equal_step_is_told_that_it_is_done_and_changes_nothing(client, name):
    person = signed_in(client)
    row, done = STEPS[name]
    claim = row()
    sent = offered(client, claim, name)
    client.post(move(claim, name), sent)
    before = known()
    again = client.post(move(claim, name), sent)
    assert said(again)[-1] == f"“{claim}” was {done} on {today()} by {person}; nothing has changed."
    assert (again.url, known()) == (page_of(claim), before)


def test_so_is_one_of_which_nobody_knows_who_has_made_it(client):
    signed_in(client)
    claim = a_claim()
    again = client.post(move(claim, "publish"))
    assert said(again) == [f"“{claim}” is published already; nothing has changed."]
    assert not Change.objects.exists()


@pytest.mark.parametrize(("name", "back"), BACK)
def test_a_step_that_was_taken_back_is_not_made_by_an_equal_one(client, name, back):
    signed_in(client)
    claim = STEPS[name][0]()
    sent = offered(client, claim, name)
    client.post(move(claim, name), sent)
    take(client, claim, back, words="because")
    before = known()
    again = client.post(move(claim, name), sent)
    assert again.context["form"].errors == {"seen": [STALE]}
    assert known() == before


def test_what_was_withdrawn_since_is_not_published_alone_as_the_draft_it_was(client):
    signed_in(client)
    claim = a_draft()
    sent = offered(client, claim, "publish-alone")
    claim.publish(forced_reason="made by a program")
    claim.withdraw(note="wrong speaker")
    before = known()
    assert client.post(move(claim, "publish-alone"), sent).context["form"].errors == {"seen": [STALE]}
    assert known() == before


def test_a_step_that_says_not_what_its_reader_has_seen_is_refused(client):
    signed_in(client)
    page = client.post(move(a_draft(), "submit"))
    assert page.context["form"].errors == {"seen": ["This field is required."]}
    assert Claim.objects.get().state == State.DRAFT


@pytest.mark.parametrize("name", ["submit", "publish"])
def test_a_second_equal_step_of_several_is_told_so_too(client, name):
    person = signed_in(client)
    row, done = STEPS[name]
    claim = row()
    sent = chosen(client, f"{name}_selected", claim)
    client.post(list_of(Claim), sent)
    before = known()
    again = client.post(list_of(Claim), sent)
    assert said(again)[-1] == f"“{claim}” was {done} on {today()} by {person}; nothing has changed."
    assert known() == before


def test_several_are_not_submitted_again_that_were_sent_back_since(client):
    signed_in(client)
    claim = a_draft()
    sent = chosen(client, "submit_selected", claim)
    client.post(list_of(Claim), sent)
    take(client, claim, "send-back", words="because")
    before = known()
    again = client.post(list_of(Claim), sent)
    assert said(again)[-1] == f"“{claim}”: {STALE}"
    assert known() == before


def test_several_are_not_published_by_somebody_who_says_not_what_was_seen(client):
    signed_in(client)
    claim = in_review(a_draft())
    response = client.post(list_of(Claim), {**chosen(client, "publish_selected", claim), "seen": ""})
    assert said(response) == [f"“{claim}”: {STALE}"]
    assert Claim.objects.get().state == State.IN_REVIEW


def test_what_is_saved_and_submitted_twice_is_submitted_once(client):
    person = signed_in(client)
    claim = a_draft()
    sent = filled(client.get(page_of(claim)), _submit="1")
    client.post(page_of(claim), sent)
    before = known()
    again = client.post(page_of(claim), sent)
    assert said(again)[-1] == f"“{claim}” was submitted for review on {today()} by {person}; nothing has changed."
    assert known() == before


# After publication


def test_an_edit_that_readers_see_needs_a_note(client):
    signed_in(client, "Curator")
    page = save(client, page_of(a_claim()), content="talks should end")
    assert page.context["adminform"].form.errors == {"public_note": ["Say what you changed and why. Readers see this."]}


def test_so_does_a_change_of_a_passage_alone(client):
    signed_in(client, "Curator")
    page = save(client, page_of(a_claim()), **{"citations-0-locator": "par 2"})
    assert "Readers see these: write a public note at the top." in page.text
    assert Citation.objects.get().locator == "par 1"


def test_a_correction_is_recorded_with_what_it_changed(client):
    curator = signed_in(client, "Curator")
    first, second = an_issue(slug="first"), an_issue(slug="second")
    claim = a_claim("talks should resume", issues=[first])
    note = {"change_kind": "correction", "public_note": "We misread the date."}
    save(client, page_of(claim), said_edtf="2024-01-14", issues=[first.pk, second.pk], **note)
    signed_in(client, "Reviewer")
    approved(client, claim)
    change = Change.objects.about(claim).get()
    assert (change.kind, change.by, change.public_note) == ("correction", curator, "We misread the date.")
    assert change.before == {"said_edtf": "2024-01-15", "issues": ["first"]}
    assert change.after == {"said_edtf": "2024-01-14", "issues": ["first", "second"]}
    claim.refresh_from_db()
    assert (claim.version, claim.state) == (2, State.PUBLISHED)


def test_a_corrected_passage_is_recorded_in_plain_values(client):
    signed_in(client, "Curator")
    claim = a_claim(source=a_source(slug="speech"), exact="We demand talks")
    note = {"change_kind": "correction", "public_note": "The quote was cut."}
    save(client, page_of(claim), **{"citations-0-exact": "We demand talks now"}, **note)
    signed_in(client, "Reviewer")
    approved(client, claim)
    change = Change.objects.get()
    assert [row["exact"] for row in change.before["citations"]] == ["We demand talks"]
    assert change.after["citations"] == [
        {
            "source": "speech",
            "exact": "We demand talks now",
            "prefix": "",
            "suffix": "",
            "locator": "par 1",
            "language": "en",
            "translation": "",
            "translator": "",
            "machine_translated": False,
        }
    ]


def test_a_published_claim_saved_without_a_change_records_nothing(client):
    signed_in(client, "Curator")
    claim = a_claim()
    response = save(client, page_of(claim))
    claim.refresh_from_db()
    assert (response.status_code, claim.version, Change.objects.count()) == (302, 1, 0)


def test_it_keeps_at_least_one_passage(client):
    signed_in(client, "Curator")
    note = {"change_kind": "edit", "public_note": "The passage is gone."}
    page = save(client, page_of(a_claim()), **{"citations-0-DELETE": "on"}, **note)
    assert "A published claim rests on at least one passage." in errors(page)
    assert Citation.objects.count() == 1


def test_it_has_no_relation_to_itself(client):
    signed_in(client, "Curator")
    claim = a_draft()
    relation = {"kind": "denies", "to_claim": claim.pk, "basis": "curator"}
    page = save(client, page_of(claim), ("relations_out", relation))
    assert "A claim has no relation to itself." in page.text


def test_what_is_withdrawn_is_only_read(client):
    signed_in(client)
    claim = a_claim()
    page = client.get(page_of(claim))
    claim.withdraw(note="wrong speaker")
    assert client.post(page_of(claim), filled(page, content="talks should end")).status_code == 403
    assert 'name="_save"' not in client.get(page_of(claim)).text


# Deleting


@pytest.mark.parametrize(("group", "status"), [("Curator", 302), ("Reviewer", 403), ("Auditor", 403)])
def test_only_curators_delete_drafts(client, group, status):
    person = signed_in(client, group)
    claim = a_draft(created_by=person)
    assert client.post(page_of(claim, "delete"), {"post": "yes"}).status_code == status


def test_a_curator_deletes_no_draft_of_others(client):
    signed_in(client, "Curator")
    assert client.post(page_of(a_draft(created_by=a_user()), "delete"), {"post": "yes"}).status_code == 403


def test_nobody_deletes_what_was_public(client):
    person = signed_in(client)
    published, withdrawn = a_claim(created_by=person), a_claim(created_by=person)
    withdrawn.withdraw(note="wrong speaker")
    assert client.post(page_of(published, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(page_of(withdrawn, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [published.pk], "post": "yes"}
    assert client.post(list_of(Claim), chosen).status_code == 403
    assert Claim.objects.count() == 2

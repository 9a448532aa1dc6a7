"""Who may take which step with which kind of record: every role, every step, every kind."""

import pytest
from django.test import Client

from claims.changes import proposals, revisions
from claims.models import Revision
from tests.factories import a_claim, a_draft, a_position, a_source, a_user, an_actor, an_event, an_issue
from tests.http.desk import blank, move, page_of, review_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

RECORDS = {
    "claim": (lambda: a_claim("talks should resume"), "content"),
    "event": (lambda: an_event("Talks"), "title"),
    "position": (lambda: a_position(shown_by=[a_claim()]), "summary"),
    "source": (lambda: a_claim(source=a_source()).citations.get().source, "title"),
    "actor": (lambda: a_claim(speaker=an_actor()).speaker, "description"),
    "issue": (lambda: a_claim(issues=[an_issue()]).issues.get(), "scope_note"),
}
DRAFTS = {
    "claim": a_draft,
    "event": lambda: an_event(state="draft", published_at=None, forced=False, forced_reason=""),
    "position": lambda: a_position(
        shown_by=[a_claim()], state="draft", published_at=None, forced=False, forced_reason=""
    ),
}
# Of a change that somebody else has proposed; "change" is to save the record's form.
STEPS = {"change", "approve", "back", "alone", "withdraw"}
OF_A_CHANGE = {
    "Curator": {"change"},
    "Reviewer": {"approve", "back"},
    "Managing editor": {"alone"},
    "Auditor": set(),
    "": STEPS,  # who may do everything
}
MOVES = {"submit", "publish", "publish-alone", "send-back", "withdraw"}
OF_A_DRAFT = {
    "Curator": {"submit"},
    "Reviewer": {"publish", "send-back"},
    "Managing editor": {"publish-alone", "withdraw"},
    "Auditor": set(),
    "": MOVES,
}


def a_change(record, name):
    """A change to a public record, proposed by somebody."""
    after = revisions.keyed(record) | {name: "What the curator would have"}
    return proposals.propose(record, after, by=a_user(), note="It was wrong.")


def clients():
    """Somebody of each role, by its name."""
    found = {}
    for role in OF_A_CHANGE:
        found[role] = Client()
        signed_in(found[role], *([role] if role else []))
    return found


@pytest.mark.parametrize("kind", RECORDS)
def test_each_role_takes_its_own_steps_with_a_change_to_a_public_record(kind):
    make, name = RECORDS[kind]
    record = make()
    revision = a_change(record, name)
    for role, client in clients().items():
        page = client.get(review_of(record)).text
        allowed = {step for step in STEPS if f'name="_{step}"' in page}
        allowed |= {"change"} if client.post(page_of(record)).status_code == 200 else set()
        assert allowed == OF_A_CHANGE[role], role
        refused = {
            step for step in STEPS - {"change"} if client.post(review_of(record), {f"_{step}": "1"}).status_code == 403
        } if role else set()  # fmt: skip
        assert refused == STEPS - {"change"} - OF_A_CHANGE[role] - (set() if role else STEPS), role
        assert client.post(review_of(record), {"_lost": "1"}).status_code == 403
    revision.refresh_from_db()
    record.refresh_from_db()
    assert (revision.state, getattr(record, name) != "What the curator would have") == ("pending", True)


@pytest.mark.parametrize("kind", DRAFTS)
def test_each_role_takes_its_own_steps_on_the_way_to_the_public(kind):
    draft = DRAFTS[kind]()
    for role, client in clients().items():
        allowed = {step for step in MOVES if client.get(move(draft, step)).status_code == 200}
        assert allowed == OF_A_DRAFT[role], role
        if role:
            refused = {step for step in MOVES if client.post(move(draft, step)).status_code == 403}
            assert refused == MOVES - OF_A_DRAFT[role], role
        may_enter = client.get(blank(type(draft))).status_code == 200
        assert may_enter == (role in ("Curator", "")), role


@pytest.mark.parametrize("kind", RECORDS)
def test_nobody_who_is_not_signed_in_sees_a_change_that_waits(client, kind):
    make, name = RECORDS[kind]
    record = make()
    a_change(record, name)
    for answer in (client.get(review_of(record)), client.post(review_of(record), {"_approve": "1"})):
        assert (answer.status_code, answer.url.startswith("/admin/login/")) == (302, True)
    assert Revision.objects.get().state == "pending"


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999", "1 OR 1=1", "%00"])
def test_a_change_that_is_none_is_not_found(client, key):
    signed_in(client)
    assert client.get(f"/admin/claims/revision/{key}/change/").status_code == 404

"""Changes to what is public: proposed by one person, read and approved by another."""

import re

import pytest
from django.contrib.messages import get_messages

from claims.models import Change, Citation, Claim, Presence, Revision
from tests.factories import (
    a_claim,
    a_position,
    a_snapshot,
    a_source,
    an_actor,
    an_event,
    an_issue,
)
from tests.http.desk import approved, page_of, review_of, save, signed_in

pytestmark = pytest.mark.django_db

NOTE = {"public_note": "We had it wrong."}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def a_public_source():
    return a_claim(source=a_source(title="A speech")).citations.get().source


def a_public_issue():
    return a_claim(issues=[an_issue("Ceasefire")]).issues.get()


def words_added(page):
    return {word for found in re.findall(r"\[added: </span>([^<]*)", page) for word in re.findall(r"\w+", found)}


# One record of each kind, what a curator changes in it, and the kind of change that is proposed.
RECORDS = {
    "claim": (lambda: a_claim("talks should resume"), {"content": "talks should end"}, "correction"),
    "event": (lambda: an_event("Talks"), {"title": "Talks in Istanbul"}, "clarification"),
    "position": (lambda: a_position(shown_by=[a_claim()]), {"summary": "In 2024 Ada asked for talks"}, "clarification"),
    "source": (a_public_source, {"title": "An address"}, "clarification"),
    "actor": (lambda: a_claim(speaker=an_actor("Ada Abel")).speaker, {"name": "Berta Brown"}, "correction"),
    "issue": (a_public_issue, {"question": "When should the fire cease?"}, "correction"),
}


@pytest.mark.parametrize("name", RECORDS)
def test_what_one_person_saves_is_not_public_until_another_approves_it(client, name):
    make, typed, kind = RECORDS[name]
    record = make()
    [(field, value)] = typed.items()
    before = getattr(record, field)
    curator = signed_in(client, "Curator")
    response = save(client, page_of(record), **typed, **NOTE)
    record.refresh_from_db()
    assert said(response) == [f"Your change to “{record}” waits for a second person. Readers still see it as it was."]
    assert (getattr(record, field), record.version, Change.objects.count()) == (before, 1, 0)
    revision = Revision.objects.get()
    assert (revision.thing, revision.kind, revision.proposed_by) == (record, kind, curator)
    reviewer = signed_in(client, "Reviewer")
    approved(client, record)
    record.refresh_from_db()
    revision.refresh_from_db()
    assert (getattr(record, field), record.version) == (value, 2)
    assert (revision.state, revision.reviewed_by) == ("approved", reviewer)
    change = Change.objects.get()
    assert (change.thing, change.kind, change.by, change.public_note) == (record, kind, curator, NOTE["public_note"])
    assert (change.before[field], change.after[field]) == (before, value)


@pytest.mark.parametrize("name", RECORDS)
def test_the_log_its_feed_and_its_data_tell_of_it(client, name):
    make, typed, _ = RECORDS[name]
    record = make()
    signed_in(client, "Curator")
    save(client, page_of(record), **typed, **NOTE, change_kind="correction")
    assert NOTE["public_note"] not in client.get("/changes/").text + client.get("/changes.atom").text
    signed_in(client, "Reviewer")
    approved(client, record)
    [value] = typed.values()
    assert words_added(client.get("/changes/").text) & {*re.findall(r"\w+", value)}
    assert NOTE["public_note"] in client.get("/changes.atom").text
    [row] = client.get("/changes.json").json()["results"]
    assert (row["object"]["type"], row["kind"], row["note"]) == (name, "correction", NOTE["public_note"])


@pytest.mark.parametrize("name", ["source", "actor", "issue"])
def test_what_nothing_published_shows_is_edited_directly_and_told_to_nobody(client, name):
    record = {"source": a_source, "actor": an_actor, "issue": an_issue}[name]()
    field = {"source": "title", "actor": "name", "issue": "title"}[name]
    signed_in(client, "Curator")
    save(client, page_of(record), **{field: "Another name"})
    record.refresh_from_db()
    assert (getattr(record, field), record.version, Revision.objects.count()) == ("Another name", 2, 0)
    Change.objects.record(record, "correction", public_note="canary", before={field: "a"}, after={field: "b"})
    assert "canary" not in client.get("/changes/").text + client.get("/changes.json").text


# On its way


def test_the_form_shows_what_waits_and_goes_on_from_there(client):
    claim, voice = a_claim("talks should resume"), an_actor()
    signed_in(client, "Curator")
    step = {"order": 1, "actor": voice.pk, "identification": "named"}
    save(client, page_of(claim), ("steps", step), occasion="a speech", **NOTE)
    assert (claim.steps.count(), Claim.objects.get(pk=claim.pk).occasion) == (0, "")
    signed_in(client, "Curator")
    page = client.get(page_of(claim))
    assert "This form shows a change that readers do not see yet," in page.text
    assert page.context["adminform"].form["occasion"].value() == "a speech"
    save(client, page_of(claim), content="talks should end", **{"steps-0-cue": "reported"})
    [revision] = Revision.objects.all()
    assert (revision.version, revision.after["occasion"], revision.after["content"]) == (
        2,
        "a speech",
        "talks should end",
    )
    assert (claim.steps.count(), [row["cue"] for row in revision.after["steps"]]) == (0, ["reported"])
    signed_in(client, "Reviewer")
    approved(client, claim)
    claim.refresh_from_db()
    assert (claim.content, claim.occasion, claim.steps.get().cue) == ("talks should end", "a speech", "reported")
    assert claim.steps.get().pk < 1 << 50


def test_opening_the_form_of_what_waits_writes_nothing(client):
    claim = a_claim(source=a_source())
    signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **NOTE)
    stored = [*Claim.objects.values()], [*Citation.objects.values()], [*Revision.objects.values()]
    client.get(page_of(claim))
    client.get(review_of(claim))
    assert stored == ([*Claim.objects.values()], [*Citation.objects.values()], [*Revision.objects.values()])
    assert "talks should end" not in client.get("/claims/").text


def test_whoever_has_it_open_is_seen_by_others_until_it_is_saved(client):
    claim = a_claim("talks should resume")
    curator = signed_in(client, "Curator", username="carla")
    save(client, page_of(claim), content="talks should end", **NOTE)
    assert not Presence.objects.exists()
    client.get(page_of(claim))
    assert Presence.objects.get().by == curator


def test_what_is_put_back_as_it_was_waits_no_longer(client):
    claim = a_claim("talks should resume")
    signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **NOTE)
    response = save(client, page_of(claim), content="talks should resume")
    assert said(response)[-1] == f"“{claim}” is as readers see it: there is nothing to review."
    assert Revision.objects.get().state == "withdrawn"


def test_a_changed_statement_is_never_a_mere_edit(client):
    claim = a_claim("talks should resume")
    signed_in(client, "Curator")
    page = save(client, page_of(claim), content="talks should end", change_kind="edit", **NOTE)
    why = "This changes what the record states: it is a correction or a clarification, not a mere edit."
    assert page.context["adminform"].form.errors == {"change_kind": [why]}
    assert page.context["adminform"].form["content"].value() == "talks should end"
    assert not Revision.objects.exists()
    save(client, page_of(claim), content="talks should end", **NOTE)
    signed_in(client, "Reviewer")
    assert why in approved(client, claim, kind="edit").text
    assert Revision.objects.get().state == "pending"


# The second person


def test_nobody_approves_what_they_had_a_hand_in(client):
    claim = a_claim("talks should resume")
    person = signed_in(client, "Curator", "Reviewer")
    save(client, page_of(claim), content="talks should end", **NOTE)
    other = signed_in(client, "Curator", "Reviewer")
    save(client, page_of(claim), occasion="a speech")
    for user in (person, other):
        client.force_login(user)
        assert 'name="_approve"' not in client.get(review_of(claim)).text
        assert client.post(review_of(claim), {"_approve": "1"}).status_code == 403
    claim.refresh_from_db()
    assert claim.content == "talks should resume"


def test_the_list_is_ticked_before_anything_goes_public(client):
    claim = a_claim("talks should resume")
    signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **NOTE)
    signed_in(client, "Reviewer")
    page = approved(client, claim, checked_speaker="")
    assert page.context["approve"].errors == {"checked_speaker": ["Tick this once you have checked it."]}
    claim.refresh_from_db()
    assert claim.content == "talks should resume"


def test_a_reviewer_sees_word_by_word_what_differs_beside_the_passage_in_its_place(client):
    source = a_source()
    a_snapshot(source, "Before that she left.\n\nShe said: We demand talks in spring. Then she left.")
    claim = a_claim("talks should resume", source=source, exact="We demand talks", as_stated="")
    signed_in(client, "Curator")
    new = {"citations-0-exact": "We demand talks in spring", **NOTE}
    save(client, page_of(claim), content="talks should end", **new)
    signed_in(client, "Reviewer")
    page = " ".join(client.get(review_of(claim)).text.split())
    assert '<del><span class="sr">[removed: </span>resume<span class="sr">]</span></del>' in page
    assert '<ins><span class="sr">[added: </span> in spring<span class="sr">]</span></ins>' in page
    assert "She said: <mark>We demand talks in spring</mark>. Then she left." in page


def test_a_claim_that_a_change_names_is_read_with_its_attribution(client):
    position = a_position(shown_by=[a_claim()])
    other = a_claim("talks should end", slug="other", speaker=an_actor("Berta Brown"), as_stated="")
    signed_in(client, "Curator")
    save(client, page_of(position), ("evidence", {"claim": other.pk, "role": "qualifies"}), **NOTE)
    signed_in(client, "Reviewer")
    assert "claim: other: Berta Brown said that talks should end; " in client.get(review_of(position)).text


def test_of_a_source_taken_down_a_reviewer_sees_no_passage(client):
    source = a_source()
    claim = a_claim(source=source, exact="canary words of her own")
    signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **{"citations-0-exact": "canary song of her own"}, **NOTE)
    source.take_down(reason="The author asked for it.")
    signed_in(client, "Reviewer")
    assert "canary" not in client.get(review_of(claim)).text


def test_what_is_sent_back_says_why_and_waits_again_once_it_is_saved(client):
    claim = a_claim("talks should resume")
    curator = signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **NOTE)
    signed_in(client, "Reviewer", username="rita")
    page = client.get(review_of(claim))
    sent = {**{f"back-{name}": value for name, value in page.context["back"].initial.items()}, "_back": "1"}
    assert client.post(review_of(claim), sent).context["back"].errors == {"words": ["This field is required."]}
    client.post(review_of(claim), {**sent, "back-words": "Which talks?"})
    revision = Revision.objects.get()
    assert (revision.state, revision.review_note) == ("sent_back", "Which talks?")
    assert 'name="_approve"' not in client.get(review_of(claim)).text
    client.force_login(curator)
    assert "Sent back by rita:</strong> Which talks?" in client.get(page_of(claim)).text
    save(client, page_of(claim), content="talks in Istanbul should end")
    revision.refresh_from_db()
    assert (revision.state, revision.after["content"]) == ("pending", "talks in Istanbul should end")


def test_its_author_withdraws_it_and_nobody_else(client):
    claim = a_claim("talks should resume")
    curator = signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **NOTE)
    signed_in(client, "Curator")
    assert client.post(review_of(claim), {"_withdraw": "1"}).status_code == 403
    client.force_login(curator)
    client.post(review_of(claim), {"_withdraw": "1"})
    assert Revision.objects.get().state == "withdrawn"


def test_a_managing_editor_publishes_alone_with_a_reason_that_the_log_shows(client):
    claim = a_claim("talks should resume")
    person = signed_in(client, "Curator", "Managing editor")
    save(client, page_of(claim), content="talks should end", **NOTE)
    page = client.get(review_of(claim))
    form = page.context["alone"]
    sent = {f"alone-{name}": value for name, value in form.initial.items()} | {"_alone": "1"}
    sent |= {field.html_name: "on" for field in form.checks}
    assert client.post(review_of(claim), sent).context["alone"].errors == {"reason": ["This field is required."]}
    client.post(review_of(claim), {**sent, "alone-reason": "Nobody else is here."})
    claim.refresh_from_db()
    revision = Revision.objects.get()
    assert (claim.content, revision.forced, revision.reviewed_by) == ("talks should end", True, person)
    note = "We had it wrong. Published without a second person: Nobody else is here."
    assert Change.objects.get().public_note == note


def test_what_was_changed_since_is_told_and_not_applied(client):
    claim = a_claim("talks should resume")
    curator = signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **NOTE)
    signed_in(client, "Reviewer")
    early = client.get(review_of(claim))
    changed_otherwise(claim, occasion="a speech")
    page = client.get(review_of(claim))
    assert 'name="_approve"' not in page.text
    assert "The record has changed since this was proposed." in page.text
    assert [row.label for row in page.context["since"]] == ["Occasion"]
    form = early.context["approve"]
    sent = form.initial | {field.html_name: "on" for field in form.checks} | {"_approve": "1"}
    assert client.post(review_of(claim), sent).status_code == 403
    client.force_login(curator)
    save(client, page_of(claim), occasion="a speech")
    signed_in(client, "Reviewer")
    approved(client, claim)
    claim.refresh_from_db()
    assert (claim.content, claim.occasion) == ("talks should end", "a speech")


def test_what_was_saved_again_is_not_approved_unread(client):
    claim = a_claim("talks should resume")
    curator = signed_in(client, "Curator")
    save(client, page_of(claim), content="talks should end", **NOTE)
    reviewer = signed_in(client, "Reviewer")
    form = client.get(review_of(claim)).context["approve"]
    sent = form.initial | {field.html_name: "on" for field in form.checks} | {"_approve": "1"}
    client.force_login(curator)
    save(client, page_of(claim), content="talks should never end")
    client.force_login(reviewer)
    page = client.post(review_of(claim), sent)
    assert "Somebody has changed or decided this since you opened the page." in page.text
    assert Claim.objects.get().content == "talks should resume"


def changed_otherwise(claim, **values):
    from claims.models import permitted

    with permitted(claim, reason="by a test"):
        Claim.objects.filter(pk=claim.pk).update(version=claim.version + 1, **values)

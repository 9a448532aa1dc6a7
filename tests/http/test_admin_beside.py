"""What stands beside a record at the desk: comments for staff only, who has taken it, and who has it open."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims.models import Comment, Presence
from tests.factories import a_claim, a_draft, a_position, a_source, a_user, an_actor, an_event, an_issue
from tests.http.desk import in_review, move, page_of, save, signed_in, take

pytestmark = pytest.mark.django_db

KINDS = [a_claim, an_event, a_position, a_source, an_actor, an_issue]
STATUS = {"Curator": 302, "Reviewer": 302, "Managing editor": 302, "Auditor": 403}


def say(client, row, text="Is this the right speaker?"):
    return client.post(page_of(row, "comment"), {"text": text})


def later(**passed):
    """As if so much time had passed since the last sign of life of everybody."""
    Presence.objects.update(seen_at=timezone.now() - timedelta(**passed))


def others(client, row):
    """Who else is at a record, as its page says: the names, and whether they have taken it."""
    beside = client.get(page_of(row)).context["beside"]
    return [(one.by.username, one.taken) for one in beside["others"]]


# Comments


@pytest.mark.parametrize("make", KINDS)
def test_every_kind_of_record_takes_comments_and_shows_them_with_who_and_when(client, make):
    person, row = signed_in(client, "Reviewer", first_name="Rita", last_name="Roe"), make()
    assert say(client, row, "Is this\n<b>right</b>?").url == f"{page_of(row)}#comments"
    page = client.get(page_of(row)).text
    assert "<p>Is this<br>&lt;b&gt;right&lt;/b&gt;?</p>" in page
    assert "<strong>Rita Roe</strong>" in page
    assert (Comment.objects.get().by, Comment.objects.get().thing) == (person, row)


def test_they_stand_on_the_pages_of_steps_too(client):
    signed_in(client)
    claim = in_review(a_draft())
    say(client, claim)
    page = client.get(move(claim, "publish")).text
    assert "Is this the right speaker?" in page
    assert "Add the comment" not in page


@pytest.mark.parametrize("group", STATUS)
def test_who_only_reads_says_nothing(client, group):
    signed_in(client, group)
    claim = a_claim()
    assert say(client, claim).status_code == STATUS[group]
    assert ("Add the comment" in client.get(page_of(claim)).text) == (STATUS[group] == 302)


def test_strangers_are_asked_who_they_are(client):
    claim = a_claim()
    for step in ("comment", "take", "here"):
        assert client.post(page_of(claim, step)).url.startswith("/admin/login/")
    assert (Comment.objects.count(), Presence.objects.count()) == (0, 0)


@pytest.mark.parametrize(("text", "why"), [("", "required"), ("a" * 4001, "at most 4000"), ("a\0b", "Null characters")])
def test_a_comment_that_cannot_be_kept_is_refused_in_words(client, text, why):
    signed_in(client, "Curator")
    claim = a_claim()
    say(client, claim, text)
    assert why in client.get(page_of(claim)).text
    assert not Comment.objects.exists()


def test_there_is_nothing_beside_what_is_not_there(client):
    signed_in(client)
    for step in ("comment", "take", "here"):
        assert client.post(f"/admin/claims/claim/999/{step}/", {"text": "x"}).status_code == 404
        assert client.get(page_of(a_claim(), step)).status_code == 405


@pytest.mark.parametrize("change", [lambda rows: rows.update(text="else"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_delete_a_comment(client, change):
    signed_in(client)
    say(client, a_claim())
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        change(Comment.objects.all())
    assert Comment.objects.get().text == "Is this the right speaker?"


# Taking


@pytest.mark.parametrize("group", STATUS)
def test_who_works_on_records_takes_one_and_lets_it_go(client, group):
    person, claim = signed_in(client, group), a_draft()
    assert client.post(page_of(claim, "take")).status_code == STATUS[group]
    assert [one.by for one in Presence.objects.filter(taken=True)] == ([person] if STATUS[group] == 302 else [])
    client.post(page_of(claim, "take"), {"let_go": "1"})
    assert not Presence.objects.filter(taken=True).exists()


def test_a_second_person_sees_who_has_taken_it_and_is_not_locked_out(client):
    signed_in(client, "Reviewer", username="rita", first_name="Rita")
    claim = in_review(a_draft())
    client.post(page_of(claim, "take"))
    signed_in(client, "Reviewer")
    assert "<strong>Rita</strong> is at it" in " ".join(client.get(page_of(claim)).text.split())
    assert "<strong>Rita</strong> is at it" in " ".join(client.get(move(claim, "publish")).text.split())
    take(client, claim, "publish")
    claim.refresh_from_db()
    assert claim.is_public


def test_what_was_taken_lets_go_after_half_an_hour_without_a_sign_of_life(client):
    signed_in(client, "Reviewer", username="rita")
    claim = in_review(a_draft())
    client.post(page_of(claim, "take"))
    signed_in(client, "Reviewer", username="rob")
    later(minutes=29)
    assert others(client, claim) == [("rita", True)]
    later(minutes=31)
    assert others(client, claim) == []
    assert [one.by.username for one in Presence.objects.all()] == ["rob"]


@pytest.mark.parametrize("done", ["save", "publish"])
def test_it_lets_go_when_done(client, done):
    signed_in(client, username="boss")
    claim = in_review(a_draft())
    client.post(page_of(claim, "take"))
    _ = save(client, page_of(claim)) if done == "save" else take(client, claim, "publish")
    assert not Presence.objects.exists()


# Also open here


def test_who_has_the_page_open_is_told_to_others_and_not_to_themselves(client):
    signed_in(client, "Curator", username="carla")
    claim = a_draft()
    assert others(client, claim) == []
    assert others(client, claim) == []
    signed_in(client, "Reviewer")
    Presence.objects.update(since="2026-01-05T14:05:00Z")
    page = " ".join(client.get(page_of(claim)).text.split())
    assert (
        'Also open: <strong>carla</strong>, since <time datetime="2026-01-05T14:05:00+00:00">14:05 UTC</time>' in page
    )


def test_an_open_page_is_forgotten_ten_minutes_after_the_last_sign_of_life(client):
    carla, claim = a_user(username="carla"), a_draft()
    Presence.objects.note(claim, carla)
    signed_in(client, "Curator")
    later(minutes=9)
    assert others(client, claim) == [("carla", False)]
    later(minutes=11)
    assert others(client, claim) == []


def test_a_sign_of_life_keeps_it_and_answers_with_who_else_is_there(client):
    signed_in(client, "Auditor", username="anna")
    claim = a_draft()
    client.get(page_of(claim))
    first = Presence.objects.get().since
    later(minutes=9)
    Presence.objects.note(claim, a_user(username="carla"))
    answer = client.post(page_of(claim, "here"))
    assert "<strong>carla</strong>" in answer.text
    assert "anna" not in answer.text
    mine = Presence.objects.get(by__username="anna")
    assert mine.since == first
    assert mine.seen_at > timezone.now() - timedelta(minutes=1)

"""What must always hold of the records, on both databases."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.models import Change, Citation, Claim, OldSlug, Position, Snapshot, State
from conflict_site.base.names import surname_first
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_position,
    a_relation,
    a_source,
    a_stance,
    a_step,
    a_user,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db


def test_a_fuzzy_date_fills_its_bounds_at_save():
    claim = a_claim(said_edtf="[2023-11-22..2023-12-31]", said_text="late last year")
    claim.refresh_from_db()
    assert (claim.said_earliest, claim.said_latest) == (date(2023, 11, 22), date(2023, 12, 31))
    assert claim.said.text == "late last year"


def test_a_fuzzy_date_fills_its_bounds_in_bulk():
    speaker = an_actor()
    Claim.objects.bulk_create([Claim(slug="one", speaker=speaker, act="asserts", form="verbatim", said_edtf="2024-03")])
    assert Claim.objects.get().said_latest == date(2024, 3, 31)


def test_an_empty_date_is_none():
    assert an_affiliation(an_actor(), an_actor()).start is None


@pytest.mark.parametrize(
    "break_it",
    [
        lambda: an_actor(kind="alien"),
        lambda: an_actor(name=" ", slug="x") and an_actor(slug="x"),
        lambda: a_draft(act="mumbles"),
        lambda: a_draft(form="sung"),
        lambda: a_claim(content="") and Claim.objects.update(content=""),
        lambda: a_claim(said_edtf=""),
        lambda: a_claim(said_edtf="../2024-01-01"),
        lambda: a_claim(published_at=None),
        lambda: a_claim(forced=False, forced_reason=""),
        lambda: a_claim(forced_reason=""),
        lambda: a_claim(state="withdrawn"),
        lambda: a_claim(state="lost"),
        lambda: a_step(a_claim(), an_actor(), order=0),
        lambda: a_step(a_claim(), an_actor(), identification="guessed"),
        lambda: [a_step(claim, an_actor(), order=1) for claim in [a_claim()] * 2],
        lambda: a_relation(*[a_claim()] * 2),
        lambda: [a_relation(one, two) for one, two in [(a_claim(), a_claim())] * 2],
        lambda: [an_affiliation(one, one) for one in [an_actor()]],
        lambda: a_stance(order=0),
        lambda: a_stance(order=9),
        lambda: [a_stance(issue, order=1) for issue in [an_issue()] * 2],
        lambda: an_event(kind="party"),
        lambda: an_event(description=""),
        lambda: a_position(summary=""),
        lambda: a_source(kind="rumour"),
        lambda: a_citation(a_claim(), status="verified"),
        lambda: a_citation(a_claim(), status="checked"),
        lambda: a_citation(a_claim(), checked_on="2026-11-23"),
        lambda: a_citation(a_claim(), checked_sha256="ab"),
        lambda: [a_citation(claim, source, "the same words") for claim, source in [(a_claim(), a_source())] * 2],
        lambda: Claim.objects.bulk_create([Claim(slug="two", speaker=an_actor(), act="asserts", form="verbatim")] * 2),
    ],
)
def test_the_database_refuses(break_it):
    with pytest.raises(IntegrityError), transaction.atomic():
        break_it()


def test_the_database_refuses_bounds_in_the_wrong_order():
    claim = a_claim()
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(said_earliest=date(2024, 2, 1))


def test_the_database_refuses_a_reviewer_who_submitted():
    claim, user = a_claim(), a_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(reviewed_by=user, submitted_by=user, forced=False, forced_reason="")


def test_the_database_refuses_a_citation_with_a_snapshot_that_is_not_verified():
    citation = a_citation(a_claim())
    snapshot = Snapshot.objects.create(source=citation.source, text="a text")
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=citation.pk).update(snapshot=snapshot)


def test_two_people_publish():
    claim, curator, reviewer = a_draft(), a_user(), a_user()
    claim.submit(by=curator)
    claim.publish(by=reviewer)
    claim.refresh_from_db()
    assert (claim.state, claim.submitted_by, claim.reviewed_by, claim.forced) == ("published", curator, reviewer, False)
    assert [(change.kind, change.by) for change in Change.objects.about(claim)] == [("publication", reviewer)]


def test_one_person_alone_needs_a_reason():
    claim, curator = a_draft(), a_user()
    claim.submit(by=curator)
    with pytest.raises(ValidationError, match="second person"):
        claim.publish(by=curator)
    claim.publish(by=curator, forced_reason="nobody else on duty")
    claim.refresh_from_db()
    assert (claim.state, claim.forced, claim.forced_reason) == ("published", True, "nobody else on duty")


def test_a_draft_without_a_citation_cannot_be_submitted():
    claim = a_draft()
    claim.citations.all().delete()
    with pytest.raises(ValidationError, match="needs a citation"):
        claim.submit(by=a_user())


def test_a_draft_says_all_that_it_lacks():
    claim = a_draft(content="", said_edtf="")
    claim.content = claim.said_edtf = ""
    claim.issues.clear()
    claim.citations.all().delete()
    with pytest.raises(ValidationError, match="content, the date on which it was said, an issue, a citation"):
        claim.check_complete()


def test_what_is_sent_back_is_a_draft_again():
    claim = a_draft()
    claim.submit(by=a_user())
    claim.send_back()
    assert (claim.state, claim.submitted_by) == (State.DRAFT, None)


def test_a_withdrawal_needs_a_public_note():
    claim = a_claim()
    with pytest.raises(ValidationError, match="public note"):
        claim.withdraw(by=a_user(), note=" ")
    claim.withdraw(by=a_user(), note="the source retracted it")
    claim.refresh_from_db()
    assert claim.state == "withdrawn"
    assert Change.objects.about(claim).get().public_note == "the source retracted it"


def test_what_is_withdrawn_cannot_be_withdrawn_again():
    claim = a_claim()
    claim.withdraw(note="wrong speaker")
    with pytest.raises(ValidationError, match="This is withdrawn, not published"):
        claim.withdraw(note="once more")


def test_a_position_takes_its_period_from_the_published_claims_that_show_it():
    first = a_claim(said_edtf="2022-03-16")
    last = a_claim(said_edtf="[2022-12-20..2022-12-22]")
    hidden = a_draft(said_edtf="2024-01-01")
    a_position(shown_by=[first, last, hidden])
    position = Position.objects.published().get()
    assert (position.begins, position.ends, position.shown_by) == (date(2022, 3, 16), date(2022, 12, 22), 2)


def test_a_position_shown_only_by_drafts_is_not_published():
    a_position(shown_by=[a_draft()])
    assert not Position.objects.published().exists()


def test_a_position_needs_a_published_claim_that_shows_it():
    with pytest.raises(ValidationError, match="published claim that shows it"):
        a_position(shown_by=[a_draft()]).check_complete()


def test_an_event_needs_a_source():
    with pytest.raises(ValidationError, match="at least one source"):
        an_event(sources=[]).check_complete()


def test_a_snapshot_knows_the_hash_of_its_text():
    snapshot = Snapshot.objects.create(source=a_source(), text="мир")
    assert snapshot.sha256 == "63fb1ae76a9f395bfa9843ca13f96dbc0521de2eae4f2a4590de20f50841f8c5"


def test_an_old_slug_leads_to_its_object():
    actor = an_actor()
    OldSlug.keep(actor, "old-name")
    assert OldSlug.target(type(actor), "old-name") == actor
    assert OldSlug.target(type(actor), "other") is None


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [
        ("Vladimir Putin", "Putin, Vladimir"),
        ("Ursula von der Leyen", "von der Leyen, Ursula"),
        ("Recep Tayyip Erdoğan", "Erdoğan, Recep Tayyip"),
        ("Voltaire", "Voltaire"),
        ("Martin Luther King Jr.", "King Jr., Martin Luther"),
        ("Charles III", "Charles III"),
        ("Xi Jinping", "Xi Jinping"),
        ("Kim Jong Un", "Kim Jong Un"),
        ("Kim Darroch", "Darroch, Kim"),
        ("Ann Lee", "Lee, Ann"),
    ],
)
def test_a_person_sorts_by_surname(name, sorted_as):
    assert surname_first(name) == sorted_as


def test_a_role_gives_its_dates_in_words():
    person, state = an_actor(), an_actor(kind="state")
    roles = [
        an_affiliation(person, state, "a", start_edtf="2019-05-20"),
        an_affiliation(person, state, "b", start_edtf="2019", end_edtf="2020"),
        an_affiliation(person, state, "c", end_edtf="2024-07-02"),
        an_affiliation(person, state, "d"),
    ]
    assert [role.dates for role in roles] == [
        "since 20 May 2019",
        "2019 – 2020",
        "until 2 July 2024",
        "dates not recorded",
    ]

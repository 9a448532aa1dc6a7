"""Two records that become one: all that leads to one leads to the other, by two people, and back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actors.models import Actor, ActorName
from claims.changes.revisions import keyed
from claims.editorial import merging
from claims.evidence import anchor
from claims.models import (
    AttributionStep,
    Change,
    Citation,
    CitationCheck,
    Claim,
    ClaimRelation,
    ClaimWords,
    Issue,
    Merge,
    OldSlug,
    Position,
    PositionEvidence,
    Revision,
    Snapshot,
    Source,
    Stance,
    State,
)
from claims.search.index import derive, matching
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_relation,
    a_snapshot,
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


def merged(kept, other, *, note="They are one."):
    """The merge of two records, by two people."""
    merge = merging.propose(kept, other, a_user(), note=note)
    merging.carry_out(merge, a_user())
    merge.refresh_from_db()
    return merge


def everything():
    """All rows that may be moved, as they stand, but for versions and what only grows."""
    models = [Actor, ActorName, Citation, CitationCheck, Claim, Issue, Position, Snapshot, Source, Stance]
    lists = [Claim.issues, Claim.addressees, Claim.events]
    models += [one.through for one in lists] + [AttributionStep, ClaimRelation, ClaimWords, PositionEvidence]
    return {
        model: sorted((one | {"version": 0} for one in model._base_manager.values()), key=str) for model in models
    } | {"mentions": sorted(Claim.mentions.through.objects.values_list("claim", "actor"))}


def two_actors():
    kept, other = an_actor("Sergei Lavrov", slug="lavrov"), an_actor("Sergey Lavrov", slug="lavrov-2")
    a_name(kept, "Лавров"), a_name(other, "Лавров"), a_name(other, "Lawrow")
    russia = an_actor("Russia", kind="state")
    for actor in (kept, other):
        an_affiliation(actor, russia, "minister")
    both = a_claim("talks should resume", addressees=[kept, other])
    spoken = a_claim("talks should end", speaker=other, on_behalf_of=other)
    a_step(a_claim("Sergey Lavrov wants talks"), other)
    an_event(participants=[other])
    a_source(publisher=other)
    a_position(other, shown_by=[spoken])
    derive([both, spoken])
    return kept, other


def test_all_that_leads_to_one_actor_leads_to_the_other():
    kept, other = two_actors()
    merged(kept, other)
    assert {*kept.names.values_list("name", flat=True)} == {"Лавров", "Lawrow", "Sergey Lavrov"}
    assert merging.preview(other) == []
    spoken = Claim.objects.get(content="talks should end")
    assert (spoken.speaker, spoken.on_behalf_of) == (kept, kept)
    assert [*Claim.objects.get(content="talks should resume").addressees.all()] == [kept]
    assert [affiliation.role for affiliation in kept.affiliations.all()] == ["minister"]
    assert {*matching("Lawrow")} >= {spoken}
    assert Claim.objects.get(content="Sergey Lavrov wants talks").mentions.get() == kept


def test_what_was_merged_stands_nowhere_and_its_address_leads_on():
    kept, other = two_actors()
    merged(kept, other)
    assert not Actor.objects.filter(pk=other.pk).exists()
    assert Actor._base_manager.get(pk=other.pk).merged_into == kept
    assert OldSlug.target(Actor, "lavrov-2") == kept


def two_sources():
    """Each with a text of its own and one that both hold; the other one carries claims by both."""
    kept, other = a_source(slug="kept"), a_source(slug="other")
    for source in (kept, other):
        a_snapshot(source, "She said: talks should resume. So she did.")
    a_snapshot(other, "He said: it ends now and here.")
    twice = a_claim("talks", source=kept, exact="talks should resume")
    a_citation(twice, other, "talks should resume")
    a_claim("the end", source=other, exact="it ends now and here")
    lost = a_claim("lost", source=kept, exact="it ends now and")
    an_event(sources=[kept, other])
    anchor(Citation.objects.all())
    assert lost.citations.get().status == "not_found"
    return kept, other


def test_the_passages_of_one_source_are_found_in_the_texts_that_it_brings_along():
    kept, other = two_sources()
    merged(kept, other)
    found = [*kept.citations.order_by("exact").values_list("exact", "status", "snapshot__source__slug")]
    assert found == [
        ("it ends now and", "verified", "kept"),
        ("it ends now and here", "verified", "kept"),
        ("talks should resume", "verified", "kept"),
    ]
    assert kept.snapshots.count() == 2
    assert Snapshot.objects.count() == 3  # the text that both hold stays with the one that stands nowhere
    assert Source._base_manager.get(pk=other.pk).citations.count() == 0


def test_a_captured_text_changes_its_source_with_a_permit_only_and_nothing_else():
    one, other = a_source(), a_source()
    snapshot = a_snapshot(one, "Her words.")
    for values in ({"source": other}, {"text": "Other words."}):
        with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
            Snapshot.objects.filter(pk=snapshot.pk).update(**values)
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), merging.permitted(reason="test"):
        Snapshot.objects.filter(pk=snapshot.pk).update(text="Other words.")


def two_claims():
    issue = an_issue()
    kept, other = (
        a_claim("talks should resume", slug="kept", issues=[issue]),
        a_claim("they talk", slug="other", issues=[issue]),
    )
    source = kept.citations.get().source
    a_citation(other, source, kept.citations.get().exact), a_step(other, an_actor())
    third = a_claim("no")
    a_relation(kept, third), a_relation(other, third), a_relation(third, other), a_relation(other, kept, "repeats")
    a_position(shown_by=[other]), a_position(shown_by=[kept, other])
    return kept, other


def test_all_that_hangs_on_one_claim_hangs_on_the_other():
    kept, other = two_claims()
    merge = merged(kept, other)
    assert (kept.citations.count(), kept.issues.count(), kept.steps.count()) == (2, 1, 0)
    assert [*kept.relations_out.values_list("to_claim__content", flat=True)] == ["no"]
    assert [*kept.relations_in.values_list("from_claim__content", flat=True)] == ["no"]
    assert all(position.is_shown for position in Position.objects.all())
    assert Claim._base_manager.get(pk=other.pk).state == State.WITHDRAWN
    assert not Claim.objects.filter(pk=other.pk).exists()
    entry = Change.objects.about(kept).get()
    assert (entry.kind, entry.by, entry.public_note) == (
        "correction", merge.decided_by, "“other” is part of this entry now. They are one."
    )  # fmt: skip


def two_issues():
    kept, other = an_issue("Ceasefire", slug="kept"), an_issue("Truce", slug="other")
    for issue, labels in ((kept, ["Yes", "No"]), (other, ["yes", "Later"])):
        for label in labels:
            a_stance(issue, label, slug=f"{issue.slug}-{label.lower()}")
    for stance in other.stances.all():
        a_position(stance=stance)
    a_claim("both", issues=[kept, other]), a_claim("one", issues=[other])
    return kept, other


def test_answers_of_the_same_words_are_one_and_the_others_follow():
    kept, other = two_issues()
    merged(kept, other)
    answers = [(stance.order, stance.label, stance.positions.count()) for stance in kept.stances.all()]
    assert answers == [(1, "Yes", 1), (2, "No", 0), (3, "Later", 1)]
    assert kept.claims.count() == 2


def test_more_than_eight_answers_are_refused():
    kept, other = an_issue(), an_issue()
    for number in range(5):
        a_stance(kept, f"a {number}", slug=f"a-{number}"), a_stance(other, f"b {number}", slug=f"b-{number}")
    with pytest.raises(ValidationError, match="more than 8 answers"):
        merged(kept, other)
    assert other.stances.count() == 5


@pytest.mark.parametrize("make", [two_actors, two_sources, two_claims, two_issues])
def test_undoing_puts_everything_back(make):
    kept, other = make()
    derive(Claim.objects.all())
    before = everything()
    merge = merged(kept, other)
    assert everything() != before
    merging.take_back(merge, a_user(), reason="Two after all.")
    assert everything() == before
    assert type(other).objects.get(slug=other.slug) == other
    assert OldSlug.target(type(other), other.slug) == other


@pytest.mark.parametrize("make", [two_actors, two_sources, two_claims, two_issues])
def test_what_was_changed_since_is_not_lost_by_undoing(make):
    kept, other = make()
    merge = merged(kept, other)
    with merging.permitted(reason="test"):
        type(kept).objects.filter(pk=kept.pk).update(version=99)
    now = everything()
    with pytest.raises(ValidationError, match="Something was changed since"):
        merging.take_back(merge, a_user(), reason="Two after all.")
    assert everything() == now


def test_one_person_alone_merges_with_a_reason_only_which_readers_see():
    by, kept, other = a_user(), a_claim(slug="kept"), a_claim(slug="other")
    merge = merging.propose(kept, other, by, note="One.")
    with pytest.raises(ValidationError, match="A second person"):
        merging.carry_out(merge, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.filter(pk=merge.pk).update(state="done", decided_by=by)
    merging.carry_out(merge, by, forced_reason="nobody else is here")
    note = "“other” is part of this entry now. One. Decided by one person alone: nobody else is here"
    assert Change.objects.get().public_note == note


def test_what_can_not_become_one_is_refused():
    public, draft, actor = a_claim(), a_draft(), an_actor()
    hidden = a_source()
    hidden.take_down(reason="asked for")
    for kept, other in ((public, public), (public, actor), (draft, public), (a_source(), hidden)):
        with pytest.raises(ValidationError):
            merging.propose(kept, other, a_user(), note="One.")
    merging.propose(public, draft, a_user(), note="One.")
    with pytest.raises(ValidationError, match="already"):
        merging.propose(a_claim(), draft, a_user(), note="One.")


def test_a_change_that_waits_for_review_is_decided_first():
    by, claim = a_user(), a_claim()
    position = a_position(shown_by=[claim])
    Revision.objects.create(
        thing=a_position(), base_version=1, before={}, after=keyed(position), kind="edit", public_note="x",
        proposed_by=by, edited_by=by,
    )  # fmt: skip
    for kept, other in ((an_actor(), position.actor), (a_claim(), claim), (an_issue(), position.stance.issue)):
        with pytest.raises(ValidationError, match="waits for review"):
            merging.propose(kept, other, by, note="One.")
    merging.propose(a_claim(), a_claim(), by, note="One.")


def test_a_merged_record_is_merged_once_more_with_the_one_that_holds_it():
    first, second, third = (an_actor(slug=slug) for slug in ("one", "two", "three"))
    merged(second, third)
    merged(first, second)
    assert OldSlug.target(Actor, "three") == OldSlug.target(Actor, "two") == first
    assert {*Actor._base_manager.filter(merged_into=first)} == {second, third}

"""The database keeps what readers see from being changed by one person, whoever writes and however."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from actors.models import Actor, ActorName, Affiliation
from claims.evidence import anchor
from claims.models import (
    AttributionStep,
    Citation,
    Claim,
    ClaimRelation,
    Event,
    Issue,
    Permit,
    Position,
    PositionEvidence,
    Source,
    Stance,
    guard,
    permitted,
    public,
)
from claims.search import index
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


def a_public_record():
    """A published claim, event and position with rows of every kind that belong to them, all of one speaker."""
    speaker, issue, source = an_actor("Ada Abel"), an_issue(), a_source()
    a_name(speaker, "Adah"), an_affiliation(speaker, an_actor(kind="state"))
    event = an_event(participants=[speaker], sources=[source])
    claim = a_claim(speaker=speaker, issues=[issue], source=source, events=[event], addressees=[an_actor()])
    a_step(claim, an_actor()), a_relation(claim, a_claim())
    a_position(speaker, a_stance(issue), [claim])


# The rows of each kind that belong to what is public; a column that a curator fills in, and another value for it.
ROWS = {
    Claim: ("content", "talks should end"),
    Event: ("title", "Talks"),
    Position: ("summary", "In 2024 Ada asked for talks"),
    Source: ("title", "An address"),
    Actor: ("name", "Berta Brown"),
    Issue: ("question", "When?"),
    AttributionStep: ("cue", "reported"),
    Citation: ("exact", "other words"),
    ClaimRelation: ("kind", "denies"),
    PositionEvidence: ("role", "contradicts"),
    Stance: ("label", "Never"),
    ActorName: ("name", "Berta"),
    Affiliation: ("role", "minister"),
}
LISTS = [Claim.issues, Claim.events, Claim.addressees, Event.participants, Event.sources]
OF_A_RECORD = [model for model in ROWS if model not in (Claim, Event, Position, Source, Issue, Actor)]


def public_row(model):
    rows = model.objects.filter(pk__in=public.actors()) if model is Actor else model.objects.all()
    return rows.order_by("pk").first()


def by_saving(row, name, value):
    setattr(row, name, value)
    row.save()


def by_update(row, name, value):
    type(row).objects.filter(pk=row.pk).update(**{name: value})


def by_bulk_update(row, name, value):
    setattr(row, name, value)
    type(row).objects.bulk_update([row], [name])


def by_sql(row, name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s", [value, row.pk])


def refused(write, *given):
    with pytest.raises(IntegrityError, match="What readers see changes by two people"), transaction.atomic():
        write(*given)


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.model_name)
def test_what_is_public_is_not_changed_in_any_way(model):
    a_public_record()
    row = public_row(model)
    for way in (by_saving, by_update, by_bulk_update, by_sql):
        refused(way, row, *ROWS[model])
    with permitted(reason="two people agreed"):
        by_update(row, *ROWS[model])
    assert getattr(model.objects.get(pk=row.pk), ROWS[model][0]) == ROWS[model][1]
    assert not Permit.objects.exists()


@pytest.mark.parametrize("model", OF_A_RECORD, ids=lambda model: model._meta.model_name)
def test_nothing_is_added_to_what_is_public_or_taken_from_it(model):
    a_public_record()
    row = public_row(model)
    refused(model.objects.filter(pk=row.pk)._raw_delete, "default")
    with permitted(reason="two people agreed"):
        model.objects.filter(pk=row.pk)._raw_delete("default")
    refused(lambda: row.save(force_insert=True))
    with permitted(reason="put back, since others refer to it"):
        row.save(force_insert=True)


@pytest.mark.parametrize("field", LISTS, ids=lambda field: field.field.name)
def test_no_list_of_what_is_public_grows_or_shrinks(field):
    a_public_record()
    row = public_row(field.field.model)
    rows, other = getattr(row, field.field.name), {Issue: an_issue, Event: an_event, Actor: an_actor, Source: a_source}
    refused(rows.add, other[field.field.related_model]())
    refused(rows.clear)


@pytest.mark.parametrize("make", [a_claim, an_event, lambda: a_position(shown_by=[a_claim()])])
def test_nobody_goes_round_by_making_it_a_draft_first(make):
    row = make()
    model = type(row)
    for state in ("draft", "in_review"):
        refused(lambda state=state: model.objects.filter(pk=row.pk).update(state=state))
    model.objects.filter(pk=row.pk).update(state="withdrawn", withdrawn_at=row.published_at)
    refused(lambda: model.objects.filter(pk=row.pk).update(state="published", forced=False, reviewed_by=a_user()))


def test_what_is_published_by_two_was_in_review_and_is_published_as_it_stands():
    claim, one, other = a_draft(), a_user(), a_user()
    given = {"state": "published", "submitted_by": one, "reviewed_by": other, "published_at": claim.created_at}
    refused(lambda: Claim.objects.filter(pk=claim.pk).update(**given))
    claim.submit(one)
    refused(lambda: Claim.objects.filter(pk=claim.pk).update(**given, content="talks should end"))
    claim.publish(other)
    assert Claim.objects.published().get() == claim


def test_nothing_is_entered_as_public_with_somebody_else_s_name():
    claim = a_draft()
    claim.pk, claim.slug, claim.state, claim.published_at = None, "another", "published", claim.created_at
    claim.submitted_by, claim.reviewed_by = a_user(), a_user()
    refused(claim.save)


def test_what_readers_do_not_see_is_changed_freely():
    actor, issue, source = an_actor(), an_issue(), a_source()
    claim = a_draft(speaker=actor, issues=[issue], source=source)
    for row, (name, value) in ((row, ROWS[type(row)]) for row in (claim, actor, issue, source)):
        by_saving(row, name, value)
    claim.citations.get().delete()
    claim.issues.clear()
    assert (Claim.objects.get().content, Actor.objects.get(pk=actor.pk).name) == ("talks should end", "Berta Brown")


def test_what_is_derived_from_what_is_public_is_written_without_a_permit():
    source = a_source()
    claim = a_claim("Ada Abel should speak", source=source, exact='She said "yes" to all')
    a_claim(speaker=an_actor("Ada Abel"))
    a_snapshot(source, "There: She said “yes” to all.")
    index.derive([claim])
    anchor(Citation.objects.filter(claim=claim))
    assert [actor.name for actor in claim.mentions.all()] == ["Ada Abel"]
    assert (claim.citations.get().status, claim.citations.get().exact) == ("verified", "She said “yes” to all")
    source.take_down(reason="The author asked for it.")


def test_a_permit_for_one_record_is_none_for_another():
    one, other = a_claim(), a_claim()
    with permitted(one, reason="two people agreed"):
        by_update(one, "content", "talks should end")
        refused(by_update, other, "content", "talks should end")
        refused(by_update, one.speaker, "name", "Berta Brown")


def test_a_permit_says_why_and_ends_with_its_block():
    with pytest.raises(IntegrityError), transaction.atomic(), permitted(reason=""):
        pass
    claim = a_claim()
    with suppress(ZeroDivisionError), permitted(claim, reason="two people agreed"):
        raise ZeroDivisionError
    refused(by_update, claim, "content", "talks should end")


@pytest.mark.parametrize("name", ["actor", "source", "issue"])
def test_the_database_and_the_program_agree_on_what_is_public(name):
    a_public_record()
    a_draft(addressees=[an_actor()]), an_event(state="draft"), an_actor(), an_issue(), a_source()
    voice = an_actor()
    a_step(a_draft(), voice), an_affiliation(voice, an_actor(kind="state"))
    a_citation(a_draft(), a_source(publisher=voice))
    model, rows = {
        "actor": (Actor, public.actors()),
        "source": (Source, public.sources()),
        "issue": (Issue, public.issues()),
    }[name]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {model._meta.db_table} AS thing WHERE {guard.SHOWN[name]('thing.id')}")
        assert {key for (key,) in cursor.fetchall()} == {*rows.values_list("pk", flat=True)}
    assert 0 < rows.count() < model.objects.count()


def test_the_triggers_are_set_up_again_and_those_of_other_rules_go():
    with connection.cursor() as cursor:
        there = guard._present(cursor, connection.vendor)
        guard.uninstall("default")
        assert guard._present(cursor, connection.vendor) == {}
        guard.install("default")
        guard.install("default")
        assert guard._present(cursor, connection.vendor) == there

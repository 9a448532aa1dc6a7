"""Public means published: which actors and sources readers may see."""

import pytest

from claims.models import public
from claims.search.index import derive
from tests.factories import (
    a_claim,
    a_draft,
    a_position,
    a_source,
    a_step,
    an_actor,
    an_affiliation,
    an_event,
)

pytestmark = pytest.mark.django_db


def capacities(make):
    """An actor in each capacity of a claim that ``make`` makes."""
    seen = {name: an_actor(name.title()) for name in ("speaker", "behalf", "addressee", "step", "publisher")}
    claim = make(
        speaker=seen["speaker"],
        on_behalf_of=seen["behalf"],
        addressees=[seen["addressee"]],
        source=a_source(publisher=seen["publisher"]),
    )
    a_step(claim, seen["step"])
    return set(seen.values())


def test_an_actor_of_a_published_claim_is_public_in_every_capacity():
    assert capacities(a_claim) <= set(public.actors())


def test_an_actor_of_a_draft_is_not_public_in_any_capacity():
    hidden = capacities(a_draft)
    assert not hidden & set(public.actors())


def test_whom_a_published_claim_mentions_is_public_and_whom_a_draft_mentions_is_not():
    open_, hidden = an_actor("Ada Open"), an_actor("Hans Hidden")
    derive([a_claim("Ada Open will come"), a_draft("Hans Hidden will come")])
    assert open_ in public.actors()
    assert hidden not in public.actors()


def test_participants_of_published_events_are_public():
    open_, hidden = an_actor(), an_actor()
    an_event(participants=[open_])
    an_event(participants=[hidden], state="draft")
    assert open_ in public.actors()
    assert hidden not in public.actors()


def test_the_actor_of_a_position_is_public_once_a_published_claim_shows_it():
    open_, hidden = an_actor(), an_actor()
    a_position(open_, shown_by=[a_claim()])
    a_position(hidden, shown_by=[a_draft()])
    assert open_ in public.actors()
    assert hidden not in public.actors()


def test_the_organisation_of_a_public_person_is_public():
    person, state, other = an_actor(), an_actor(kind="state"), an_actor(kind="state")
    an_affiliation(person, state)
    an_affiliation(an_actor(), other)
    a_claim(speaker=person)
    assert state in public.actors()
    assert other not in public.actors()


def test_a_source_is_public_when_a_published_row_cites_it():
    of_claim, of_event, of_draft, of_nothing = a_source(), a_source(), a_source(), a_source()
    a_claim(source=of_claim)
    an_event(sources=[of_event])
    a_draft(source=of_draft)
    an_event(sources=[of_draft], state="draft")
    assert {of_claim, of_event} == set(public.sources()) & {of_claim, of_event, of_draft, of_nothing}


def test_what_only_a_withdrawn_claim_led_to_is_public_no_more():
    claim = a_claim(source=a_source())
    claim.withdraw(note="wrong speaker")
    assert not public.actors().exists()
    assert not public.sources().exists()

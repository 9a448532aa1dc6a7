"""What has nearly the address, or the name, that somebody typed."""

import pytest

from claims.near import closest, near
from tests.factories import a_claim, a_draft, an_actor, an_event, an_issue


def test_the_closest_name_comes_first_and_each_key_once():
    named = [("volodymyr-zelensky", 1), ("Volodymyr Zelenskyy", 1), ("viktor-zelensky", 2), ("joe-biden", 3)]
    assert closest("volodimir zelenski", named) == [1, 2]


def test_what_is_far_off_is_not_offered():
    assert closest("xyz", [("joe-biden", 1)]) == []


@pytest.mark.django_db
def test_pages_are_found_by_slug_or_title():
    a_claim(speaker=an_actor("Sergei Lavrov", slug="sergei-lavrov"), issues=[an_issue("Direct talks", slug="talks")])
    an_event("Round in Istanbul", slug="istanbul-2022")
    assert near("sergey-lavrow") == [("Sergei Lavrov", "/actors/sergei-lavrov/")]
    assert near("direct-talk") == [("Direct talks", "/issues/talks/")]
    assert near("istanbul-round") == [("Round in Istanbul", "/events/istanbul-2022/")]


@pytest.mark.django_db
def test_a_claim_is_offered_as_its_attribution_sentence():
    a_claim("talks may resume", slug="anna-2024-talks", speaker=an_actor("Anna"))
    assert near("anna-2024-talk") == [("Anna said that talks may resume.", "/claims/anna-2024-talks/")]


@pytest.mark.django_db
def test_a_claim_that_begins_otherwise_is_not_offered():
    a_claim("talks may resume", slug="anton-2024-talks", speaker=an_actor("Anton"))
    assert near("anna-2024-talks") == []


@pytest.mark.django_db
def test_drafts_are_not_offered():
    a_draft(slug="anna-2024-talks", speaker=an_actor("Anna Berg", slug="anna-berg"))
    an_event("Anna Event", slug="anna-event", state="draft", published_at=None)
    assert near("anna-2024-talks") == []
    assert near("anna-berg") == []
    assert near("anna-event") == []


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["", "\x00", "%", "я" * 60_000, "‮", "'", "/"])
def test_anything_may_be_asked(slug):
    a_claim()
    assert near(slug) == []

"""Ids of new claims and positions."""

import pytest

from actors.models import Actor
from claims.models import Claim, OldSlug, ids
from tests.factories import a_draft, a_stance, an_actor, an_issue


@pytest.mark.parametrize(
    ("said", "content", "slug"),
    [
        ("2025-06-04", "all means should be used", "leyen-2025-06-04-means-should-used"),
        ("[2024-01-11..2024-01-20]", "talks", "leyen-2024-01-11-talks"),
        ("../2023~", "it is so", "leyen-2023"),
        ("", "Кремль", "leyen"),
    ],
)
def test_the_id_of_a_claim_is_speaker_first_date_and_three_words(said, content, slug):
    assert ids.for_claim(an_unsaved_actor("Ursula Leyen"), said, content) == slug


def an_unsaved_actor(name, **given):
    actor = Actor(name=name, kind="person", **given)
    actor.fill_sort_name()
    return actor


def test_a_speaker_of_another_script_is_named_by_the_own_id():
    actor = an_unsaved_actor("Володимир Зеленський", slug="volodymyr-zelensky")
    assert ids.for_claim(actor, "2024", "peace talks") == "volodymyr-zelensky-2024-peace-talks"


@pytest.mark.django_db
def test_the_id_of_a_position_is_actor_and_issue():
    assert ids.for_position(an_actor(slug="ada"), a_stance(an_issue(slug="talks"))) == "ada-talks"


@pytest.mark.django_db
def test_a_slug_that_is_taken_gets_the_first_free_number():
    assert ids.free(Claim, "ada-2024") == "ada-2024"
    a_draft(slug="ada-2024")
    a_draft(slug="ada-2024-3")
    assert ids.free(Claim, "ada-2024") == "ada-2024-2"


@pytest.mark.django_db
def test_a_long_slug_is_cut_so_that_a_number_fits():
    a_draft(slug="a" * 76)
    assert ids.free(Claim, "a" * 200) == "a" * 76 + "-2"


@pytest.mark.django_db
def test_a_slug_that_something_had_before_is_taken():
    OldSlug.keep(a_draft(slug="ada"), "ada-2024")
    assert ids.free(Claim, "ada-2024") == "ada-2024-2"


@pytest.mark.django_db
def test_a_draft_that_becomes_public_gets_an_id_and_other_rows_keep_theirs():
    kept, claim = a_draft(slug="from-a-package"), a_draft("peace talks", slug=ids.for_draft(), speaker=an_actor("Ada"))
    for row in (kept, claim):
        row.publish(forced_reason="only one of us is left")
    assert (kept.slug, claim.slug) == ("from-a-package", "ada-2024-01-15-peace-talks")
    claim.withdraw(note="wrong")
    claim.content = "another matter"
    claim.publish(forced_reason="right after all")
    assert claim.slug == "ada-2024-01-15-peace-talks"

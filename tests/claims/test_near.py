"""What has nearly the address, or the name, that somebody typed."""

import pytest

from claims.filtering.near import closest, near
from tests.factories import a_claim, a_draft, a_name, an_actor, an_event, an_issue


def test_the_closest_name_comes_first_and_each_key_once():
    named = [("volodymyr-zelensky", 1), ("Volodymyr Zelenskyy", 1), ("viktor-zelensky", 2), ("joe-biden", 3)]
    assert closest("volodimir zelenski", named) == [1, 2]


def test_what_is_far_off_is_not_offered():
    assert closest("xyz", [("joe-biden", 1)]) == []


@pytest.mark.django_db
def test_pages_are_found_by_slug_or_title():
    a_claim(speaker=an_actor("Sergei Lavrov", slug="sergei-lavrov"), issues=[an_issue("Direct talks", slug="talks")])
    an_event("Round in Istanbul", slug="istanbul-2022")
    assert near("/actors/sergey-lavrow/") == [("Sergei Lavrov", "/actors/sergei-lavrov/")]
    assert near("/issues/direct-talk.json") == [("Direct talks", "/issues/talks/")]
    assert near("/events/istanbul-round/") == [("Round in Istanbul", "/events/istanbul-2022/")]


@pytest.mark.django_db
def test_a_claim_is_offered_as_its_attribution_sentence():
    a_claim("talks may resume", slug="anna-2024-talks", speaker=an_actor("Anna"))
    assert near("/claims/anna-2024-talk/") == [("Anna said that talks may resume.", "/claims/anna-2024-talks/")]


@pytest.mark.django_db
def test_a_claim_that_begins_otherwise_is_not_offered():
    a_claim("talks may resume", slug="anton-2024-talks", speaker=an_actor("Anton"))
    assert near("/claims/anna-2024-talks/") == []


@pytest.mark.django_db
def test_drafts_are_not_offered():
    a_draft(slug="anna-2024-talks", speaker=an_actor("Anna Berg", slug="anna-berg"))
    an_event("Anna Event", slug="anna-event", state="draft", published_at=None)
    assert near("/claims/anna-2024-talks/") == []
    assert near("/actors/anna-berg/") == []
    assert near("/events/anna-event/") == []


@pytest.mark.django_db
def test_a_person_is_found_by_surname_and_by_other_spellings():
    actor = an_actor("Volodymyr Zelenskyy", slug="volodymyr-zelensky")
    a_name(actor, "Selenskyj")
    a_claim(speaker=actor)
    for typed in ("zelensky-volodymir", "selenskij"):
        assert near(f"/actors/{typed}/") == [("Volodymyr Zelenskyy", "/actors/volodymyr-zelensky/")]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["", "ab", "\x00", "%", "я" * 60_000, "‮", "'", "/", "a" * 81])
def test_anything_may_be_asked(slug):
    a_claim()
    assert near(f"/actors/{slug}/") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/.env", "/wp-login.php", "/actors/", "/actors/a/b/", "/people/ada-abel/", "/x" * 900]
)
def test_an_address_of_another_form_costs_no_query(path, django_assert_num_queries):
    a_claim()
    with django_assert_num_queries(0):
        assert near(path) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3, 300])
@pytest.mark.parametrize(("path", "queries"), [("/actors/ada-abe/", 3), ("/claims/nobody-said/", 1)])
def test_however_much_is_on_file_it_costs_the_same_queries(path, queries, number, django_assert_num_queries):
    for other in range(number):
        an_actor(f"Ada {other}", slug=f"ada-{other}")
    near(path)
    with django_assert_num_queries(queries):
        near(path)

"""Doubts at the desk: said beside the field before saving, overruled with a reason only, read by the reviewer."""

import pytest
from django.urls import reverse

from actors.models import Actor
from claims import helps
from claims.models import Citation, Claim, JudgingWord, Overruled, Source, State
from tests.factories import a_citation, a_draft, a_name, a_snapshot, a_source, a_user, an_actor
from tests.http.desk import (
    blank,
    errors,
    filled,
    list_of,
    move,
    page_of,
    passage,
    save,
    signed_in,
    take,
    typed,
)

pytestmark = pytest.mark.django_db

LOADED = "the regime should resume talks"
DOUBT = "Does the site say so, or the speaker? “regime” (rather “government”?)."


def answer(client, url, page, **changes):
    """Send the page that told doubts once more, with a reason or other words."""
    return client.post(url, filled(page, **changes))


def test_a_loaded_word_comes_back_beside_its_field_before_it_is_saved(client):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(content=LOADED))
    assert page.context["adminform"].form.errors == {"content": [f"{DOUBT} Mend it, or say at the top why it stays."]}
    assert "<strong>No reason given yet.</strong>" in page.text
    assert not Claim.objects.exists()


def test_a_reason_keeps_it_and_the_reviewer_reads_the_reason(client):
    curator = signed_in(client, "Curator", username="carla")
    page = save(client, blank(Claim), passage(), **typed(content=LOADED))
    answer(client, blank(Claim), page, overruling="The speaker’s own word.", _submit="1")
    claim = Claim.objects.get()
    kept = Overruled.objects.get()
    assert (kept.thing, kept.code, kept.words, kept.reason, kept.by) == (
        claim, "judging", DOUBT, "The speaker’s own word.", curator
    )  # fmt: skip
    signed_in(client, "Reviewer")
    several = {"action": "publish_selected", "_selected_action": [claim.pk], "index": "0"}
    pages = [client.get(page_of(claim)), client.get(move(claim, "publish")), client.post(list_of(Claim), several)]
    for page in pages:
        text = " ".join(page.text.split())
        assert f"{DOUBT} <strong>Kept:</strong> The speaker’s own word. (carla," in text


def test_a_reason_counts_for_the_words_it_was_given_for_alone(client):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(content=LOADED))
    page = answer(client, blank(Claim), page, overruling="Its own word.", content=f"{LOADED} now")
    assert errors(page) == [f"{DOUBT} Mend it, or say at the top why it stays."]
    answer(client, blank(Claim), page, overruling="Its own word.")
    claim = Claim.objects.get()
    page = save(client, page_of(claim), content="the regime should end talks")
    assert errors(page) == [f"{DOUBT} Mend it, or say at the top why it stays."]
    assert Overruled.objects.count() == 1


def test_a_reason_without_having_seen_the_doubt_is_none(client):
    signed_in(client, "Curator")
    save(client, blank(Claim), **typed(content=LOADED, overruling="I know."))
    assert not Claim.objects.exists()


def test_what_was_overruled_is_not_asked_again_and_stands_on_the_page(client):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(content=LOADED))
    answer(client, blank(Claim), page, overruling="Its own word.")
    claim = Claim.objects.get()
    save(client, page_of(claim), occasion="at dinner")
    claim.refresh_from_db()
    assert (claim.occasion, claim.version) == ("at dinner", 2)
    assert "Its own word." in client.get(page_of(claim)).text


def test_what_stood_there_before_is_told_but_keeps_nobody_from_saving(client):
    signed_in(client, "Curator")
    claim = a_draft(LOADED)
    page = save(client, page_of(claim), occasion="at dinner")
    assert page.status_code == 302
    page = client.get(page_of(claim))
    assert [(one.doubt.words, one.overruled) for one in page.context["doubts"]] == [(DOUBT, None)]
    answer(client, page_of(claim), page, overruling="Its own word.")
    claim.refresh_from_db()
    assert (Overruled.objects.get().reason, claim.version) == ("Its own word.", 2)


def test_a_passage_is_doubted_beside_its_own_field_with_the_same_reason(client):
    signed_in(client, "Curator")
    source = a_source(published_edtf="2024-01-14")
    page = save(client, blank(Claim), passage(source, "too short"), **typed())
    *_, form = page.context["inline_admin_formsets"][0].formset.forms
    assert form.errors == {
        "exact": ["2 words; a passage has 4 to 25. Mend it, or say at the top why it stays."],
        "source": [
            "It came out on 14 January 2024, before the words were said on 15 January 2024. "
            "Mend it, or say at the top why it stays."
        ],
    }
    answer(client, blank(Claim), page, overruling="A broadcast, announced the day before.")
    assert Citation.objects.get().exact == "too short"
    assert {*Overruled.objects.values_list("code", flat=True)} == {"length", "said_after"}


def test_a_claim_on_file_is_told_with_the_way_there(client):
    signed_in(client, "Curator")
    given = typed()
    save(client, blank(Claim), **given)
    claim = Claim.objects.get()
    page = save(client, blank(Claim), **given)
    assert f'<a href="{page_of(claim)}">Open that one</a>' in page.text
    assert Claim.objects.count() == 1


def lost(**given):
    """A draft on a passage that its source's text does not hold, with the page's own look for it."""
    claim = a_draft(**given)
    claim.citations.update(status="not_found")
    return claim


def test_a_claim_on_a_lost_passage_is_submitted_with_a_reason_only(client):
    signed_in(client, "Curator")
    claim = lost()
    words = f"A passage is not found in the text held of “{claim.citations.get().source}”."
    refused = take(client, claim, "submit")
    assert f"“{claim}”: {words} Mend it, or say in the claim’s form why it stays." in refused.text
    page = client.get(page_of(claim))
    assert [one.doubt.words for one in page.context["doubts"]] == [words]
    a_snapshot(claim.citations.get().source, "Other words.")
    answer(client, page_of(claim), page, overruling="The page was changed; we have a picture.", _submit="1")
    claim.refresh_from_db()
    assert claim.state == State.IN_REVIEW


@pytest.mark.parametrize("status", ["not_found", "ambiguous"])
def test_nor_is_it_published_without_a_reason_where_it_was_lost_in_review(client, status):
    claim = a_draft()
    claim.submit(a_user())
    claim.citations.update(status=status)
    signed_in(client, "Reviewer")
    take(client, claim, "publish")
    claim.refresh_from_db()
    assert claim.state == State.IN_REVIEW


def test_a_passage_of_a_source_taken_down_is_neither_told_nor_asked_for(client):
    signed_in(client, "Curator")
    claim = lost()
    claim.citations.get().source.take_down(a_user(), reason="Asked by the author.")
    assert client.get(page_of(claim)).context["doubts"] == []
    take(client, claim, "submit")
    claim.refresh_from_db()
    assert claim.state == State.IN_REVIEW


def test_a_source_at_the_same_address_takes_a_reason(client):
    signed_in(client, "Curator")
    held = a_source(url="https://example.org/a")
    new = {"title": "Another", "slug": "another", "kind": "article", "publisher": held.publisher_id, "language": "en"}
    new["url"] = "http://www.example.org/a/?utm_source=x"
    page = client.post(blank(Source), filled(client.get(blank(Source)), **new))
    assert [*page.context["adminform"].form.errors] == ["url"]
    answer(client, blank(Source), page, overruling="The second edition.")
    assert Overruled.objects.get().thing == Source.objects.get(slug="another")


@pytest.mark.parametrize("other", [{}, {"name": "Ada Abel"}])
def test_an_actor_whose_names_sound_alike_takes_a_reason(client, other):
    signed_in(client, "Curator")
    a_name(an_actor("Sergei Lavrov"), "Сергей Лавров")
    new = {"name": "Sergey Lavrow", "slug": "another", "kind": "person"} | other
    rows = [("names", {"name": "Сергій Лавров"})] if other else []
    page = save(client, blank(Actor), *rows, **new)
    [message] = errors(page)
    assert message.startswith("Perhaps on file already: Sergei Lavrov")
    answer(client, blank(Actor), page, overruling="A namesake.")
    assert Overruled.objects.get().thing == Actor.objects.get(slug="another")


def test_reasons_are_as_long_as_they_may_be_and_hostile_keys_are_passed_over(client):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(content=LOADED))
    for sent in ({"overruling": "x" * 301}, {"overruling": "a\0b"}, {"overruling": "x", "seen_doubts": "\x01 ' x"}):
        assert answer(client, blank(Claim), page, **sent).status_code == 200
    assert not Claim.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_doubts_about_passages_ask_the_same_number_of_queries_for_any_number(client, django_assert_num_queries, number):
    signed_in(client, "Curator")
    claim = a_draft()
    for _ in range(number - 1):
        a_citation(claim)
    claim = Claim.objects.get()
    with django_assert_num_queries(7):
        helps.stored(claim)


@pytest.mark.parametrize(
    ("group", "seen", "added"),
    [("Curator", 200, 403), ("Reviewer", 200, 403), ("Managing editor", 200, 200), ("Auditor", 200, 403)],
)
def test_the_newsroom_s_list_is_read_by_all_and_changed_by_managing_editors(client, group, seen, added):
    signed_in(client, group)
    assert client.get(list_of(JudgingWord)).status_code == seen
    assert client.get(list_of(Overruled)).status_code == seen
    assert client.get(blank(JudgingWord)).status_code == added
    assert client.get(reverse("admin:claims_overruled_add")).status_code == 403


def test_a_word_that_a_newsroom_adds_is_doubted_from_then_on(client):
    signed_in(client, "Managing editor")
    save(client, blank(JudgingWord), word="  Grand  Bargain ", instead="agreement")
    assert JudgingWord.objects.get(word="grand bargain").instead == "agreement"
    page = save(client, blank(JudgingWord), word="...")
    assert errors(page) == ["Type a word."]
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(content="grand bargains should be made"))
    assert "“grand bargain” (rather “agreement”?)" in errors(page)[0]

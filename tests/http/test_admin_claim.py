"""Claims at the desk: entering, editing, finding."""

import re

import pytest
from django.contrib.auth.models import Group

from claims.models import Change, Citation, Claim, OldSlug, State
from tests.factories import (
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_relation,
    a_snapshot,
    a_source,
    a_step,
    an_actor,
    an_issue,
)
from tests.http.desk import another, blank, filled, in_review, list_of, page_of, passage, save, signed_in, take, typed

pytestmark = pytest.mark.django_db


# Entering


def test_a_new_claim_is_a_draft_of_whoever_enters_it(client):
    curator = signed_in(client, "Curator")
    save(client, blank(Claim), **typed())
    claim = Claim.objects.get()
    assert (claim.state, claim.created_by, claim.version) == (State.DRAFT, curator, 1)


def test_its_id_is_made_of_speaker_date_and_content_when_it_is_first_published(client):
    """The words that were refused are none of it."""
    signed_in(client, "Curator")
    save(client, blank(Claim), passage(), **typed(content="talks never began"))
    claim = Claim.objects.get()
    assert re.fullmatch("draft-[0-9a-f]{12}", claim.slug)
    in_review(claim).send_back()
    save(client, page_of(claim), content="talks should resume in spring", _submit="1")
    signed_in(client, "Reviewer")
    take(client, claim, "publish")
    claim.refresh_from_db()
    assert (claim.state, claim.slug) == (State.PUBLISHED, "abel-2024-01-15-talks-should-resume")
    assert not OldSlug.objects.exists()


def test_an_id_that_is_typed_is_taken(client):
    signed_in(client, "Curator")
    save(client, blank(Claim), **typed(slug="abel-2024-spring"))
    assert Claim.objects.get().slug == "abel-2024-spring"


def test_its_passage_is_found_in_the_text_held(client):
    signed_in(client, "Curator")
    source = a_source()
    a_snapshot(source, "She said:\nWe demand   talks in spring. And then she left.")
    save(client, blank(Claim), passage(source), **typed())
    citation = Citation.objects.get()
    assert (citation.status, citation.start, citation.end) == ("verified", 10, 38)


@pytest.mark.parametrize(
    "exact", ["“Not” yet, об’єкт\u00a0— кий", '"Not" yet, об\'єкт - кии\u0306', "“Not\u200b” yet, обʼєкт – кий"]
)
def test_its_passage_is_found_whatever_signs_are_typed_and_quoted_as_the_text_has_it(client, exact):
    signed_in(client, "Curator")
    source = a_source()
    a_snapshot(source, "She said: “Not” yet, об’єкт — кий.")
    save(client, blank(Claim), passage(source, exact), **typed())
    citation = Citation.objects.get()
    assert (citation.status, citation.exact) == ("verified", "“Not” yet, об’єкт — кий")


def test_the_same_words_of_a_source_are_not_entered_twice_with_other_signs(client):
    signed_in(client, "Curator")
    source = a_source()
    save(client, blank(Claim), passage(source, "It’s over, and they know it"), **typed())
    page = save(client, page_of(Claim.objects.get()), passage(source, "It's over, and they know it"))
    assert "The same words of a source stand there twice, perhaps with other signs." in page.text
    assert Citation.objects.count() == 1


def test_it_is_found_by_its_words_and_mentions_whom_it_names(client):
    signed_in(client, "Curator")
    boris = an_actor("Boris Brown")
    save(client, blank(Claim), **typed(content="Boris Brown should resume talks"))
    claim = Claim.objects.get()
    assert [*claim.mentions.all()] == [boris]
    assert "resume" in client.get(list_of(Claim), {"q": "resu bori"}).text


def test_a_name_that_two_actors_share_mentions_neither_and_is_offered(client):
    signed_in(client, "Curator")
    an_actor("Joe Biden"), an_actor("Hunter R&D Biden"), an_actor("Vladimir Putin")
    claim = a_draft("Biden should meet Putin")
    assert [actor.name for actor in claim.mentions.all()] == ["Vladimir Putin"]
    page = client.get(page_of(claim)).text
    assert "Vladimir Putin<br><strong>Biden: Hunter R&amp;D Biden or Joe Biden?</strong>" in page
    save(client, page_of(claim), content="Joe Biden should meet Putin")
    assert "Biden:" not in client.get(page_of(claim)).text


def test_a_new_claim_mentions_nobody_yet(client):
    signed_in(client, "Curator")
    assert "Found when it is saved" in client.get(blank(Claim)).text


def test_a_wrong_date_is_refused_beside_its_field(client):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(said_edtf="15.1.2024"))
    [message] = page.context["adminform"].form.errors["said_edtf"]
    assert message.startswith("'15.1.2024' is not a date: it has none of the forms that a date can have here.")
    assert not Claim.objects.exists()


def test_the_form_says_how_a_stored_date_reads(client):
    signed_in(client, "Curator")
    page = client.get(page_of(a_draft(said_edtf="[2024-01-11..2024-01-20]"))).text
    assert "Reads: <strong>between 11 and 20 January 2024, day not stated</strong>." in page


def test_a_draft_may_be_incomplete(client):
    signed_in(client, "Curator")
    save(client, blank(Claim), **typed(content="", said_edtf="", issues=[]))
    assert Claim.objects.get().state == State.DRAFT


@pytest.mark.parametrize("name", ["content", "as_stated", "slug", "occasion", "said_text"])
def test_it_refuses_nul_in_a_field(client, name):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(**{name: "a\0b"}))
    assert "Null characters are not allowed." in page.context["adminform"].form.errors[name]


@pytest.mark.parametrize("key", ["x", "-1", "99999999999999999999", "\0", "9" * 5000])
@pytest.mark.parametrize("name", ["speaker", "issues", "on_behalf_of"])
def test_it_refuses_a_key_that_is_none(client, name, key):
    signed_in(client, "Curator")
    page = client.post(blank(Claim), filled(client.get(blank(Claim)), **typed(**{name: key})))
    assert (page.status_code, list(page.context["adminform"].form.errors)) == (200, [name])


# Editing


def test_the_id_of_a_claim_never_changes(client):
    signed_in(client)
    claim = a_draft(slug="given-once")
    save(client, page_of(claim), slug="another", content="talks should end")
    claim.refresh_from_db()
    assert (claim.slug, claim.content) == ("given-once", "talks should end")


def test_an_edit_raises_the_version_and_leaves_no_public_trace_of_a_draft(client):
    signed_in(client, "Curator")
    claim = a_draft()
    save(client, page_of(claim), content="talks should end")
    claim.refresh_from_db()
    assert (claim.version, Change.objects.count()) == (2, 0)


def test_saving_without_a_change_leaves_the_version(client):
    signed_in(client, "Curator")
    claim = a_draft()
    save(client, page_of(claim))
    claim.refresh_from_db()
    assert claim.version == 1


def test_an_edit_of_what_is_in_review_makes_it_a_draft_again(client):
    signed_in(client, "Curator")
    claim = in_review(a_draft())
    save(client, page_of(claim), content="talks should end")
    claim.refresh_from_db()
    assert (claim.state, claim.submitted_by) == (State.DRAFT, None)


def test_so_does_one_more_voice(client):
    signed_in(client, "Curator")
    claim, voice = in_review(a_draft()), an_actor()
    save(client, page_of(claim), ("steps", {"order": 1, "actor": voice.pk, "identification": "named"}))
    claim.refresh_from_db()
    assert (claim.state, claim.steps.count()) == (State.DRAFT, 1)


def test_what_is_in_review_can_not_lose_what_publication_needs(client):
    signed_in(client, "Curator")
    claim = in_review(a_draft())
    page = save(client, page_of(claim), said_edtf="../2024", content="", issues=[])
    assert page.context["adminform"].form.errors == {
        "content": ["This field is required."],
        "issues": ["This field is required."],
        "said_edtf": ["From review on, the beginning must be known."],
    }


def test_two_curators_do_not_overwrite_each_other(client):
    signed_in(client, "Curator")
    claim = a_draft("talks should resume", occasion="a speech")
    mine = client.get(page_of(claim))
    save(client, page_of(claim), content="talks should end")
    page = client.post(page_of(claim), filled(mine, occasion="an interview"))
    claim.refresh_from_db()
    assert (claim.content, claim.occasion, claim.version) == ("talks should end", "a speech", 2)
    assert "Somebody else has changed this since you opened it." in page.text
    assert page.context["adminform"].form.errors["content"] == ["Stored now: talks should end"]
    assert page.context["adminform"].form["occasion"].value() == "an interview"


def test_after_reading_what_is_stored_a_curator_can_save(client):
    signed_in(client, "Curator")
    claim = a_draft(issues=[an_issue(), an_issue()])
    mine = client.get(page_of(claim))
    save(client, page_of(claim), content="talks should end")
    page = client.post(page_of(claim), filled(mine, occasion="an interview"))
    client.post(page_of(claim), filled(page, content="talks should end"))
    claim.refresh_from_db()
    assert (claim.content, claim.occasion, claim.version) == ("talks should end", "an interview", 3)
    assert claim.issues.count() == 2


# The list


def test_the_list_prints_attribution_and_state(client):
    signed_in(client, "Auditor")
    speaker = an_actor("Ada Abel")
    a_draft("talks should resume", speaker=speaker, act="demands", as_stated="")
    a_draft("", speaker=speaker)
    page = client.get(list_of(Claim)).text
    assert "Ada Abel demanded that talks should resume." in page
    assert "Draft" in page


def test_the_list_finds_a_speaker_in_any_spelling(client):
    signed_in(client, "Auditor")
    speaker = an_actor("Zelensky")
    a_name(speaker, "Зеленський")
    claim = a_draft(speaker=speaker)
    a_draft()
    page = client.get(list_of(Claim), {"q": "зеленський"})
    assert [*page.context["cl"].result_list] == [claim]
    assert [*client.get(list_of(Claim), {"q": claim.slug}).context["cl"].result_list] == [claim]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_any_number_of_rows(client, number, django_assert_num_queries):
    signed_in(client, "Curator")
    for _ in range(number):
        a_step(a_claim(on_behalf_of=an_actor()), an_actor())
    client.get(list_of(Claim))
    with django_assert_num_queries(17):
        client.get(list_of(Claim))


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_asks_the_same_number_of_queries_for_any_number_of_related_rows(
    client, number, django_assert_num_queries
):
    signed_in(client, "Curator")
    claim = a_claim()
    for _ in range(number):
        a_relation(a_claim(), claim)
        a_position(shown_by=[claim])
    client.get(page_of(claim))
    with django_assert_num_queries(40):
        client.get(page_of(claim))


@pytest.mark.parametrize("number", [1, 3])
def test_suggestions_ask_the_same_number_of_queries_for_any_number_of_claims(client, number, django_assert_num_queries):
    signed_in(client, "Curator")
    for _ in range(number):
        a_step(a_claim("talks should resume"), an_actor())
    query = {"app_label": "claims", "model_name": "claimrelation", "field_name": "to_claim", "term": "talks"}
    client.get("/admin/autocomplete/", query)
    with django_assert_num_queries(9):
        found = client.get("/admin/autocomplete/", query).json()["results"]
    assert len(found) == number
    assert found[0]["text"].endswith("said that talks should resume. (15 Jan 2024, published)")


def test_there_are_four_groups():
    assert {*Group.objects.values_list("name", flat=True)} == {"Curator", "Reviewer", "Managing editor", "Auditor"}


def test_another_row_can_be_typed(client):
    """The helper of these tests numbers new rows as the page's script does."""
    signed_in(client, "Curator")
    page = client.get(page_of(a_draft()))
    assert another(page, "citations", exact="x") == {"citations-TOTAL_FORMS": 2, "citations-1-exact": "x"}


def test_reviewers_read_the_claim_as_readers_will(client):
    signed_in(client, "Reviewer")
    speaker = an_actor("Ada Abel")
    claim = a_draft("talks should resume", speaker=speaker, as_stated="", said_edtf="[2024-01-11..2024-01-20]")
    page = client.get(page_of(claim)).text
    assert "Ada Abel said that talks should resume. (between 11 and 20 January 2024, day not stated)" in page


def test_a_refused_form_still_shows_what_is_stored(client):
    signed_in(client, "Curator")
    page = save(client, page_of(a_draft("talks should resume")), said_edtf="soon", content="")
    assert "said that talks should resume. (15 January 2024)" in page.text

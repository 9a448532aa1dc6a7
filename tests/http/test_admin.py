"""The desk as a whole: its index, its lists, who may see what, and queries that no page of it sends."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User

from actors.models import Actor
from claims.models import Change, Claim, Event, Issue, OldSlug, Position, Snapshot, Source, Stance
from conflict_site.models import Site
from tests.factories import (
    a_claim,
    a_draft,
    a_position,
    a_source,
    a_stance,
    an_actor,
    an_event,
    an_issue,
    unreviewed,
)
from tests.http.desk import a_row_of_each_kind, approved, blank, filled, list_of, page_of, save, signed_in

pytestmark = pytest.mark.django_db

MODELS = [Actor, Change, Claim, Event, Group, Issue, OldSlug, Position, Snapshot, Source, Stance, User]
ADDED_BY_CURATORS = [Actor, Claim, Event, Issue, Position, Source]


# The index


def test_the_index_has_sections_in_the_order_of_the_work(client):
    signed_in(client)
    page = client.get("/admin/")
    assert [(app["name"], [model["object_name"] for model in app["models"]]) for app in page.context["app_list"]] == [
        ("What was said", ["Claim", "Position", "Event", "Import"]),
        ("Who, where and on what", ["Actor", "Source", "Issue"]),
        ("What waits for a second person", ["Revision", "Merge"]),
        ("What was done", ["Change", "OldSlug", "Overruled", "Entry"]),
        ("The site and its people", ["Site", "JudgingWord", "User", "Group"]),
    ]


def test_it_bears_the_name_of_the_site(client):
    Site.objects.create(pk=1, title="Who said what")
    signed_in(client)
    page = client.get("/admin/").text
    assert "Who said what: the curators’ desk" in " ".join(page.replace('<span class="desk-word">', "").split())
    assert "| Who said what" in " ".join(page.split())


def test_strangers_are_asked_who_they_are(client):
    response = client.get("/admin/claims/claim/")
    assert (response.status_code, response.url) == (302, "/admin/login/?next=/admin/claims/claim/")


# Lists and forms


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("number", [1, 3])
def test_every_list_asks_the_same_number_of_queries_for_any_number_of_rows(
    client, model, number, django_assert_num_queries
):
    signed_in(client)
    for _ in range(number):
        a_row_of_each_kind()
    client.get(list_of(model))
    with django_assert_num_queries(QUERIES[model]):
        assert client.get(list_of(model)).status_code == 200


QUERIES = {
    Actor: 9, Change: 12, Claim: 16, Event: 12, Group: 7, Issue: 9, OldSlug: 8, Position: 11, Snapshot: 7, Source: 12,
    Stance: 7, User: 8,
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_every_row_opens_for_those_who_only_read(client, model):
    a_row_of_each_kind()
    signed_in(client, *([] if model in (User, Group) else ["Auditor"]))
    assert client.get(page_of(model.objects.all()[0])).status_code == 200


@pytest.mark.parametrize("group", ["Reviewer", "Managing editor", "Auditor"])
def test_those_who_do_not_curate_add_and_change_nothing(client, group):
    a_row_of_each_kind()
    page = signed_in(client) and client.get(page_of(Claim.objects.get()))
    signed_in(client, group)
    assert {client.get(blank(model)).status_code for model in ADDED_BY_CURATORS} == {403}
    assert client.post(page_of(Claim.objects.get()), filled(page, content="else")).status_code == 403


@pytest.mark.parametrize("model", ADDED_BY_CURATORS)
def test_curators_open_an_empty_form_of_everything(client, model):
    signed_in(client, "Curator")
    assert client.get(blank(model)).status_code == 200


@pytest.mark.parametrize("model", [Change, OldSlug, Snapshot, Stance])
def test_logs_and_texts_are_never_edited_by_hand(client, model):
    a_row_of_each_kind()
    signed_in(client)
    row = model.objects.all()[0]
    assert client.get(blank(model)).status_code == 403
    assert client.post(page_of(row), {"public_note": "else", "text": "else"}).status_code == 403
    assert client.post(page_of(row, "delete"), {"post": "yes"}).status_code == 403


def test_an_entry_of_the_log_shows_before_and_after(client):
    a_row_of_each_kind()
    signed_in(client, "Auditor")
    page = client.get(page_of(Change.objects.all()[0])).text
    assert "<p><strong>act</strong>: <del>asks</del> <ins>demands</ins></p>" in page


def test_view_on_site_leads_only_to_what_is_public(client):
    signed_in(client)
    claim, draft = a_claim(), a_draft()
    assert 'class="viewsitelink"' in client.get(page_of(claim)).text
    assert 'class="viewsitelink"' not in client.get(page_of(draft)).text
    assert 'class="viewsitelink"' in client.get(page_of(claim.speaker)).text
    assert 'class="viewsitelink"' not in client.get(page_of(draft.speaker)).text


# The site's own words


def test_the_one_row_of_the_site_opens_at_once(client):
    signed_in(client)
    assert client.get(list_of(Site)).url == blank(Site)
    save(client, blank(Site), title="Who said what", contact="desk@example.org")
    assert Site.objects.get(pk=1).title == "Who said what"
    assert client.get(list_of(Site)).url == page_of(Site.objects.get())
    assert client.get(blank(Site)).status_code == 403


# Renaming and deleting


@pytest.mark.parametrize("make", [an_actor, an_issue, a_source, an_event, a_position])
def test_a_renamed_row_keeps_its_old_slug(client, make):
    signed_in(client)
    row = make()
    if make is a_position:
        with unreviewed():
            row.evidence.create(claim=a_claim(), role="shows")
    save(client, page_of(row), slug="new-slug", change_kind="edit", public_note="A shorter address.")
    if make in (an_event, a_position):
        assert type(row).objects.get().slug == row.slug
        signed_in(client)
        approved(client, row)
    assert OldSlug.target(type(row), row.slug) == row
    assert type(row).objects.get().slug == "new-slug" if make is an_event else True


@pytest.mark.parametrize("make", [an_actor, an_issue, a_source, an_event])
def test_an_id_that_leads_to_another_row_is_not_given_again(client, make):
    signed_in(client)
    OldSlug.keep(make(), "had-before")
    row = make()
    page = save(client, page_of(row), slug="had-before", change_kind="edit", public_note="A shorter address.")
    assert [*page.context["adminform"].form.errors] == ["slug"]
    row.refresh_from_db()
    assert row.slug != "had-before"


def test_a_draft_that_is_renamed_leaves_no_trace_of_its_first_words(client):
    signed_in(client)
    save(client, page_of(an_event(state="draft", published_at=None)), slug="new-slug")
    assert (Event.objects.get().slug, OldSlug.objects.count()) == ("new-slug", 0)


def test_what_is_in_use_is_protected_with_a_clear_message(client):
    signed_in(client, "Curator")
    claim = a_claim()
    for row in (claim.speaker, claim.citations.get().source):
        page = client.post(page_of(row, "delete"), {"post": "yes"})
        assert "would require deleting the following protected related objects" in page.text
        assert type(row).objects.filter(pk=row.pk).exists()


def test_so_is_what_stands_only_in_a_list_of_another_row(client):
    signed_in(client, "Curator")
    addressee = an_actor()
    claim = a_claim(addressees=[addressee])
    for row in (addressee, claim.issues.get()):
        page = client.post(page_of(row, "delete"), {"post": "yes"})
        assert f'Claim: <a href="{page_of(claim)}">{claim}</a>' in page.text
        assert type(row).objects.filter(pk=row.pk).exists()


def test_what_nothing_uses_can_be_deleted(client):
    signed_in(client, "Curator")
    client.post(page_of(an_actor(), "delete"), {"post": "yes"})
    assert not Actor.objects.exists()


def test_every_model_of_the_project_has_a_page_or_stands_on_one():
    known = {model._meta.model_name for model in admin.site._registry}
    known |= {inline.model._meta.model_name for desk in admin.site._registry.values() for inline in desk.inlines}
    models = {model._meta.model_name for model in [*Actor._meta.apps.get_app_config("actors").get_models()]}
    models |= {model._meta.model_name for model in Actor._meta.apps.get_app_config("claims").get_models()}
    derived = {"loadedrow", "claimwords", "citationcheck", "changedrow", "permit", "comment", "presence", "deadlink"}
    assert models - known == derived | {"importfile", "importedrow", "mapping", "nameanswer"}


def test_stances_are_offered_with_their_issue(client):
    signed_in(client, "Curator")
    a_stance(an_issue("Ceasefire"), "Only after talks")
    query = {"app_label": "claims", "model_name": "position", "field_name": "stance", "term": "talks"}
    assert [row["text"] for row in client.get("/admin/autocomplete/", query).json()["results"]] == [
        "Ceasefire: Only after talks"
    ]

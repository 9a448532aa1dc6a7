"""The desk as a whole: its index, its lists, who may see what, and queries that no page of it sends."""

from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User

from actors.models import Actor
from claims.models import Change, Citation, Claim, Event, Issue, OldSlug, Position, Snapshot, Source, Stance
from conflict_site.models import Site
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_snapshot,
    a_source,
    a_stance,
    a_user,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)
from tests.http.desk import blank, filled, list_of, page_of, save, signed_in

pytestmark = pytest.mark.django_db

MODELS = [Actor, Change, Claim, Event, Group, Issue, OldSlug, Position, Snapshot, Source, Stance, User]
LISTS = [Actor, Change, Claim, OldSlug, Position, Source, User]
ADDED_BY_CURATORS = [Actor, Claim, Event, Issue, Position, Source]


def a_row_of_each_kind():
    """One row, or more, in every list."""
    source = a_source()
    a_snapshot(source, "She said that talks should resume.")
    claim = a_claim(source=source, exact="talks should resume")
    position = a_position(shown_by=[claim])
    event = an_event()
    for thing in (claim, position, event):
        Change.objects.record(
            thing, "edit", public_note="A word was changed.", before={"act": "asks"}, after={"act": "demands"}
        )
    OldSlug.keep(position, "old-position")
    an_affiliation(claim.speaker, an_actor(kind="state"))
    a_name(claim.speaker, "Зеленський")


# The index


def test_the_index_has_sections_in_the_order_of_the_work(client):
    signed_in(client)
    page = client.get("/admin/")
    assert [(app["name"], [model["object_name"] for model in app["models"]]) for app in page.context["app_list"]] == [
        ("What was said", ["Claim", "Position", "Event"]),
        ("Who, where and on what", ["Actor", "Source", "Issue"]),
        ("What was changed", ["Change", "OldSlug"]),
        ("The site and its people", ["Site", "User", "Group"]),
    ]


def test_the_index_says_what_waits(client):
    signed_in(client, "Auditor")
    assert "Nothing waits." in client.get("/admin/").text
    a_draft(), a_draft().submit(a_user())
    Citation.objects.filter(pk=a_citation(a_claim()).pk).update(status="not_found")
    page = client.get("/admin/")
    assert [(task.label, task.count) for task in page.context["tasks"]] == [
        ("Claims to be reviewed", 1),
        ("Claims in draft", 1),
        ("Claims with a passage that is not found in the text held", 1),
    ]
    assert [client.get(task.url).context["cl"].result_count for task in page.context["tasks"]] == [1, 1, 1]


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
    Actor: 7, Change: 12, Claim: 13, Event: 9, Group: 7, Issue: 7, OldSlug: 8, Position: 8, Snapshot: 7, Source: 10,
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
    note = {"change_kind": "edit", "public_note": "A shorter address."}
    if make is a_position:
        row.evidence.create(claim=a_claim(), role="shows")
    save(client, page_of(row), slug="new-slug", **note)
    assert OldSlug.target(type(row), row.slug) == row
    assert type(row).objects.get().slug == "new-slug" if make is an_event else True


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


# Queries that no page of the desk sends

KEYS = ["x", "-1", "\0", "99999999999999999999", "9" * 5000, "1;2", "1,2", "", "\u202e", "[]", "٣"]
QUERIES_NOBODY_SENDS = [
    *({name: key} for key in KEYS for name in ("q", "id__in", "p", "o")),
    *({name: "\0"} for name in ("all", "e", "_to_field", "_facets", "_popup", "_changelist_filters", "", "\0")),
    *({"q": text} for text in ("a" * 60_000, "a " * 30_000, '"', "%_*", "'; drop table", "a\u202eb")),
    *({"o": f"{sign}{column}"} for column in range(7) for sign in ("", "-")),
    *(
        {f"{date}__{part}": value}
        for date in ("said_earliest", "date_earliest", "published_earliest", "at", "last_login")
        for part, value in (
            ("year", "0"), ("year", "9999"), ("year", "99999999999"), ("year", "x"), ("month", "13"), ("day", "-1"),
            ("gte", "\0"), ("lt", "2024-13-45"), ("range", "1"), ("regex", "(a+)+$"), ("week_day", "x"),
        )
    ),
    *(
        {name: value}
        for name in (
            "state__exact", "kind__exact", "state__in", "issues__id__exact", "issues__isnull", "is_staff__exact",
            "groups__id__exact", "speaker__kind__exact", "citations__status__exact", "text_is_public__exact",
        )
        for value in ("x", "\0", "99999999999999999999", "a" * 60_000)
    ),
    {"name__iregex": "(a+)+$"}, {"citations__exact__regex": "."}, {"speaker__claims__id": "1"},
    {"username__regex": "."}, {"password__startswith": "a"}, {"created_by__password__startswith": "p"},
    {"_popup": "1", "_to_field": "slug"}, {"said_earliest__year": ["2024", "x"]},
]  # fmt: skip


@pytest.mark.parametrize("model", LISTS)
def test_no_query_of_a_list_is_an_error_of_the_server(client, model):
    a_row_of_each_kind()
    signed_in(client)
    client.raise_request_exception = False
    answers = {(str(query)[:60], client.get(list_of(model), query).status_code) for query in QUERIES_NOBODY_SENDS}
    assert {answer for answer in answers if answer[1] not in (200, 302, 400)} == set()


@pytest.mark.parametrize("model", ADDED_BY_CURATORS)
def test_no_query_of_an_empty_form_is_an_error_of_the_server(client, model):
    signed_in(client)
    client.raise_request_exception = False
    names = [field.name for field in model._meta.get_fields() if field.concrete]
    answers = {key[:30]: client.get(blank(model), dict.fromkeys(names, key)).status_code for key in KEYS}
    assert {*answers.values()} == {200}, answers


@pytest.mark.parametrize("key", KEYS[:-1])
@pytest.mark.parametrize("step", ["", "change/", "history/", "delete/", "move/publish/"])
def test_no_key_in_the_address_is_an_error_of_the_server(client, key, step):
    signed_in(client)
    client.raise_request_exception = False
    assert client.get(f"/admin/claims/claim/{quote(key)}/{step}").status_code in (200, 301, 302, 404)


@pytest.mark.parametrize("term", ["\0", "a" * 60_000, "a " * 30_000, '"', "*", "\u202e", ""])
@pytest.mark.parametrize(
    ("model", "field"),
    [("claim", "speaker"), ("claim", "issues"), ("claimrelation", "to_claim"), ("citation", "source"),
     ("position", "stance"), ("claim", "events"), ("claim", "slug"), ("claim", "\0"), ("user", "groups")],
)  # fmt: skip
def test_no_query_for_suggestions_is_an_error_of_the_server(client, model, field, term):
    a_row_of_each_kind()
    signed_in(client)
    client.raise_request_exception = False
    query = {"app_label": "claims", "model_name": model, "field_name": field, "term": term}
    assert client.get("/admin/autocomplete/", query).status_code in (200, 403)


@pytest.mark.parametrize("key", KEYS)
def test_no_chosen_row_is_an_error_of_the_server(client, key):
    signed_in(client)
    client.raise_request_exception = False
    sent = {"action": "submit_selected", "_selected_action": [key], "index": "0"}
    assert client.post(list_of(Claim), sent).status_code in (302, 400)
    assert client.post(list_of(User), {**sent, "action": "delete_selected"}).status_code in (200, 302, 400)


def test_a_forged_form_is_refused(client):
    signed_in(client)
    client.raise_request_exception = False
    forged = [
        {},
        {"citations-TOTAL_FORMS": "99999999999999999999", "citations-INITIAL_FORMS": "5"},
        {"citations-TOTAL_FORMS": "5", "citations-INITIAL_FORMS": "5", "citations-0-id": "99999999999999999999"},
        {"seen_version": "99999999999999999999"},
        {"_popup": "1", "_source_model": "x"},
    ]
    assert {client.post(page_of(a_draft()), fields).status_code for fields in forged} <= {200, 400}


def test_a_number_too_large_for_its_column_is_refused_beside_its_field(client):
    signed_in(client)
    page = save(client, page_of(an_issue()), order="99999999999999999999")
    assert "order" in page.context["adminform"].form.errors


def test_a_filter_that_does_not_exist_is_named_as_such(client):
    signed_in(client)
    page = client.get(list_of(Claim), {"said_earliest__year": "99999999999"}, follow=True)
    assert "There is no such filter; this is the whole list." in page.text


def test_every_model_of_the_project_has_a_page_or_stands_on_one():
    known = {model._meta.model_name for model in admin.site._registry}
    known |= {inline.model._meta.model_name for desk in admin.site._registry.values() for inline in desk.inlines}
    models = {model._meta.model_name for model in [*Actor._meta.apps.get_app_config("actors").get_models()]}
    models |= {model._meta.model_name for model in Actor._meta.apps.get_app_config("claims").get_models()}
    assert models - known == {"loadedrow", "claimwords", "citationcheck"}


def test_stances_are_offered_with_their_issue(client):
    signed_in(client, "Curator")
    a_stance(an_issue("Ceasefire"), "Only after talks")
    query = {"app_label": "claims", "model_name": "position", "field_name": "stance", "term": "talks"}
    assert [row["text"] for row in client.get("/admin/autocomplete/", query).json()["results"]] == [
        "Ceasefire: Only after talks"
    ]

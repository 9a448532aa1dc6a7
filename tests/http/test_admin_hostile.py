"""Queries and forms that no page of the desk sends: never an error of the server."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import User

from actors.models import Actor
from claims.models import Change, Claim, Event, Issue, OldSlug, Position, Source
from tests import shared
from tests.factories import a_draft, an_issue
from tests.http.desk import a_row_of_each_kind, blank, list_of, page_of, save, signed_in

pytestmark = pytest.mark.django_db

LISTS = [Actor, Change, Claim, OldSlug, Position, Source, User]
FORMS = [Actor, Claim, Event, Issue, Position, Source]

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
            "text_may_be_kept__exact",
        )
        for value in ("x", "\0", "99999999999999999999", "a" * 60_000)
    ),
    {"name__iregex": "(a+)+$"}, {"citations__exact__regex": "."}, {"speaker__claims__id": "1"},
    {"username__regex": "."}, {"password__startswith": "a"}, {"created_by__password__startswith": "p"},
    {"_popup": "1", "_to_field": "slug"}, {"said_earliest__year": ["2024", "x"]},
]  # fmt: skip


@shared.of_module()
def rows():
    a_row_of_each_kind()


@pytest.mark.parametrize("model", LISTS)
def test_no_query_of_a_list_is_an_error_of_the_server(client, rows, model):
    signed_in(client)
    client.raise_request_exception = False
    answers = {(str(query)[:60], client.get(list_of(model), query).status_code) for query in QUERIES_NOBODY_SENDS}
    assert {answer for answer in answers if answer[1] not in (200, 302, 400)} == set()


@pytest.mark.parametrize("model", FORMS)
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
def test_no_query_for_suggestions_is_an_error_of_the_server(client, rows, model, field, term):
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

"""What spares curators work at the desk: numbers, suggestions, and refusals that need no looking up."""

import logging
from io import StringIO

import pytest

from claims.models import Claim, Issue
from conflict_site.models import Site
from tests.factories import a_claim, a_draft, a_position, a_step, an_actor, an_event
from tests.http.desk import blank, page_of, save, signed_in

pytestmark = pytest.mark.django_db


# Orders


def test_answers_number_themselves(client):
    signed_in(client, "Curator")
    answers = [{"label": label, "slug": label.lower(), "order": ""} for label in ("Now", "Later")]
    page = client.get(blank(Issue))
    assert page.context["inline_admin_formsets"][0].formset.empty_form["order"].value() is None
    sent = {f"stances-{number}-{name}": value for number, row in enumerate(answers) for name, value in row.items()}
    management = {"stances-TOTAL_FORMS": 2, "stances-INITIAL_FORMS": 0}
    texts = {"title": "Ceasefire", "slug": "ceasefire", "question": "When?", "order": 1, "scope_note": ""}
    client.post(blank(Issue), {**texts, **management, **sent})
    issue = Issue.objects.get()
    save(client, page_of(issue), ("stances", {"label": "Never", "slug": "never"}))
    assert [(stance.order, stance.label) for stance in issue.stances.all()] == [(1, "Now"), (2, "Later"), (3, "Never")]


def test_voices_number_themselves_and_keep_the_numbers_that_are_typed(client):
    signed_in(client, "Curator")
    claim = a_draft()
    a_step(claim, an_actor("Agency"))
    new = [{"actor": an_actor(name).pk, "identification": "named"} for name in ("Official", "Witness")]
    save(client, page_of(claim), ("steps", {**new[0], "order": 4}))
    save(client, page_of(claim), ("steps", new[1]))
    assert [str(step) for step in claim.steps.all()] == ["1. Agency", "4. Official", "5. Witness"]


# Suggestions


def suggested(client, model, field, **query):
    asked = {"app_label": "claims", "model_name": model, "field_name": field, "term": "", **query}
    return client.get("/admin/autocomplete/", asked)


def test_the_actor_whose_name_or_surname_begins_with_what_is_typed_is_offered_first(client):
    signed_in(client, "Curator")
    for name in ("Unnamed White House official", "White House", "Mark White"):
        an_actor(name)
    rows = suggested(client, "source", "publisher", term="white").json()["results"]
    assert [row["text"] for row in rows] == ["White House", "Mark White", "Unnamed White House official"]


def test_a_claim_is_offered_with_its_date_and_state(client):
    signed_in(client, "Curator")
    a_draft("talks should resume", speaker=an_actor("Ada Abel"), as_stated="", said_edtf="2024-01-15")
    rows = suggested(client, "claimrelation", "to_claim").json()["results"]
    assert [row["text"] for row in rows] == ["Ada Abel said that talks should resume. (15 Jan 2024, draft)"]


def test_no_relation_is_offered_to_the_claim_itself(client):
    signed_in(client, "Curator")
    claim, other = a_claim(), a_claim()
    field = client.get(page_of(claim)).context["inline_admin_formsets"][2].formset.empty_form.fields["to_claim"]
    assert field.widget.widget.get_url() == f"/admin/autocomplete/?leave_out={claim.pk}"
    rows = suggested(client, "claimrelation", "to_claim", leave_out=claim.pk).json()["results"]
    assert [row["id"] for row in rows] == [str(other.pk)]


@pytest.mark.parametrize("leave_out", ["x", "\0", "9" * 30, "-1"])
def test_nothing_is_offered_where_nobody_knows_what_to_leave_out(client, leave_out):
    signed_in(client, "Curator")
    a_claim()
    assert suggested(client, "claimrelation", "to_claim", leave_out=leave_out).json()["results"] == []


def test_nothing_withdrawn_is_offered(client):
    signed_in(client, "Curator")
    claim, event = a_claim(), an_event()
    position = a_position(shown_by=[claim])
    for row in (position, claim, event):
        row.refresh_from_db()
        row.withdraw(note="wrong")
    fields = [("claimrelation", "to_claim"), ("positionevidence", "claim"), ("claim", "events")]
    assert [suggested(client, *field).json()["results"] for field in fields] == [[], [], []]


# Names and refusals


def test_the_page_that_asks_who_one_is_names_the_site(client):
    Site.objects.create(pk=1, title="Who said what")
    page = " ".join(client.get("/admin/login/").text.split())
    assert 'Who said what<span class="desk-word">: the curators’ desk</span>' in page
    assert "Log in | Who said what" in page


def test_a_refusal_takes_one_line_of_the_log(client, monkeypatch):
    signed_in(client, "Auditor")
    root, written = logging.getLogger(), StringIO()
    handler = next(one for one in root.handlers if one.name == "console")
    monkeypatch.setattr(root, "level", logging.WARNING)
    monkeypatch.setattr(handler, "stream", written)
    assert client.get(blank(Claim)).status_code == 403
    assert [line for line in written.getvalue().splitlines() if "Forbidden" not in line] == []
    assert "Forbidden (Permission denied): /admin/claims/claim/add/" in written.getvalue()

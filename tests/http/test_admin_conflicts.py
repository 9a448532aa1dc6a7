"""Two curators at one form: the second sees both texts, and nothing that anybody typed is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from itertools import product
from threading import Lock
from time import monotonic, sleep
from unittest.mock import Mock

import pytest
from django.contrib.admin import site
from django.db import OperationalError, connection, connections
from django.test import RequestFactory

from claims.models import Claim, Revision
from tests.factories import a_citation, a_claim, a_draft, a_name, a_source, a_stance, a_step, an_actor, an_issue
from tests.http.desk import another, errors, filled, page_of, save, signed_in

CURATORS, EDITS = 6, 10
EVERY = [*product(range(CURATORS), range(EDITS))]
MEANWHILE = "Somebody else has changed this since you opened it."


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "name"), [(a_source, "title"), (an_actor, "name"), (an_issue, "question")])
def test_the_second_to_save_sees_what_the_first_has_stored(client, make, name):
    signed_in(client, "Curator")
    record = make()
    mine = client.get(page_of(record))
    save(client, page_of(record), **{name: "What the first has typed"})
    page = client.post(page_of(record), filled(mine, **{name: "What the second has typed"}))
    assert MEANWHILE in page.text
    assert page.context["adminform"].form.errors[name] == ["Stored now: What the first has typed"]
    assert page.context["adminform"].form[name].value() == "What the second has typed"
    client.post(page_of(record), filled(page))
    record.refresh_from_db()
    assert (getattr(record, name), record.version) == ("What the second has typed", 3)


@pytest.mark.django_db
def test_passages_are_told_apart_field_by_field(client):
    signed_in(client, "Curator")
    claim = a_draft(exact="the very words of hers")
    mine = client.get(page_of(claim))
    save(client, page_of(claim), **{"citations-0-locator": "par 7"})
    page = client.post(page_of(claim), filled(mine, **{"citations-0-locator": "par 9"}))
    assert errors(page) == [MEANWHILE + errors(page)[0].removeprefix(MEANWHILE), "Stored now: par 7"]
    client.post(page_of(claim), filled(page))
    assert claim.citations.get().locator == "par 9"


@pytest.mark.django_db
def test_a_passage_that_somebody_has_added_is_told_and_stays(client):
    signed_in(client, "Curator")
    claim = a_draft()
    mine = client.get(page_of(claim))
    a_citation(claim, exact="four words of his")
    Claim.objects.filter(pk=claim.pk).update(version=2)
    page = client.post(page_of(claim), filled(mine, occasion="a speech"))
    assert re.search("Stored now as well: .*exact: four words of his", "\n".join(errors(page)))
    client.post(page_of(claim), filled(page))
    claim.refresh_from_db()
    assert (claim.occasion, claim.citations.count()) == ("a speech", 2)


@pytest.mark.django_db
def test_what_was_typed_into_a_passage_that_somebody_has_deleted_stands_as_a_new_one(client):
    signed_in(client, "Curator")
    claim = a_draft(exact="the first four words")
    other = a_citation(claim, exact="the other four words")
    mine = client.get(page_of(claim))
    claim.citations.exclude(pk=other.pk).delete()
    Claim.objects.filter(pk=claim.pk).update(version=2)
    new = another(mine, "citations", source=a_source().pk, exact="a third of four words", language="en")
    page = client.post(page_of(claim), filled(mine, **{"citations-0-locator": "par 9"}, **new))
    assert MEANWHILE in errors(page)[0]
    client.post(page_of(claim), filled(page))
    assert {(row.exact, row.locator) for row in claim.citations.all()} == {
        ("the first four words", "par 9"),
        ("the other four words", "par 1"),
        ("a third of four words", ""),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["steps", "names", "stances"])
def test_so_is_every_other_kind_of_row(client, part):
    signed_in(client, "Curator")
    make, add, name = {
        "steps": (a_draft, lambda record: a_step(record, an_actor()), "cue"),
        "names": (an_actor, lambda record: a_name(record, "Adah"), "name"),
        "stances": (an_issue, a_stance, "label"),
    }[part]
    record = make()
    row = add(record)
    mine = client.get(page_of(record))
    save(client, page_of(record), **{f"{part}-0-{name}": "first"})
    page = client.post(page_of(record), filled(mine, **{f"{part}-0-{name}": "second"}))
    assert "Stored now: first" in errors(page)
    client.post(page_of(record), filled(page))
    row.refresh_from_db()
    assert getattr(row, name) == "second"


@pytest.mark.django_db
def test_of_a_public_record_the_second_sees_what_waits(client):
    signed_in(client, "Curator")
    claim, note = a_claim("talks should resume"), {"public_note": "We had it wrong."}
    mine = client.get(page_of(claim))
    save(client, page_of(claim), content="talks should end", **note)
    page = client.post(page_of(claim), filled(mine, occasion="a speech", **note))
    assert page.context["adminform"].form.errors["content"] == ["Stored now: talks should end"]
    client.post(page_of(claim), filled(page, content="talks should end"))
    assert (Revision.objects.get().after["content"], Revision.objects.get().after["occasion"]) == (
        "talks should end",
        "a speech",
    )


@pytest.mark.django_db(transaction=True)
def test_of_six_curators_who_edit_at_once_none_loses_anything(client):
    """Each writes marks into a claim, a source and an actor in turn; one that is refused is added anew to what
    is stored by then.

    SQLite lets one write after the other; so do these threads there, with one connection to the database in memory.
    """
    claim, source, actor = a_draft("begin "), a_source(title="begin "), an_actor(description="begin ")
    records = [(claim, "content"), (source, "title"), (actor, "description")]
    turn = nullcontext() if connection.vendor == "postgresql" else Lock()
    curators = [signed_in(client) for _ in range(CURATORS)]  # of no group: a test that commits leaves none behind
    pages = {record: filled(client.get(page_of(record))) for record, _ in records}
    own = connections["default"]
    if own.vendor == "sqlite":
        own.inc_thread_sharing()

    def begin():
        if own.vendor == "sqlite":
            connections["default"] = own

    def edit(number, user):
        try:
            for edits in range(EDITS):
                record, name = records[(number + edits) % 3]
                mark, latest = f"{number}{chr(ord('a') + edits)}", monotonic() + 60
                while not saved(user, record, name, mark, pages[record], turn):
                    assert monotonic() < latest
                    sleep(0.01 * (number + 1))
        finally:
            if own.vendor == "postgresql":
                connection.close()

    with ThreadPoolExecutor(CURATORS, initializer=begin) as pool:
        done = [pool.submit(edit, number, user) for number, user in enumerate(curators)]
        for one in done:
            one.result()
    for place, (record, name) in enumerate(records):
        mine = [(number, edits) for number, edits in EVERY if (number + edits) % 3 == place]
        record.refresh_from_db()
        assert {*getattr(record, name).split()} == {
            "begin",
            *(f"{number}{chr(ord('a') + edits)}" for number, edits in mine),
        }
        assert record.version == 1 + len(mine)


def saved(user, record, name, mark, page, turn):
    """Read what is stored, add a mark to it, and save; whether it was saved. Somebody who holds the row refuses."""
    with turn:
        stored = type(record).objects.values(name, "version").get(pk=record.pk)
    typed = page | {name: f"{stored[name]} {mark}", "seen_version": str(stored["version"])}
    request = RequestFactory().post("/", typed)
    request.user, request._messages, request._dont_enforce_csrf_checks = user, Mock(), True
    with turn, suppress(OperationalError):
        return site.get_model_admin(type(record)).changeform_view(request, str(record.pk)).status_code == 302
    return False

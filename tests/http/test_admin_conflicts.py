"""Two curators at one form: the second sees both texts, and nothing that anybody typed is lost."""

import re

import pytest

from claims.models import Claim, Revision
from tests.factories import a_citation, a_claim, a_draft, a_name, a_source, a_stance, a_step, an_actor, an_issue
from tests.http.desk import another, errors, filled, page_of, save, signed_in

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

"""Citations put where their words stand; what was verified is evidence and stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.evidence.anchoring import anchor, outcomes
from claims.models import Citation, CitationCheck, Permit, Snapshot
from tests.factories import a_citation, a_claim, a_snapshot, a_source
from tests.guards import unguarded

pytestmark = pytest.mark.django_db

FIRST = "He spoke first.\n\nWe are ready for talks.\n\nThen he left."


def a_text(source, text, days=0):
    """A capture that is so many days old."""
    return a_snapshot(source, text, captured_at=timezone.now() - timedelta(days=days))


def cited(exact="We are ready for talks", **given):
    return a_citation(a_claim(), a_source(), exact, **given)


def anchored(citation):
    anchor(Citation.objects.filter(pk=citation.pk))
    citation.refresh_from_db()
    return (citation.status, citation.snapshot, citation.start, citation.end)


def checks(citation):
    return list(citation.checks.values_list("snapshot", "outcome", "start", "end"))


def test_without_a_text_it_says_so():
    assert anchored(cited()) == ("text_not_held", None, None, None)


def test_a_passage_is_verified_where_it_stands():
    citation = cited()
    snapshot = a_text(citation.source, FIRST)
    assert anchored(citation) == ("verified", snapshot, 17, 39)
    assert snapshot.text[17:39] == "We are ready for talks"
    assert checks(citation) == []


def test_what_is_verified_is_quoted_as_the_text_spells_it():
    citation = cited('We are "ready" for talks')
    snapshot = a_text(citation.source, "He said: We are “ready” for\u00a0talks.")
    assert anchored(citation) == ("verified", snapshot, 9, 33)
    assert citation.exact == "We are “ready” for talks"
    assert anchor(Citation.objects.all()) == 0


def test_a_claim_does_not_quote_the_same_words_twice():
    claim, source = a_claim(), a_source()
    straight, curly = a_citation(claim, source, "It's over"), a_citation(claim, source, "It’s over")
    a_text(source, "It’s over.")
    anchor(Citation.objects.filter(source=source))
    assert Citation.objects.filter(pk__in=[straight.pk, curly.pk], status="verified").count() == 2
    assert [*claim.citations.filter(source=source).values_list("exact", flat=True)] == ["It's over", "It’s over"]


def test_words_that_the_text_spells_at_too_great_length_stay_as_they_were_typed():
    citation = cited("peace " * 150 + "now")
    a_text(citation.source, "p\u00ade\u00ada\u00adce " * 150 + "now")
    assert anchored(citation)[0] == "verified"
    assert citation.exact.startswith("peace peace")


@pytest.mark.parametrize(
    ("text", "status"),
    [("We are ready for peace.", "not_found"), ("We are ready for talks. We are ready for talks.", "ambiguous")],
)
def test_what_does_not_stand_in_one_place_is_not_verified(text, status):
    citation = cited()
    a_text(citation.source, text)
    assert anchored(citation) == (status, None, None, None)


def test_prefix_and_suffix_decide_between_places():
    citation = cited(prefix="Again:", suffix="!")
    snapshot = a_text(citation.source, "We are ready for talks. Again: We are ready for talks!")
    assert anchored(citation) == ("verified", snapshot, 31, 53)


def test_it_counts_what_changed_and_a_second_time_changes_nothing():
    citation, other = cited(), cited()
    a_text(citation.source, FIRST)
    assert anchor(Citation.objects.all()) == 1
    assert anchor(Citation.objects.all()) == 0
    assert Citation.objects.get(pk=other.pk).status == "text_not_held"


def test_the_text_of_another_source_is_no_place_for_it():
    a_text(a_source(), FIRST)
    assert anchored(cited())[0] == "text_not_held"


@pytest.mark.parametrize(
    ("text", "outcome", "start"),
    [
        (FIRST + "\n\nA footer.", "unchanged", 17),
        ("A menu.\n\n" + FIRST, "unchanged", 26),
        ("We are ready\xa0for  talks.", "unchanged", 0),
        ("He said: We are ready for talks.", "moved", 9),
        ("We are ready\nfor talks.", "unchanged", 0),
        ("We are ready for peace.", "not_found", None),
        (FIRST + FIRST, "ambiguous", None),
    ],
)
def test_a_later_capture_is_checked_and_the_evidence_stays(text, outcome, start):
    citation = cited()
    old = a_text(citation.source, FIRST, days=9)
    anchored(citation)
    new = a_text(citation.source, text)
    assert anchored(citation) == ("verified", old, 17, 39)
    end = None if start is None else text.index("talks", start) + 5
    assert checks(citation) == [(new.pk, outcome, start, end)]


def test_a_passage_never_found_is_verified_by_the_first_capture_that_holds_it():
    citation = cited()
    a_text(citation.source, "Nothing.", days=9)
    assert anchored(citation)[0] == "not_found"
    holding = a_text(citation.source, FIRST, days=5)
    assert anchored(citation)[1] == holding
    a_text(citation.source, FIRST + " ", days=1)
    assert anchored(citation)[1] == holding
    assert [outcome for _, outcome, *_ in checks(citation)] == ["unchanged"]


def test_of_several_texts_that_hold_it_the_newest_verifies_what_was_never_looked_for():
    citation = cited()
    a_text(citation.source, FIRST, days=9)
    newest = a_text(citation.source, FIRST + " ")
    assert anchored(citation)[1] == newest


def test_a_citation_that_quotes_other_words_now_is_looked_for_anew():
    citation = cited()
    a_text(citation.source, FIRST, days=9)
    anchored(citation)
    new = a_text(citation.source, "They are not ready.")
    anchored(citation)
    Citation.objects.filter(pk=citation.pk).update(exact="They are not ready")
    assert anchored(citation) == ("verified", new, 0, 18)
    assert checks(citation) == []


def test_a_check_keeps_the_date_on_which_it_was_made():
    citation = cited()
    a_text(citation.source, FIRST, days=9)
    anchored(citation)
    a_text(citation.source, "Gone.", days=1)
    anchored(citation)
    made = citation.checks.get()
    anchored(citation)
    assert citation.checks.get().checked_at == made.checked_at
    assert citation.checks.get().pk == made.pk


def test_it_says_what_became_of_each_passage_in_a_capture():
    source = a_source()
    kept, lost, fresh, never = (
        a_citation(a_claim(), source, exact) for exact in ("He spoke first", "Then he left", "A new word", "No such")
    )
    a_text(source, FIRST, days=9)
    anchor(Citation.objects.filter(source=source))
    new = a_text(source, "He spoke first. A new word was had.")
    anchor(Citation.objects.filter(source=source))
    found = dict(outcomes(new))
    assert found == {kept: "moved", lost: "not_found", fresh: "verified", never: "not_found"}


def test_many_citations_cost_a_fixed_number_of_queries(django_assert_num_queries):
    source = a_source()
    claim = a_claim()
    a_text(source, " ".join(f"Word number {n} is here." for n in range(60)))
    for n in range(3):
        a_citation(claim, source, f"number {n} is")
    with django_assert_num_queries(7):
        anchor(Citation.objects.filter(source=source))
    for n in range(3, 60):
        a_citation(claim, source, f"number {n} is")
    with django_assert_num_queries(7):
        anchor(Citation.objects.filter(source=source))
    assert Citation.objects.filter(source=source, status="verified").count() == 60


@pytest.mark.parametrize(
    "place",
    [
        {"outcome": "moved"},
        {"outcome": "moved", "start": 3},
        {"outcome": "moved", "start": 3, "end": 3},
        {"outcome": "not_found", "start": 3, "end": 5},
        {"outcome": "lost"},
    ],
)
def test_the_database_refuses_a_check_without_sense(place):
    citation = cited()
    snapshot = a_text(citation.source, FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        CitationCheck.objects.create(citation=citation, snapshot=snapshot, **place)


def test_the_database_refuses_a_verified_citation_without_an_end():
    citation = cited()
    snapshot = a_text(citation.source, FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=citation.pk).update(status="verified", snapshot=snapshot, start=3)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE claims_snapshot SET text = 'other' WHERE id = %s",
        "UPDATE claims_snapshot SET captured_at = captured_at WHERE id = %s",
        "DELETE FROM claims_snapshot WHERE id = %s",
    ],
)
def test_the_database_keeps_a_captured_text_as_it_is(attack):
    from django.db import connection

    snapshot = a_text(a_source(), FIRST)
    Permit.objects.all().delete()  # with one its source may change, where two are made one
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        connection.cursor().execute(attack, [snapshot.pk])
    snapshot.refresh_from_db()
    assert snapshot.text == FIRST


def test_the_models_cannot_change_a_captured_text_either():
    snapshot = a_text(a_source(), FIRST)
    snapshot.text = "other"
    for change in (snapshot.save, snapshot.delete, Snapshot.objects.all().delete):
        with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
            change()


@pytest.mark.parametrize("column", ["id", "sha256"])
def test_a_captured_text_cannot_be_replaced_by_an_insertion(column):
    from django.db import connection

    snapshot = a_text(a_source(), FIRST)
    values = {"id": snapshot.pk + 1, "sha256": "0" * 64} | {column: getattr(snapshot, column)}
    insert = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.wrap_database_errors:
        connection.cursor().cursor.execute(  # as a program does that does not refuse REPLACE by itself
            f"{insert} claims_snapshot (id, source_id, captured_at, text, sha256) VALUES (%s, %s, %s, %s, %s)",
            [values["id"], snapshot.source_id, snapshot.captured_at, "other", values["sha256"]],
        )
    assert [one.text for one in Snapshot.objects.all()] == [FIRST]


def test_the_guards_come_back_after_they_were_lifted():
    snapshot = a_text(a_source(), FIRST)
    with unguarded():
        Snapshot.objects.filter(pk=snapshot.pk).update(text="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.filter(pk=snapshot.pk).update(text=FIRST)

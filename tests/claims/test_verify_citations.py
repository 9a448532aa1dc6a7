"""`manage.py verify_citations` finds whatever was changed behind the site's back."""

import pytest
from django.core.management import call_command
from django.db import connection

from claims.capture.store import capture
from claims.models import Citation, CitationCheck, Snapshot
from tests.factories import a_citation, a_claim, a_source
from tests.guards import unguarded

pytestmark = pytest.mark.django_db

TEXT = "He spoke first.\n\nWe are ready for talks.\n"


def a_verified_citation(exact="We are ready for talks"):
    citation = a_citation(a_claim(), a_source(), exact)
    capture(citation.source, TEXT)
    citation.refresh_from_db()
    return citation


def verify(capsys):
    """The exit status, and what was said of breaches and in the end."""
    try:
        call_command("verify_citations")
        status = 0
    except SystemExit as exit:
        status = exit.code
    said = capsys.readouterr()
    return status, said.err.splitlines(), said.out.strip()


def test_all_is_well(capsys):
    a_verified_citation()
    a_verified_citation("We are\nready   for")
    assert verify(capsys) == (0, [], "2 texts and 2 verified passages checked: no breaches.")


def test_nothing_held_is_no_breach(capsys):
    a_claim()
    assert verify(capsys) == (0, [], "0 texts and 0 verified passages checked: no breaches.")


def test_one_changed_letter_in_a_text_is_found(capsys):
    citation = a_verified_citation()
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_snapshot SET text = replace(text, 'talks', 'tales')")
    status, breaches, end = verify(capsys)
    slug, day = citation.source.slug, f"{citation.snapshot.captured_at:%Y-%m-%d}"
    assert status == 1
    assert breaches == [
        f"{slug}: the text captured on {day} is not the one captured",
        f"{slug}: {citation.claim.slug}: the passage is not at 17–39: “We are ready for talks”",
    ]
    assert end == "1 texts and 1 verified passages checked: 2 breaches."


def test_a_changed_letter_outside_every_passage_is_found_by_the_hash(capsys):
    a_verified_citation()
    with unguarded():
        Snapshot.objects.update(text=TEXT.replace("He", "Ha"))
    status, breaches, _ = verify(capsys)
    assert (status, len(breaches)) == (1, 1)


def test_a_text_changed_together_with_its_hash_is_found_by_the_passage(capsys):
    citation = a_verified_citation()
    with unguarded():
        changed = Snapshot.objects.get()
        changed.text = "x" + TEXT
        changed.save()  # with the hash that fits
    status, breaches, _ = verify(capsys)
    assert status == 1
    assert breaches == [
        f"{citation.source.slug}: {citation.claim.slug}: the passage is not at 17–39: “{citation.exact}”"
    ]


@pytest.mark.parametrize("change", [{"start": 18}, {"end": 38}, {"exact": "We are ready for tales"}, {"end": 9_999}])
def test_a_changed_citation_is_found(capsys, change):
    citation = a_verified_citation()
    Citation.objects.filter(pk=citation.pk).update(**change)
    status, breaches, _ = verify(capsys)
    assert (status, len(breaches)) == (1, 1)


def test_a_passage_in_the_text_of_another_source_is_found(capsys):
    citation, other = a_verified_citation(), a_verified_citation()
    Citation.objects.filter(pk=citation.pk).update(snapshot=other.snapshot)
    assert verify(capsys)[1] == [
        f"{other.source.slug}: {citation.claim.slug}: the passage is verified in the text of another source"
    ]


def test_a_wrong_place_in_a_later_capture_is_found(capsys):
    citation = a_verified_citation()
    capture(citation.source, "A menu.\n" + TEXT)
    assert verify(capsys)[0] == 0
    CitationCheck.objects.update(start=3)
    assert verify(capsys)[1] == [
        f"{citation.source.slug}: {citation.claim.slug}: the passage is not at 3–47: “We are ready for talks”"
    ]


def test_a_passage_that_was_never_in_the_text_it_was_recorded_from_is_found(capsys):
    citation = a_verified_citation("We are ready for peace")
    Citation.objects.update(checked_on="2026-11-23", checked_sha256="ab" * 32)
    assert verify(capsys)[0] == 0
    Citation.objects.update(checked_sha256=Snapshot.objects.get().sha256)
    where = f"{citation.source.slug}: {citation.claim.slug}"
    assert verify(capsys)[1] == [f"{where}: the passage is said to be found in this text: “We are ready for peace”"]


def test_texts_are_read_one_at_a_time(django_assert_num_queries):
    for _ in range(2):
        a_verified_citation()
    with django_assert_num_queries(1 + 2 * 3 + 2):
        call_command("verify_citations")

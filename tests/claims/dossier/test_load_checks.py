"""Loading what a package knows of its passages: when, and in which text, they were found."""

import pytest

from claims.dossier import load_package, read_package
from claims.models import Change, Citation, digest
from tests.claims.dossier.packages import TEXT, a_package, checked

pytestmark = pytest.mark.django_db

FOUND, NOT = ("2026-11-23", digest(TEXT)), ("", "")


def load(folder, *cells, texts=None):
    """The small package, its citations with these days and hashes."""
    return load_package(read_package(a_package(folder, checked(*cells) if cells else None, texts)))


def statuses():
    return [*Citation.objects.order_by("pk").values_list("status", flat=True)]


def test_a_passage_that_was_found_elsewhere_is_called_checked(tmp_path):
    load(tmp_path, FOUND, NOT, FOUND)
    assert statuses() == ["checked", "text_not_held", "checked"]
    assert str(Citation.objects.earliest("pk").checked_on) == "2026-11-23"


def test_the_text_itself_makes_it_verified_with_that_very_hash(tmp_path):
    load(tmp_path, NOT, FOUND, NOT, texts={"texts/herald-2.txt": TEXT})
    second = Citation.objects.order_by("pk")[1]
    assert (second.status, second.snapshot.sha256) == ("verified", second.checked_sha256)


def test_a_newer_package_brings_what_an_older_one_lacks_and_takes_it_back(tmp_path):
    load(tmp_path / "a")
    assert statuses() == ["text_not_held"] * 3
    assert load(tmp_path / "b", FOUND, NOT, FOUND).counts["citations"]["changed"] == 2
    assert statuses() == ["checked", "text_not_held", "checked"]
    load(tmp_path / "c", FOUND, NOT, NOT)
    assert statuses() == ["checked", "text_not_held", "text_not_held"]
    assert load(tmp_path / "d").counts["citations"]["changed"] == 0
    assert statuses() == ["checked", "text_not_held", "text_not_held"]


def test_it_is_no_edit_that_readers_are_told_of(tmp_path):
    load(tmp_path / "a")
    load(tmp_path / "b", FOUND, NOT, FOUND)
    assert {*Change.objects.values_list("kind", flat=True)} == {"publication"}


def test_a_text_that_is_held_decides_whatever_the_package_says(tmp_path):
    load(tmp_path / "a", texts={"texts/herald-2.txt": TEXT})
    load(tmp_path / "b", FOUND, FOUND, FOUND)
    assert statuses() == ["checked", "verified", "verified"]

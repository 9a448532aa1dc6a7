"""What the opening dossier knows of its passages, whose texts may not stand beside it."""

import shutil
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import F

from claims.capture import capture
from claims.dossier import load_package, prove, read_package
from claims.models import Citation, Source
from tests.claims.dossier.packages import OPENING


@pytest.fixture
def texts(tmp_path, shared_data):
    """The texts on which the dossier rests, in one folder, named by their sources."""
    folder = shutil.copytree(shared_data / "dossier" / "texts", tmp_path / "texts")
    shutil.copy(shared_data / "seed" / "article.txt", folder / "se-article.txt")
    return folder


@pytest.mark.django_db
def test_without_the_texts_its_passages_are_checked_as_far_as_they_were_when_recorded():
    load_package(read_package(OPENING))
    found = Counter(Citation.objects.values_list("status", flat=True))
    assert found == {"checked": 255, "text_not_held": 164, "verified": 45}  # the briefing comes with the dossier


def test_it_says_which_texts_may_be_kept():
    rows = [row.cells for row in read_package(OPENING).rows("sources")]
    assert Counter(row["rights"] for row in rows if row["text_may_be_kept"] == "true") == {
        "US Government work (CC0 in the collection used)": 74,
        "Kremlin website text, CC BY 4.0": 46,
        "text from a collection under CC0 (resistinua)": 4,
        "own text of this project, CC0-1.0": 1,
    }


@pytest.mark.shared_data
@pytest.mark.run_once
def test_the_texts_prove_what_it_says(tmp_path, texts):
    package = shutil.copytree(OPENING, tmp_path / "opening")
    proof = prove(package, texts, date(2100, 1, 1))
    assert (proof.passages, proof.looked_for, proof.found) == (464, 300, 300)
    assert (package / "citations.csv").read_bytes() == (OPENING / "citations.csv").read_bytes()


@pytest.mark.shared_data
@pytest.mark.run_once
@pytest.mark.django_db
def test_with_the_texts_each_is_verified_in_the_very_text_it_was_recorded_from(texts):
    load_package(read_package(OPENING))
    for path in texts.glob("*.txt"):
        capture(Source.objects.get(slug=path.stem), path.read_text(encoding="utf-8"))
    checked = Citation.objects.exclude(checked_sha256="")
    assert checked.count() == 300
    assert checked.filter(status="verified", snapshot__sha256=F("checked_sha256")).count() == 300
    call_command("verify_citations")

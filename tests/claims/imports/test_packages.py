"""Data packages brought to the desk: all that they bring is draft, and what is on file stays as it is."""

import io
import zipfile

import pytest

from actors.models import Actor
from claims.dossier import load_package, read_package
from claims.models import Change, Claim, Event, Issue, Position, Snapshot
from tests.claims.dossier.packages import TEXT, a_package, plus, small
from tests.claims.imports.files import bring
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return a_user(username="anna")


def zipped(folder, *, within=""):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"{within}{path.relative_to(folder)}")
    return data.getvalue()


@pytest.mark.parametrize("within", ["", "small/"])
def test_what_it_brings_are_drafts_of_whoever_brings_it(by, tmp_path, within):
    data = zipped(a_package(tmp_path / "small", texts={"texts/herald-2.md": TEXT}), within=within)
    report = bring(data, by, "small.zip")
    assert (report.written, report.counts["new"]) == (True, 24)
    rows = [*Claim.objects.all(), *Event.objects.all(), *Position.objects.all()]
    assert {(row.state, row.created_by, row.published_at, row.forced) for row in rows} == {("draft", by, None, False)}
    assert (len(rows), Change.objects.count(), Snapshot.objects.count()) == (4, 0, 1)
    again = bring(data, by, "small.zip")
    assert {what: number for what, number in again.counts.items() if number} == {"same": 23}
    assert again.notes == []


def test_a_dry_run_writes_nothing(by, tmp_path):
    report = bring(zipped(a_package(tmp_path / "small")), by, "small.zip", dry_run=True)
    assert (report.written, report.counts["new"], Claim.objects.count(), Actor.objects.count()) == (False, 23, 0, 0)


def test_what_is_on_file_stays_and_each_row_that_would_change_it_is_named(by, tmp_path):
    load_package(read_package(a_package(tmp_path / "first")))
    before = {model: list(model.objects.order_by("pk").values()) for model in (Actor, Issue, Claim, Position)}
    changed = {
        **small("actors", ("Ann Lee,", "Ann Leigh,")),
        **small("claims", ("North is ready to talk", "North is not ready to talk")),
        **plus("stances", "talks,perhaps,Perhaps,3"),
        **plus("citations", "lee-ready,herald-1,another run of words,,,par 9,en"),
        **plus("relations", "lee-ready,ray-not-ready,repeats,curator,"),
        "changes": "table,id,at,kind,public_note,before,after\nclaims,lee-ready,2024-01-15T12:00:00Z,edit,x,,\n",
    }
    report = bring(zipped(a_package(tmp_path / "second", changed)), by, "second.zip")
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before
    stays = "kept; it is on file, or belongs to what is; change it at the desk"
    assert sorted(report.notes) == [
        f"actors.csv, line 2: {stays}",
        "changes.csv: left out; only the command load_dossier takes it",
        f"citations.csv, line 5: {stays}",
        f"claims.csv, line 2: {stays}",
        f"relations.csv, line 3: {stays}",
        f"stances.csv, line 4: {stays}",
    ]
    assert Claim.objects.get(slug="lee-ready").citations.count() == 2


def test_a_draft_that_nobody_has_edited_takes_the_new_values(by, tmp_path):
    bring(zipped(a_package(tmp_path / "first")), by, "first.zip")
    changed = {**small("claims", ("North is ready to talk", "North will talk")), **plus("issues", "gas,Gas,Gas?,gas")}
    report = bring(zipped(a_package(tmp_path / "second", changed)), by, "second.zip")
    assert (report.counts["new"], report.counts["changed"], report.notes) == (1, 1, [])
    assert Claim.objects.get(slug="lee-ready").content == "North will talk"

"""Claims chosen by the newsroom as files: tables that an import reads back, and packages that load."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from claims.dossier import load_package, read_package
from claims.formats import sheets
from claims.models import Citation, Claim, Source
from tests.claims.dossier.packages import a_package
from tests.claims.imports.files import bring
from tests.factories import a_draft, a_source, a_user, an_actor
from tests.http.desk import chosen, list_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(tmp_path):
    load_package(read_package(a_package(tmp_path / "small")))


def cells(data):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows()]


def test_a_workbook_holds_a_row_of_text_for_each_claim_and_no_formula(small):
    Claim.objects.filter(slug="lee-ready").update(content='=HYPERLINK("x")', occasion="a\x01b")
    head, first, second = load_workbook(io.BytesIO(sheets.as_xlsx(Claim.objects.all()))).active.iter_rows()
    assert tuple(cell.value for cell in head) == sheets.COLUMNS
    told = dict(zip(sheets.COLUMNS, first, strict=True))
    assert (told["content"].value, told["content"].data_type) == ('=HYPERLINK("x")', "s")
    assert (told["occasion"].value, told["speaker"].value) == ("ab", "Ann Lee")
    assert {cell.data_type for cell in first if cell.value} == {"s"}
    assert second[0].value == "ray-not-ready"


def test_what_is_exported_is_known_again_when_it_is_brought_in(small):
    by = a_user()
    for name, data in (
        ("a.csv", "".join(sheets.as_csv(Claim.objects.all())).encode()),
        ("a.xlsx", sheets.as_xlsx(Claim.objects.all())),
    ):
        assert bring(data, by, name).counts == {"same": 2}


def test_words_that_look_like_a_formula_are_known_again(small):
    words = "-- we are ready;=now, and @all"
    Citation.objects.filter(claim__slug="lee-ready").update(exact=words)
    data = "".join(sheets.as_csv(Claim.objects.all())).encode()
    assert b"'-- we are ready;'=now" in data
    assert bring(data, a_user(), "a.csv").counts == {"same": 2}


def test_the_words_of_a_source_that_was_taken_down_are_in_no_file(small, tmp_path):
    Source.objects.get(slug="herald-2").take_down(reason="asked for")
    words = "the time has not come for any talks"
    call_command("export_claims", tmp_path / "a.csv", verbosity=0)
    call_command("export_claims", tmp_path / "a.zip", verbosity=0)
    assert words not in (tmp_path / "a.csv").read_text()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert not [name for name in archive.namelist() if words in archive.read(name).decode()]


def test_a_package_of_some_claims_loads_elsewhere_with_all_that_they_refer_to(small, tmp_path):
    call_command("export_claims", tmp_path / "some.zip", "--query", "speaker=bob-ray", verbosity=0)
    with zipfile.ZipFile(tmp_path / "some.zip") as archive:
        archive.extractall(tmp_path / "some")
    package = read_package(tmp_path / "some")
    ids = {name: [row.cells["id"] for row in package.rows(name)] for name in ("claims", "sources", "issues", "actors")}
    assert ids == {
        "claims": ["ray-not-ready"],
        "sources": ["herald-2"],
        "issues": ["talks"],
        "actors": ["ann-lee", "bob-ray", "north", "south", "herald"],
    }
    assert load_package(package).counts["claims"]["unchanged"] == 1


@pytest.mark.parametrize(("name", "options"), [("a.doc", []), ("a.csv", ["--query", "speakr=x"])])
def test_the_command_says_what_is_wrong(small, tmp_path, name, options):
    with pytest.raises(CommandError):
        call_command("export_claims", tmp_path / name, *options, verbosity=0)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("group", ["Curator", "Reviewer", "Managing editor", "Auditor"])
def test_whoever_may_see_claims_exports_those_chosen_in_a_list(client, group):
    an_actor()
    rows = [a_draft("North is ready", source=a_source()), a_draft("South is not")]
    signed_in(client, group)
    for action, kind in KINDS.items():
        answer = client.post(list_of(Claim), chosen(client, action, rows[0]))
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)
        assert answer["Content-Disposition"].startswith('attachment; filename="claims.')
    assert b"North is ready" in client.post(list_of(Claim), chosen(client, "export_csv", rows[0])).content
    assert b"South" not in client.post(list_of(Claim), chosen(client, "export_csv", rows[0])).content


KINDS = {
    "export_csv": "text/csv",
    "export_xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "export_package": "application/zip",
}

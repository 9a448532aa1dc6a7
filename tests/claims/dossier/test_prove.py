"""`manage.py prove_dossier`: a package says in which text its passages were found, without the texts."""

import json

import pytest
from django.core.management import CommandError, call_command

from claims.dossier import read_package
from claims.models import digest
from tests.claims.dossier.packages import TEXT, a_package, checked

SECOND = "North, she said, is ready. Nothing more."


@pytest.fixture
def texts(tmp_path):
    """Puts texts into a folder, by their names."""

    def put(**named):
        folder = tmp_path / "held"
        folder.mkdir(exist_ok=True)
        for name, text in named.items():
            (folder / name.replace("_", "-").replace("-txt", ".txt")).write_bytes(text.encode())
        return folder

    return put


def proved(package, texts, on="2026-11-23"):
    call_command("prove_dossier", package, texts, "--on", on)
    rows = read_package(package).rows("citations")
    return [(row.cells["checked"], row.cells["checked_sha256"]) for row in rows]


def test_it_notes_day_and_hash_of_what_it_finds(tmp_path, texts, capsys):
    package = a_package(tmp_path / "package")
    found = ("2026-11-23", digest(TEXT))
    assert proved(package, texts(herald_2_txt=TEXT)) == [("", ""), found, found]
    assert capsys.readouterr().out == "3 passages: 2 looked for in a text of their source, 2 found.\n"


def test_the_hash_is_that_of_the_text_in_the_form_in_which_it_is_kept(tmp_path, texts):
    given = "\ufeff" + TEXT.replace("\n", "\r\n").replace("is\r\nready", "is\u00a0ready")
    kept = TEXT.replace("is\nready", "is ready")
    assert proved(a_package(tmp_path / "package"), texts(herald_2_txt=given))[1] == ("2026-11-23", digest(kept))


def test_what_does_not_stand_in_one_place_stays_empty(tmp_path, texts):
    twice = "North, she said, is ready. North, she said, is ready."
    assert proved(a_package(tmp_path / "package"), texts(herald_2_txt=twice)) == [("", "")] * 3


def test_a_second_time_changes_nothing_and_another_text_what_stands_in_it(tmp_path, texts):
    package = a_package(tmp_path / "package", checked(("2026-01-01", "a" * 64), ("", ""), ("", "")))
    first = [("2026-01-01", "a" * 64), *[("2026-11-23", digest(TEXT))] * 2]
    assert proved(package, texts(herald_2_txt=TEXT)) == first
    assert proved(package, texts(herald_2_txt=TEXT), on="2026-11-24") == first
    assert proved(package, texts(herald_2_txt=SECOND), on="2026-11-24") == [
        first[0],
        ("2026-11-24", digest(SECOND)),
        ("", ""),
    ]


def test_the_other_cells_and_the_rest_of_the_description_stay(tmp_path, texts):
    package = a_package(tmp_path / "package")
    before, description = (
        (package / "citations.csv").read_text(),
        json.loads((package / "datapackage.json").read_text()),
    )
    proved(package, texts(herald_2_txt=TEXT))
    after = (package / "citations.csv").read_text().splitlines()
    assert [line.rsplit(",", 2)[0] for line in after] == before.splitlines()
    now = json.loads((package / "datapackage.json").read_text())
    [citations] = [resource for resource in now["resources"] if resource["name"] == "citations"]
    assert [field.pop("name") for field in citations["schema"]["fields"][-2:]] == ["checked", "checked_sha256"]
    del citations["schema"]["fields"][-2:]
    assert [{**now, "resources": None}, len(now["resources"])] == [
        {**description, "resources": None},
        len(description["resources"]),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [(b"two\nlines\x1b", "herald-2.txt: Line 2, column 6 is U\\+001B"), (b"\xff\xfe", "herald-2.txt: it is not UTF-8")],
)
def test_a_text_that_could_not_be_kept_changes_nothing(tmp_path, texts, text, said):
    package, folder = a_package(tmp_path / "package"), texts()
    (folder / "herald-2.txt").write_bytes(text)
    before = (package / "citations.csv").read_bytes()
    with pytest.raises(CommandError, match=said):
        call_command("prove_dossier", package, folder)
    assert (package / "citations.csv").read_bytes() == before


def test_a_package_with_faults_is_not_proved(tmp_path, texts):
    package = a_package(tmp_path / "package", {"citations": "claim,source\n"})
    with pytest.raises(CommandError, match="column exact: the column is missing"):
        call_command("prove_dossier", package, texts())


def test_a_package_without_passages_has_nothing_to_prove(tmp_path, texts, capsys):
    without = dict.fromkeys(["claims", "attributions", "citations", "relations", "positions", "evidence"])
    call_command("prove_dossier", a_package(tmp_path / "package", without), texts())
    assert capsys.readouterr().out.startswith("0 passages: ")


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("prove_dossier", a_package(tmp_path / "package"), tmp_path / "none")

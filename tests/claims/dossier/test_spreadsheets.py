"""Tables as spreadsheets save them: taken where they can mean one thing only, else one fault that names the cause."""

import csv
import io

import pytest

from claims.dossier import PackageError, read_package
from claims.dossier.package.spreadsheets import date_problem
from tests.claims.dossier.packages import SMALL, a_package, small, with_column

pytestmark = pytest.mark.django_db


def cells(folder):
    package = read_package(folder)
    return {name: [row.cells for row in package.rows(name)] for name in SMALL}


def saved(text, sign=",", end="\r\n", extra=()):
    """A table as another program saves it, with more cells at the end of each line."""
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(
        [*row, *extra] for row in csv.reader(io.StringIO(text))
    )
    return out.getvalue()


def refused(folder):
    with pytest.raises(PackageError) as error:
        read_package(folder)
    return str(error.value).splitlines()


WAYS = {
    "with a byte order mark": lambda text: "\ufeff" + text,
    "with semicolons": lambda text: saved(text, ";"),
    "with tabs": lambda text: saved(text, "\t"),
    "with a line that says so": lambda text: "sep=;\r\n" + saved(text, ";"),
    "with semicolons and a byte order mark": lambda text: "\ufeff" + saved(text, ";"),
    "with CR LF at the ends of lines": saved,
    "with CR at the ends of lines": lambda text: saved(text, end="\r"),
    "with commas at the ends of lines": lambda text: saved(text, extra=["", "", ""]),
    "with semicolons at the ends of lines": lambda text: saved(text, ";", extra=["", ""]),
    "with empty lines at the end": lambda text: text + "\n\n",
    "with rows of nothing at the end": lambda text: text + "," * text.partition("\n")[0].count(",") + "\n,,\n",
    "with spaces around the names of columns": lambda text: text.replace(",", " ,", 1),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_tables_are_read_the_same(tmp_path, way):
    plain = cells(a_package(tmp_path / "plain"))
    folder = a_package(tmp_path / "odd")
    for name, text in SMALL.items():
        (folder / f"{name}.csv").write_bytes(way(text).encode())
    assert cells(folder) == plain


def test_an_empty_column_in_between_is_left_out_and_one_that_holds_something_is_a_fault(tmp_path):
    text = (
        SMALL["issues"]
        .replace(",", ",,", 1)
        .replace("talks,Talks", "talks,,Talks")
        .replace("border,Bor", "border,,Bor")
    )
    folder = a_package(tmp_path / "odd")
    (folder / "issues.csv").write_text(text, encoding="utf-8")
    assert [row["title"] for row in cells(folder)["issues"]] == ["Talks", "Border"]
    (folder / "issues.csv").write_text(text.replace("border,,", "border,x,"), encoding="utf-8")
    assert refused(folder) == ["issues.csv, line 3, column 2: cell 2, “x”, stands in a column without a name"]


def test_a_row_of_nothing_in_between_is_one_fault(tmp_path):
    folder = a_package(tmp_path / "odd", small("issues", ("whether to talk\n", "whether to talk\n,,,\n")))
    assert refused(folder) == ["issues.csv, line 3, column id: the line is empty"]


def test_text_after_a_closing_quotation_mark_names_the_sign_that_is_missing(tmp_path):
    folder = a_package(tmp_path / "odd")
    (folder / "issues.csv").write_text(saved(SMALL["issues"], ";").replace("Talks", '"Talks" x', 1), encoding="utf-8")
    assert refused(folder)[0] == (
        "issues.csv, line 2, column title: after a closing quotation mark there must be a semicolon; "
        "double the quotation marks within a cell"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15.01.2024", "2024-01-15"),
        ("1.5.2024", "2024-05-01"),
        ("01.05.2024", "2024-05-01"),
        ("15/01/2024", "2024-01-15"),
        ("01/15/2024", "2024-01-15"),
        ("15-01-2024", "2024-01-15"),
        ("03/03/2024", "2024-03-03"),
        ("2024/01/15", "2024-01-15"),
        ("2024.1.15", "2024-01-15"),
        ("2024-01-15 00:00:00", "2024-01-15"),
        ("15.01.2024 00:00", "2024-01-15"),
        ("01.2024", "2024-01"),
        ("1/2024", "2024-01"),
        ("2024-01-15/2024-03", "2024-01-15/2024-03"),
    ],
)
def test_a_date_that_can_mean_one_day_only_is_taken(tmp_path, written, meant):
    read = cells(a_package(tmp_path / "odd", small("claims", ("talk,2024-01-15,", f"talk,{written},"))))
    assert read["claims"][0]["said"] == meant


def test_so_are_days_and_flags_in_capitals(tmp_path):
    sources = with_column("sources", "accessed", "01.05.2024", "2024/05/02")
    sources["sources"] = sources["sources"].replace("false", "FALSE").replace("true", "True")
    read = cells(a_package(tmp_path / "odd", sources))["sources"]
    assert [(row["accessed"], row["text_is_public"]) for row in read] == [
        ("2024-05-01", "false"),
        ("2024-05-02", "true"),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "03/04/2023",
            "“03/04/2023” is ambiguous, it may be 3 April 2023 or 4 March 2023; write 2023-04-03 or 2023-03-04",
        ),
        ("3-4-2023", "“3-4-2023” is ambiguous, it may be 3 April 2023 or 4 March 2023; write 2023-04-03 or 2023-03-04"),
        ("01.05.24", "“01.05.24” has a year of two digits; write the date as 2024-05-01"),
        ("May-24", "“May-24” is perhaps what a spreadsheet made of a date; write it as 2024-05-01, 2024-05 or 2024"),
        (
            "1-May-24",
            "“1-May-24” is perhaps what a spreadsheet made of a date; write it as 2024-05-01, 2024-05 or 2024",
        ),
        ("45413", "“45413” is perhaps a spreadsheet's number for 2024-05-01; write the date itself"),
        ("31.02.2024", "'31.02.2024' is not a date"),
        ("2024-01-15 12:30", "'2024-01-15 12:30' is not a date"),
    ],
)
def test_a_date_that_is_not_clear_is_one_fault_that_names_the_cause(tmp_path, written, said):
    [fault] = refused(a_package(tmp_path / "odd", small("claims", ("talk,2024-01-15,", f"talk,{written},"))))
    assert fault.startswith(f"claims.csv, line 2, column said: {said}")


@pytest.mark.parametrize(
    "written", ["2024-01-15", "2024", "2024-01~", "../2024", "[2024-01..2024-03]", "x", "99/99/2024"]
)
def test_other_texts_are_no_dates_of_spreadsheets(written):
    assert date_problem(written) == ""

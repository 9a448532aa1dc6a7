"""``manage.py import_claims``: what is said to it, and what it keeps."""

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim, Mapping, NameAnswer
from tests.claims.imports.files import READY, a_csv
from tests.factories import a_user, an_actor

pytestmark = pytest.mark.django_db
MOSS = ["Carl Moss", *READY[1:]]


@pytest.fixture
def bring_in(tmp_path):
    """Writes a table and answers, and brings the table in."""
    an_actor("Ann Lee", slug="ann-lee")
    a_user(username="anna")
    table, names = tmp_path / "a.csv", tmp_path / "names.csv"

    def call(row: list[str], answers: str = "", **given: object) -> None:
        table.write_bytes(a_csv(row))
        names.write_text(answers)
        call_command("import_claims", table, by="anna", names=names, verbosity=0, **given)

    return call


def test_the_order_of_dates_is_said_without_naming_columns_and_kept(bring_in):
    row = [READY[0], "03/04/2024", *READY[2:]]
    with pytest.raises(CommandError, match="1 refused"):
        bring_in(row)
    bring_in(row, dates="day_first")
    assert Claim.objects.get().said_edtf == "2024-04-03"
    bring_in([READY[0], "05/04/2024", "a second statement of hers", READY[3]])
    assert Claim.objects.latest("pk").said_edtf == "2024-04-05"


def test_a_dry_run_keeps_neither_answers_nor_columns(bring_in):
    bring_in(MOSS, "Carl Moss,new:person\n", dates="day_first", dry_run=True)
    assert (NameAnswer.objects.count(), Mapping.objects.count(), Claim.objects.count()) == (0, 0, 0)


def test_answers_of_which_one_is_wrong_are_not_kept(bring_in):
    with pytest.raises(CommandError, match="line 2, column 2: “nobody” is neither an actor nor new:KIND"):
        bring_in(MOSS, "Carl Moss,new:person\nBob Ray,nobody\n")
    assert NameAnswer.objects.count() == 0


def test_answers_are_kept_where_rows_are_refused(bring_in):
    with pytest.raises(CommandError, match="Nothing was written"):
        bring_in(["Carl Moss", "soon", *READY[2:]], "Carl Moss,new:person\n")
    assert NameAnswer.objects.get().written == "Carl Moss"


@pytest.mark.parametrize("data", [None, b"Ann,\xff\xfe", b"Ann\0,ann-lee"])
def test_answers_that_cannot_be_read_are_told_in_words(bring_in, tmp_path, data):
    table, unreadable = tmp_path / "a.csv", tmp_path / "other.csv"
    table.write_bytes(a_csv(READY))
    if data is not None:
        unreadable.write_bytes(data)
    with pytest.raises(CommandError, match=r"other\.csv can.t be read: "):
        call_command("import_claims", table, by="anna", names=unreadable, verbosity=0)
    assert Claim.objects.count() == 0

"""A table as an office has kept it: two thousand rows by fifty spellings come in with few questions."""

import pytest

from claims.dossier import load_package, read_package
from claims.imports import bring_in, keep_spellings
from claims.models import Claim, Source
from tests.claims.dossier.packages import OPENING
from tests.claims.imports import messy
from tests.factories import a_user


@pytest.mark.shared_data
@pytest.mark.run_once
@pytest.mark.django_db
def test_two_thousand_rows_with_messy_names_come_in_with_fewer_than_ten_confirmations(shared_data, tmp_path):
    load_package(read_package(OPENING))
    claims, sources = Claim.objects.count(), Source.objects.count()
    rows = messy.rows(shared_data / "dossier" / "texts")
    assert (len(rows), len({row[0] for row in rows}) > 40, len({row[3] for row in rows}) > 100) == (2000, True, True)
    data = messy.write(tmp_path / "office.csv", rows).read_bytes()
    by = a_user()
    questions = bring_in("office.csv", data, by=by, dry_run=True).questions
    assert [one["name"] for one in questions] == ["Karine Jean-Pierre", "Pavel Zarubin"]
    for question in questions:
        keep_spellings(question["spellings"], question["name"], by=by, kind="person")
    report = bring_in("office.csv", data, by=by)
    assert (report.counts["new"] + report.counts["same"], report.counts.get("refused"), report.written) == (
        2000,
        None,
        True,
    )
    assert (Claim.objects.count() - claims, Source.objects.count() - sources) == (report.counts["new"], 0)
    wrong = [(name, actor) for name, actor in report.readings if not meant(name, actor)]
    assert wrong == []
    assert bring_in("office.csv", data, by=by).counts == {"same": 2000}


def meant(name, actor):
    """Whether a name was read as the person whom the generator meant."""
    return any(name in names and actor.split()[-1].lower()[:3] in part.lower() for part, names in messy.PEOPLE.items())

"""Eighty misspelt, transliterated and dated inputs over the opening dossier, with what each must lead to, by hand.

``tests/data/forgiving.csv``: the kind of expectation, what is typed, what is expected; rows marked "unseen" were
written before anything was tried. The suite runs on SQLite and on PostgreSQL, with the same answers.
"""

import csv
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import QueryDict

from claims.filtering import ClaimFilter, facets, results
from conflict_site.base.edtf import InvalidDate, bounds
from conflict_site.base.typed_dates import AmbiguousDate, read

ROOT = Path(__file__).resolve().parents[2]
with (ROOT / "tests" / "data" / "forgiving.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def asked(typed):
    query = QueryDict(mutable=True)
    query["q"] = typed
    claim_filter = ClaimFilter(query)
    assert claim_filter.is_valid()
    return claim_filter


def answer(kind, typed):
    """What a search leads to, in the words of the table."""
    if kind == "same":
        return sorted(facets.keys(asked(typed)).tolist())
    printed = results.context(asked(typed))
    if kind in ("offer", "none"):
        assert kind == "none" or printed["found"] == 0
        return next((offer.words for offer in printed["offers"]), "")
    if kind == "actor":
        return [card.page.url.split("/")[2] for card in printed["named"].actors]
    return [issue.url.split("/")[2] for issue, _ in printed["named"].issues]


def dated(typed):
    """The days that a date means, or why it is none."""
    try:
        first, last = read(typed)
    except InvalidDate as error:
        return type(error), str(error)
    days = [bounds(first)[0].isoformat(), bounds(last)[1].isoformat()]
    return InvalidDate, "/".join(dict.fromkeys(days))


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] in ("date", "asks", "refused")], ids=str)
def test_a_date_is_read_or_asked_about(row):
    sort, said = dated(row["typed"])
    assert (sort is AmbiguousDate) == (row["kind"] == "asks")
    if row["kind"] == "date":
        assert said == row["expected"]
    elif row["kind"] == "refused":
        assert row["expected"] in said
    else:
        assert [reading for reading in row["expected"].split(" ") if reading not in said] == []


@pytest.mark.django_db
def test_a_search_leads_to_what_was_meant():
    call_command("load_dossier", ROOT / "data" / "opening", verbosity=0)
    wrong = []
    for row in ROWS:
        kind, typed, expected = row["kind"], row["typed"], row["expected"]
        if kind in ("date", "asks", "refused"):
            continue
        got = answer(kind, typed)
        if kind == "same":
            expected = answer(kind, expected)
            is_right = got == expected != []
        elif kind in ("actor", "issue"):
            is_right = expected in got
        else:
            is_right = got == expected
        if not is_right:
            wrong.append((kind, typed, expected, got))
    assert wrong == []

"""What `make soak` makes of its trials: one that falls short, or whose control does not fail, has shown nothing."""

import re
from pathlib import Path

import pytest

from soak.__main__ import report, tried
from soak.mutants import MUTANTS
from soak.places import Place
from soak.rows import ROWS, Row
from soak.wire import METHODS, requests

ROOT = Path(__file__).resolve().parent.parent
PLACE = Place("sqlite", ROOT)


def holds(place):
    return "fine"


def falls_short(place):
    raise AssertionError("3 rows are gone")


def breaks_down(place):
    raise OSError("no such program")


@pytest.mark.parametrize(
    ("trial", "control", "held"),
    [
        (holds, falls_short, True),
        (holds, holds, False),
        (holds, breaks_down, False),
        (falls_short, falls_short, False),
        (breaks_down, falls_short, False),
    ],
)
def test_a_promise_holds_where_its_trial_does_and_its_control_fails(trial, control, held):
    assert tried(Row("x", "what", "bar", trial, control), PLACE).held is held


def test_what_falls_short_is_written_as_such():
    row = Row("x", "acknowledged | rows", "0 lost", falls_short, falls_short)
    assert report([tried(row, PLACE)]).splitlines()[-1] == (
        "| acknowledged / rows | 0 lost | sqlite | **fell short:** 3 rows are gone | 3 rows are gone |"
    )


def test_three_thousand_requests_differ_and_are_sent_in_every_way():
    made = list(requests(3_000))
    assert len({(method, path, str(headers)) for method, path, headers in made}) > 2_300
    assert {method for method, _, _ in made} == {*METHODS}


def test_every_test_that_is_run_is_there_and_every_fault_is_planted_somewhere():
    source = (ROOT / "soak" / "rows.py").read_text()
    assert [name for name in re.findall(r"\"(tests/[\w/.]+)\"", source) if not (ROOT / name).exists()] == []
    assert {*re.findall(r"mutant=\"(\w+)\"\)", source)} == {*MUTANTS}


def test_the_page_of_figures_has_a_place_for_them():
    page = (ROOT / "docs" / "reliability.md").read_text()
    assert page.count("<!-- figures -->") == page.count("<!-- end of the figures -->") == 1
    assert len({row.name for row in ROWS}) == len(ROWS)

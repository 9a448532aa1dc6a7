"""What `make soak` makes of its trials: one that falls short, or whose control does not fail, has shown nothing."""

import re
from pathlib import Path

import pytest

from soak.__main__ import report, tried
from soak.mutants import MUTANTS
from soak.places import NotTried, Place
from soak.rows import ROWS, Row
from soak.wire import METHODS, requests

ROOT = Path(__file__).resolve().parent.parent
PLACE, OTHER = Place("sqlite", ROOT), Place("postgresql", ROOT)


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


def cannot_be_tried(place):
    raise NotTried("there is no wrk")


def test_each_promise_is_a_line_and_each_engine_a_column():
    lost = Row("x", "acknowledged | rows", "0 lost", falls_short, falls_short)
    load = Row("y", "load", "0 errors", cannot_be_tried, cannot_be_tried)
    fine = Row("z", "fine", "fine", holds, falls_short)
    results = [tried(row, place) for place in (PLACE, OTHER) for row in (lost, load, fine)]
    assert [one.held for one in results] == [False, False, True] * 2
    assert report(results[:3] + results[5:]).splitlines()[2:] == [
        "| acknowledged / rows | 0 lost | **fell short:** 3 rows are gone (control: 3 rows are gone) | – |",
        "| load | 0 errors | not tried: there is no wrk | – |",
        "| fine | fine | fine (control: 3 rows are gone) | fine (control: 3 rows are gone) |",
    ]


def test_three_thousand_requests_differ_and_are_sent_in_every_way():
    made = list(requests(3_000))
    assert len({(method, path, str(headers)) for method, path, headers in made}) > 2_300
    assert {method for method, _, _ in made} == {*METHODS}


def test_every_test_that_is_run_is_there_and_every_fault_is_planted_somewhere():
    source = (ROOT / "soak" / "rows.py").read_text()
    assert [name for name in re.findall(r"\"(tests/[\w/.]+)\"", source) if not (ROOT / name).exists()] == []
    assert {*re.findall(r"mutant=\"(\w+)\"[,)]", source)} == {*MUTANTS}


def test_the_page_of_figures_has_a_place_for_them():
    page = (ROOT / "docs" / "reliability.md").read_text()
    assert page.count("<!-- figures -->") == page.count("<!-- end of the figures -->") == 1
    assert len({row.name for row in ROWS}) == len(ROWS)

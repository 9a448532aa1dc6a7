"""Who stood where on a day, as a pure computation."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.charts.matrix import ActorHead, OnFile, Statement, change_days, matrix


def said(actor, issue, stance, day, claim="a-claim"):
    return Statement(actor=actor, issue=issue, stance=stance, day=date.fromisoformat(day), claim=claim)


def head(slug, *, person=True):
    return ActorHead(slug, slug.title(), slug, person, f"/actors/{slug}/")


TALKS = [
    said("putin", "talks", "ready", "2022-03-16"),
    said("putin", "talks", "conditions", "2023-10-16"),
    said("putin", "talks", "conditions", "2024-05-17"),
    said("putin", "talks", "refuses", "2024-08-12"),
]


def cell(as_of):
    found = matrix(TALKS, [head("putin")], ["talks"], date.fromisoformat(as_of))
    return found.groups[0][1][0].cells[0].latest.stance if found.groups else None


@pytest.mark.parametrize(
    ("as_of", "stance"),
    [
        ("2022-03-15", None),
        ("2022-03-16", "ready"),
        ("2023-10-15", "ready"),
        ("2023-10-16", "conditions"),
        ("2024-08-11", "conditions"),
        ("2024-08-12", "refuses"),
    ],
)
def test_a_cell_holds_the_latest_statement_up_to_the_day(as_of, stance):
    assert cell(as_of) == stance


ON_FILE = OnFile(
    {
        ("putin", "talks"): [
            date.fromisoformat(day).toordinal()
            for day in (
                "2022-03-01",
                "2022-03-16",
                "2023-10-16",
                "2023-10-16",
                "2024-05-17",
                "2024-08-12",
                "2024-09-01",
            )
        ],
        ("putin", "aid"): [date(2023, 1, 1).toordinal()],
    }
)


@pytest.mark.parametrize(
    ("as_of", "talks", "aid"),
    [
        ("2022-03-16", 0, 0),
        ("2023-10-15", 0, 1),
        ("2023-10-16", 0, 1),
        ("2024-08-11", 0, 1),
        ("2024-08-31", 0, 1),
        ("2024-09-01", 1, 1),
    ],
)
def test_a_cell_counts_what_is_on_file_after_its_stance_or_without_any(as_of, talks, aid):
    found = matrix(TALKS, [head("putin")], ["talks", "aid", "truce"], date.fromisoformat(as_of), ON_FILE)
    [row] = found.rows
    assert [cell.others for cell in row.cells] == [talks, aid, 0]
    assert [bool(cell.latest) for cell in row.cells] == [True, False, False]
    assert row.cells[1].story == "/issues/aid/putin/"


@pytest.mark.parametrize(
    ("as_of", "years"), [("2022-03-16", 0), ("2023-03-15", 0), ("2023-03-16", 1), ("2026-04-01", 4)]
)
def test_a_cell_says_how_many_years_its_stance_lies_back(as_of, years):
    [row] = matrix(TALKS[:1], [head("putin")], ["talks"], date.fromisoformat(as_of)).rows
    assert row.cells[0].years == years


def test_the_actors_with_most_claims_come_first_each_group_in_its_order():
    heads = [replace(head(slug), claims=claims) for slug, claims in (("a", 1), ("b", 5), ("c", 3), ("d", 3))]
    found = matrix([said(slug, "talks", "ready", "2022-01-01") for slug in "abcd"], heads, ["talks"], date(2024, 1, 1))
    first, others = found.parted(2)
    assert [row.actor.slug for row in first.rows] == ["b", "c"]
    assert [row.actor.slug for row in others.rows] == ["a", "d"]
    assert [len(part.rows) for part in found.parted(9)] == [4, 0]


def test_a_repeated_stance_is_no_change():
    assert change_days(TALKS) == {date(2022, 3, 16), date(2023, 10, 16), date(2024, 8, 12)}


def test_it_links_to_the_nearest_changes_before_and_after_the_day():
    found = matrix(TALKS, [head("putin")], ["talks"], date(2024, 1, 31))
    assert (found.change_before, found.change_after) == (date(2023, 10, 16), date(2024, 8, 12))


def test_a_change_on_the_very_day_is_neither_before_nor_after():
    found = matrix(TALKS, [head("putin")], ["talks"], date(2023, 10, 16))
    assert (found.change_before, found.change_after) == (date(2022, 3, 16), date(2024, 8, 12))


def test_an_actor_without_a_statement_has_no_row():
    found = matrix(TALKS, [head("putin"), head("biden")], ["talks"], date(2026, 1, 1))
    assert [row.actor.slug for _, rows in found.groups for row in rows] == ["putin"]


def test_other_issues_do_not_count():
    found = matrix([*TALKS, said("putin", "aid", "stop", "2024-02-01")], [head("putin")], ["talks"], date(2024, 1, 1))
    assert found.change_after == date(2024, 8, 12)
    assert [len(row.cells) for _, rows in found.groups for row in rows] == [1]


def test_bodies_come_before_people_and_each_group_is_alphabetical():
    statements = [said(actor, "talks", "ready", "2022-01-01") for actor in ("zelenskyy", "russia", "biden", "france")]
    heads = [head("zelenskyy"), head("russia", person=False), head("biden"), head("france", person=False)]
    found = matrix(statements, heads, ["talks"], date(2026, 1, 1))
    assert [(title, [row.actor.slug for row in rows]) for title, rows in found.groups] == [
        ("States, bodies and groups", ["france", "russia"]),
        ("People", ["biden", "zelenskyy"]),
    ]


@given(
    st.lists(
        st.builds(
            Statement,
            actor=st.sampled_from("abc"),
            issue=st.sampled_from("xyz"),
            stance=st.sampled_from(["1", "2"]),
            day=st.dates(date(2022, 1, 1), date(2022, 3, 1)),
            claim=st.text("pq", min_size=1, max_size=3),
        )
    ),
    st.dates(date(2022, 1, 1), date(2022, 3, 1)),
)
def test_every_cell_equals_a_naive_search(statements, as_of):
    found = matrix(statements, [head("a"), head("b"), head("c")], ["x", "y"], as_of)
    cells = {
        (row.actor.slug, issue): cell
        for _, rows in found.groups
        for row in rows
        for issue, cell in zip(["x", "y"], row.cells, strict=True)
    }
    for actor in "abc":
        for issue in "xy":
            there = [s for s in statements if (s.actor, s.issue) == (actor, issue) and s.day <= as_of]
            latest = max(((s.day, s.claim) for s in there), default=None)
            cell = cells.get((actor, issue))
            assert (cell and cell.latest and (cell.latest.day, cell.latest.claim)) == latest

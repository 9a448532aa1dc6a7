"""Two actors compared, from the database to lanes and exchanges."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.charts.window import Window
from claims.filtering.horizon import Horizon
from claims.filtering.parameters import Day
from claims.models import PositionEvidence
from claims.positions.comparison import compare, issues_held
from claims.readmodel import freshness
from tests.factories import a_claim, a_draft, a_position, a_relation, a_stance, an_actor, an_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return an_actor("Ada Abel", slug="ada")


@pytest.fixture
def bo():
    return an_actor("Bo Brown", slug="bo")


def held(actor, stance, *said, **given):
    claims = [a_claim(speaker=actor, said_edtf=day, issues=[stance.issue], **given) for day in said]
    a_position(actor, stance, shown_by=claims)
    return claims


def compared(first, second, horizon=None):
    return compare(first, second, horizon or Horizon())


def test_the_window_spans_the_days_on_which_both_have_claims(ada, bo):
    stance = a_stance()
    held(ada, stance, "2022-01-10", "2024-01-10")
    held(bo, stance, "2023-01-10", "2025-01-10")
    assert compared(ada, bo).window == Window(date(2023, 1, 10), date(2024, 1, 10))


def test_what_lies_outside_the_window_is_left_out_and_counted(ada, bo):
    stance = a_stance()
    held(ada, stance, "2022-01-10", "2022-02-10", "2024-01-10")
    held(bo, stance, "2023-01-10", "2025-01-10")
    found = compared(ada, bo)
    assert [(side.actor.name, side.tally.claims, side.left_out) for side in found.sides] == [
        ("Ada Abel", 3, 2),
        ("Bo Brown", 2, 1),
    ]
    assert [item.entry.when for item in found.evidence] == ["10 January 2024", "10 January 2023"]


def test_a_range_of_days_is_drawn_as_far_as_it_lies_within_the_window(ada, bo):
    stance = a_stance()
    held(ada, stance, "2022", "2023-06-01")
    held(bo, stance, "2022-07-01", "2023-06-01")
    [first, _] = compared(ada, bo).issues[0].chart.lanes[0].rows
    assert (first.first, first.last, first.entry.when) == (date(2022, 7, 1), date(2022, 12, 31), "2022")


def test_a_qualification_alone_within_the_window_shows_no_position(ada, bo):
    stance = a_stance()
    [shown, _] = held(ada, stance, "2022-01-10", "2022-01-11")
    late = a_claim(speaker=ada, said_edtf="2024-01-10")
    PositionEvidence.objects.create(position=shown.evidence.get().position, claim=late, role="qualifies")
    held(bo, stance, "2023-01-10", "2025-01-10")
    found = compared(ada, bo)
    assert found.sides[0].left_out == 2  # and that one stands on its lane as on file
    assert [lane.latest and lane.latest.label for lane in found.issues[0].chart.lanes] == [None, stance.label]


def test_claims_that_do_not_meet_in_time_leave_nothing_to_compare(ada, bo):
    stance = a_stance()
    held(ada, stance, "2022-01-10")
    held(bo, stance, "2023-01-10")
    found = compared(ada, bo)
    assert (found.window, found.issues, [side.left_out for side in found.sides]) == (None, [], [1, 1])


def test_an_actor_without_claims_leaves_nothing_to_compare(ada, bo):
    held(ada, a_stance(), "2022-01-10")
    assert compared(ada, bo).window is None


def test_issues_of_both_come_first_then_those_of_one_each_in_their_order(ada, bo):
    only_bo, both, only_ada = (a_stance(an_issue(title, order=n)) for n, title in enumerate(("B", "Both", "A")))
    held(ada, both, "2022-01-10", "2023-01-10")
    held(ada, only_ada, "2022-06-10")
    held(bo, both, "2022-01-10", "2023-01-10")
    held(bo, only_bo, "2022-06-10")
    found = compared(ada, bo).issues
    assert [on.issue.title for on in found] == ["Both", "B", "A"]
    assert [[len(lane.rows) for lane in on.chart.lanes] for on in found] == [[2, 2], [0, 1], [1, 0]]
    assert {on.chart.axis.first for on in found} == {date(2022, 1, 10)}


def test_the_first_actor_s_lane_stands_above(ada, bo):
    stance = a_stance()
    held(ada, stance, "2022-01-10")
    held(bo, stance, "2022-01-10")
    for pair, names in (((ada, bo), ["Ada Abel", "Bo Brown"]), ((bo, ada), ["Bo Brown", "Ada Abel"])):
        [on] = compared(*pair).issues
        assert [lane.heading.title for lane in on.chart.lanes] == names


def test_a_state_s_claims_are_also_those_of_its_officials_on_which_its_positions_rest(ada, bo):
    state, stance = an_actor("Utopia", kind="state"), a_stance()
    official = a_claim(speaker=ada, said_edtf="2022-01-10", issues=[stance.issue])
    a_position(state, stance, shown_by=[official])
    a_claim(speaker=ada, on_behalf_of=state, said_edtf="2022-03-10")
    held(bo, stance, "2022-01-10", "2023-01-10")
    found = compared(state, bo)
    assert found.sides[0].tally.claims == 2
    assert found.window == Window(date(2022, 1, 10), date(2022, 3, 10))


def test_relations_between_the_two_are_named_in_words_whichever_way(ada, bo):
    early = a_claim(speaker=ada, said_edtf="2022-01-10")
    late = a_claim(speaker=bo, said_edtf="2022-02-10")
    later = a_claim(speaker=ada, said_edtf="2022-03-10")
    a_relation(late, early, "denies", basis="stated_in_source", note="he says so")
    a_relation(early, later, "contradicts")
    a_relation(later, early, "updates")
    a_relation(late, later, "qualifies", note="")
    found = compared(ada, bo).exchanges
    [exchange] = found
    assert [(said.number, said.line.slug) for said in exchange.statements] == [
        (1, early.slug),
        (2, late.slug),
        (3, later.slug),
    ]
    assert [[(each.verb, each.to) for each in said.relations] for said in exchange.statements] == [
        [],
        [("Denies", 1)],
        [("Qualified by", 2)],
    ]
    [denial] = exchange.statements[1].relations
    assert denial.rests_on == "Stated in the source: he says so."
    assert exchange.words == "3 statements, 10 Jan 2022 to 10 Mar 2022: denies, qualified by"
    assert [said.number for said in exchange.earlier] == [1]


def test_related_statements_that_share_none_are_exchanges_of_their_own_the_latest_first(ada, bo):
    for day in ("2022-03-10", "2022-01-10", "2022-02-10"):
        a_relation(a_claim(speaker=ada, said_edtf=day, slug=f"ada-{day}"), a_claim(speaker=bo, said_edtf="2021-01-10"))
    found = compared(ada, bo)
    assert [e.last.slug for e in found.exchanges] == ["ada-2022-01-10", "ada-2022-02-10", "ada-2022-03-10"]
    assert found.latest.last.slug == "ada-2022-03-10"
    assert [e.number for e in found.earlier] == [2, 1]


def test_several_relations_of_two_claims_are_one_exchange(ada, bo):
    one, other = a_claim(speaker=ada), a_claim(speaker=bo)
    a_relation(one, other, "contradicts")
    a_relation(other, one, "responds_to")
    [exchange] = compared(bo, ada).exchanges
    assert len(exchange.statements) == 2
    assert exchange.verbs == "contradicted by, responds to"


def test_it_says_where_the_order_of_time_is_not_certain(ada, bo):
    a_relation(a_claim(speaker=ada, said_edtf="2022"), a_claim(speaker=bo, said_edtf="2022-02-10"))
    a_relation(a_claim(speaker=ada, said_edtf="2023-01-10"), a_claim(speaker=bo, said_edtf="2023-01-11"))
    told = [exchange.statements[1].relations[0].rests_on for exchange in compared(ada, bo).exchanges]
    assert told == [
        "Seen by the curator: both seen. Which of the two came first is not certain.",
        "Seen by the curator: both seen.",
    ]


def test_nobody_answers_oneself(ada):
    state = an_actor("Utopia", kind="state")
    a_relation(a_claim(speaker=ada, on_behalf_of=state), a_claim(speaker=ada))
    assert compared(ada, state).exchanges == []


def test_an_exchange_is_found_under_the_issues_of_both_claims(ada, bo):
    talks, aid = an_issue("Talks"), an_issue("Aid")
    stances = [a_stance(talks), a_stance(aid)]
    for actor in (ada, bo):
        for stance in stances:
            held(actor, stance, "2022-01-10")
    a_relation(a_claim(speaker=ada, issues=[talks]), a_claim(speaker=bo, issues=[talks]))
    assert [len(on.exchanges) for on in compared(ada, bo).issues] == [1, 0]


def test_drafts_and_withdrawn_rows_are_not_compared(ada, bo):
    stance = a_stance()
    held(ada, stance, "2022-01-10")
    held(bo, stance, "2022-01-10")
    gone = a_claim(speaker=bo, said_edtf="2025-01-10")
    a_relation(gone, a_claim(speaker=ada, said_edtf="2022-01-10"))
    gone.withdraw(note="not said")
    draft = a_draft(speaker=ada, said_edtf="2021-01-10", issues=[stance.issue])
    a_position(ada, stance, shown_by=[draft])
    a_position(ada, stance, shown_by=[a_claim(speaker=ada, said_edtf="2022-01-10")], state="draft")
    found = compared(ada, bo)
    assert [side.tally.claims for side in found.sides] == [3, 1]
    assert [item.role for item in found.evidence] == ["shows", "shows", "on_file", "on_file"]
    assert found.exchanges == []


def test_what_qualifies_a_stance_shown_outside_the_window_is_on_file_in_it_and_breaks_the_silence(ada, bo):
    stance = a_stance()
    [first] = held(ada, stance, "2022-01-10")
    qualifying = a_claim(speaker=ada, said_edtf="2023-06-01", issues=[stance.issue])
    position = PositionEvidence.objects.get(claim=first).position
    PositionEvidence.objects.create(position=position, claim=qualifying, role="qualifies")
    held(bo, stance, "2023-01-10", "2023-12-10")
    a_claim(speaker=ada, said_edtf="2023-12-10", issues=[stance.issue])
    found = compared(ada, bo)
    [on_issue] = found.issues
    assert [(item.role, item.claim == qualifying.pk) for item in found.sides[0].within] == [
        ("on_file", True),
        ("on_file", False),
    ]
    assert found.sides[0].left_out == 1
    day = on_issue.chart.axis.x(date(2023, 6, 1))
    assert not [end for start, end in on_issue.chart.lanes[0].lane.silences if start <= day <= end]


def test_as_of_a_day_later_claims_and_their_relations_are_left_out(ada, bo):
    stance = a_stance()
    [_, second] = held(ada, stance, "2022-01-10", "2023-01-10")
    [_, answer] = held(bo, stance, "2022-01-10", "2023-01-10")
    a_relation(answer, second)
    day = Horizon(said=Day("2022", date(2022, 1, 1), date(2022, 12, 31)))
    assert (len(compared(ada, bo).evidence), len(compared(ada, bo).exchanges)) == (4, 1)
    assert (len(compared(ada, bo, day).evidence), compared(ada, bo, day).exchanges) == (2, [])


def test_known_by_a_day_is_what_had_been_published_by_then(ada, bo):
    stance = a_stance()
    held(ada, stance, "2022-01-10")
    held(bo, stance, "2022-01-10")
    past = Horizon(known=Day("2020", date(2020, 1, 1), date(2020, 12, 31)))
    assert [side.tally.claims for side in compared(ada, bo, past).sides] == [0, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_is_on_file(ada, bo, number):
    for _ in range(number):
        stance = a_stance()
        [one] = held(ada, stance, "2022-01-10")
        [other] = held(bo, stance, "2022-01-10")
        a_relation(one, other)
    freshness.current()  # as all processes have read the claims into memory after their first request
    with CaptureQueriesContext(connection) as queries:
        compared(ada, bo)
    assert len(queries) == 11


def test_the_issues_of_each_actor_are_those_of_public_positions(ada, bo):
    stance = a_stance()
    held(bo, stance, "2022-01-10")
    held(ada, stance, "2022-01-10", "2022-02-10")
    a_position(ada, a_stance(), shown_by=[a_draft(speaker=ada)])
    assert issues_held() == {ada: {stance.issue.pk}, bo: {stance.issue.pk}}
    assert [actor.name for actor in issues_held()] == ["Ada Abel", "Bo Brown"]

"""Positions from the database to lanes, and the changes between them."""

from dataclasses import replace

import pytest
from django.db.models import Q

from claims.models import PositionEvidence
from claims.positions import stances, turns
from claims.wording import claim_lines
from tests.factories import a_claim, a_draft, a_position, a_source, a_stance, a_step, an_actor, an_issue

pytestmark = pytest.mark.django_db


def found():
    items = stances.supported(stances.found(Q()))
    return stances.printed(items, claim_lines(item.claim for item in items))


def held(actor, stance, *said, **given):
    claims = [a_claim(speaker=actor, said_edtf=day, issues=[stance.issue], **given) for day in said]
    return a_position(actor, stance, shown_by=claims)


@pytest.fixture
def issue():
    return an_issue("Talks")


def test_only_public_evidence_of_public_positions_is_found(issue):
    actor, stance = an_actor(), a_stance(issue)
    held(actor, stance, "2024-01-15")
    a_position(actor, stance, shown_by=[a_claim()], state="draft")
    a_position(actor, stance, shown_by=[a_draft()])
    assert [item.entry.when for item in found()] == ["15 January 2024"]


def test_a_position_of_which_only_a_qualification_is_public_is_not_found(issue):
    position = a_position(stance=a_stance(issue))
    PositionEvidence.objects.create(position=position, claim=a_claim(), role="qualifies")
    assert found() == []


def test_lanes_by_issue_go_in_the_order_of_the_issues(issue):
    actor = an_actor()
    earlier = an_issue("First of all", order=0)
    held(actor, a_stance(issue, "Yes"), "2023-01-01")
    held(actor, a_stance(earlier, "No"), "2024-01-01")
    chart = stances.chart(found(), stances.by_issue)
    assert [lane.heading.title for lane in chart.lanes] == ["First of all", "Talks"]
    assert [year for _, year in chart.axis.years] == [2023, 2024]


def test_lanes_by_actor_go_by_surname_and_name_the_latest_stance(issue):
    yes, no = a_stance(issue, "Yes"), a_stance(issue, "No")
    held(an_actor("Ada Zimmer"), yes, "2023-01-01")
    bea = an_actor("Bea Abel")
    held(bea, no, "2023-01-01")
    held(bea, yes, "2024-01-01")
    lanes = stances.chart(found(), stances.by_actor).lanes
    assert [(lane.heading.title, lane.latest.label, len(lane.rows)) for lane in lanes] == [
        ("Bea Abel", "Yes", 2),
        ("Ada Zimmer", "Yes", 1),
    ]
    assert lanes[0].stances == [(1, "Yes"), (2, "No")]


def test_a_chart_of_nothing_is_none():
    assert stances.chart([], stances.by_actor) is None


def test_a_change_is_the_last_of_one_stance_and_the_first_of_the_next(issue):
    actor = an_actor("Ada Abel")
    held(actor, a_stance(issue, "Yes"), "2023-01-01", "2023-03-01")
    held(actor, a_stance(issue, "No"), "2023-06-01", "2024-01-01", form="paraphrase")
    [row] = turns.by_actors(found())
    [change] = row.changes
    assert row.actor == actor
    assert (change.before.label, change.before.entry.when) == ("Yes", "1 March 2023")
    assert (change.after.label, change.after.entry.when) == ("No", "1 June 2023")
    assert change.notes == ["92 days apart", "A quote against a paraphrase"]


def test_the_same_stance_again_is_no_change(issue):
    actor, stance = an_actor(), a_stance(issue)
    held(actor, stance, "2023-01-01")
    held(actor, stance, "2024-01-01")
    assert turns.by_actors(found()) == []


def test_stances_held_side_by_side_are_no_change(issue):
    actor = an_actor()
    held(actor, a_stance(issue), "2023-01-01", "2024-01-01")
    held(actor, a_stance(issue), "2023-06-01")
    assert turns.by_actors(found()) == []


def test_two_actors_with_different_stances_are_no_change(issue):
    held(an_actor(), a_stance(issue), "2023-01-01")
    held(an_actor(), a_stance(issue), "2024-01-01")
    assert turns.by_actors(found()) == []


def test_a_change_says_what_makes_it_uncertain(issue):
    state, source = an_actor("Utopia", kind="state"), a_source()
    first = a_claim(speaker=an_actor(), said_edtf="2023-01", source=source)
    second = a_claim(speaker=an_actor(), said_edtf="2023-01-20", source=source, form="partial_quote")
    third = a_claim(speaker=an_actor(), said_edtf="2023-03")
    a_position(state, a_stance(issue), shown_by=[first])
    a_position(state, a_stance(issue), shown_by=[second])
    a_position(state, a_stance(issue), shown_by=[third])
    [row] = turns.by_actors(found())
    assert [change.notes for change in row.changes] == [
        [
            "40 to 70 days apart",
            "A partial quote against a quote",
            "Said by different speakers",
        ]
    ]


def test_a_change_within_a_range_says_that_the_order_is_not_certain(issue):
    actor = an_actor()
    held(actor, a_stance(issue), "2023-01")
    held(actor, a_stance(issue), "[2023-01-20..2023-02-10]")
    [row] = turns.by_actors(found())
    [change] = row.changes
    assert change.notes == ["Up to 40 days apart; which came first is not certain"]


def test_an_official_s_words_are_found_under_the_state(issue):
    official, state = an_actor(), an_actor("Utopia", kind="state")
    a_position(state, a_stance(issue), shown_by=[a_claim(speaker=official)])
    light = stances.found(Q(claim__speaker=official))
    assert stances.shown_for(light, official) == [state]


def test_silence_is_listed_only_for_issues_with_answers(issue):
    a_stance(issue)
    a_claim(issues=[issue, an_issue("Without answers")])
    answered = an_issue("Answered")
    held(an_actor(), a_stance(answered), "2024-01-01")
    assert stances.silent_on({item.issue.pk for item in found()}) == [issue]


def test_light_evidence_is_the_same_but_for_the_entries(issue):
    unnamed = an_actor("a senior official", kind="unnamed")
    held(an_actor("Ada Abel"), a_stance(issue, "Yes"), "2023-01", "2023-05-06", form="paraphrase")
    step = a_claim(speaker=unnamed, said_edtf="2022~")
    a_step(a_claim(said_edtf="2024"), unnamed)
    a_position(an_actor("Utopia", kind="state"), a_stance(issue, "No"), shown_by=[step])
    heavy, light = found(), stances.supported(stances.found(Q()))
    assert [replace(item, loaded=None, title="") for item in heavy] == [
        replace(item, title="", source=other.source) for item, other in zip(light, heavy, strict=True)
    ]
    assert [item.title for item in light] == [
        "c. 2022: A senior official, verbatim. Shows: No.",
        "Jan 2023: Ada Abel, paraphrase. Shows: Yes.",
        "6 May 2023: Ada Abel, paraphrase. Shows: Yes.",
    ]
    assert [item.unnamed for item in light] == [True, False, False]


def test_light_evidence_has_no_entry_to_print(issue):
    held(an_actor(), a_stance(issue), "2023-01-01")
    [item] = stances.found(Q())
    with pytest.raises(ValueError, match=f"The claim {item.slug} was not loaded"):
        item.entry  # noqa: B018
    [whole] = stances.with_entries([item], claim_lines([item.claim]))
    assert whole.entry.slug == item.slug


def test_light_evidence_is_found_in_one_query_however_much_there_is(issue, django_assert_num_queries):
    held(an_actor(), a_stance(issue), *(f"2023-01-{day:02}" for day in range(1, 20)))
    with django_assert_num_queries(1):
        assert len(stances.found(Q())) == 19


def test_two_claims_from_one_document_have_one_source(issue):
    source = a_source()
    held(an_actor(), a_stance(issue), "2023-01-01", "2023-02-01", source=source)
    assert {item.source for item in stances.found(Q())} == {source.slug}


def test_lanes_go_by_the_latest_change_and_then_by_name(issue):
    yes, no = a_stance(issue, "Yes"), a_stance(issue, "No")
    for name, change in (("Ada Abel", ""), ("Bea Brook", "2023-05-01"), ("Cem Cole", "2024-05-01"), ("Dan Dorn", "")):
        actor = an_actor(name)
        held(actor, yes, "2023-01-01")
        if change:
            held(actor, no, change)
    light = stances.found(Q())
    chart = stances.chart(light, turns.by_latest_change(turns.by_actors(light)))
    assert [lane.heading.title for lane in chart.lanes] == ["Cem Cole", "Bea Brook", "Ada Abel", "Dan Dorn"]
    assert [lane.lane.marks[0].statement.row for lane in chart.lanes] == [0, 2, 4, 5]
    assert [title for title, _ in chart.rows] == ["Cem Cole"] * 2 + ["Bea Brook"] * 2 + ["Ada Abel", "Dan Dorn"]


def test_the_silence_that_breaks_a_bar_is_a_setting(issue, settings):
    held(an_actor(), a_stance(issue), "2023-01-01", "2023-03-01")
    light = stances.found(Q())
    settings.SILENCE_DAYS = 58
    assert len(stances.chart(light, stances.by_actor).lanes[0].lane.bars) == 2
    settings.SILENCE_DAYS = 59
    assert len(stances.chart(light, stances.by_actor).lanes[0].lane.bars) == 1

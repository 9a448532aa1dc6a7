"""The story of one actor on one issue: turns, folds, gaps, and what bears on a turn."""

from datetime import date

import pytest

from claims.filtering import Horizon
from claims.filtering.parameters import Day
from claims.models import PositionEvidence
from claims.positions import neighbours, on_file
from claims.positions.story import Fold
from tests.factories import a_claim, a_draft, a_position, a_relation, a_stance, an_actor, an_issue

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]


@pytest.fixture
def ada():
    return an_actor("Ada Abel", slug="ada")


@pytest.fixture
def issue():
    return an_issue("Talks", slug="talks")


@pytest.fixture
def yes(issue):
    return a_stance(issue, "Yes")


@pytest.fixture
def no(issue):
    return a_stance(issue, "No")


def said(actor, issue, day, **given):
    return a_claim(speaker=actor, said_edtf=day, issues=[issue], **given)


def held(actor, stance, *days, **given):
    return a_position(actor, stance, shown_by=[said(actor, stance.issue, day, **given) for day in days])


def beside(position, claim, role="qualifies"):
    PositionEvidence.objects.create(position=position, claim=claim, role=role)


def story(actor, issue, horizon=None):
    found = on_file.story(actor, issue, horizon or Horizon())
    return found and on_file.told(found, horizon or Horizon())


def steps(told):
    """The stances of the turns with what is on file after each, in words."""
    return [
        (chapter.turn and chapter.turn.said.label, *(part.words for part in chapter.then)) for chapter in told.chapters
    ]


def test_turns_are_a_row_and_the_same_stance_is_counted_between_them(ada, issue, yes, no):
    held(ada, yes, "2023-01-01", "2023-02-01", "2023-03-01")
    held(ada, no, "2023-05-01")
    held(ada, yes, "2023-06-01")
    told = story(ada, issue)
    assert steps(told) == [
        ("Yes", "2 more statements, Feb – Mar 2023: 2 of the same stance"),
        ("No",),
        ("Yes",),
    ]
    assert told.words == "5 statements on file, Jan – Jun 2023; 5 show 2 stances, in 3 turns."
    assert [turn.change and turn.change.words for turn in told.turns] == [
        None,
        "The stance on file changes between 1 March 2023 and 1 May 2023.",
        "The stance on file changes between 1 May 2023 and 1 June 2023.",
    ]


def test_what_takes_no_stance_or_stands_under_another_is_counted_and_closes_no_gap_falsely(ada, issue, yes):
    state = an_actor("Utopia", slug="utopia", kind="state")
    held(ada, yes, "2022-01-01", on_behalf_of=state)
    said(ada, issue, "2022-02-01", on_behalf_of=state)
    a_position(state, yes, shown_by=[said(an_actor("Bo"), issue, "2022-03-01")])
    assert steps(story(ada, issue)) == [("Yes", "1 more statement, Feb 2022: 1 with no stance recorded")]
    told = story(state, issue)
    assert steps(told) == [
        (None, "2 more statements, Jan – Feb 2022: 1 with no stance recorded, 1 whose stance stands under another"),
        ("Yes",),
    ]
    assert told.others == [(ada, 1)]


def test_a_long_time_without_a_statement_is_said(ada, issue, yes):
    held(ada, yes, "2022-03-03", "2023-05-08")
    said(ada, issue, "2023-05-09")
    assert steps(story(ada, issue)) == [
        (
            "Yes",
            "Nothing on file from 3 March 2022 to 8 May 2023, 14 months.",
            "2 more statements, May 2023: 1 of the same stance, 1 with no stance recorded",
        )
    ]


def test_a_gap_begins_where_the_latest_statement_may_have_ended(ada, issue, yes, settings):
    settings.SILENCE_DAYS = 30
    held(ada, yes, "2022", "2022-05-08", "2023-02-10")
    assert [gap.words for gap in story(ada, issue).gaps] == [
        "Nothing on file from 31 December 2022 to 10 February 2023, 41 days."
    ]


def test_what_hangs_on_uncertain_dates_says_between_when_and_when(ada, issue, yes, no):
    held(ada, yes, "2022-05-01")
    held(ada, no, "2023~")
    [_, second] = story(ada, issue).turns
    assert second.change.words == (
        "The stance on file changes at some time between 1 May 2022 and 31 December 2023; "
        "the exact days are not stated."
    )
    assert second.said.entry.when_short == "c. 2023"


def test_stances_side_by_side_and_of_unknown_order_are_turns_but_no_changes(ada, issue, yes, no):
    held(ada, yes, "2022-01-01", "2022-12-01")
    held(ada, no, "2022-06-01")
    bo = an_actor()
    held(bo, yes, "2023")
    held(bo, no, "2023-05-01")
    assert [turn.change.kind for turn in story(ada, issue).turns[1:]] == ["side_by_side", "side_by_side"]
    [_, second] = story(bo, issue).turns
    assert second.change.words == (
        "Both were said between 1 January 2023 and 31 December 2023; which came first is not certain, "
        "so no change is counted here."
    )


def test_what_qualifies_or_contradicts_stands_beside_its_turn(ada, issue, yes, no):
    first = held(ada, yes, "2022-01-01")
    held(ada, no, "2022-06-01")
    beside(first, said(ada, issue, "2022-02-01", slug="but"))
    beside(first, said(ada, issue, "2021-02-01", slug="early"), "contradicts")
    before, one, two = story(ada, issue).chapters
    assert [gap.words for gap in before.then] == ["Nothing on file from 1 February 2021 to 1 January 2022, 11 months."]
    assert [(title, [e.slug for e, _ in found]) for title, found in one.around] == [
        ("Contradicts it (the stance)", ["early"]),
        ("Qualifies it (the stance)", ["but"]),
    ]
    assert two.around == []


def test_so_do_claims_that_deny_or_assess_its_statement_but_none_that_repeats_it(ada, issue, yes):
    claim = said(ada, issue, "2022-01-01")
    a_position(ada, yes, shown_by=[claim])
    denial, check = a_claim(slug="denial"), a_claim(slug="check")
    a_relation(denial, claim, "denies", note="a day later")
    a_relation(check, claim, "assesses")
    a_relation(a_claim(), claim, "repeats")
    a_relation(a_draft(), claim, "denies")
    a_relation(a_claim(published_at="2020-01-01T00:00Z"), claim, "responds_to")
    [chapter] = story(ada, issue).chapters
    assert [(title, [(e.slug, note) for e, note in found]) for title, found in chapter.around] == [
        ("Denied by", [("denial", "Seen by the curator; a day later")]),
        ("Assessed by", [("check", "Seen by the curator; both seen")]),
    ]


def test_a_story_without_a_stance_is_told_too(ada, issue):
    said(ada, issue, "2022-01-01")
    told = story(ada, issue)
    assert told.words == "1 statement on file, Jan 2022; no stance is recorded of it here."
    assert told.turns == []


def test_of_nothing_public_there_is_none(ada, issue, yes):
    a_position(ada, yes, shown_by=[a_draft(speaker=ada, issues=[issue])])
    a_position(ada, yes, shown_by=[said(ada, an_issue(), "2022")], state="draft")
    assert story(ada, issue) is None
    assert all(pair != (issue, ada) for pair in on_file.stories())


def test_as_of_a_day_it_ends_there(ada, issue, yes, no):
    held(ada, yes, "2022-01-01")
    held(ada, no, "2023-01-01")
    said(ada, issue, "2023-02-01")
    day = Horizon(said=Day("2022", date(2022, 1, 1), date(2022, 12, 31)))
    assert story(ada, issue, day).words == "1 statement on file, Jan 2022; 1 shows 1 stance."


def test_stories_are_those_of_whoever_speaks_is_spoken_for_or_has_a_position(ada, issue, yes):
    state, body = an_actor(kind="state"), an_actor(kind="state")
    a_position(body, yes, shown_by=[said(ada, issue, "2022", on_behalf_of=state)])
    assert on_file.stories() == [(issue, ada), (issue, state), (issue, body)]


def test_only_so_many_turns_and_statements_are_printed_and_the_rest_is_counted(ada, issue, yes, no, monkeypatch):
    monkeypatch.setattr(on_file, "MOST", 2)
    held(ada, yes, "2022-01-01")
    held(ada, no, "2022-02-01")
    held(ada, yes, *(f"2022-03-{day:02}" for day in range(1, 6)))
    told = story(ada, issue)
    assert [turn.number for turn in told.turns] == [2, 3]
    assert (told.left_out, told.before) == (1, date(2022, 1, 31))
    [fold] = told.chapters[-1].then
    assert (isinstance(fold, Fold), len(fold.shown), fold.left) == (True, 2, 2)
    assert told.words == "7 statements on file, Jan – Mar 2022; 7 show 2 stances, in 3 turns."


def test_many_chapters_leave_the_latest_open(ada, issue, yes, no):
    for number in range(1, 8):
        held(ada, yes if number % 2 else no, f"2022-{number:02}-01")
    told = story(ada, issue)
    assert told.earlier_words == "3 earlier turns, from 1 January 2022: Yes → No → Yes"
    assert [chapter.turn.number for chapter in told.latest] == [4, 5, 6, 7]


def test_a_claim_stands_between_its_neighbours(ada, issue, yes, no):
    held(ada, yes, "2022-01-01")
    claim = said(ada, issue, "2022-02-01")
    held(ada, no, "2022-03-01")
    [near] = neighbours.neighbours(claim.pk, [(ada, issue)])
    assert (near.before.coded, near.here.coded, near.after.coded) == ("Yes", "No stance recorded", "No")
    assert near.url == "/issues/talks/ada/"


@pytest.mark.parametrize("number", [1, 3])
def test_telling_takes_the_same_queries_however_much_is_on_file(ada, issue, yes, no, number, django_assert_num_queries):
    for year in range(2020, 2020 + number):
        position = held(ada, yes, f"{year}-01-01", f"{year}-01-02")
        beside(position, said(ada, issue, f"{year}-02-01"))
        a_relation(held(ada, no, f"{year}-06-01").evidence.first().claim, a_claim(), "denies")
        said(ada, issue, f"{year}-07-01")
    story(ada, issue)
    with django_assert_num_queries(8):
        story(ada, issue)

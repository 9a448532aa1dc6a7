"""What is not there must be true: no chart of the opening dossier is silent where something is on file.

All that is expected is asked of the database here plainly, by no code of the charts.
"""

import csv
import io
from datetime import date

import pytest
from django.db import connection, transaction

from actors.models import Actor
from claims.dossier import load_package, read_package
from claims.models import Issue, Position, PositionEvidence
from tests.claims.dossier.packages import OPENING
from tests.factories import a_draft

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

DAYS = ["2022-02-24", "2022-12-31", "2023-07-01", "2024-06-15", "2026-11-29"]
PAIRS = [
    ("volodymyr-zelensky", "vladimir-putin"),
    ("russia", "ukraine"),
    ("sergei-lavrov", "volodymyr-zelensky"),
    ("united-states", "china"),
]
# The published claims under issues, once for the speaker and once for whom it speaks for, if for another.
FILED = """
SELECT DISTINCT issue.slug, actor.slug, claim.slug, claim.said_earliest, claim.said_latest
FROM claims_claim claim
JOIN claims_claim_issues filed ON filed.claim_id = claim.id
JOIN claims_issue issue ON issue.id = filed.issue_id
JOIN actors_actor actor ON actor.id IN (claim.speaker_id, claim.on_behalf_of_id)
WHERE claim.state = 'published'
"""
# The evidence of published positions.
CODED = """
SELECT DISTINCT issue.slug, actor.slug, claim.slug, claim.said_earliest, claim.said_latest
FROM claims_positionevidence evidence
JOIN claims_position position ON position.id = evidence.position_id AND position.state = 'published'
JOIN claims_claim claim ON claim.id = evidence.claim_id AND claim.state = 'published'
JOIN claims_stance stance ON stance.id = position.stance_id
JOIN claims_issue issue ON issue.id = stance.issue_id
JOIN actors_actor actor ON actor.id = position.actor_id
WHERE %s
"""
SHOWN = CODED % "evidence.role = 'shows'"


def asked(sql):
    """The rows as tuples of issue, actor, claim, first and last day."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    return {(*row[:3], _day(row[3]), _day(row[4])) for row in rows}


def _day(value):
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


@pytest.fixture(scope="module")
def opening(django_db_setup, django_db_blocker):
    """The opening dossier in the database for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_package(read_package(OPENING))
        yield
        transaction.set_rollback(True)


def lanes_of(chart):
    """The lanes of a chart by issue and actor, which stand in the address of a lane's story."""
    return {tuple(lane.heading.url.strip("/").split("/")[1:]): lane for lane in chart.lanes}


def silent_upon(chart, rows):
    """Those of the rows on whose possible days the lane of their actor and issue is drawn as silent."""
    lanes, first = lanes_of(chart), chart.axis.first
    share = 100 / (chart.axis.end - first).days
    return [
        row
        for row in rows
        for start, end in lanes[row[:2]].lane.silences
        if (row[3] - first).days * share <= end and (row[4] - first).days * share >= start
    ]


def on_chart(chart):
    """Issue, actor and claim of all that stands on a chart, as it is drawn and as its table has it."""
    lanes = lanes_of(chart)
    titled = {(*pair, item.slug) for pair, lane in lanes.items() for item in lane.rows}
    drawn = {
        (*pair, one.url.strip("/").split("/")[1])
        for pair, lane in lanes.items()
        for mark in (*lane.lane.marks, *lane.lane.uncoded)
        for one in (mark.statement, *mark.others)
    }
    assert drawn == titled
    return drawn


def slugs(model):
    return list(model.objects.order_by("slug").values_list("slug", flat=True))


def test_none_of_500_filings_of_published_claims_is_on_no_chart_of_its_issue(opening, client):
    filed = asked(FILED)
    filings = {(row[0], row[2]) for row in filed}
    answered = {filing for filing in filings if stanced(filing[0])}
    coded = {(row[0], row[2]) for row in asked(CODED % "TRUE")}
    assert (len(filings), len(answered), len(answered - coded)) == (501, 495, 197)
    charts = {issue: client.get(f"/issues/{issue}/").context["chart"] for issue in slugs(Issue)}
    drawn = {row for chart in charts.values() if chart for row in on_chart(chart)}
    assert {row[:3] for row in filed} - drawn == set()
    assert filings - {(issue, claim) for issue, _, claim in drawn} == set()


@pytest.mark.parametrize("query", ["", *(f"?as_of={day}" for day in DAYS)])
def test_no_line_of_an_issue_is_silent_where_a_claim_may_have_been_made(opening, client, query):
    limit = date.fromisoformat(query[-10:]) if query else date.max
    rows = [row for row in asked(FILED) | asked(CODED % "TRUE") if row[3] <= limit]
    for issue in slugs(Issue):
        there = [row for row in rows if row[0] == issue]
        chart = client.get(f"/issues/{issue}/{query}").context["chart"]
        assert bool(chart) == bool(there)
        assert not there or on_chart(chart) == {row[:3] for row in there}
        assert not there or silent_upon(chart, there) == []


@pytest.mark.parametrize("query", ["", "?as_of=2023-07-01"])
def test_no_line_of_an_actor_is_silent_where_a_claim_may_have_been_made(opening, client, query):
    limit = date.fromisoformat(query[-10:]) if query else date.max
    rows = [row for row in asked(FILED) | asked(CODED % "TRUE") if row[3] <= limit]
    assert len({row[1] for row in rows}) > 30
    for actor in sorted({row[1] for row in rows}):
        theirs = [row for row in rows if row[1] == actor]
        page = client.get(f"/actors/{actor}/{query}")
        assert on_chart(page.context["chart"]) == {row[:3] for row in theirs}
        assert silent_upon(page.context["chart"], theirs) == []
        named = {issue.slug for issue in page.context["silent_on"]}
        assert named == {issue for issue in slugs(Issue) if stanced(issue)} - {row[0] for row in theirs}


def stanced(issue):
    """Whether an issue has answers to choose from."""
    return Issue.objects.get(slug=issue).stances.exists()


def test_a_draft_breaks_no_silence_and_is_in_no_cell_and_no_number(opening, client):
    pages = ["/", "/issues/", "/issues/territory/", "/actors/vladimir-putin/", "/compare/russia/ukraine/"]
    before = [client.get(page).text for page in pages]
    with transaction.atomic():
        for issue in Issue.objects.all():
            for actor in Actor.objects.filter(slug__in=("vladimir-putin", "russia", "ukraine")):
                draft = a_draft("canary words", speaker=actor, issues=[issue], said_edtf="2024-03-01")
                position = Position.objects.filter(actor=actor, stance__issue=issue).first()
                if position:
                    PositionEvidence.objects.create(position=position, claim=draft, role="shows")
        after = [client.get(page).text for page in pages]
        transaction.set_rollback(True)
    assert [page for page, one, other in zip(pages, before, after, strict=True) if one != other] == []


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("query", ["", "?as_of=2024-06-15"])
def test_no_line_of_a_comparison_is_silent_where_a_claim_may_have_been_made(opening, client, pair, query):
    limit = date.fromisoformat(query[-10:]) if query else date.max
    compared = client.get(f"/compare/{'/'.join(sorted(pair))}/{query}").context["compared"]
    window = compared.window
    rows = [row for row in asked(FILED) | asked(CODED % "TRUE") if row[1] in pair and row[3] <= limit]
    within = [row for row in rows if row[3] <= window.last and row[4] >= window.first]
    charts = {on.issue.slug: on.chart for on in compared.issues}
    assert len(within) > 5
    assert {row for chart in charts.values() for row in on_chart(chart)} == {row[:3] for row in within}
    cut = [(*row[:3], max(row[3], window.first), min(row[4], window.last)) for row in within]
    for issue, chart in charts.items():
        assert silent_upon(chart, [row for row in cut if row[0] == issue]) == []


def test_the_csv_and_the_json_of_an_issue_and_of_an_actor_have_every_filing(opening, client):
    filed = {row[:3] for row in asked(FILED)}
    every = {row[:3] for row in asked(FILED) | asked(CODED % "TRUE")}
    coded = {row[:3] for row in asked(CODED % "TRUE")}
    for place, things in ((0, slugs(Issue)), (1, sorted({row[1] for row in filed})[:20])):
        kind = ("issues", "actors")[place]
        for thing in things:
            expected = {row for row in every if row[place] == thing}
            text = client.get(f"/{kind}/{thing}.csv").getvalue().decode("utf-8-sig")
            lines = list(csv.DictReader(io.StringIO(text, newline="")))
            given = {(line["issue_id"], line["actor_id"], line["claim_url"].split("/")[-2]) for line in lines}
            assert given == expected
            without = {
                (line["issue_id"], line["actor_id"], line["claim_url"].split("/")[-2])
                for line in lines
                if line["role"] == "on_file"
            }
            assert without == expected - coded
            record = client.get(f"/{kind}/{thing}.json").json()
            told = {(each["issue"]["slug"], each["actor"]["slug"], each["id"]) for each in record["without_stance"]}
            assert told == without


def latest_by_then(day):
    """The latest statement of a stance of each actor on each issue up to a day, and how many others came later."""
    shown = sorted((row for row in asked(SHOWN) if row[3] <= day), key=lambda row: (row[3], row[2]))
    latest = {row[:2]: row for row in shown}
    filed = [row for row in asked(FILED) if row[3] <= day]
    return latest, filed


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("address", ["/", "/issues/"])
def test_every_cell_of_who_stands_where_is_what_the_database_says(opening, client, address, day):
    asked_on = date.fromisoformat(day)
    latest, filed = latest_by_then(asked_on)
    answer = client.get(f"{address}?as_of={day}")
    rows = [*answer.context["matrix"].rows]
    columns = [issue.slug for issue in answer.context["columns"]]
    seen = {"coded": 0, "later": 0, "uncoded": 0, "nothing": 0}
    assert {row.actor.slug for row in rows} == {actor for issue, actor in latest if issue in columns}
    for cell in (cell for row in rows for cell in row.cells):
        here = [each for each in filed if each[:2] == (cell.issue, cell.actor)]
        stated = latest.get((cell.issue, cell.actor))
        assert (cell.latest.claim if cell.latest else None) == (stated[2] if stated else None)
        assert cell.others == len([each for each in here if not stated or each[3] > stated[3]])
        kind = "coded" if stated and not cell.others else "later" if stated else "uncoded" if here else "nothing"
        seen[kind] += 1
    text = answer.text
    assert text.count("Later on file: ") == seen["later"]
    assert text.count(" on file, no coded stance") == seen["uncoded"]
    assert text.count('<span class="sr">Nothing on file</span>') == seen["nothing"]


def test_home_has_the_three_newest_changes_of_stance(opening, client):
    changes = client.get("/").context["changes"]
    told = [
        (change["after"]["said"]["earliest"], change["after"]["id"], issue, change["actor"]["slug"])
        for issue in slugs(Issue)
        for change in client.get(f"/issues/{issue}.json").json()["changes"]
    ]
    newest = sorted(told, reverse=True)[:3]
    assert [(change.after.first.isoformat(), change.after.slug) for change in changes] == [row[:2] for row in newest]
    text = client.get("/").text
    assert text.count('<li class="change-pair">') == 3
    for _, _, issue, actor in newest:
        assert f'<h3><a href="/issues/{issue}/{actor}/">' in text

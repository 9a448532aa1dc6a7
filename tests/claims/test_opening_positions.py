"""The positions of the opening dossier against what its CSV files say, worked out here plainly and by other means."""

import csv
import re
from calendar import monthrange
from datetime import date, timedelta
from itertools import groupby, pairwise
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client

from claims.charts import swimlanes
from claims.charts.matrix import matrix
from claims.dossier import load_package, read_package
from claims.filtering.horizon import AsOfForm
from claims.positions import stances, turns
from claims.positions.statements import actor_heads, statements
from tests.claims.dossier.packages import OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]
SILENCE = 183  # days without a statement after which a bar breaks


def table(name):
    with (OPENING / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(said):
    """The first and the last day of a date as the CSV writes it."""
    found = [[int(number) for number in text.split("-")] for text in re.findall(r"\d{4}(?:-\d\d)*", said)]
    first, last = found[0], found[-1]
    ends = [*last, *[12, 31][len(last) - 1 :]]
    if len(last) == 2:
        ends[2] = monthrange(*last)[1]
    return date(*[*first, 1, 1][:3]), date(*ends)


class Csv:
    """What the CSV files say of positions: a row for each piece of evidence, in the order in which they were said."""

    def __init__(self):
        self.claims = {row["id"]: days(row["said"]) for row in table("claims")}
        held = {row["id"]: row for row in table("positions")}
        orders = {(row["issue"], row["id"]): int(row["order"]) for row in table("stances")}
        sources = {row["claim"]: row["source"] for row in reversed(table("citations"))}  # the first one stays
        rows = []
        for row in table("evidence"):
            position, (first, last) = held[row["position"]], self.claims[row["claim"]]
            rows.append(
                SimpleNamespace(
                    **{**row, "actor": position["actor"], "issue": position["issue"], "stance": position["stance"]},
                    order=orders[position["issue"], position["stance"]],
                    first=first,
                    last=last,
                    source=sources[row["claim"]],
                )
            )
        self.rows = sorted(rows, key=lambda row: (row.first, row.last, row.claim))
        years = [day.year for row in rows for day in (row.first, row.last)]
        self.start, self.end = date(min(years), 1, 1), date(max(years) + 1, 1, 1)

    def upto(self, day):
        """The evidence as of a day, without positions that nothing shows by then."""
        within = [row for row in self.rows if row.first <= day]
        shown = {row.position for row in within if row.role == "shows"}
        return [row for row in within if row.position in shown]

    def lanes(self):
        """The evidence by issue and actor."""
        pairs = {(row.issue, row.actor) for row in self.rows}
        return {pair: [row for row in self.rows if (row.issue, row.actor) == pair] for pair in pairs}

    def days_of_change(self):
        """The days on which an actor first took a stance on an issue, or another one than the last time."""
        found = set()
        for rows in self.lanes().values():
            said = sorted((row.first, row.claim, row.stance) for row in rows if row.role == "shows")
            found |= {said[0][0]} | {after[0] for before, after in pairwise(said) if before[2] != after[2]}
        return sorted(found)


CSV = Csv()
LABELS = {(row["issue"], row["id"]): row["label"] for row in table("stances")}
DAYS = CSV.days_of_change()


def drawn_at(rows):
    """The day at which each row of a lane is drawn: those of one source and one range stand evenly within it."""
    places = {}
    for row in rows:
        alike = [
            other for other in rows if (other.source, other.first, other.last) == (row.source, row.first, row.last)
        ]
        share = (alike.index(row) + 1) / (len(alike) + 1)
        places[row.position, row.claim, row.role] = row.first + timedelta(days=(row.last - row.first).days * share // 1)
    return places


def segments(rows):
    """The segments of a lane: stance, first and last possible day of each run of statements that show one position,
    and between which days it is certain. A run ends where the silence is too long for certain.
    """
    places, runs = drawn_at(rows), []
    for position in {row.position for row in rows}:
        shown = [row for row in rows if row.position == position and row.role == "shows"]
        shown.sort(key=lambda row: places[row.position, row.claim, row.role])
        runs.append(shown[:1])
        for row in shown[1:]:
            if (row.first - max(other.last for other in runs[-1])).days > SILENCE:
                runs.append([])
            runs[-1].append(row)
    return sorted(
        (run[0].order, min(firsts), max(lasts), min(lasts), max(firsts))
        for run in runs
        for firsts, lasts in [([row.first for row in run], [row.last for row in run])]
    )


def changes(rows):
    """The claims before and after each change of stance on one issue by one actor.

    No position of either stance has claims on both sides of a change, and it is certain which side came first.
    """
    shown = [row for row in rows if row.role == "shows"]
    found = []
    for at, (before, after) in enumerate(pairwise(shown), 1):
        across = {row.position for row in shown[:at]} & {row.position for row in shown[at:]}
        is_beside = any(row.position in across for row in shown if row.stance in (before.stance, after.stance))
        in_order = before.first < after.first and before.last <= after.last
        if before.stance != after.stance and in_order and not is_beside:
            found.append((before.claim, after.claim))
    return found


def x(day):
    return round((day - CSV.start).days / (CSV.end - CSV.start).days * 100, 2)


@pytest.fixture(scope="module")
def opening(django_db_setup, django_db_blocker):
    """The opening dossier in the database for all tests of this module, with the statistics that a site's own has."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_package(read_package(OPENING))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


def evidence(query=""):
    """What a page shows under these parameters."""
    return stances.supported(stances.found(AsOfForm(QueryDict(query), "/").horizon.evidence()))


def by_lane(found):
    lanes = {}
    for item in found:
        lanes.setdefault((item.issue.slug, item.actor.slug), []).append(item)
    return lanes


def test_all_evidence_is_there_in_the_order_of_time(opening):
    expected = [(row.position, row.claim, row.role, row.first, row.last) for row in CSV.rows]
    found = [(item.position, item.slug, item.role, item.first, item.last) for item in evidence()]
    assert len(expected) == 301
    assert sorted(found) == sorted(expected)
    assert [row[3:] for row in found] == [row[3:] for row in expected]


@pytest.mark.parametrize(("heading", "key"), [(stances.by_actor, "issue"), (stances.by_issue, "actor")])
def test_every_segment_is_where_the_csv_files_put_it(opening, heading, key):
    """Drawn issue by issue and actor by actor, on one axis for all."""
    found = evidence()
    axis = swimlanes.axis(min(item.first for item in found), max(item.last for item in found))
    assert (axis.first, axis.end) == (CSV.start, CSV.end)
    drawn = {
        pair: sorted(
            (bar.order, bar.x, bar.end, bar.certain)
            for bar in stances.swimlane(items, heading(items[0]), axis).lane.bars
        )
        for pair, items in by_lane(found).items()
    }
    expected = {
        pair: sorted(
            (
                order,
                x(start),
                round(x(start) + max(round(x(end) - x(start), 2), 0.02), 2),
                (x(surely), x(still)) if surely <= still else None,
            )
            for order, start, end, surely, still in segments(rows)
        )
        for pair, rows in CSV.lanes().items()
    }
    assert drawn == expected
    assert len({getattr(row, key) for row in CSV.rows}) == len({pair[key == "actor"] for pair in drawn})
    bars = [bar for lane in drawn.values() for bar in lane]
    assert (len(bars), sum(certain is None for *_, certain in bars)) == (174, 31)


def test_every_position_has_its_mark_for_every_claim(opening):
    for pair, items in by_lane(evidence()).items():
        axis = swimlanes.axis(CSV.start, CSV.end - timedelta(days=1))
        marks = stances.swimlane(items, stances.by_actor(items[0]), axis).lane.marks
        rows = CSV.lanes()[pair]
        places = sorted(x(day) for day in drawn_at(rows).values())
        assert sum(mark.count for mark in marks) == len(places)
        assert {mark.x for mark in marks} <= set(places)


def test_every_change_is_one_of_the_csv_files(opening):
    expected = sorted(pair for rows in CSV.lanes().values() for pair in changes(rows))
    found = sorted(
        (change.before.slug, change.after.slug)
        for lane in by_lane(evidence()).values()
        for row in turns.by_actors(lane)
        for change in row.changes
    )
    assert found == expected
    assert len(expected) > 20


def cells(day):
    """The latest claim that shows a stance of each actor on each issue as of a day."""
    latest = {}
    for row in sorted(CSV.rows, key=lambda row: (row.first, row.claim)):
        if row.role == "shows" and row.first <= day:
            latest[row.actor, row.issue] = (row.claim, LABELS[row.issue, row.stance])
    return latest


def around(days_of_change):
    """The day before, of and after each change."""
    return sorted({day + timedelta(days=step) for day in days_of_change for step in (-1, 0, 1)})


def test_every_cell_on_the_days_around_every_change(opening):
    everything = evidence()
    found = statements(everything)
    heads, issues = actor_heads(everything, {}), sorted({row.issue for row in CSV.rows})
    assert len(DAYS) > 80
    for day in around(DAYS):
        stands = matrix(found, heads, issues, day)
        drawn = {
            (row.actor.slug, issue): (cell.latest.claim, cell.latest.label)
            for _, rows in stands.groups
            for row in rows
            for issue, cell in zip(issues, row.cells, strict=True)
            if cell.latest
        }
        assert drawn == cells(day), day
        assert stands.change_before == max((other for other in DAYS if other < day), default=None)
        assert stands.change_after == min((other for other in DAYS if other > day), default=None)


def test_every_view_on_the_days_around_every_change(opening):
    """The evidence, the segments and the changes as of each of these days, as the pages ask for them."""
    axis = swimlanes.axis(CSV.start, CSV.end - timedelta(days=1))
    for day in around(DAYS):
        within = CSV.upto(day)
        found = evidence(f"as_of={day}")
        assert sorted((item.position, item.slug, item.role) for item in found) == sorted(
            (row.position, row.claim, row.role) for row in within
        ), day
        lanes = by_lane(found)
        for pair, rows in groupby(
            sorted(within, key=lambda row: (row.issue, row.actor)), key=lambda row: (row.issue, row.actor)
        ):
            expected = sorted(rows, key=lambda row: (row.first, row.last, row.claim))
            drawn = stances.swimlane(lanes[pair], stances.by_actor(lanes[pair][0]), axis)
            assert [(bar.order, bar.x) for bar in sorted(drawn.lane.bars, key=lambda bar: (bar.order, bar.x))] == [
                (order, x(start)) for order, start, *_ in segments(expected)
            ], (day, pair)
            told = [(c.before.slug, c.after.slug) for row in turns.by_actors(lanes[pair]) for c in row.changes]
            assert told == changes(expected), (day, pair)


@pytest.mark.parametrize("day", [DAYS[0], DAYS[len(DAYS) // 3], DAYS[len(DAYS) // 2], DAYS[-2], DAYS[-1]])
def test_the_pages_show_the_days_around_a_change(opening, day):
    client = Client()
    for asked in around([day]):
        expected = cells(asked)
        page = client.get(f"/issues/?as_of={asked}").text
        for claim in CSV.claims:
            stands = sum(held[0] == claim for held in expected.values())
            assert page.count(f'class="cell" href="/claims/{claim}/"') == stands, (asked, claim)
        for issue in ("direct-talks", "territory"):
            record = client.get(f"/issues/{issue}.json?as_of={asked}").json()
            told = {change["after"]["id"] for change in record["changes"]}
            rows = [row for row in CSV.upto(asked) if row.issue == issue]
            actors = {row.actor for row in rows}
            assert told == {
                pair[1] for actor in actors for pair in changes([row for row in rows if row.actor == actor])
            }
            assert {position["id"] for position in record["positions"]} == {row.position for row in rows}
            assert record["claims"]["count"] == sum(
                days(row["said"])[0] <= asked and issue in row["issues"].split(";") for row in table("claims")
            )

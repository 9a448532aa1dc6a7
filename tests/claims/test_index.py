"""The read model of the browser against the database, for invented claims, filters and changes."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor
from claims.filtering import facets
from claims.filtering.clocks import CLOCKS
from claims.filtering.dimensions import DIMENSIONS, ROLES
from claims.filtering.filter import MATCHES, ClaimFilter
from claims.models import Act, AttributionStep, Citation, Claim, Event, Identification, Issue, Source
from claims.readmodel import values
from tests.claims import naive
from tests.claims.invented import DATES, TYPED, VALUES, WORDS, Archive, claims, queries, set_state, some
from tests.factories import a_citation, a_claim, a_source, a_step, an_actor
from tests.guards import deletable

pytestmark = pytest.mark.django_db
thorough = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


ROW_BY_ROW, AT_ONCE = (values.LEAST, 0), (1, values.FEW)
both_ways = pytest.mark.parametrize(
    "way",
    [
        pytest.param(ROW_BY_ROW, id="values by row, few rows"),
        pytest.param(AT_ONCE, id="all values as masks, all rows at once", marks=pytest.mark.run_once),
    ],
    indirect=True,
)


@pytest.fixture(autouse=True)
def way(request, monkeypatch):
    """Of so few claims no value has a mask and none are few: without this, neither would be tested."""
    least, few = getattr(request, "param", ROW_BY_ROW)
    monkeypatch.setattr(values, "LEAST", least)
    monkeypatch.setattr(values, "FEW", few)


@contextmanager
def undone():
    """What the block writes is rolled back, which the read model has to notice by itself."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(query):
    claim_filter = ClaimFilter(QueryDict(query))
    assert claim_filter.is_valid(), claim_filter.errors
    return claim_filter


def compare(query):
    """The read model answers as the database does."""
    claim_filter = asked(query)
    assert facets.counts(claim_filter) == (Claim.objects.published().count(), naive.found(claim_filter).count())
    of_timeline = claim_filter.selection.found().first_to_end(claim_filter.chosen_clock, 100)
    assert of_timeline == naive.first_to_end(claim_filter)[:100]
    tallied = facets.tally(claim_filter)
    assert {name: {row.value: row.count for row in rows} for name, rows in tallied.items()} == naive.tally(claim_filter)
    for rows in tallied.values():
        assert rows == sorted(rows, key=lambda row: (-row.count, row.label, row.value))
    assert {(first, last): count for first, last, count in facets.dates(claim_filter)} == naive.dates(claim_filter)
    months = {(month.year, month.month, month.is_range): month.count for month in facets.months(claim_filter)}
    assert months == naive.months(claim_filter)
    assert [way.count for way in facets.ways_out(claim_filter)] == naive.ways_out(claim_filter)
    assert walked(query) == naive.in_order(claim_filter)


def walked(query, size=2):
    """The keys of all pages, each asked for by the cursor of the one before."""
    keys, after = [], ""
    while True:
        claim_filter = asked(f"{query}&after={after}" if after else query)
        page = facets.places(claim_filter, size)
        assert page.before == len(keys)
        keys += page.keys
        if page.after is None:
            return keys
        after = claim_filter.notation.text(page.after)


@both_ways
@thorough
@given(described=st.lists(claims(), max_size=8), asks=st.lists(queries(), min_size=4, max_size=4))
def test_it_answers_as_the_database_does(described, asks):
    with undone():
        Archive(described)
        for query in asks:
            compare(query)


def test_it_answers_for_every_value_of_every_parameter():
    described = [
        {
            "state": "draft" if number == 7 else "published", "speaker": number % 4, "on_behalf_of": number // 4 % 4,
            "act": VALUES["act"][number % 3], "form": VALUES["form"][number % 2], "said": DATES[number % len(DATES)],
            "day": number % 3 + 1, "words": WORDS[number % 4], "issues": {number % 3, number % 2},
            "events": {number % 2}, "addressees": {number % 3}, "mentions": {number // 4 % 4, number % 3},
            "cited": [(number % 4, "en"), (number // 3 % 4, "ru"), (number % 4, "uk")],
            "steps": [(number // 2 % 4, VALUES["identification"][number % 2])],
        }
        for number in range(16)
    ]  # fmt: skip
    Archive(described)
    for name, some_values in VALUES.items():
        for value in some_values:
            compare(f"{name}={value}")
            compare(f"not_{name}={value}&sort=oldest")
    for role in ROLES:
        for value in VALUES["speaker"]:
            compare(f"actor={value}&role={role}&sort=recorded")


@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("match", MATCHES)
def test_it_answers_for_every_date_on_every_clock(clock, match):
    for said in DATES:
        for published in ("", *DATES):
            moment = datetime(2022, 3, 15 + len(published) % 3, 12, tzinfo=UTC)
            a_claim(said_edtf=said, source=a_source(published_edtf=published), created_at=moment)
    for typed in (*TYPED, "2022-03-14", "2022-04-01", "2022-02"):
        for query in (f"said_from={typed}", f"said_to={typed}", f"said_from={typed}&said_to={typed}"):
            claim_filter = asked(f"{query}&clock={clock}&match={match}")
            assert sorted(facets.places(claim_filter, 100).keys) == sorted(naive.in_order(claim_filter))
            assert facets.counts(claim_filter)[1] == naive.found(claim_filter).count()


CHANGES = {
    "publish": lambda archive, keys: set_state(keys, "published"),
    "withdraw": lambda archive, keys: set_state(keys, "withdrawn"),
    "edit": lambda archive, keys: [edit(claim) for claim in Claim.objects.filter(pk__in=keys)],
    "delete": lambda archive, keys: delete(keys),
    "bulk_update": lambda archive, keys: bulk_update(archive, keys),
    "update": lambda archive, keys: Claim.objects.filter(pk__in=keys).update(act="offers", speaker=archive.actors[1]),
    "raw SQL": lambda archive, keys: run("UPDATE claims_claim SET act = 'denies' WHERE id IN ({})", keys),
    "raw deletion": lambda archive, keys: run("DELETE FROM claims_claim_issues WHERE claim_id IN ({})", keys),
    "move to another issue": lambda archive, keys: Claim.issues.through.objects.filter(
        claim__in=keys, issue=archive.issues[0]
    ).exclude(claim__issues=archive.issues[2]).update(issue=archive.issues[2]),
    "add an issue": lambda archive, keys: [claim.issues.add(*Issue.objects.filter(slug="i1")) for claim in of(keys)],
    "remove an event": lambda archive, keys: [claim.events.remove(archive.events[0]) for claim in of(keys)],
    "mention": lambda archive, keys: [claim.mentions.add(archive.actors[3]) for claim in of(keys)],
    "cite": lambda archive, keys: [a_citation(claim, archive.sources[1], language="fr") for claim in of(keys)],
    "move a citation": lambda archive, keys: Citation.objects.filter(claim__in=keys).update(claim=archive.claims[0].pk),
    "cite no more": lambda archive, keys: Citation.objects.filter(claim__in=keys, source=archive.sources[0]).delete(),
    "pass on": lambda archive, keys: [a_step(claim, archive.actors[3]) for claim in of(keys)],
    "pass on no more": lambda archive, keys: AttributionStep.objects.filter(claim__in=keys).delete(),
    "kind of an actor": lambda archive, keys: Actor.objects.filter(slug="a0").update(kind="state"),
    "slug and name": lambda archive, keys: Issue.objects.filter(slug="i0").update(slug="renamed", title="Z"),
    "kind of a source": lambda archive, keys: Source.objects.filter(slug="s0").update(kind="article"),
    "publisher of a source": lambda archive, keys: Source.objects.filter(slug="s0").update(publisher=archive.actors[3]),
    "date of a source": lambda archive, keys: Source.objects.filter(slug="s1").update(
        published_earliest="2020-01-01", published_latest=None
    ),
    "event withdrawn": lambda archive, keys: Event.objects.filter(slug="e0").update(
        state="withdrawn", withdrawn_at=datetime(2024, 1, 1, tzinfo=UTC)
    ),
    "a new claim": lambda archive, keys: a_claim("new talks", speaker=an_actor(kind="party"), said_edtf="2020-02"),
    "an issue without claims": lambda archive, keys: Issue.objects.filter(slug="i1").delete(),
}  # fmt: skip


def of(keys):
    return Claim.objects.filter(pk__in=keys)


def edit(claim):
    claim.said_edtf, claim.form = "2023-03-03", "paraphrase"
    claim.save()


def bulk_update(archive, keys):
    rows = list(of(keys))
    for claim in rows:
        claim.speaker, claim.on_behalf_of = archive.actors[2], archive.actors[0]
    Claim.objects.bulk_update(rows, ["speaker", "on_behalf_of"])


def run(sql, keys):
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(", ".join(["%s"] * len(keys))), list(keys))


def delete(keys):
    with deletable():
        Claim.objects.filter(pk__in=keys).delete()


@both_ways
@thorough
@given(
    described=st.lists(claims(), min_size=2, max_size=6),
    changes=st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.sets(st.integers(0, 5))), max_size=5),
    clock=st.sampled_from(list(CLOCKS)),
    data=st.data(),
)
def test_it_follows_every_change(described, changes, clock, data):
    with undone():
        archive = Archive(described)
        for name, numbers in changes:
            facets.counts(asked(""))  # each change is the only one since somebody asked
            CHANGES[name](archive, [claim.pk for place, claim in enumerate(archive.claims) if place in numbers])
            compare(f"clock={clock}")
            compare(f"act=denies&act=offers&sort=oldest&clock={clock}")
            compare("kind=state&actor=a0&q=talks&sort=relevance")


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_it_follows(name):
    described = {
        "state": "draft", "speaker": 0, "on_behalf_of": 1, "act": "asserts", "form": "verbatim", "said": "2022",
        "day": 1, "words": "talks", "issues": {0}, "events": {0}, "addressees": {1}, "mentions": {2},
        "cited": [(0, "en"), (1, "ru")], "steps": [(2, "named")],
    }  # fmt: skip
    archive = Archive([described, {**described, "state": "published"}, {**described, "state": "published"}])
    facets.counts(asked(""))
    CHANGES[name](archive, [archive.claims[0].pk, archive.claims[1].pk])
    for query in ("", "clock=published", "kind=state", "source_kind=article", "actor=a3", "sort=recorded"):
        compare(query)


def test_every_parameter_that_counts_is_compared():
    assert set(some) == set(DIMENSIONS)
    assert set(naive.VALUES) == set(facets.FACETS)
    assert set(VALUES["act"]) < set(Act.values)
    assert set(VALUES["identification"]) < set(Identification.values)

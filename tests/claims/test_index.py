"""The read model of the browser against the database, for invented claims, filters and changes."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.browser import facets
from claims.browser.clocks import CLOCKS
from claims.browser.dimensions import DIMENSIONS, ROLES
from claims.browser.filters import MATCHES, ClaimFilter
from claims.browser.paging import SORTS
from claims.models import Act, AttributionStep, Citation, Claim, Event, Form, Identification, Issue, Source
from claims.search import derive
from tests.claims import naive
from tests.factories import a_citation, a_claim, a_draft, a_source, a_step, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db
thorough = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

DATES = ["2021-05-01", "2022", "2022-03", "2022-03-15", "2022-03-16", "[2022-02-01..2022-04-01]", "2023~", "2023-12/.."]
TYPED = ["2021", "2022", "2022-03", "2022-03-15", "2023-06-30", "2024"]
WORDS = ["peace", "talks", "aid", "peace talks"]
VALUES = {
    "issue": [f"i{n}" for n in range(3)],
    "speaker": [f"a{n}" for n in range(4)],
    "kind": ["person", "state", "media"],
    "act": ["asserts", "denies", "offers"],
    "form": list(Form.values),
    "publisher": ["a2", "a3"],
    "source": [f"s{n}" for n in range(4)],
    "source_kind": ["transcript", "article"],
    "language": ["en", "ru", "uk"],
    "identification": ["named", "anonymous"],
    "event": ["e0"],
    "q": WORDS,
}
some = {name: st.lists(st.sampled_from(values), max_size=2, unique=True) for name, values in VALUES.items()}


@st.composite
def claims(draw):
    """What one claim is made of, by number."""
    return {
        "state": draw(st.sampled_from(["published", "published", "published", "draft", "withdrawn"])),
        "speaker": draw(st.integers(0, 3)),
        "on_behalf_of": draw(st.none() | st.integers(0, 3)),
        "act": draw(st.sampled_from(VALUES["act"])),
        "form": draw(st.sampled_from(VALUES["form"])),
        "said": draw(st.sampled_from(DATES)),
        "day": draw(st.integers(1, 3)),
        "words": draw(st.sampled_from(WORDS)),
        "issues": draw(st.sets(st.integers(0, 2), min_size=1)),
        "events": draw(st.sets(st.integers(0, 1))),
        "addressees": draw(st.sets(st.integers(0, 3), max_size=2)),
        "mentions": draw(st.sets(st.integers(0, 3), max_size=2)),
        "cited": draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(VALUES["language"])), min_size=1, max_size=3)),
        "steps": draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(VALUES["identification"])), max_size=2)),
    }  # fmt: skip


@st.composite
def queries(draw):
    """The address of a filter, most parameters unused."""
    names = draw(st.sets(st.sampled_from([*DIMENSIONS, "actor", "said", "as_of", "known_by"]), max_size=4))
    pairs = [("sort", draw(st.sampled_from(list(SORTS)))), ("clock", draw(st.sampled_from(list(CLOCKS))))]
    for name in sorted(names & {*DIMENSIONS}):
        wanted, unwanted = draw(some[name]), draw(some[name])
        pairs += [(name, value) for value in wanted]
        pairs += [(f"not_{name}", value) for value in unwanted if value not in wanted]
    if "actor" in names:
        pairs += [("actor", draw(st.sampled_from(VALUES["speaker"]))), ("role", draw(st.sampled_from(list(ROLES))))]
    if "said" in names:
        first, last = sorted([draw(st.sampled_from(TYPED)), draw(st.sampled_from(TYPED))])
        pairs += draw(st.sampled_from([[("said_from", first)], [("said_to", last)], [("said_from", first), ("said_to", last)]]))
        pairs += [("match", draw(st.sampled_from(list(MATCHES))))]
    pairs += [(name, draw(st.sampled_from(["2022", "2024-01-02"]))) for name in sorted(names & {"as_of", "known_by"})]
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data.urlencode()


@contextmanager
def undone():
    """What the block writes is rolled back, which the read model has to notice by itself."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Archive:
    """Invented rows, in the small tables and of claims."""

    def __init__(self, described):
        kinds = ["person", "state", "media", "media"]
        self.actors = [an_actor(f"Actor {n}", slug=f"a{n}", kind=kind) for n, kind in enumerate(kinds)]
        self.issues = [an_issue(f"Issue {n}", slug=f"i{n}") for n in range(3)]
        hidden = {"state": "draft", "published_at": None}
        self.events = [an_event("Seen", slug="e0"), an_event("Hidden", slug="e1", **hidden)]
        published = ["2022-03-10", "2022", "", "2021-12-31"]
        self.sources = [
            a_source(
                slug=f"s{n}",
                title=f"Source {n}",
                publisher=self.actors[2 + n % 2],
                kind=VALUES["source_kind"][n // 2],
                published_edtf=published[n],
            )
            for n in range(4)
        ]
        self._make_known()
        self.claims = [self._claim(each) for each in described]

    def _make_known(self):
        """A claim that makes every value public, so that filters may name it."""
        claim = a_claim("a matter", speaker=self.actors[0], issues=self.issues, events=self.events, said_edtf="1999")
        claim.addressees.set(self.actors)
        for source, language in zip(self.sources, ["en", "ru", "uk", "en"], strict=True):
            a_citation(claim, source, language=language)

    def _claim(self, of):
        claim = a_draft(
            of["words"],
            speaker=self.actors[of["speaker"]],
            on_behalf_of=None if of["on_behalf_of"] is None else self.actors[of["on_behalf_of"]],
            act=of["act"],
            form=of["form"],
            said_edtf=of["said"],
            issues=[self.issues[n] for n in of["issues"]],
            events=[self.events[n] for n in of["events"]],
            source=self.sources[of["cited"][0][0]],
        )
        for source, language in of["cited"]:
            a_citation(claim, self.sources[source], language=language)
        for actor, identification in of["steps"]:
            a_step(claim, self.actors[actor], identification=identification)
        derive([claim])
        claim.addressees.set([self.actors[n] for n in of["addressees"]])
        claim.mentions.set([self.actors[n] for n in of["mentions"]])
        moment = datetime(2024, 1, of["day"], 12, tzinfo=UTC)
        Claim.objects.filter(pk=claim.pk).update(created_at=moment)
        set_state([claim.pk], of["state"], moment)
        return claim


def set_state(keys, state, moment=datetime(2024, 1, 2, tzinfo=UTC)):
    dates = {"published_at": moment, "withdrawn_at": moment}
    Claim.objects.filter(pk__in=keys).update(state=state, forced=True, forced_reason="by a test", **dates)


def asked(query):
    claim_filter = ClaimFilter(QueryDict(query))
    assert claim_filter.is_valid(), claim_filter.errors
    return claim_filter


def compare(query):
    """The read model answers as the database does."""
    claim_filter = asked(query)
    assert facets.counts(claim_filter) == (Claim.objects.published().count(), naive.found(claim_filter).count())
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
        page = facets.page(claim_filter, size)
        assert page.before == len(keys)
        keys += page.keys
        if page.after is None:
            return keys
        after = claim_filter.order.text(page.after)


@thorough
@given(described=st.lists(claims(), max_size=8), asks=st.lists(queries(), min_size=4, max_size=4))
def test_it_answers_as_the_database_does(described, asks):
    with undone():
        Archive(described)
        for query in asks:
            compare(query)


CHANGES = {
    "publish": lambda archive, keys: set_state(keys, "published"),
    "withdraw": lambda archive, keys: set_state(keys, "withdrawn"),
    "edit": lambda archive, keys: [edit(claim) for claim in Claim.objects.filter(pk__in=keys)],
    "delete": lambda archive, keys: Claim.objects.filter(pk__in=keys).delete(),
    "bulk_update": lambda archive, keys: bulk_update(archive, keys),
    "update": lambda archive, keys: Claim.objects.filter(pk__in=keys).update(act="offers", speaker=archive.actors[1]),
    "raw SQL": lambda archive, keys: run("UPDATE claims_claim SET act = 'denies' WHERE id IN ({})", keys),
    "raw deletion": lambda archive, keys: run("DELETE FROM claims_claim_issues WHERE claim_id IN ({})", keys),
    "move to another issue": lambda archive, keys: Claim.issues.through.objects.filter(
        claim__in=keys, issue=archive.issues[0]
    ).exclude(claim__issues=archive.issues[2]).update(issue=archive.issues[2]),
    "add an issue": lambda archive, keys: [claim.issues.add(archive.issues[1]) for claim in of(keys)],
    "remove an event": lambda archive, keys: [claim.events.remove(archive.events[0]) for claim in of(keys)],
    "mention": lambda archive, keys: [claim.mentions.add(archive.actors[3]) for claim in of(keys)],
    "cite": lambda archive, keys: [a_citation(claim, archive.sources[1], language="fr") for claim in of(keys)],
    "move a citation": lambda archive, keys: Citation.objects.filter(claim__in=keys).update(claim=archive.claims[0].pk),
    "cite no more": lambda archive, keys: Citation.objects.filter(claim__in=keys, source=archive.sources[0]).delete(),
    "pass on": lambda archive, keys: [a_step(claim, archive.actors[3]) for claim in of(keys)],
    "pass on no more": lambda archive, keys: AttributionStep.objects.filter(claim__in=keys).delete(),
    "kind of an actor": lambda archive, keys: archive.actors[0].__class__.objects.filter(slug="a0").update(kind="state"),
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

"""Invented claims and filters, for tests that compare the read model of the browser with the database."""

from dataclasses import replace
from datetime import UTC, datetime

from django.http import QueryDict
from hypothesis import strategies as st

from claims.filtering.clocks import CLOCKS
from claims.filtering.cursors import SORTS
from claims.filtering.dimensions import DIMENSIONS, ROLES
from claims.filtering.filter import MATCHES
from claims.models import Claim, Form
from claims.search.index import derive
from tests.factories import a_citation, a_claim, a_draft, a_source, a_step, an_actor, an_event, an_issue

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


def with_one_of(name):
    """The number of a source or actor, and a value."""
    return st.tuples(st.integers(0, 3), st.sampled_from(VALUES[name]))


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
        "cited": draw(st.lists(with_one_of("language"), min_size=1, max_size=3)),
        "steps": draw(st.lists(with_one_of("identification"), max_size=2)),
    }


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
        pairs += draw(
            st.sampled_from([[("said_from", first)], [("said_to", last)], [("said_from", first), ("said_to", last)]])
        )
        pairs += [("match", draw(st.sampled_from(list(MATCHES))))]
    pairs += [(name, draw(st.sampled_from(["2022", "2024-01-02"]))) for name in sorted(names & {"as_of", "known_by"})]
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data.urlencode()


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


def anew(snapshot):
    """The same snapshot, of which nobody has asked anything yet."""
    return replace(snapshot, parts=tuple(replace(each, part=replace(each.part)) for each in snapshot.parts))

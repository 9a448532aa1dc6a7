"""Two actors, issue by issue, on one axis, over the days on which both have claims; and related statements.

An actor's claims are here those it made, those made on its behalf, and those that its positions rest on, as a state's
rest on what its officials say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from actors.models import Actor
from claims.charts import Window, swimlanes, window
from claims.filtering import Horizon, Tally, totals
from claims.models import Claim, ClaimQuerySet, ClaimRelation, Issue, PositionEvidence, State
from claims.positions import relations, stances
from claims.positions.counted import Charted, Counted, Scope
from claims.positions.evidence import ON_FILE, SHOWS, Evidence, in_time, supported, with_entries
from claims.positions.exchanges import Exchange, between
from claims.positions.filings import charted
from claims.positions.stances import Chart, Heading
from claims.readmodel import SPOKEN, Found, Having, current
from claims.wording import ClaimLine, claim_lines
from conflict_site.base.addresses import address


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its claims in numbers, and the evidence of its positions that falls into the window.

    ``left_out`` is how many statements do not. ``others`` is what is counted there, by issue.
    ``without`` is how many of the claims take no coded stance, in the window or not.
    """

    actor: Actor
    tally: Tally
    left_out: int
    within: list[Evidence]
    others: list[Counted]
    without: int

    @property
    def issues(self) -> set[Issue]:
        """The issues of which something falls into the window."""
        return {item.issue for item in self.within} | {lane.issue for lane in self.others}


@dataclass(frozen=True, slots=True)
class OnIssue:
    """One issue: a lane for each of the two, the stances in them, and the related statements on it."""

    issue: Issue
    chart: Chart
    stances: list[tuple[int, str]]
    exchanges: list[Exchange]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is compared. ``window`` is None where no day has claims of both; then there is nothing by issue.

    ``found`` is all that is on file, of which ``issues`` has what falls into the window.
    """

    sides: list[Side]
    window: Window | None
    issues: list[OnIssue]
    exchanges: list[Exchange]
    related: list[ClaimRelation]
    claims: Mapping[int, ClaimLine]
    found: Charted
    published: Found

    @property
    def is_counted(self) -> bool:
        """Whether what takes no coded stance is counted."""
        return self.found.others is not None

    @property
    def left(self) -> int:
        """How many issues without a stance of either are left out, where that is so."""
        return self.found.others.left if self.found.others else 0

    @property
    def unlisted(self) -> Iterator[tuple[Actor, Issue, list[int]]]:
        """What is counted within the window: claims by key, of an actor on an issue."""
        if self.found.others and self.window:
            yield from self.found.others.every(self.found.evidence, self.published, self.window)

    @property
    def others(self) -> int:
        """How many statements are counted on the charts instead of standing there one by one."""
        return sum(on_issue.chart.others for on_issue in self.issues)

    @property
    def coded(self) -> list[OnIssue]:
        """The issues on which one of the two takes a coded stance."""
        return [on for on in self.issues if on.stances]

    @property
    def uncoded(self) -> list[OnIssue]:
        """The other issues: what is on file there takes none."""
        return [on for on in self.issues if not on.stances]

    @property
    def latest(self) -> Exchange | None:
        """The exchange that ended last."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def earlier(self) -> list[Exchange]:
        """The other exchanges, the latest first."""
        return self.exchanges[-2::-1]

    @property
    def evidence(self) -> list[Evidence]:
        """What the charts show, in their order."""
        return [item for on_issue in self.issues for _, item in on_issue.chart.rows]

    @property
    def is_binned(self) -> bool:
        """Whether some mark stands for several statements."""
        return any(on_issue.chart.is_binned for on_issue in self.issues)

    @property
    def roles(self) -> set[str]:
        """What the evidence does for the positions."""
        return {item.role for item in self.evidence}


def compare(first: Actor, second: Actor, horizon: Horizon) -> Comparison:
    """What is on file of the two within the horizon; the first one's lanes stand above the second's."""
    actors, published = (first, second), current()
    key, scope = ("compare", first.pk, second.pk, horizon), Scope(actors=actors)
    found: Charted = published.snapshot.for_page(key, lambda: charted(scope, horizon, published))
    counted = found.others.lanes(found.evidence, published) if found.others else []  # megabytes: not to be kept
    theirs = [[item for item in found.evidence if item.actor == actor] for actor in actors]
    others = [[lane for lane in counted if lane.actor == actor] for actor in actors]
    tallies = [_tally(actor, horizon, published) for actor in actors]
    common = window.common(_window(*spoken) for spoken in zip(tallies, theirs, others, strict=True))
    within = [_within(own, common) for own in theirs]
    related = published.snapshot.for_page((*key, "relations"), lambda: _relations(first, second, horizon))
    claims = claim_lines([*(item.claim for own in within for item in own), *relations.claims_of(related)])
    within = [_on_file([item for item in own if item.claim in claims]) for own in within]
    sides = [
        _side(actor, tally, own, with_entries(shown, claims), lanes, common)
        for actor, tally, own, shown, lanes in zip(actors, tallies, theirs, within, others, strict=True)
    ]
    related = relations.between_known(related, claims)
    exchanges = between(related, claims)
    issues = _by_issue(sides, common, exchanges)
    return Comparison(sides, common, issues, exchanges, related, claims, found, published)


def claims_of(actor: Actor, horizon: Horizon) -> ClaimQuerySet:
    """The published claims that the actor made, that were made on its behalf, or that its positions rest on."""
    theirs = Q(speaker=actor) | Q(on_behalf_of=actor) | Q(pk__in=_shown_by(actor, horizon))
    return Claim.objects.published().filter(theirs, horizon.holds())


def issues_held() -> dict[Actor, set[int]]:
    """The actors with public positions, in alphabetical order, and the keys of the issues on which they have one."""
    held: dict[int, set[int]] = {}
    shown = PositionEvidence.objects.filter(
        role=SHOWS, position__state=State.PUBLISHED, claim__state=State.PUBLISHED
    ).order_by()
    for key, issue in shown.values_list("position__actor", "position__stance__issue").distinct():
        held.setdefault(key, set()).add(issue)
    return {actor: held[actor.pk] for actor in Actor.objects.filter(pk__in=held).in_order()}


def _relations(first: Actor, second: Actor, horizon: Horizon) -> list[ClaimRelation]:
    """The relations between a claim of the one and a claim of the other, whichever way; none to one's own words.

    Asked relation by relation, of which there are fewer than claims.
    """

    def leads(start: Actor, end: Actor) -> Q:
        ends = (("from_claim", start), ("to_claim", end))
        return Q(*(Exists(claims_of(actor, horizon).filter(pk=OuterRef(side))) for side, actor in ends))

    found = ClaimRelation.objects.filter(leads(first, second) | leads(second, first))
    return list(found.exclude(from_claim__speaker=F("to_claim__speaker")))


def _tally(actor: Actor, horizon: Horizon, published: Found) -> Tally:
    """The tally of the actor's claims, as ``claims_of`` has them."""
    spoken = [totals.within(horizon, Having(role, actor.pk), published=published) for role in SPOKEN]
    return totals.of_any(spoken, _shown_by(actor, horizon))


def _shown_by(actor: Actor, horizon: Horizon) -> QuerySet[Any]:
    """The keys of the claims that the actor's positions rest on."""
    shown = PositionEvidence.objects.filter(horizon.evidence(), position__actor=actor, position__state=State.PUBLISHED)
    return shown.values_list("claim", flat=True)


def _side(
    actor: Actor,
    tally: Tally,
    own: Sequence[Evidence],
    shown: list[Evidence],
    others: Iterable[Counted],
    common: Window | None,
) -> Side:
    """The side of an actor: of its ``own`` evidence what is ``shown``, and what is counted beside it."""
    held = [lane.within(common) for lane in others] if common else []
    left_out = len(own) - len(shown) + sum(lane.claims for lane in others) - sum(lane.claims for lane in held)
    without = tally.claims - len({item.claim for item in own if item.is_coded})
    return Side(actor, tally, left_out, shown, [lane for lane in held if lane.claims], without)


def _window(tally: Tally, evidence: Iterable[Evidence], others: Iterable[Counted]) -> Window | None:
    """From the first to the last day on which one of the claims may have been said; None without claims."""
    if tally.first is None:
        return None
    lasts = [tally.last or tally.first, *(item.last for item in evidence), *(lane.last for lane in others)]
    return Window(tally.first, max(lasts))


def _within(evidence: Sequence[Evidence], common: Window | None) -> list[Evidence]:
    """What may have been said within the window, its days cut to it."""
    if common is None:
        return []
    held = [_cut(item, common) for item in evidence if common.may_hold(item.first, item.last)]
    return _on_file(held)


def _on_file(held: Sequence[Evidence]) -> list[Evidence]:
    """The evidence; as on file alone where nothing in it shows the stance that it qualifies or contradicts."""
    coded = supported(held)
    kept = {(item.issue.pk, item.claim) for item in coded}
    bare = {(item.issue.pk, item.claim): _bare(item) for item in held}
    return in_time([*coded, *(item for key, item in bare.items() if key not in kept)])


def _bare(item: Evidence) -> Evidence:
    title = f"{item.title} Nothing within these dates shows that stance."
    return replace(item, position="", order=0, label="", role=ON_FILE, role_label="On file", title=title)


def _cut(item: Evidence, common: Window) -> Evidence:
    first, last = common.cut(item.first, item.last)
    return replace(item, first=first, last=last)


def _by_issue(sides: Sequence[Side], common: Window | None, exchanges: Sequence[Exchange]) -> list[OnIssue]:
    """The issues in their order, first those on which both have a position."""
    if common is None:
        return []
    axis = window.axis(common)
    spoken = [side.issues for side in sides]
    issues = sorted(
        spoken[0] | spoken[1], key=lambda issue: (issue not in spoken[0] & spoken[1], issue.order, issue.slug)
    )
    return [_on_issue(issue, sides, axis, exchanges) for issue in issues]


def _on_issue(issue: Issue, sides: Sequence[Side], axis: swimlanes.Axis, exchanges: Sequence[Exchange]) -> OnIssue:
    theirs = [[item for item in side.within if item.issue == issue] for side in sides]
    others = [next((lane for lane in side.others if lane.issue == issue), None) for side in sides]
    starts = (0, len(theirs[0]))
    return OnIssue(
        issue=issue,
        chart=Chart(
            axis,
            [
                stances.swimlane(items, _heading(side.actor, issue), axis, row, counted)
                for side, items, row, counted in zip(sides, theirs, starts, others, strict=True)
            ],
        ),
        stances=sorted({(item.order, item.label) for items in theirs for item in items if item.is_coded}),
        exchanges=[exchange for exchange in exchanges if exchange.is_on(issue)],
    )


def _heading(actor: Actor, issue: Issue) -> Heading:
    story = address("claims:story", issue.slug, actor.slug)
    return Heading((actor.sort_key, actor.slug), actor.name, story, "")

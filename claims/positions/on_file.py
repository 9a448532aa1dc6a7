"""What is on file of one actor on one issue, and its story with the entries of claims, for whoever prints it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from actors.models import Actor
from claims.filtering import Horizon, totals
from claims.models import Claim, ClaimRelation, Issue, public
from claims.positions import evidence, relations, sparse, turns
from claims.positions.comparison import issues_held
from claims.positions.counted import voiced_by
from claims.positions.evidence import SHOWS, Evidence
from claims.positions.relations import Related
from claims.positions.story import Chapter, Fold, Statement, Story, tell
from claims.positions.turns import Turn
from claims.readmodel import SPOKEN, Found, Having, current
from claims.wording import ClaimLine, claim_lines

BEARING = ("contradicts", "denies", "qualifies", "updates", "retracts", "assesses")  # on what a claim says
MOST = 40  # turns on a page, and statements in each of their lists
MOST_TOLD = 2_000  # statements without a stance that a story has one by one: of more, those that are listed


def story(actor: Actor, issue: Issue, horizon: Horizon, published: Found | None = None) -> Story | None:
    """What is on file of the actor on the issue, without the entries of claims; None where nothing is."""
    found = evidence.found(of_story(actor, issue) & horizon.evidence())
    told = statements(actor, issue, found, horizon, published or current())
    return tell(actor, issue, told) if told else None


def of_story(actor: Actor, issue: Issue) -> Q:
    """The condition on evidence that it is the actor's on the issue, or of a claim that the actor made or had made."""
    theirs = Q(position__actor=actor) | Q(claim__speaker=actor) | Q(claim__on_behalf_of=actor)
    return Q(position__stance__issue=issue) & theirs


def statements(
    actor: Actor,
    issue: Issue,
    found: Sequence[Evidence],
    horizon: Horizon,
    published: Found,
    near: int | None = None,
) -> list[Statement]:
    """The statements of the actor on the issue, in the order of time; ``found`` is the evidence of its story.

    Where they are many, what nobody lists is taken together, but for what stands next to a claim, ``near`` by its key.
    """
    own = evidence.supported([item for item in found if item.actor.pk == actor.pk])
    coded = [Statement(item.claim, item.first, item.last, item) for item in own]
    under = {item.claim: item.actor for item in found if item.actor.pk != actor.pk and item.role == SHOWS}
    others = sparse.spoken(actor, issue, horizon, published).without({item.claim for item in own})
    if len(others) <= MOST_TOLD:
        return sorted([*coded, *others.statements(under)], key=_in_time)
    apart = {*under, *(others.around(near, _days(near, coded)) if near else ())}
    single = sorted([*coded, *others.among(apart).statements(under)], key=_in_time)
    return sparse.together(single, others.without(apart), MOST)


def _days(claim: int, coded: Iterable[Statement]) -> tuple[date, date]:
    """The days of a claim, if it is coded."""
    return next(((item.first, item.last) for item in coded if item.claim == claim), (date.min, date.min))


def told(story: Story, horizon: Horizon, *, whole: bool = False) -> Story | None:
    """The story with the entries of what is printed, and with related claims; ``whole``: of every statement.

    A claim that was withdrawn since it was found is left out, as if it had not been; None where no other is left.
    """
    claims: dict[int, ClaimLine] = {}
    while True:
        related = _related([turn.said.claim for turn in story.turns[-MOST:]], horizon)
        own = set(_printed(story, whole=whole))
        claims |= claim_lines((own | set(relations.claims_of(related))) - claims.keys())
        gone = own - claims.keys()
        if not gone:
            return _with_entries(story, claims, relations.between_known(related, claims), whole=whole)
        left = _supported([item for item in story.statements if item.claim not in gone])
        if not left:
            return None
        story = tell(story.actor, story.issue, left)


def unlisted(story: Story) -> int:
    """How many statements the story has a number for, and no more."""
    return sum(len(item.others) for item in story.statements)


def published_last(story: Story, horizon: Horizon, number: int) -> dict[int, ClaimLine]:
    """So many statements that were published last, where the story does not have all one by one; else none."""
    if not unlisted(story):
        return {}
    conditions = Having("issue", story.issue.pk), voiced_by(story.actor)
    return claim_lines(totals.within(horizon, *conditions).found().published_last(number))


def _supported(statements: Sequence[Statement]) -> list[Statement]:
    kept = {id(item) for item in evidence.supported([item.evidence for item in statements if item.evidence])}
    return [item for item in statements if item.evidence is None or id(item.evidence) in kept]


def _in_time(item: Statement) -> tuple[date, date, bool, str, int]:
    return item.first, item.last, item.evidence is None, item.evidence.slug if item.evidence else "", item.claim


def _related(claims: Sequence[int], horizon: Horizon) -> list[ClaimRelation]:
    """The public relations that bear on these claims, within the horizon."""
    if not claims:
        return []
    known = Claim.objects.published().filter(horizon.holds()).values("pk")
    either = Q(from_claim__in=claims, to_claim__in=known) | Q(to_claim__in=claims, from_claim__in=known)
    return list(ClaimRelation.objects.filter(either, kind__in=BEARING).order_by("pk"))


def stories(published: Found | None = None) -> list[tuple[Issue, Actor]]:
    """The issues with the actors of whom there is a story, each in their order."""
    found = published or current()
    held = issues_held()
    pairs = {(issue, actor.pk) for actor, issues in held.items() for issue in issues}
    issues = list(public.issues().order_by("pk"))
    for issue in issues:
        on_issue = totals.within(Horizon(), Having("issue", issue.pk), published=found).found()
        pairs |= {(issue.pk, actor) for role in SPOKEN for actor in on_issue.keys_of(role)}
    actors = Actor.objects.in_bulk({actor for _, actor in pairs})
    return [(issue, actors[key]) for issue in issues for key in sorted(actors) if (issue.pk, key) in pairs]


def _printed(story: Story, *, whole: bool) -> Iterator[int]:
    """The keys of the claims that a page prints, or of all."""
    if whole:
        yield from (item.claim for item in story.statements)
        return
    for chapter in story.chapters[-MOST:]:
        if chapter.turn:
            yield chapter.turn.said.claim
        yield from (item.claim for item in chapter.beside[:MOST])
        for part in chapter.then:
            if isinstance(part, Fold):
                yield from (item.claim for item in part.statements[:MOST])


def _with_entries(
    story: Story, claims: Mapping[int, ClaimLine], related: Sequence[ClaimRelation], *, whole: bool
) -> Story:
    chapters = story.chapters if whole else story.chapters[-MOST:]
    statements = [replace(item, loaded=claims.get(item.claim)) for item in story.statements]
    return replace(
        story, statements=statements, chapters=[_chapter_with_entries(each, claims, related) for each in chapters]
    )


def _chapter_with_entries(
    chapter: Chapter, claims: Mapping[int, ClaimLine], related: Sequence[ClaimRelation]
) -> Chapter:
    turn = turns.with_entry(chapter.turn, claims) if chapter.turn else None
    then = [
        Fold([replace(item, loaded=claims.get(item.claim)) for item in part.statements])
        if isinstance(part, Fold)
        else part
        for part in chapter.then
    ]
    beside = evidence.with_entries(chapter.beside, claims)
    return Chapter(turn, beside, _taken_up(turn, beside, related, claims), then)


def _taken_up(
    turn: Turn | None, beside: Sequence[Evidence], related: Sequence[ClaimRelation], claims: Mapping[int, ClaimLine]
) -> list[tuple[str, list[Related]]]:
    """The claims related to a turn's, without those that stand beside it already."""
    known = {item.claim for item in beside}
    groups = relations.related(turn.said.claim, related, claims) if turn else []
    kept = [(title, [each for each in found if each.entry.key not in known]) for title, found in groups]
    return [(title, found) for title, found in kept if found]

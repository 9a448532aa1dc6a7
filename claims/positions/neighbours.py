"""What is on file right before and after a claim, of the same actor on the same issue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Q

from actors.models import Actor
from claims.filtering import Horizon
from claims.models import Issue
from claims.positions import evidence, on_file
from claims.positions.story import Statement
from claims.readmodel import Found, current
from claims.wording import ClaimLine
from conflict_site.base.addresses import address


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A claim in the story of one actor on one issue, between the statements before and after it, where there are."""

    actor: Actor
    issue: Issue
    before: Statement | None
    here: Statement
    after: Statement | None

    @property
    def url(self) -> str:
        """The address of the story."""
        return address("claims:story", self.issue.slug, self.actor.slug)

    @property
    def claims(self) -> list[int]:
        """The keys of the claims before and after."""
        return [item.claim for item in (self.before, self.after) if item]


def neighbours(claim: int, pairs: Sequence[tuple[Actor, Issue]]) -> list[Neighbours]:
    """The neighbours of a claim, by its key, in the stories of these actors on these issues that hold it."""
    if not pairs:
        return []
    published = current()
    key = ("neighbours", claim, *((actor.pk, issue.pk) for actor, issue in pairs))
    near: list[Neighbours] = published.snapshot.for_page(key, lambda: _neighbours(claim, pairs, published))
    return near


def _neighbours(claim: int, pairs: Sequence[tuple[Actor, Issue]], published: Found) -> list[Neighbours]:
    horizon = Horizon()
    found = evidence.found(reduce(or_, (on_file.of_story(actor, issue) for actor, issue in pairs), Q()))
    told = [
        (actor, issue, on_file.statements(actor, issue, on_issue(found, issue), horizon, published, claim))
        for actor, issue in pairs
    ]
    near = [_near(claim, actor, issue, statements) for actor, issue, statements in told]
    return [each for each in near if each]


def on_issue(found: Iterable[evidence.Evidence], issue: Issue) -> list[evidence.Evidence]:
    """The evidence on one issue."""
    return [item for item in found if item.issue.pk == issue.pk]


def printed(found: Iterable[Neighbours], claims: Mapping[int, ClaimLine]) -> list[Neighbours]:
    """The same with the entries of the claims, as far as they have not been withdrawn since."""
    return [replace(each, before=_printed(each.before, claims), after=_printed(each.after, claims)) for each in found]


def _near(claim: int, actor: Actor, issue: Issue, statements: Sequence[Statement]) -> Neighbours | None:
    places = [place for place, item in enumerate(statements) if item.claim == claim]
    if not places:
        return None
    before, after = statements[: places[0]], statements[places[-1] + 1 :]
    here = statements[places[0]]
    return Neighbours(actor, issue, before[-1] if before else None, here, after[0] if after else None)


def _printed(item: Statement | None, claims: Mapping[int, ClaimLine]) -> Statement | None:
    return replace(item, loaded=claims[item.claim]) if item and item.claim in claims else None

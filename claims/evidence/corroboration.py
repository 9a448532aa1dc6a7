"""Who else carries the same words: the claims that repeat or corroborate one another, by independent origin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.expressions import RawSQL

from claims.evidence import origins
from claims.evidence.origins import Account
from claims.models import Claim, ClaimRelation, RelationKind, State
from claims.wording import ClaimLine, Link

SAME_WORDS = (RelationKind.REPEATS, RelationKind.CORROBORATES)
# The ORM has no recursion; both engines understand this. On the way from a claim at most one step is a corroboration:
# what corroborates a corroboration may speak of something else. The sides are joined by OR so that both indexes serve,
# and the tables in the order in which SQLite is to look into them: it would begin with all published claims.
RELATIONS = """
WITH RECURSIVE near(id, steps) AS (
    SELECT CAST(%s AS bigint), 0
    UNION
    SELECT
        CASE WHEN near.id = relation.from_claim_id THEN relation.to_claim_id ELSE relation.from_claim_id END,
        CASE WHEN relation.kind = 'repeats' THEN near.steps ELSE 1 END
    FROM near CROSS JOIN claims_claimrelation AS relation
    CROSS JOIN claims_claim AS one CROSS JOIN claims_claim AS other
    WHERE (relation.from_claim_id = near.id OR relation.to_claim_id = near.id)
        AND (relation.kind = 'repeats' OR relation.kind = 'corroborates' AND near.steps = 0)
        AND one.id = relation.from_claim_id AND one.state = 'published'
        AND other.id = relation.to_claim_id AND other.state = 'published'
)
SELECT id FROM claims_claimrelation WHERE from_claim_id = %s OR to_claim_id = %s
UNION
SELECT relation.id FROM near CROSS JOIN claims_claimrelation AS relation
WHERE relation.from_claim_id = near.id AND relation.to_claim_id IN (SELECT id FROM near)
    AND relation.kind IN ('repeats', 'corroborates')
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin of the words: its earliest account in words, the documents, and the other claims that record it."""

    label: str
    documents: list[Link]
    others: list[ClaimLine]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """The origins of a claim's words, its own first, and their count in words."""

    words: str
    origins: list[Origin]
    is_alone: bool


def relations(claim: Claim) -> list[ClaimRelation]:
    """The relations of a claim to other published claims, and those through which others carry the same words."""
    found = RawSQL(RELATIONS, [claim.pk] * 3)  # noqa: S611 - nothing in it comes from outside
    public = Q(from_claim__state=State.PUBLISHED, to_claim__state=State.PUBLISHED)
    return list(ClaimRelation.objects.filter(public, pk__in=found).select_related("from_claim", "to_claim"))


def corroboration(claim: Claim, relations: Sequence[ClaimRelation], claims: Mapping[int, ClaimLine]) -> Corroboration:
    """The documents that carry a claim's words, by origin. ``claims`` holds it and all related ones."""
    same = [relation for relation in relations if relation.kind in SAME_WORDS]
    keys = {claim.pk, *(key for relation in same for key in (relation.from_claim_id, relation.to_claim_id))}
    members = sorted((claims[key] for key in keys), key=lambda one: (one.said.earliest, one.key))
    repeats = [(row.from_claim_id, row.to_claim_id) for row in same if row.kind == RelationKind.REPEATS]
    found = origins.origins([_account(member) for member in members], repeats)
    found.sort(key=lambda group: claim.pk not in {account.key for account in group})
    shown = [_origin(claim, [claims[account.key] for account in group]) for group in found]
    is_alone = len(shown) == 1 and len(shown[0].documents) == 1 and not shown[0].others
    return Corroboration(origins.summary(found), shown, is_alone)


def _account(line: ClaimLine) -> Account:
    sources = tuple(dict.fromkeys(passage.source.key for passage in line.passages))
    return Account(line.key, line.speaker.key, line.occasion, (line.said.earliest, line.said.latest), sources)


def _origin(claim: Claim, members: Sequence[ClaimLine]) -> Origin:
    first = members[0]
    label = ", ".join(filter(None, [first.speaker.name, first.said.words(), first.occasion]))
    return Origin(label, _documents(members), [member for member in members if member.key != claim.pk])


def _documents(members: Iterable[ClaimLine]) -> list[Link]:
    sources = dict.fromkeys(passage.source for member in members for passage in member.passages)
    return [Link(f"{source.publisher.name}, “{source.title}”", source.get_absolute_url()) for source in sources]

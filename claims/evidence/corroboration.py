"""Which documents carry a claim's words: what its speaker said on that occasion, by independent origin.

They are found through the claims that repeat or corroborate one another. What others said alike, and what the speaker
said at other times, is related to the claim and carries nothing of it; nor do the site's own texts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.expressions import RawSQL

from claims.evidence import origins
from claims.evidence.origins import Account
from claims.models import Claim, ClaimRelation, RelationKind, State
from claims.wording import ClaimLine, Document, Link

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
    """The origins of a claim's words, its own first, and their count in words.

    ``is_alone`` says that nothing but its one document carries them, ``leaves_out_own`` that a text of the site would.
    """

    words: str
    origins: list[Origin]
    is_alone: bool
    leaves_out_own: bool


def relations(claim: Claim) -> list[ClaimRelation]:
    """The relations of a claim to other published claims, and those through which others carry the same words."""
    found = RawSQL(RELATIONS, [claim.pk] * 3)  # noqa: S611 - nothing in it comes from outside
    public = Q(from_claim__state=State.PUBLISHED, to_claim__state=State.PUBLISHED)
    return list(ClaimRelation.objects.filter(public, pk__in=found).select_related("from_claim", "to_claim"))


def corroboration(claim: Claim, relations: Sequence[ClaimRelation], claims: Mapping[int, ClaimLine]) -> Corroboration:
    """The documents that carry a claim's words, by origin. ``claims`` holds it and all related ones."""
    accounts = [_account(member) for member in members(claim, relations, claims)]
    repeats = [(row.from_claim_id, row.to_claim_id) for row in relations if row.kind == RelationKind.REPEATS]
    found = [group for group in origins.origins(accounts, repeats) if origins.carriers(group)]
    found.sort(key=lambda group: claim.pk not in {account.key for account in group})
    groups = [[claims[account.key] for account in group] for group in found]
    shown = [_origin(claim, group) for group in groups]
    leaves_out_own = any(passage.source.is_own for account in accounts for passage in claims[account.key].passages)
    is_alone = len(accounts) == 1 and len(origins.carriers(accounts)) < 2
    return Corroboration(origins.summary(found), shown, is_alone, leaves_out_own)


def members(claim: Claim, relations: Sequence[ClaimRelation], claims: Mapping[int, ClaimLine]) -> list[ClaimLine]:
    """The claim, and those of these relations by which a document carries the same utterance, the earliest first."""
    same = [relation for relation in relations if relation.kind in SAME_WORDS]
    keys = {claim.pk, *(key for relation in same for key in (relation.from_claim_id, relation.to_claim_id))}
    own = _account(claims[claim.pk])
    others = [account for account in map(_account, map(claims.__getitem__, keys)) if account.documents]
    found = {own.key, *(account.key for account in others if origins.is_same_utterance(own, account))}
    return sorted(map(claims.__getitem__, found), key=lambda one: (one.said.earliest, one.key))


def _account(line: ClaimLine) -> Account:
    documents = dict.fromkeys(document.key for document in _documents([line]))
    return Account(line.key, line.speaker.key, line.occasion, line.said.earliest, line.said.latest, tuple(documents))


def _origin(claim: Claim, group: Sequence[ClaimLine]) -> Origin:
    first = group[0]
    label = ", ".join(filter(None, [first.speaker.name, first.said.words(), first.occasion]))
    documents = [
        Link(f"{source.publisher.name}, “{source.title}”", source.get_absolute_url()) for source in _documents(group)
    ]
    return Origin(label, documents, [member for member in group if member.key != claim.pk])


def _documents(group: Iterable[ClaimLine]) -> list[Document]:
    """The documents that carry these claims, each once; not the site's own."""
    sources = dict.fromkeys(passage.source for member in group for passage in member.passages)
    return [source for source in sources if not source.is_own]

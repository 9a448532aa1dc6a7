"""Who answers whom: relations between claims on one issue, as pairs of attributed sentences."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from claims.models import ClaimQuerySet, ClaimRelation
from claims.wording import ClaimLine

MOST = 50
THROUGH = "Alike, through these"
BACKWARDS = {
    "contradicts": "Contradicted by",
    "denies": "Denied by",
    "responds_to": "Responded to by",
    "repeats": "Repeated by",
    "corroborates": "Corroborated by",
    "qualifies": "Qualified by",
    "updates": "Updated by",
    "retracts": "Retracted by",
    "assesses": "Assessed by",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim, how it stands to another one (as a verb: "Denies"), and on what that rests."""

    first: ClaimLine
    verb: str
    other: ClaimLine
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another claim, and what the relation to it rests on."""

    entry: ClaimLine
    note: str


def between(claims: ClaimQuerySet) -> list[ClaimRelation]:
    """The relations between two of these claims, those of the latest claims first; ``MOST`` of them.

    Asked relation by relation, of which there are fewer than claims.
    """
    ends = (claims.filter(pk=OuterRef(end)) for end in ("from_claim", "to_claim"))
    related = ClaimRelation.objects.filter(*(Exists(end) for end in ends))
    return list(related.order_by("-from_claim__said_earliest", "-from_claim", "pk")[:MOST])


def claims_of(related: Iterable[ClaimRelation]) -> list[int]:
    """The keys of the claims at both ends."""
    return [key for relation in related for key in (relation.from_claim_id, relation.to_claim_id)]


def between_known(related: Iterable[ClaimRelation], claims: Mapping[int, ClaimLine]) -> list[ClaimRelation]:
    """The relations of which both ends are among these claims: one may have been withdrawn since they were read."""
    return [relation for relation in related if {relation.from_claim_id, relation.to_claim_id} <= claims.keys()]


def answers(related: Sequence[ClaimRelation], claims: Mapping[int, ClaimLine]) -> list[Answer]:
    """The relations ready to print; ``claims`` hold what is public still."""
    related = between_known(related, claims)
    return [
        Answer(
            first=claims[relation.from_claim_id],
            verb=relation.get_kind_display(),
            other=claims[relation.to_claim_id],
            basis=relation.get_basis_display(),
            note=relation.note,
        )
        for relation in related
    ]


def related(
    claim: int, relations: Iterable[ClaimRelation], claims: Mapping[int, ClaimLine]
) -> list[tuple[str, list[Related]]]:
    """The claims that one (by its key) is related to, by kind of relation as seen from it. ``claims`` holds them."""
    groups: dict[str, list[Related]] = {}
    for relation in relations:
        ends = (relation.from_claim_id, relation.to_claim_id)
        if claim in ends:
            outward = ends[0] == claim
            title = relation.get_kind_display() if outward else BACKWARDS[relation.kind]
            groups.setdefault(title, []).append(Related(claims[ends[outward]], _rests_on(relation)))
    return list(groups.items())


def through_others(
    relations: Iterable[ClaimRelation], claims: Mapping[int, ClaimLine], known: Set[int]
) -> list[tuple[str, list[Related]]]:
    """The claims in a chain of relations that are not ``known``: linked to one, but through others."""
    further = dict.fromkeys(claims_of(relations))
    found = [Related(claims[key], "") for key in further if key not in known]
    return [(THROUGH, found)] if found else []


def _rests_on(relation: ClaimRelation) -> str:
    return "; ".join(filter(None, [relation.get_basis_display(), relation.note]))

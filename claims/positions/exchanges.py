"""Exchanges: related statements of two actors, those that share one in a row in the order of time. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from claims.models import ClaimRelation, Issue
from claims.positions.relations import BACKWARDS
from claims.wording import ClaimLine

LATEST = 2  # statements of an exchange that stand open


@dataclass(frozen=True, slots=True)
class Relation:
    """How a statement stands to an earlier one of its exchange ("Denied by"), which that is, and what it rests on."""

    verb: str
    to: int
    basis: str
    note: str
    is_in_order: bool

    @property
    def rests_on(self) -> str:
        """What it rests on, and what is not certain about it, in sentences."""
        said = f"{self.basis}{f': {self.note}' if self.note else ''}."
        return said if self.is_in_order else f"{said} Which of the two came first is not certain."


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an exchange with its number in it, and how it stands to the earlier ones."""

    number: int
    line: ClaimLine
    relations: list[Relation]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Statements each of which is related to another one here, in the order in which they may have been said first."""

    number: int
    statements: list[Said]

    @property
    def last(self) -> ClaimLine:
        """The last of the statements."""
        return self.statements[-1].line

    @property
    def earlier(self) -> list[Said]:
        """The statements before the latest."""
        return self.statements[:-LATEST]

    @property
    def latest(self) -> list[Said]:
        """The statements that stand open."""
        return self.statements[-LATEST:]

    @property
    def verbs(self) -> str:
        """How they stand to one another, in short: "responds to, denied by"."""
        found = [relation.verb.lower() for said in self.statements for relation in said.relations]
        return ", ".join(dict.fromkeys(found))

    @property
    def words(self) -> str:
        """How many statements, from when to when, and how they stand to one another."""
        first = self.statements[0].line
        return f"{len(self.statements)} statements, {first.when_short} to {self.last.when_short}: {self.verbs}"

    def is_on(self, issue: Issue) -> bool:
        """Whether one of the statements is filed under the issue."""
        return any(topic.slug == issue.slug for said in self.statements for topic in said.line.topics)


def between(related: Iterable[ClaimRelation], claims: Mapping[int, ClaimLine]) -> list[Exchange]:
    """The exchanges that these relations make, in the order of their last statements; ``claims`` holds both ends."""
    found = [(relation, *_in_order(relation, claims)) for relation in related]
    groups = _joined([(first, second) for _, first, second in found])
    in_time = sorted(
        (sorted(group, key=lambda key: _when(claims[key])) for group in groups),
        key=lambda keys: _when(claims[keys[-1]]),
    )
    return [Exchange(number, _statements(keys, found, claims)) for number, keys in enumerate(in_time, 1)]


def _statements(
    keys: list[int], found: list[tuple[ClaimRelation, int, int]], claims: Mapping[int, ClaimLine]
) -> list[Said]:
    numbers = {key: number for number, key in enumerate(keys, 1)}
    relations: dict[int, list[Relation]] = {key: [] for key in keys}
    for relation, first, second in found:
        if second in relations:
            relations[second].append(_relation(relation, numbers[first], claims[first], claims[second]))
    return [Said(numbers[key], claims[key], relations[key]) for key in keys]


def _relation(relation: ClaimRelation, to: int, first: ClaimLine, second: ClaimLine) -> Relation:
    """The relation as seen from the later of the two, ``second``."""
    verb = relation.get_kind_display() if relation.from_claim_id == second.key else BACKWARDS[relation.kind]
    return Relation(verb, to, relation.get_basis_display(), relation.note, "" < first.latest < second.earliest)


def _joined(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The keys of the pairs, those together that pairs lead from to one another."""
    groups: list[set[int]] = []
    for pair in pairs:
        touched = [group for group in groups if not group.isdisjoint(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return groups


def _in_order(relation: ClaimRelation, claims: Mapping[int, ClaimLine]) -> tuple[int, int]:
    """The keys of both ends, that of the statement that may have been said first before the other."""
    ends = relation.from_claim_id, relation.to_claim_id
    return ends if _when(claims[ends[0]]) <= _when(claims[ends[1]]) else ends[::-1]


def _when(line: ClaimLine) -> tuple[date, date, str]:
    return line.said.earliest, line.said.latest or date.max, line.slug

"""Who stood where on a day: actors by issues, each cell the latest statement of a stance up to then. Pure.

Rows come from the evidence of published positions. Nothing is assumed between two statements, so a cell always
carries the date of its statement, and says what else is on file since, or without a stance.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from heapq import nsmallest
from itertools import groupby

from conflict_site.base import edtf
from conflict_site.base.addresses import address

PEOPLE, OTHERS = "People", "States, bodies and groups"


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that shows an actor's stance on an issue.

    ``day`` is the first on which it may have been said; ``said`` has the whole date as EDTF.
    """

    actor: str
    issue: str
    stance: str
    day: date
    claim: str
    order: int = 0
    label: str = ""
    said: str = ""
    form: str = ""
    form_label: str = ""
    issue_title: str = ""
    url: str = ""
    via: str = ""

    @property
    def when(self) -> str:
        """The date in short words, as precise as it is known. Only the statements in a cell are asked for it."""
        return edtf.parse(self.said).short()


@dataclass(frozen=True, slots=True)
class ActorHead:
    """An actor as the first cell of a row prints it; ``claims`` is how many it made."""

    slug: str
    name: str
    sort_key: str
    is_person: bool
    url: str
    note: str = ""
    claims: int = 0


@dataclass(frozen=True, slots=True)
class OnFile:
    """The first days of all that is on file, coded or not, by actor and issue (slugs): ordinals, in order."""

    days: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict)

    def count(self, actor: str, issue: str, after: date | None, until: date) -> int:
        """How many statements may have been made first after a day, None for all, and up to another."""
        days = self.days.get((actor, issue), ())
        return bisect_right(days, until.toordinal()) - (bisect_right(days, after.toordinal()) if after else 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """The latest statement of a stance, None where there is none, and how many others are on file since, or at all."""

    actor: str
    issue: str
    latest: Statement | None
    others: int
    as_of: date

    @property
    def years(self) -> int:
        """How many whole years the statement lies back."""
        if self.latest is None:
            return 0
        day, today = self.latest.day, self.as_of
        return today.year - day.year - ((today.month, today.day) < (day.month, day.day))

    @property
    def story(self) -> str:
        """The address of all that the actor said on the issue."""
        return address("claims:story", self.issue, self.actor)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An actor with one cell for each issue."""

    actor: ActorHead
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows in the alphabetical order of their actors, and the nearest days on which a stance changed."""

    rows: list[MatrixRow]
    change_before: date | None = None
    change_after: date | None = None
    issues: list[str] = field(default_factory=list)

    @property
    def groups(self) -> list[tuple[str, list[MatrixRow]]]:
        """The rows by kind of actor: states, bodies and groups, then people."""
        return [
            (PEOPLE if is_person else OTHERS, list(group))
            for is_person, group in groupby(self.rows, key=lambda row: row.actor.is_person)
        ]

    def parted(self, most: int) -> tuple["Matrix", "Matrix"]:
        """The actors with most claims on file, at most so many, and the others, each in their order."""
        first = {row.actor.slug for row in nsmallest(most, self.rows, key=lambda row: -row.actor.claims)}
        here = [row for row in self.rows if row.actor.slug in first]
        there = [row for row in self.rows if row.actor.slug not in first]
        return replace(self, rows=here), replace(self, rows=there)


def matrix(
    statements: Iterable[Statement],
    actors: Iterable[ActorHead],
    issues: Sequence[str],
    as_of: date,
    on_file: OnFile | None = None,
) -> Matrix:
    """The latest statement of each actor on each of these issues (slugs, in the order of the columns) up to a day."""
    on_these = [statement for statement in in_time(statements) if statement.issue in set(issues)]
    latest = {(s.actor, s.issue): s for s in on_these if s.day <= as_of}
    rows = [
        MatrixRow(actor, [_cell(actor.slug, issue, latest, on_file or OnFile(), as_of) for issue in issues])
        for actor in sorted(actors, key=lambda actor: (actor.is_person, actor.sort_key, actor.slug))
    ]
    shown = [row for row in rows if any(cell.latest for cell in row.cells)]
    changes = change_days(on_these)
    before = max((day for day in changes if day < as_of), default=None)
    after = min((day for day in changes if day > as_of), default=None)
    return Matrix(shown, before, after, list(issues))


def _cell(actor: str, issue: str, latest: Mapping[tuple[str, str], Statement], on_file: OnFile, as_of: date) -> Cell:
    found = latest.get((actor, issue))
    return Cell(actor, issue, found, on_file.count(actor, issue, found.day if found else None, as_of), as_of)


def change_days(statements: Iterable[Statement]) -> set[date]:
    """The days on which an actor first stated a stance on an issue, or another one than the last time."""
    last: dict[tuple[str, str], str] = {}
    days = set()
    for statement in in_time(statements):
        pair = (statement.actor, statement.issue)
        if last.get(pair) != statement.stance:
            days.add(statement.day)
        last[pair] = statement.stance
    return days


def in_time(statements: Iterable[Statement]) -> list[Statement]:
    """The statements by day, and by claim within a day."""
    return sorted(statements, key=lambda statement: (statement.day, statement.claim))

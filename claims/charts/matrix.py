"""Who stood where on a day: actors by issues, each cell the latest statement up to then. Pure.

Rows come from the evidence of published positions. Nothing is assumed between two statements, so a cell always
carries the date of its statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from conflict_site.base import edtf

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

    @property
    def when(self) -> str:
        """The date in short words, as precise as it is known. Only the statements in a cell are asked for it."""
        return edtf.parse(self.said).short()


@dataclass(frozen=True, slots=True)
class ActorHead:
    """An actor as the first cell of a row prints it."""

    slug: str
    name: str
    sort_key: str
    is_person: bool
    url: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An actor with one cell for each issue, None where no statement is found."""

    actor: ActorHead
    cells: list[Statement | None]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Groups of rows, in the alphabetical order of their actors, and the nearest days on which a stance changed."""

    groups: list[tuple[str, list[MatrixRow]]]
    change_before: date | None = None
    change_after: date | None = None
    issues: list[str] = field(default_factory=list)


def matrix(statements: Iterable[Statement], actors: Iterable[ActorHead], issues: Sequence[str], as_of: date) -> Matrix:
    """The latest statement of each actor on each of these issues (slugs, in the order of the columns) up to a day."""
    on_these = [statement for statement in in_time(statements) if statement.issue in set(issues)]
    latest = {(s.actor, s.issue): s for s in on_these if s.day <= as_of}
    rows = [
        MatrixRow(actor, [latest.get((actor.slug, issue)) for issue in issues])
        for actor in sorted(actors, key=lambda actor: (actor.is_person, actor.sort_key, actor.slug))
    ]
    shown = [row for row in rows if any(row.cells)]
    groups = [
        (PEOPLE if is_person else OTHERS, list(group))
        for is_person, group in groupby(shown, key=lambda row: row.actor.is_person)
    ]
    changes = change_days(on_these)
    before = max((day for day in changes if day < as_of), default=None)
    after = min((day for day in changes if day > as_of), default=None)
    return Matrix(groups, before, after, list(issues))


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

"""How one actor moved on one issue: the turns of its stance in the order of time, and what else is on file there. Pure.

An actor's statements on an issue are those it made, those made on its behalf, and those that its positions rest on. Of
some, the stance stands under another actor, as that of a state's official does; of others no stance is recorded. They
are counted too: a time without any statement is a gap, and nothing is assumed of it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings

from actors.models import Actor
from claims.filtering import Tally
from claims.models import Issue
from claims.positions import turns
from claims.positions.evidence import Evidence
from claims.positions.relations import Related
from claims.positions.turns import Turn
from claims.wording import ClaimLine
from conflict_site.base import edtf
from conflict_site.base.addresses import address

FEW, LATEST = 2, 4  # that stand open: statements beside a turn, and chapters
SAME, UNCODED, ELSEWHERE = "same_stance", "no_stance", "under_another"


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim on file: what it does for a position of the actor, or None; or the other under whom its stance stands."""

    claim: int
    first: date
    last: date
    evidence: Evidence | None = None
    under: Actor | None = None
    loaded: ClaimLine | None = None
    others: tuple[int, ...] = ()  # claims that follow it, by key, of which no stance is recorded and which nobody lists

    @property
    def number(self) -> int:
        """How many claims it stands for."""
        return 1 + len(self.others)

    @property
    def kind(self) -> str:
        """What it is beside the turns: of the same stance, of none, or of one that stands under another actor."""
        return SAME if self.evidence else ELSEWHERE if self.under else UNCODED

    @property
    def stance(self) -> str:
        """The stance that it shows, or what it does for one; "" without any."""
        if self.evidence is None:
            return ""
        return self.evidence.label if self.evidence.shows else f"{self.evidence.role_label}: {self.evidence.label}"

    @property
    def coded(self) -> str:
        """Its stance, or why it has none."""
        return self.stance or self.note

    @property
    def note(self) -> str:
        """What it is beside the turns, in words."""
        if self.evidence:
            return f"The same stance: {self.evidence.label}"
        return f"Its stance stands under {self.under.name}" if self.under else "No stance recorded"


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which nothing is on file, between the last day of one statement and the first day of the next."""

    first: date
    last: date
    is_gap = True

    @property
    def words(self) -> str:
        """The gap in a sentence, with its length in months, or in days where it has not two."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        months -= self.last.day < self.first.day
        length = f"{months} months" if months > 1 else f"{(self.last - self.first).days} days"
        return f"Nothing on file from {edtf.day(self.first)} to {edtf.day(self.last)}, {length}."


@dataclass(frozen=True, slots=True)
class Fold:
    """Statements between two turns, in the order of time, without a gap among them."""

    statements: list[Statement]
    is_gap = False

    @property
    def shown(self) -> list[Statement]:
        """Those that a page prints."""
        return [item for item in self.statements if item.loaded]

    @property
    def left(self) -> int:
        """How many it does not."""
        return sum(item.number for item in self.statements) - len(self.shown)

    @property
    def words(self) -> str:
        """How many there are of each kind, and their months."""
        counted: Counter[str] = Counter()
        for item in self.statements:
            counted[item.kind] += item.number
        number = counted.total()
        span = Tally(number, self.statements[0].first, max(item.last for item in self.statements)).span
        same, none, elsewhere = (counted[kind] for kind in (SAME, UNCODED, ELSEWHERE))
        parts = [
            f"{same:,} of the same stance" if same else "",
            f"{none:,} with no stance recorded" if none else "",
            f"{elsewhere:,} whose stance stands under another" if elsewhere else "",
        ]
        return f"{_counted(number, 'more statement')}, {span}: {', '.join(filter(None, parts))}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A turn, None before the first one; what qualifies or contradicts it; what is on file until the next.

    ``beside`` is evidence against or around the stance; ``related`` the claims that take up the statement, by how.
    """

    turn: Turn | None
    beside: list[Evidence] = field(default_factory=list)
    related: list[tuple[str, list[Related]]] = field(default_factory=list)
    then: list[Fold | Gap] = field(default_factory=list)

    @property
    def around(self) -> list[tuple[str, list[tuple[ClaimLine, str]]]]:
        """What bears on the stance or the statement, by how, each with a note; for a page, which has their entries."""
        groups: dict[str, list[tuple[ClaimLine, str]]] = {}
        for item in self.beside:
            groups.setdefault(f"{item.role_label} (the stance)", []).append((item.entry, ""))
        for title, found in self.related:
            groups.setdefault(title, []).extend((each.entry, each.note) for each in found)
        return list(groups.items())

    @property
    def around_words(self) -> str:
        """How many statements that are."""
        number = sum(len(found) for _, found in self.around)
        return f"{_counted(number, 'statement')} that bear{'s' if number == 1 else ''} on it"

    @property
    def is_crowded(self) -> bool:
        """Whether they are too many to stand open."""
        return sum(len(found) for _, found in self.around) > FEW


@dataclass(frozen=True, slots=True)
class Story:
    """All that is on file of one actor on one issue within a horizon, told in chapters."""

    actor: Actor
    issue: Issue
    statements: list[Statement]
    chapters: list[Chapter]

    def get_absolute_url(self) -> str:
        return address("claims:story", self.issue.slug, self.actor.slug)

    @property
    def title(self) -> str:
        """Whose story it is, on what."""
        return f"{self.actor.name}: {self.issue.title}"

    @property
    def tally(self) -> Tally:
        """How many claims there are, and over which time."""
        return _tally(self.statements)

    @property
    def turns(self) -> list[Turn]:
        """The turns, in the order of time."""
        return [chapter.turn for chapter in self.chapters if chapter.turn]

    @property
    def earlier(self) -> list[Chapter]:
        """The chapters before the latest, where they are many."""
        return self.chapters[:-LATEST] if len(self.chapters) > LATEST + 1 else []

    @property
    def earlier_words(self) -> str:
        """The stances of the earlier chapters, in the order of time, and from when to when."""
        told = [chapter.turn for chapter in self.earlier if chapter.turn]
        labels = " → ".join(turn.said.label for turn in told)
        return f"{_counted(len(told), 'earlier turn')}, from {edtf.day(told[0].said.first)}: {labels}" if told else ""

    @property
    def left_out(self) -> int:
        """How many turns come before those that are told."""
        return self.turns[0].number - 1 if self.turns else 0

    @property
    def before(self) -> date | None:
        """The day before the turns that are told, where others come before them."""
        return self.turns[0].said.first - timedelta(days=1) if self.left_out else None

    @property
    def latest(self) -> list[Chapter]:
        """The latest chapters, all of them where they are few."""
        return self.chapters[len(self.earlier) :]

    @property
    def numbered(self) -> list[tuple[int, Statement]]:
        """All statements in the order of time, each with the number of the turn that it is or follows; 0 before one."""
        begins = {(turn.said.claim, turn.said.position): turn.number for turn in self.turns}
        found, number = [], 0
        for item in self.statements:
            if item.evidence and item.evidence.shows:
                number = begins.get((item.claim, item.evidence.position), number)
            found.append((number, item))
        return found

    @property
    def gaps(self) -> list[Gap]:
        """The times of which nothing is on file."""
        return [part for chapter in self.chapters for part in chapter.then if isinstance(part, Gap)]

    @property
    def others(self) -> list[tuple[Actor, int]]:
        """Under whom the stances of other statements stand, with the number of these."""
        counted = Counter(item.under for item in self.statements if item.under)
        return sorted(counted.items(), key=lambda pair: (pair[0].sort_key, pair[0].slug))

    @property
    def words(self) -> str:
        """What is on file, in a neutral sentence."""
        tally, held = self.tally, [item.evidence for item in self.statements if item.evidence and item.evidence.shows]
        shown, stances = {item.claim for item in held}, len({item.order for item in held})
        if not tally.claims:
            return "Nothing on file."
        told = f"{_counted(tally.claims, 'statement')} on file, {tally.span}"
        if not shown:
            return f"{told}; no stance is recorded of {'it' if tally.claims == 1 else 'them'} here."
        showing = f"{len(shown)} show{'s' if len(shown) == 1 else ''} {_counted(stances, 'stance')}"
        return f"{told}; {showing}{f', in {self.turns[-1].number} turns' if stances > 1 else ''}."


def tell(actor: Actor, issue: Issue, statements: Sequence[Statement]) -> Story:
    """The story that these statements, in the order of time, make."""
    shown = [item.evidence for item in statements if item.evidence and item.evidence.shows]
    return Story(actor, issue, list(statements), _chapters(statements, turns.turns(shown)))


def _chapters(statements: Iterable[Statement], told: Sequence[Turn]) -> list[Chapter]:
    begins = {id(turn.said): turn for turn in told}
    beside = _beside(statements, told)
    chapters = [Chapter(None)]
    end: date | None = None
    for item in statements:
        if end and item.first - end > timedelta(days=settings.SILENCE_DAYS):
            chapters[-1].then.append(Gap(end, item.first))
        end = max(end or item.last, item.last)
        if turn := begins.get(id(item.evidence)):
            chapters.append(Chapter(turn, beside.get(turn.number, [])))
        elif item.evidence is None or item.evidence.shows:
            _fold(chapters[-1].then).statements.append(item)
    return chapters if chapters[0].then else chapters[1:]


def _fold(then: list[Fold | Gap]) -> Fold:
    """The fold at the end, a new one after a gap."""
    if then and isinstance(then[-1], Fold):
        return then[-1]
    then.append(Fold([]))
    return _fold(then)


def _beside(statements: Iterable[Statement], told: Iterable[Turn]) -> dict[int, list[Evidence]]:
    """What qualifies or contradicts a position, by the number of its last turn up to then, else of its first."""
    of_position: dict[str, list[Turn]] = {}
    for turn in told:
        for position in {item.position for item in (turn.said, *turn.same)}:
            of_position.setdefault(position, []).append(turn)
    found: dict[int, list[Evidence]] = {}
    for item in (each.evidence for each in statements if each.evidence and not each.evidence.shows):
        own = of_position[item.position]
        turn = next((each for each in reversed(own) if each.said.first <= item.first), own[0])
        found.setdefault(turn.number, []).append(item)
    return found


def _tally(statements: Sequence[Statement]) -> Tally:
    claims = len({item.claim for item in statements}) + sum(len(item.others) for item in statements)
    return Tally(claims, statements[0].first, max(item.last for item in statements)) if claims else Tally()


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

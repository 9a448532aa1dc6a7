"""Whom the names in a file mean: actors on file, whatever the spelling; what is not certain is asked once.

Certain are, in this order: what somebody has answered before; a name as it is on file, whatever its script, case,
accents or titles; the same words by their sound, in any order; a text in which one person on file is named in full.
A surname alone, or with initials, counts as a person whom the file names in full elsewhere, if only one on file has
it. All else is a question, the same for all spellings that sound alike.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from actors.models import Actor, Kind
from claims.models import NameAnswer
from claims.search import mentions, names_of
from conflict_site.base.names import sorted_surname
from conflict_site.base.sounds import sounds
from conflict_site.base.text import fold, tokens

LONGEST = 300
NEAR, OFFERED = 60, 5  # of 100, from which an actor is offered; and how many are
BESIDE = re.compile(r"\s*[\[(][^\])]*[\])]\s*")  # what stands in brackets: a role, a party
AFTER_A_COMMA = re.compile(r"^([^,]+),\s*(.+)$")
SIGNS = " \t.,;:–—-\"“”«»'’"

type Sound = tuple[str, ...]


@dataclass(slots=True)
class Question:
    """A name that means nobody for certain: its spellings in the file, in how many rows, and whom it may mean."""

    name: str
    spellings: list[str] = field(default_factory=list)
    rows: int = 0
    offers: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Matched:
    """What the names of a file mean: ``actors`` by name, ``new`` ones by name with their kind, and the open questions.

    ``readings`` are the names that are not the actor's own, with that actor: for somebody to look over.
    """

    actors: dict[str, int] = field(default_factory=dict)
    new: dict[str, tuple[str, str]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    readings: dict[str, int] = field(default_factory=dict)


def bare(name: str) -> str:
    """A name without what stands beside it: brackets, quotation marks, spaces."""
    return BESIDE.sub(" ", name).strip(SIGNS)[:LONGEST] or name.strip()[:LONGEST]


def answer_key(name: str) -> str:
    """Under what an answer for a name is kept."""
    return fold(name)[:LONGEST]


def match(names: Iterable[str]) -> Matched:
    """What these names mean, each given as often as it occurs."""
    counted = Counter(name for name in names if name)
    return _Matcher().run(counted)


class _Matcher:
    """The names on file, ready to be looked up."""

    def __init__(self) -> None:
        actors = list(Actor.objects.prefetch_related("names"))
        self.actors = {actor.pk: actor for actor in actors}
        self.names = names_of(actors)
        self.folded: dict[str, set[int]] = defaultdict(set)
        self.sounding: dict[Sound, set[int]] = defaultdict(set)
        self.surnames: dict[str, set[int]] = defaultdict(set)
        for actor in actors:
            for name in (actor.name, actor.name_in_text, *(other.name for other in actor.names.all())):
                self._add(actor, name)
        self.answers = {one.name: one for one in NameAnswer.objects.all()}

    def _add(self, actor: Actor, name: str) -> None:
        if name:
            self.folded[fold(name)].add(actor.pk)
            self.sounding[_sound(name)].add(actor.pk)
        if actor.kind == Kind.PERSON and name:
            for family in (sorted_surname(actor.sort_name), tokens(name)[-1:]):
                self.surnames[" ".join(sounds(list(family)))].add(actor.pk)

    def run(self, counted: Counter[str]) -> Matched:
        found, left = Matched(), []
        for name in counted:
            if not self._settle(name, found):
                left.append(name)
        named_in_full = {*found.actors.values()}
        asked: dict[Sound, Question] = {}
        for name in left:
            pk = self._by_surname(name)
            if pk in named_in_full:
                found.actors[name] = found.readings[name] = pk
            else:
                self._ask(asked, name, counted[name], pk)
        found.questions = sorted(_joined(asked), key=lambda one: (-one.rows, one.name))
        return found

    def _settle(self, name: str, found: Matched) -> bool:
        answer = self.answers.get(answer_key(name))
        if answer and answer.actor_id:
            found.actors[name] = answer.actor_id
        elif answer:
            found.new[name] = (answer.written, answer.kind)
        elif pk := self._certain(name):
            found.actors[name] = pk
        else:
            return False
        if name in found.actors and fold(self.actors[found.actors[name]].name) != fold(name):
            found.readings[name] = found.actors[name]
        return True

    def _certain(self, name: str) -> int | None:
        """The one actor whom a name means beyond doubt; None where there is none."""
        ways = _ways(name)
        spelt = [self.folded.get(fold(way), set()) for way in ways]
        sounding = [self.sounding.get(sound, set()) for way in ways if len(sound := _sound(way)) > 1]
        for hits in (*spelt, *sounding):
            if len(hits) == 1:
                return next(iter(hits))
        return self._named_within(name)

    def _named_within(self, name: str) -> int | None:
        """The one person whose full name stands within a longer text: “Foreign Minister Sergei Lavrov”."""
        written = name if not (name.isupper() or name.islower()) else name.title()
        hits = mentions([written], self.names).actors
        persons = {pk for pk in hits if self.actors[pk].kind == Kind.PERSON}
        return next(iter(persons)) if len(persons) == 1 else None

    def _by_surname(self, name: str) -> int | None:
        """The one person on file with the surname that a name is, if its initials are that person's."""
        words = tokens(bare(name))
        long = [word for word in words if len(word) > 2]
        hits = self.surnames.get(sounds(long)[0], set()) if len(long) == 1 else set()
        initials = {word[0] for word in words if word not in long}
        fitting = [pk for pk in hits if initials <= self._initials(pk)]
        return fitting[0] if len(fitting) == 1 == len(hits) else None

    def _initials(self, pk: int) -> set[str]:
        actor = self.actors[pk]
        written = {word for one in (actor.name, *(other.name for other in actor.names.all())) for word in tokens(one)}
        return {letter for word in written for letter in (word[0], sounds([word])[0][:1])}

    def _ask(self, asked: dict[Sound, Question], name: str, rows: int, pk: int | None) -> None:
        question = asked.setdefault(_sound(bare(name)), Question(bare(name)))
        question.spellings.append(name)
        question.rows += rows
        if not question.offers:
            question.offers = [pk] if pk else self._near(name)

    def _near(self, name: str) -> list[int]:
        """The actors whose names sound most alike, the nearest first."""
        known = {" ".join(sound): pks for sound, pks in self.sounding.items()}
        hits = process.extract(
            " ".join(_sound(bare(name))), known.keys(), scorer=fuzz.token_set_ratio, limit=OFFERED, score_cutoff=NEAR
        )
        return list(dict.fromkeys(pk for written, *_ in hits for pk in sorted(known[written])))[:OFFERED]


def _joined(asked: dict[Sound, Question]) -> list[Question]:
    """The questions, with those about a surname alone, or with initials, joined to the only one about a full name."""
    kept = []
    for question in asked.values():
        full = [one for one in asked.values() if _is_surname(question.name, one.name)]
        if len(full) == 1:
            full[0].spellings += question.spellings
            full[0].rows += question.rows
        else:
            kept.append(question)
    return kept


def _is_surname(short: str, full: str) -> bool:
    """Whether a name is the end of a longer one, initials aside."""
    own = _long(short)
    return bool(own) and any(own == long[-len(own) :] != long for long in map(_long, _ways(full)))


def _long(name: str) -> list[str]:
    """The sounds of the words of a name that are more than initials."""
    return sounds([word for word in tokens(name) if len(word) > 2]) if tokens(name) else []


def _ways(name: str) -> list[str]:
    """A name as it stands and as it may be meant: without brackets, without what follows a comma, turned round."""
    plain = bare(name)
    ways = [name, plain]
    if found := AFTER_A_COMMA.match(plain):
        ways += [f"{found[2]} {found[1]}", found[1]]
    return list(dict.fromkeys(ways))


def _sound(name: str) -> Sound:
    """The sounds of a name's words, in no order."""
    return tuple(sorted(sounds(tokens(name)))) if tokens(name) else ("",)

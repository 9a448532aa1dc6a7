"""The names by which actors can be mentioned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from actors.models import Actor, Kind
from claims.search.passage_words import passage_words
from claims.search.telling_words import SELDOM_NAMES, TITLES
from conflict_site.base.names import sorted_surname, surname


class Sort(StrEnum):
    """What a name is, and so what must stand beside it."""

    ABBREVIATION = "abbreviation"
    BODY = "body"
    GROUP = "group"
    FULL = "full name of a person"
    LONE = "surname, or the only name of a person"


@dataclass(frozen=True, slots=True)
class Name:
    """A name on file: its words folded and as written, whose it is, and that person's other names than the surname."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    sort: Sort
    actor: int
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Names:
    """Names by their first words; ``alone`` are the words that name somebody without another."""

    by_first: dict[str, list[Name]]
    alone: frozenset[str]


def names_of(actors: Iterable[Actor]) -> Names:
    """Every name by which one of these actors, fetched with their ``names``, can be mentioned."""
    by_first = defaultdict(list)
    for name in dict.fromkeys(name for actor in actors if not actor.is_unnamed for name in _names(actor)):
        by_first[name.words[0]].append(name)
    alone = frozenset(word for word, names in by_first.items() if any(len(name.words) == 1 for name in names))
    return Names(dict(by_first), alone)


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A spelling of a name, and its words, folded and as written."""

    name: str
    words: tuple[str, ...]
    written: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "_Spelt":
        found = passage_words(name)
        return cls(name, tuple(token.folded for token in found), tuple(token.written for token in found))


def _names(actor: Actor) -> Iterator[Name]:
    spellings = [_Spelt.of(name) for name in (actor.name, *(other.name for other in actor.names.all()))]
    surnames = set(_surnames(actor, spellings))
    words = {word for spelt in spellings for word in spelt.words}
    given = frozenset(words - {word for family in surnames for word in family})
    for spelt in spellings:
        if spelt.words:
            yield Name(spelt.words, spelt.written, _sort(actor, spelt), actor.pk, given)
    for family in surnames:
        yield Name(family, tuple(word.capitalize() for word in family), Sort.LONE, actor.pk, given)


def _sort(actor: Actor, spelt: _Spelt) -> Sort:
    if spelt.name.isupper():
        return Sort.ABBREVIATION
    if actor.kind == Kind.PERSON:
        return Sort.FULL if len(spelt.words) > 1 else Sort.LONE
    return Sort.GROUP if actor.kind == Kind.COLLECTIVE else Sort.BODY


def _surnames(actor: Actor, spellings: list[_Spelt]) -> Iterator[tuple[str, ...]]:
    """A person's surname, and that of every other spelling; none where the person goes by one name."""
    name, *others = spellings
    if actor.kind != Kind.PERSON or len(name.words) < 2:
        return
    own, is_first = tuple(sorted_surname(actor.sort_name)), "," not in actor.sort_name
    if own and (not is_first or own[0] == name.words[0]):
        yield own
    no_surnames = SELDOM_NAMES | TITLES | (set() if is_first else {name.words[0]})
    for other in others:
        family = surname(other.name)
        if family and (other.words[:1] == (family,)) == is_first and family not in no_surnames:
            yield (family,)

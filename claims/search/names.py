"""The names by which actors can be mentioned."""

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


def names_of(actors: Iterable[Actor]) -> list[Name]:
    """Every name by which one of these actors, fetched with their ``names``, can be mentioned."""
    return list(dict.fromkeys(name for actor in actors if not actor.is_unnamed for name in _names(actor)))


def _names(actor: Actor) -> Iterator[Name]:
    spellings = [actor.name, *(other.name for other in actor.names.all())]
    surnames = set(_surnames(actor, spellings))
    words = {word for spelling in spellings for word in _words(spelling)[0]}
    given = frozenset(words - {word for family in surnames for word in family})
    for spelling in spellings:
        folded, written = _words(spelling)
        if folded:
            yield Name(folded, written, _sort(actor, spelling, folded), actor.pk, given)
    for family in surnames:
        yield Name(family, tuple(word.capitalize() for word in family), Sort.LONE, actor.pk, given)


def _words(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = passage_words(name)
    return tuple(token.folded for token in found), tuple(token.written for token in found)


def _sort(actor: Actor, spelling: str, words: tuple[str, ...]) -> Sort:
    if spelling.isupper():
        return Sort.ABBREVIATION
    if actor.kind == Kind.PERSON:
        return Sort.FULL if len(words) > 1 else Sort.LONE
    return Sort.GROUP if actor.kind == Kind.COLLECTIVE else Sort.BODY


def _surnames(actor: Actor, spellings: list[str]) -> Iterator[tuple[str, ...]]:
    """A person's surname, and that of every other spelling; none where the person goes by one name."""
    if actor.kind != Kind.PERSON or len(_words(actor.name)[0]) < 2:
        return
    own = tuple(sorted_surname(actor.sort_name))
    is_first = "," not in actor.sort_name
    if own and not (is_first and own[0] != _words(actor.name)[0][0]):
        yield own
    first_names = {_words(actor.name)[0][0]} if not is_first else set()
    for spelling in spellings[1:]:
        family = surname(spelling)
        stands_first = bool(family) and _words(spelling)[0][:1] == (family,)
        if family and stands_first == is_first and family not in first_names | SELDOM_NAMES | TITLES:
            yield (family,)

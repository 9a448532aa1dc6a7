"""Whom a passage names, in its order: the same names as are mentioned, with the places where they stand."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from actors.models import Actor, Kind
from claims.search.mentions import seen_in
from claims.search.names import Names, Sort, names_of
from claims.search.passage_words import passage_words

PERSONS = (Sort.FULL, Sort.LONE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: where it stands, as it is written, whose it is, by key, and whether a person's."""

    start: int
    written: str
    actor: int
    is_person: bool


def names_near(texts: Iterable[str]) -> Names:
    """The names on file that may stand in these texts. Two queries."""
    found = [word for text in texts for word in passage_words(text)]
    words = [*(word.folded for word in found), "", *(word.key for word in found)]
    actors = Actor.objects.exclude(kind=Kind.UNNAMED).named_within(words).prefetch_related("names")
    return names_of(actors)


def named_in(text: str, names: Names, known: Container[int] = ()) -> list[Named]:
    """The names that stand in a text, in its order; of one that several share, whose it is if only one is ``known``."""
    persons = {name.actor for named in names.by_first.values() for name in named if name.sort in PERSONS}
    found = []
    for written, actors in seen_in(text, names):
        start, meant = _place(text, written), [actor for actor in actors if len(actors) == 1 or actor in known]
        if len(meant) == 1 and start >= 0:
            found.append(Named(start, written, meant[0], meant[0] in persons))
    return sorted(found, key=lambda one: one.start)


def _place(text: str, written: str) -> int:
    """Where words stand in a text; what parts them may be more than the one space between them here."""
    at = text.find(written)
    return at if at >= 0 else text.find(written.split()[0])

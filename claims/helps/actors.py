"""Actors on file who may be the one that is typed: names that sound alike, in whatever spelling or script."""

from collections.abc import Iterable, Sequence
from itertools import chain

from rapidfuzz.distance import Levenshtein

from actors.models import Actor, ActorName, Kind
from claims.models import Doubt
from conflict_site.base.sounds import sounds
from conflict_site.base.text import tokens

LONG = 5  # letters of a sound in which one may differ
MOST = 3

type Sounds = tuple[str, ...]


def of_names(actor: Actor, names: Iterable[str]) -> list[Doubt]:
    """The other actors one of whose names sounds like one of these names of an actor."""
    typed = [name for name in names if tokens(name)]
    if not typed or actor.kind == Kind.UNNAMED:
        return []
    heard = _heard(typed)
    found = {key: name for key, name, sound in _on_file(actor.pk) if any(_alike(sound, one) for one in heard)}
    rows = Actor.objects.in_bulk([*found][:MOST])
    return [_doubt(row, found[row.pk]) for row in rows.values()]


def _doubt(other: Actor, name: str) -> Doubt:
    known = f" (“{name}”)" if name != other.name else ""
    told = f"Perhaps on file already: {other.name}{known}, {other.get_kind_display().lower()}."
    return Doubt("name", "duplicate", told, about=f"actor {other.pk}", record=other)


def _on_file(but: int | None) -> Iterable[tuple[int, str, Sounds]]:
    """The names of all actors that a source names, with how they sound."""
    actors = Actor.objects.exclude(kind=Kind.UNNAMED).exclude(pk=but or 0).order_by()
    names = ActorName.objects.exclude(actor__kind=Kind.UNNAMED).exclude(actor=but or 0).order_by()
    rows = [*chain(actors.values_list("pk", "name"), names.values_list("actor", "name"))]
    return ((key, name, heard) for (key, name), heard in zip(rows, _heard([name for _, name in rows]), strict=True))


def _heard(names: Sequence[str]) -> list[Sounds]:
    """How names sound, word by word, in alphabetical order."""
    words = [tokens(name) for name in names]
    heard = iter(sounds([word for name in words for word in name]))
    return [tuple(sorted(next(heard) for _ in name)) for name in words]


def _alike(one: Sounds, other: Sounds) -> bool:
    """Whether two names have as many words, and each sounds like its counterpart."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) > 0 and all(_near(first, second) for first, second in pairs)


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= LONG and Levenshtein.distance(one, other, score_cutoff=1) <= 1

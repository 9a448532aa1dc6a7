"""Pages that somebody who is still typing may mean: actors and issues, by any spelling of a name."""

from functools import cache
from typing import Any

from django.db.models import Case, F, QuerySet, When

from actors.models import Actor, ActorName
from actors.querysets import ActorQuerySet
from claims.filtering.offers import meanings
from claims.models import public
from claims.readmodel import current
from claims.wording import Link
from conflict_site.base.addresses import address
from conflict_site.base.text import fold

MOST = 5
CANDIDATES = 50  # names of which is asked first whether their actors are public, as nearly all are
LONGEST = 100
TELLING = 4  # characters from which a guess is made


def suggestions(typed: str) -> list[tuple[str, list[Link]]]:
    """Up to five actors and five issues that have all the words typed in a name or title, each under its heading.

    Those that begin with what was typed come first, then those of which a word does, then by name. Where there are
    none, those of the words that may be meant. None for less than two characters, and none for more than a name can
    hold.
    """
    wanted = fold(typed)
    if not 2 <= len(wanted) <= LONGEST or "\0" in typed:
        return []
    return _pages(wanted) or next((pages for meant in _meanings(typed) if (pages := _pages(fold(meant)))), [])


def _pages(wanted: str) -> list[tuple[str, list[Link]]]:
    found = [("Actors", _actors(wanted)), ("Issues", _issues(wanted))]
    return [(heading, links) for heading, links in found if links]


def _meanings(typed: str) -> list[str]:
    """What may be meant where no name or title holds what was typed; not before it is long enough to tell."""
    return meanings(current(), typed) if len(typed.strip()) >= TELLING else []


def _actors(wanted: str) -> list[Link]:
    """Of the nearest names only, unless too few of them are of public actors."""
    found: list[Actor] = []
    for most in (CANDIDATES, None):
        keys = [key for key, *_ in _named(wanted)[:most]]
        found = _public(keys)
        if len(found) >= MOST or len(keys) < CANDIDATES:
            break
    return [Link(actor.name, actor.get_absolute_url()) for actor in found[:MOST]]


def _named(wanted: str) -> QuerySet[Any, Any]:
    """The keys of actors by name, the nearest first, each with what it is sorted by; one with two such names twice.

    Every name is read once. Asking actor by actor for names, and whether it is public, takes ten times as long.
    """
    own = _near(Actor.objects.annotate(key=F("pk"), by=F("sort_key"), then=F("slug")), wanted)
    other = _near(ActorName.objects.annotate(key=F("actor_id"), by=F("actor__sort_key"), then=F("actor__slug")), wanted)
    return own.union(other, all=True).order_by("distance", "by", "then")


def _near(names: QuerySet[Any], wanted: str) -> QuerySet[Any, Any]:
    """Those that hold all the words: 0 where a name begins so, 1 where a word of it does, else 2."""
    for word in wanted.split():
        names = names.filter(folded__contains=word)
    begins, within = When(folded__startswith=wanted, then=0), When(folded__contains=f" {wanted}", then=1)
    rows = names.order_by().annotate(distance=Case(begins, within, default=2))
    return rows.values_list("key", "distance", "by", "then")


def _public(keys: list[int]) -> list[Actor]:
    """The public ones of these actors, each once, in their order."""
    found = _actors_in_public().in_bulk(keys) if keys else {}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


@cache
def _actors_in_public() -> ActorQuerySet:
    """What asks for them, made once: Django takes longer to put the query together than to find and sort names."""
    return public.actors()


def _issues(wanted: str) -> list[Link]:
    titles = [(fold(title), title, slug) for title, slug in public.issues().values_list("title", "slug")]
    fitting = [row for row in titles if all(word in row[0] for word in wanted.split())]
    fitting.sort(key=lambda row: _distance(wanted, row[0]))
    return [Link(title, address("claims:issue", slug)) for _, title, slug in fitting[:MOST]]


def _distance(wanted: str, title: str) -> int:
    """As of names."""
    return 0 if title.startswith(wanted) else 1 if f" {wanted}" in title else 2

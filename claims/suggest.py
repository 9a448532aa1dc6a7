"""Pages that somebody who is still typing may mean: actors and issues, by any spelling of a name."""

from collections.abc import Iterable
from typing import Any

from actors.models import Actor
from claims import public
from claims.entries import Link
from claims.models import Issue
from conflict_site.text import fold

MOST = 5
CANDIDATES = 50
LONGEST = 100


def suggestions(typed: str) -> list[tuple[str, list[Link]]]:
    """Up to five actors and five issues that have all the words typed in a name or title, each under its heading.

    Those that begin with what was typed come first, then those of which a word does, then by name. None for less than
    two characters, and none for more than a name can hold.
    """
    wanted = fold(typed)
    if not 2 <= len(wanted) <= LONGEST or "\0" in typed:
        return []
    found = [("Actors", _actors(wanted)), ("Issues", _issues(wanted))]
    return [(heading, links) for heading, links in found if links]


def _actors(wanted: str) -> list[Link]:
    found = public.actors().named(wanted).in_order().prefetch_related("names")[:CANDIDATES]
    return [Link(actor.name, actor.get_absolute_url()) for actor in _first(wanted, found, _names)]


def _issues(wanted: str) -> list[Link]:
    fitting = [issue for issue in Issue.objects.all() if all(word in fold(issue.title) for word in wanted.split())]
    return [Link(issue.title, issue.get_absolute_url()) for issue in _first(wanted, fitting, lambda one: [one.title])]


def _first(wanted: str, found: Iterable[Any], names: Any) -> list[Any]:
    return sorted(found, key=lambda one: min(_distance(wanted, fold(name)) for name in names(one)))[:MOST]


def _distance(wanted: str, name: str) -> int:
    """0 where the name begins so, 1 where a word of it does, else 2."""
    return 0 if name.startswith(wanted) else 1 if f" {wanted}" in name else 2


def _names(actor: Actor) -> list[str]:
    return [actor.name, *(name.name for name in actor.names.all())]

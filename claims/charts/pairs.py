"""Pairs of actors worth comparing: by the number of issues on which both have a position. Pure."""

from collections.abc import Mapping, Set
from heapq import nsmallest
from itertools import combinations

WIDEST = 300  # so many actors, those with positions on most issues, are paired: the work grows with the square


def most_shared[Actor, Issue](
    held: Mapping[Actor, Set[Issue]], most: int, one: Actor | None = None
) -> list[tuple[Actor, Actor, int]]:
    """The pairs (those of ``one`` actor, if given) with most issues in common, and how many those are.

    ``held`` has the issues of each actor, in the alphabetical order of the actors: it decides between equal pairs.
    """
    place = {actor: number for number, actor in enumerate(held)}
    if one is None:
        widest = nsmallest(WIDEST, held, key=lambda actor: (-len(held[actor]), place[actor]))
        pairs = combinations(sorted(widest, key=place.__getitem__), 2)
    else:
        pairs = ((one, other) for other in held if other != one and one in held)  # type: ignore[assignment]
    counted = ((first, second, len(held[first] & held[second])) for first, second in pairs)
    shared = (pair for pair in counted if pair[2])
    return nsmallest(most, shared, key=lambda pair: (-pair[2], place[pair[0]], place[pair[1]]))

"""A few out of many, always the same ones."""

from collections.abc import Sequence


def spread[T](many: Sequence[T], most: int) -> list[T]:
    """At most so many, evenly spread."""
    if len(many) <= most:
        return list(many)
    return [many[place * len(many) // most] for place in range(most)]

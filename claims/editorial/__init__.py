"""Steps of the desk that change more than one record: takedowns, and the ids that claims and positions are given."""

from claims.editorial import ids, takedown

__all__ = [
    "ids",
    "takedown",
]

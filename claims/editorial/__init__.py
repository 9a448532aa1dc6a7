"""Steps of the desk that change more than one record: takedowns."""

from claims.editorial import takedown

__all__ = [
    "takedown",
]

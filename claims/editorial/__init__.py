"""Steps of the desk that change more than one record, takedowns; and the queues of what waits there for whom."""

from claims.editorial import takedown
from claims.editorial.queues import EDITORIAL, QUEUES, Queue

__all__ = [
    "EDITORIAL",
    "QUEUES",
    "Queue",
    "takedown",
]

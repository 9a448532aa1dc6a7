"""Steps of the desk that change more than one record: takedowns, two records that become one; and the queues of what
waits there for whom.
"""

from claims.editorial import merging, takedown
from claims.editorial.queues import EDITORIAL, QUEUES, Queue

__all__ = [
    "EDITORIAL",
    "QUEUES",
    "Queue",
    "merging",
    "takedown",
]

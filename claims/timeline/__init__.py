"""The timeline: events and claims of a filter on one line of time that can be zoomed."""

from claims.timeline import lanes, page, view
from claims.timeline.filter import TimelineFilter
from claims.timeline.lanes import Lane
from claims.timeline.view import ListedEvent, Placed, View

__all__ = [
    "Lane",
    "ListedEvent",
    "Placed",
    "TimelineFilter",
    "View",
    "lanes",
    "page",
    "view",
]

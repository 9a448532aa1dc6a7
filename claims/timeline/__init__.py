"""The timeline: events and claims of a filter on one line of time that can be zoomed."""

from claims.timeline import lanes, page, view
from claims.timeline.filter import TimelineFilter
from claims.timeline.lanes import Lane
from claims.timeline.view import Happening, Placed, View

__all__ = [
    "Happening",
    "Lane",
    "Placed",
    "TimelineFilter",
    "View",
    "lanes",
    "page",
    "view",
]

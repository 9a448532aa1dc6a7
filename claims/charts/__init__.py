"""Pure geometry: dates become places on a line of time. Templates draw it."""

from claims.charts import density, swimlanes, window
from claims.charts.density import Bar, Drawing, Item
from claims.charts.histogram import DatedEvent, Flag, Histogram, Month, by_day, days_of, flags, histogram
from claims.charts.marks import A_PAGE
from claims.charts.matrix import ActorHead, OnFile, Statement, matrix
from claims.charts.pairs import most_shared
from claims.charts.spans import spans
from claims.charts.strip import strip
from claims.charts.window import Window
from claims.charts.zoom import NARROW, WIDE, Period, Row, beside, extent, labels, levels, scale, within

__all__ = [
    "A_PAGE",
    "NARROW",
    "WIDE",
    "ActorHead",
    "Bar",
    "DatedEvent",
    "Drawing",
    "Flag",
    "Histogram",
    "Item",
    "Month",
    "OnFile",
    "Period",
    "Row",
    "Statement",
    "Window",
    "beside",
    "by_day",
    "days_of",
    "density",
    "extent",
    "flags",
    "histogram",
    "labels",
    "levels",
    "matrix",
    "most_shared",
    "scale",
    "spans",
    "strip",
    "swimlanes",
    "window",
    "within",
]

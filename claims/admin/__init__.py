"""The desk's pages for what was said, and for the issues, sources and events that it refers to."""

from claims.admin import actor, claim, doubts, event, importing, issue, log, merging, position, revision, source

__all__ = [
    "actor",
    "claim",
    "doubts",
    "event",
    "importing",
    "issue",
    "log",
    "merging",
    "position",
    "revision",
    "source",
]

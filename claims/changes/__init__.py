"""The public log: what was published, corrected and withdrawn, with what differs; and changes that wait for review."""

from claims.changes import change_log, kinds, proposals, review, revisions
from claims.changes.change_log import Batch, ChangeForm
from claims.changes.following import follow_up
from claims.changes.history import LogEntry, history, prepared

__all__ = [
    "Batch",
    "ChangeForm",
    "LogEntry",
    "change_log",
    "follow_up",
    "history",
    "kinds",
    "prepared",
    "proposals",
    "review",
    "revisions",
]

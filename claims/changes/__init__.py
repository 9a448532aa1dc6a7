"""The public log: what was published, corrected and withdrawn, with what differs."""

from claims.changes import change_log, revisions
from claims.changes.change_log import Batch, ChangeForm
from claims.changes.history import LogEntry, history, prepared

__all__ = [
    "Batch",
    "ChangeForm",
    "LogEntry",
    "change_log",
    "history",
    "prepared",
    "revisions",
]

"""The same claims for programs: CSV, XLSX, JSON, JSON-LD, Atom, pictures."""

from claims.formats import (
    citations,
    csv_file,
    csvw,
    embedded,
    feeds,
    files,
    linked_data,
    picture,
    records,
    sheets,
    xlsx_file,
)
from claims.formats.feeds import ClaimFeed, FollowForm, StoryFeed
from claims.formats.records import actor_record, check_record, date_record, thing_record

__all__ = [
    "ClaimFeed",
    "FollowForm",
    "StoryFeed",
    "actor_record",
    "check_record",
    "citations",
    "csv_file",
    "csvw",
    "date_record",
    "embedded",
    "feeds",
    "files",
    "linked_data",
    "picture",
    "records",
    "sheets",
    "thing_record",
    "xlsx_file",
]

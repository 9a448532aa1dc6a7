"""The same claims for programs: CSV, JSON, JSON-LD, Atom."""

from claims.formats import csv_file, embedded, feeds, files, linked_data, picture, records
from claims.formats.feeds import ClaimFeed, FollowForm, StoryFeed
from claims.formats.records import actor_record, check_record, date_record, thing_record

__all__ = [
    "ClaimFeed",
    "FollowForm",
    "StoryFeed",
    "actor_record",
    "check_record",
    "csv_file",
    "date_record",
    "embedded",
    "feeds",
    "files",
    "linked_data",
    "picture",
    "records",
    "thing_record",
]

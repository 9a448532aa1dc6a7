"""The tables of the data package that only grow; a dump makes them, nobody writes them by hand."""

from claims.dossier.columns import needs, thing
from claims.dossier.schema import ALWAYS, TEXT_PATH, Column, Table
from claims.models import Change, Claim, OldSlug, Snapshot, Source

RECORDS = Table(
    "records",
    Claim,
    "how claims, events and positions came to their state; made by a dump, not by hand",
    ("table", "id"),
    (
        *thing("claims|events|positions"),
        needs("version", "how often it was saved"),
        needs("created_at", "when it was entered"),
        Column("published_at", "when it was published"),
        Column("withdrawn_at", "when it was withdrawn"),
        Column("forced_reason", "why one person alone published it; empty where two did"),
    ),
    optional=True,
    history=True,
)
SNAPSHOTS = Table(
    "snapshots",
    Snapshot,
    "when the texts in texts/ were captured; made by a dump, not by hand",
    ("path",),
    (
        Column("path", "the file", needed=ALWAYS, derived=True, pattern=TEXT_PATH),
        needs("captured_at", "when it was captured"),
        needs("sha256", "SHA-256 of the file", pattern="[0-9a-f]{64}"),
    ),
    optional=True,
    history=True,
)
TAKEDOWNS = Table(
    "takedowns",
    Source,
    "sources whose text and passages are hidden",
    ("source",),
    (
        Column("source", "source id", needed=ALWAYS, to="sources", derived=True),
        needs("at", "when it was taken down", "taken_down_at"),
        needs("reason", "why; public", "taken_down_reason"),
    ),
    optional=True,
    history=True,
)
CHANGES = Table(
    "changes",
    Change,
    "the public log",
    ("table", "id", "at", "kind"),
    (
        *thing("actors|issues|sources|events|claims|positions"),
        needs("at", "when it was done"),
        needs("kind", "what was done"),
        Column("public_note", "what was changed, and why"),
        Column("before", "what stood there before, in JSON"),
        Column("after", "what stands there since, in JSON"),
    ),
    order=("at", "pk"),
    optional=True,
    history=True,
)
OLD_SLUGS = Table(
    "old_slugs",
    OldSlug,
    "ids that rows had before; their addresses lead to the new ones for ever",
    ("table", "slug"),
    (*thing("actors|issues|sources|events|claims|positions"), needs("slug", "the id before")),
    optional=True,
    history=True,
)

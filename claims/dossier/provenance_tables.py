"""The tables that say how rows came to their state. A dump makes them, nobody writes them by hand; they only grow."""

from claims.dossier.columns import required, row_reference
from claims.dossier.schema import ALWAYS, TEXT_PATH, Column, Table
from claims.models import Change, Claim, OldSlug, Snapshot, Source

RECORDS = Table(
    "records",
    Claim,
    "how claims, events and positions came to their state; made by a dump, not by hand",
    ("table", "id"),
    (
        *row_reference("claims|events|positions"),
        required("version", "how often it was saved"),
        required("created_at", "when it was entered"),
        Column("published_at", "when it was published"),
        Column("withdrawn_at", "when it was withdrawn"),
        Column("forced_reason", "why one person alone published it; empty where two did"),
    ),
    optional=True,
    provenance=True,
)
SNAPSHOTS = Table(
    "snapshots",
    Snapshot,
    "when the texts in texts/ were captured; made by a dump, not by hand",
    ("path",),
    (
        Column("path", "the file", required=ALWAYS, derived=True, pattern=TEXT_PATH),
        required("captured_at", "when it was captured"),
        required("sha256", "SHA-256 of the file", pattern="[0-9a-f]{64}"),
    ),
    optional=True,
    provenance=True,
)
TAKEDOWNS = Table(
    "takedowns",
    Source,
    "sources whose text and passages are hidden",
    ("source",),
    (
        Column("source", "source id", required=ALWAYS, target="sources", derived=True),
        required("at", "when it was taken down", "taken_down_at"),
        required("reason", "why; public", "taken_down_reason"),
    ),
    optional=True,
    provenance=True,
)
CHANGES = Table(
    "changes",
    Change,
    "the public log",
    ("table", "id", "at", "kind"),
    (
        *row_reference("actors|issues|sources|events|claims|positions"),
        required("at", "when it was done"),
        required("kind", "what was done"),
        Column("public_note", "what was changed, and why"),
        Column("before", "what stood there before, in JSON"),
        Column("after", "what stands there since, in JSON"),
    ),
    order=("at", "pk"),
    optional=True,
    provenance=True,
)
OLD_SLUGS = Table(
    "old_slugs",
    OldSlug,
    "ids that rows had before; their addresses lead to the new ones for ever",
    ("table", "slug"),
    (*row_reference("actors|issues|sources|events|claims|positions"), required("slug", "the id before")),
    optional=True,
    provenance=True,
)

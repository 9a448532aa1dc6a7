"""The rows of the provenance tables: states, takedowns, public log and former ids; and the captured texts."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType

from claims.dossier.cell_format import to_cell
from claims.dossier.database import CHUNK
from claims.dossier.load.editorial_log import REVIEWED
from claims.dossier.schema import Cells, Table
from claims.dossier.tables import EDITORIAL, WITH_SLUG
from claims.models import Snapshot, Source, SourceKind

RECORD_FIELDS = ("version", "created_at", "published_at", "withdrawn_at", "forced_reason")


def records() -> Iterator[Cells]:
    """The rows of ``records``: how every claim, event and position came to its state."""
    for table in EDITORIAL:
        found = table.model._default_manager.order_by("pk").values("slug", *RECORD_FIELDS)
        for row in found.iterator(CHUNK):
            cells = {name: to_cell(row[name]) for name in RECORD_FIELDS}
            reviewed = cells["forced_reason"] == REVIEWED
            yield {"table": table.name, "id": row["slug"], **cells, **({"forced_reason": ""} if reviewed else {})}


def log_rows(table: Table) -> Iterator[Cells]:
    """The rows of the public log or of former ids, without those of rows that were deleted."""
    kinds = ContentType.objects.get_for_models(*(named.model for named in WITH_SLUG))
    names = {kinds[named.model].pk: named.name for named in WITH_SLUG}
    slugs = {kinds[named.model].pk: dict(named.model._default_manager.values_list("pk", "slug")) for named in WITH_SLUG}
    paths = [column.path for column in table.columns if not column.derived]
    rows: Any = table.model._default_manager.order_by(*table.order).values("content_type", "object_id", *paths)
    for row in rows.iterator(CHUNK):
        slug = slugs.get(row["content_type"], {}).get(row["object_id"])
        if slug:
            yield {"table": names[row["content_type"]], "id": slug, **{path: to_cell(row[path]) for path in paths}}


def takedowns() -> Iterator[Cells]:
    """The rows of ``takedowns``: sources whose text and passages are hidden."""
    hidden = Source.objects.filter(taken_down_at__isnull=False).order_by("pk")
    for slug, at, reason in hidden.values_list("slug", "taken_down_at", "taken_down_reason"):
        yield {"source": slug, "at": to_cell(at), "reason": reason}


def snapshots() -> Iterator[tuple[str, Snapshot]]:
    """The captured texts, each with its path: our own briefings end in .md, and several of one source are numbered."""
    standing = Snapshot.objects.filter(source__merged_into=None)
    held = standing.order_by("source__slug", "captured_at", "pk").select_related("source")
    several = Counter(standing.order_by().values_list("source", flat=True))
    seen: Counter[int] = Counter()
    for snapshot in held.iterator(CHUNK // 100):
        source = snapshot.source
        seen[source.pk] += 1
        number = f".{seen[source.pk]}" if several[source.pk] > 1 else ""
        ending = "md" if source.kind == SourceKind.BRIEFING else "txt"
        yield f"texts/{source.slug}{number}.{ending}", snapshot

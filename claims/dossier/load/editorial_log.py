"""The editorial side of a load: it publishes and withdraws, and enters that and every edit into the public log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from claims.changes import revisions
from claims.dossier.cell_format import from_cell
from claims.dossier.load.plan import Plan, TablePlan
from claims.dossier.schema import Cells, Key
from claims.dossier.tables import EDITORIAL, RECORDS, TABLES
from claims.models import Change, ChangeKind, State

# A package holds no accounts, so not who reviewed a row; that two people did, it does.
REVIEWED = "Reviewed by two people before it was loaded from a data package."
BATCH = 500


@dataclass(frozen=True, slots=True)
class EditorialLog:
    """The title of the package, the time of the load, the package's ``records`` of how rows came to their state, and
    whose drafts the new rows are, if they are drafts."""

    title: str
    at: datetime
    records: dict[Key, Cells]
    by: Any = None

    @property
    def reason(self) -> str:
        """The reason that the public log gives for what this load publishes."""
        return f"Loaded from the data package {self.title}."

    def set_state(self, row: Any, cells: Cells) -> None:
        """Set on a new row how it came to its state: from its record, or else by this load."""
        table = next((table for table in EDITORIAL if isinstance(row, table.model)), None)
        if table is None:
            return
        record, reason = self.records.get((table.name, cells["id"])), self.reason
        row.created_at, row.created_by = self.at, self.by
        if record:
            reason = record["forced_reason"] or (REVIEWED if row.state in (State.PUBLISHED, State.WITHDRAWN) else "")
            for name in ("version", "created_at", "published_at", "withdrawn_at"):
                setattr(row, name, from_cell(RECORDS.fields[name], record[name]))
        elif row.state in (State.DRAFT, State.IN_REVIEW):
            reason = ""
        row.forced, row.forced_reason = bool(reason), reason
        if row.state == State.PUBLISHED:
            row.published_at = row.published_at or self.at
        if row.state == State.WITHDRAWN:
            row.withdrawn_at = row.withdrawn_at or self.at

    def log_publications(self, table: str, rows: Iterable[Any]) -> None:
        """Enter into the public log the new rows of a table that this load has published."""
        if TABLES[table] not in EDITORIAL:
            return
        kind = ContentType.objects.get_for_model(TABLES[table].model)
        told: Any = {"content_type": kind, "at": self.at, "kind": ChangeKind.PUBLICATION, "public_note": self.reason}
        published = (row for row in rows if row.is_public and (table, row.slug) not in self.records)
        Change.objects.bulk_create((Change(object_id=row.pk, **told) for row in published), batch_size=BATCH)

    def log_edits(self, before: dict[Any, dict[str, Any]]) -> None:
        """Raise the version of the rows of ``values_before`` that were changed; log what readers see changed."""
        note = f"Updated from the data package {self.title}."
        for thing, values in before.items():
            now = type(thing)._default_manager.get(pk=thing.pk)
            revisions.record(now, values, by=None, kind=ChangeKind.EDIT, note=note)

    def change_states(self, plan: TablePlan) -> Iterator[str]:
        """Publish or withdraw rows as the package has them; yields notes on what failed, or was withdrawn with them.

        Publishes first: a newly published claim may show a position that a withdrawn one has shown.
        """
        for pk, state in sorted(plan.state_changes, key=lambda move: move[1] == State.WITHDRAWN):
            thing: Any = plan.table.model._default_manager.get(pk=pk)
            if thing.state == state:
                continue  # it was withdrawn with the claims that showed it
            try:
                if state == State.PUBLISHED:
                    thing.publish(forced_reason=self.reason)
                else:
                    for other in thing.withdraw(note=f"Withdrawn by the data package {self.title}."):
                        yield f"positions, {other.slug}: withdrawn, since no published claim shows it any more"
            except ValidationError as error:
                yield f"{plan.table.name}, {thing.slug}: not {state}; {' '.join(error.messages)}"


def values_before(plan: Plan) -> dict[Any, dict[str, Any]]:
    """The claims, events and positions that a load will change, each with its values before the load.

    Their values take a query each: only a package that changes what is on file has any.
    """
    touched: dict[Any, dict[str, Any]] = {}
    for table in EDITORIAL:
        table_plan = plan.tables.get(table.name)
        slugs = {edit.before["id"] for edit in table_plan.edits if edit.columns} if table_plan else set()
        for batch in batched(sorted(slugs | _owners(plan, table.name)), BATCH):
            things: Any = table.model._default_manager.filter(slug__in=batch)
            touched |= {thing: revisions.values(thing) for thing in things}
    return touched


def _owners(plan: Plan, target: str) -> set[str]:
    """The ids of the rows to which new and changed citations, voices, relations or pieces of evidence belong."""
    found: set[str] = set()
    for table_plan in plan.tables.values():
        owner = table_plan.table.owner
        if owner and table_plan.table.by_name[owner].target == target:
            found |= {cells[owner] for cells in [*table_plan.new, *(edit.after for edit in table_plan.edits)]}
    return found

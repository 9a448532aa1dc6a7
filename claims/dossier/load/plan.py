"""Plans a load: compares each row of the package with the row in the database. Writes nothing.

Rows are matched by their keys. ``LoadedRow`` has a digest of what the last load put into a row, over the package's
columns. A row that still has this digest was not edited since, and takes the package's values. What an editor has
changed or removed stays so.
"""

from collections import Counter
from dataclasses import dataclass, field

from claims.dossier.cell_format import join_list, normalise, split_list
from claims.dossier.database import table_rows
from claims.dossier.faults import PackageError
from claims.dossier.load.renames import Renames
from claims.dossier.package.resources import Package, Row, TableResource
from claims.dossier.schema import Cells, Key, Table
from claims.dossier.tables import CONTENT, STANCES
from claims.models import LoadedRow, State

Digests = dict[str, str]
PARTS = {"affiliations": "person", "stances": "issue"}  # which column names what a row belongs to, beside the owners
STATE_CHANGES = {(State.DRAFT, State.PUBLISHED), (State.IN_REVIEW, State.PUBLISHED), (State.PUBLISHED, State.WITHDRAWN)}


@dataclass(slots=True)
class Edit:
    """A row of the database that takes the package's values: its cells before and after, and the columns to write."""

    pk: int
    before: Cells
    after: Cells
    columns: list[str]


@dataclass(slots=True)
class TablePlan:
    """What a load does to one table: rows to add, edits, state changes (primary key, new state), and counts.

    ``digests`` are to be stored, by key, for rows that agree with the package already.
    """

    table: Table
    new: list[Cells] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    state_changes: list[tuple[int, str]] = field(default_factory=list)
    digests: Digests = field(default_factory=dict)
    unchanged: int = 0
    kept: int = 0
    left_out: int = 0
    others: int = 0


@dataclass(slots=True)
class Plan:
    """What a load does to every table of the package, and notes on what it keeps or leaves out."""

    renames: Renames
    tables: dict[str, TablePlan] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Planner:
    """Makes a plan table by table, those that others point to first."""

    def __init__(self, package: Package, *, overwrite: bool, only_drafts: bool = False) -> None:
        self.package, self.overwrite, self.only_drafts = package, overwrite, only_drafts
        self.plan = Plan(Renames(package))
        self.removed: dict[str, set[Key]] = {table.name: set() for table in CONTENT}
        self.withdrawn: dict[str, set[str]] = {table.name: set() for table in CONTENT}
        self.fixed: dict[str, set[Key]] = {table.name: set() for table in CONTENT}

    def run(self) -> Plan:
        """The whole plan."""
        for table in CONTENT:
            if table.name in self.package.tables:
                self.plan.tables[table.name] = self._plan_table(self.package.tables[table.name])
        return self.plan

    def _plan_table(self, resource: TableResource) -> TablePlan:
        table = resource.table
        plan = TablePlan(table)
        held = {table.key_of(cells): (pk, cells) for pk, cells in table_rows(table)}
        loaded = dict(LoadedRow.objects.filter(table=table.name).values_list("key", "digest"))
        if table.has_state:
            self.withdrawn[table.name] = {key[0] for key, (_, cells) in held.items() if _is_withdrawn(cells)}
        if self.only_drafts:
            self.fixed[table.name] = {key for key, (_, cells) in held.items() if not self._is_draft(table, cells)}
        plan.others = len(held)
        for row in resource.rows:
            normalise(table, row.cells)
            missing = self._update_references(table, row.cells)
            key = table.key_of(row.cells)
            if key in held:
                row.cells |= {name: held[key][1][name] for name in table.spelled}
            plan.others -= key in held
            if missing or (key not in held and self.plan.renames.key(table, row.cells) in loaded):
                self._leave_out(plan, resource, row, key, missing)
            elif self._belongs_to_withdrawn(table, row.cells) and (
                key not in held or _differing_columns(row, held[key][1])
            ):
                self._keep(plan, resource, row, "what it belongs to is withdrawn")
            elif self._is_fixed(table, row, key):
                self._leave_fixed(plan, resource, row, held.get(key))
            elif key in held:
                self._compare(plan, resource, row, held[key], loaded)
            else:
                plan.new.append(row.cells)
        if table is STANCES:
            _check_stance_orders(plan, held)
        return plan

    def _update_references(self, table: Table, cells: Cells) -> str:
        """Put present ids into the cells, and take out references to rows that an editor has removed.

        Returns which required reference is gone, in words; "" if none.
        """
        self.plan.renames.update(table, cells)
        for column in table.columns:
            if not column.target or column.name not in cells:
                continue
            gone = self.removed[column.target]
            if column.is_list:
                cells[column.name] = join_list([item for item in split_list(cells[column.name]) if (item,) not in gone])
            elif tuple(cells[name] for name in column.foreign_key) in gone:
                if column.required:
                    return f"“{cells[column.name]}” of the table {column.target}"
                cells[column.name] = ""
        return ""

    def _is_draft(self, table: Table, cells: Cells) -> bool:
        """Whether a row on file is a draft, or belongs to one."""
        if table.owner:
            return (cells[table.owner],) not in self.fixed[table.by_name[table.owner].target]
        return cells.get("state") == State.DRAFT

    def _is_fixed(self, table: Table, row: Row, key: Key) -> bool:
        """Whether a row stands, or belongs to something that stands, and may only be changed at the desk."""
        whole = PARTS.get(table.name, table.owner)
        of = self.fixed[table.by_name[whole].target] if whole else set()
        return key in self.fixed[table.name] or (bool(whole) and (row.cells[whole],) in of)

    def _leave_fixed(self, plan: TablePlan, resource: TableResource, row: Row, held: tuple[int, Cells] | None) -> None:
        if held and not {*_differing_columns(row, held[1])} - {"state"}:
            plan.unchanged += 1
        else:
            self._keep(plan, resource, row, "it is on file, or belongs to what is; change it at the desk")

    def _belongs_to_withdrawn(self, table: Table, cells: Cells) -> bool:
        return bool(table.owner) and cells[table.owner] in self.withdrawn[table.by_name[table.owner].target]

    def _compare(
        self, plan: TablePlan, resource: TableResource, row: Row, held: tuple[int, Cells], loaded: Digests
    ) -> None:
        (pk, before), renames = held, self.plan.renames
        differing, key = _differing_columns(row, before), renames.key(resource.table, row.cells)
        now, noted = renames.digest(resource.table, before, row.cells), loaded.get(key)
        if not differing:
            plan.unchanged += 1
            if now != noted:
                plan.digests[key] = now
        elif _is_withdrawn(before):
            self._keep(plan, resource, row, "it is withdrawn")
        elif renames.is_digest(noted, resource.table, before, row.cells):
            self._accept(plan, resource, row, Edit(pk, before, row.cells, differing))
        elif self.overwrite and differing != ["state"]:
            columns = [name for name in differing if name != "state"]
            plan.edits.append(Edit(pk, before, row.cells, columns))
            if columns != differing:
                self.plan.notes.append(
                    f"{_location(resource, row)}: its state stays {before['state']}, an editor has set it"
                )
        else:
            what = ", ".join(differing)
            entered = f"an editor has entered another {what}, and no load before this one"
            changed = f"an editor has changed {what} since the last load"
            self._keep(plan, resource, row, changed if noted else entered)

    def _accept(self, plan: TablePlan, resource: TableResource, row: Row, edit: Edit) -> None:
        """Plan the edit of a row that no editor changed; its state too, if ``STATE_CHANGES`` allow it."""
        columns = [name for name in edit.columns if name != "state"]
        states = (edit.before.get("state", ""), row.cells.get("state", ""))
        if columns == edit.columns:
            plan.edits.append(edit)
        elif states in STATE_CHANGES:
            plan.edits.append(Edit(edit.pk, edit.before, edit.after, columns))
            plan.state_changes.append((edit.pk, states[1]))
        else:
            self._keep(plan, resource, row, f"a load can't take it from {states[0]} to {states[1]}")

    def _keep(self, plan: TablePlan, resource: TableResource, row: Row, why: str) -> None:
        plan.kept += 1
        self.plan.notes.append(f"{_location(resource, row)}: kept; {why}")

    def _leave_out(self, plan: TablePlan, resource: TableResource, row: Row, key: Key, missing: str) -> None:
        plan.left_out += 1
        self.removed[plan.table.name].add(key)
        why = f"an editor has removed {missing}" if missing else "an editor has removed it since the last load"
        self.plan.notes.append(f"{_location(resource, row)}: left out; {why}")


def _check_stance_orders(plan: TablePlan, held: dict[Key, tuple[int, Cells]]) -> None:
    """Raise PackageError if two stances of an issue, one of them an editor's, would have the same order."""
    after = dict(held.values()) | {edit.pk: edit.after for edit in plan.edits}
    orders = Counter((cells["issue"], cells["order"]) for cells in [*after.values(), *plan.new])
    (issue, order), count = orders.most_common(1)[0] if orders else (("", ""), 0)
    if count > 1:
        raise PackageError(
            f"stances.csv: the issue “{issue}” would have two stances with the order {order}, "
            "as an editor has entered or changed one of them. Give the other another order."
        )


def _differing_columns(row: Row, before: Cells) -> list[str]:
    return [name for name, cell in row.cells.items() if cell != before[name]]


def _is_withdrawn(cells: Cells) -> bool:
    return cells.get("state") == State.WITHDRAWN


def _location(resource: TableResource, row: Row) -> str:
    return f"{resource.path}, line {row.line}"

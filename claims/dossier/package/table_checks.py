"""Checks cells, keys and foreign keys by the package's own descriptor and by our tables and models."""

from collections.abc import Callable, Iterator

from claims.dossier.cell_format import split_list
from claims.dossier.faults import Faults, quote
from claims.dossier.package import constraints, field_checks
from claims.dossier.package.resources import Package, TableResource
from claims.dossier.schema import ALWAYS, FROM_REVIEW, Key
from claims.dossier.tables import TABLES
from claims.models import State

Check = Callable[[str], str]
EMPTY = "it must not be empty"


def check(package: Package, faults: Faults) -> None:
    """Add to the faults what is wrong with single cells, keys and foreign keys."""
    for resource in package.tables.values():
        if resource.columns:
            _check_cells(resource, faults)
            for key in dict.fromkeys([resource.table.key, *constraints.unique_keys(resource)]):
                _check_key(resource, key, faults)
    for resource in package.tables.values():
        for names, target, wanted in _foreign_keys(resource) if resource.columns else []:
            if target not in package.unreadable:
                _check_foreign_key(resource, names, _target_keys(package, target, wanted), (target, wanted), faults)


def _check_cells(resource: TableResource, faults: Faults) -> None:
    table = resource.table
    for name in resource.columns:
        column = table.by_name[name]
        required, checks = constraints.of_column(resource, name)
        checks = [*field_checks.of_column(table, column), *checks]
        for row in resource.rows:
            if row.broken:
                continue
            if problem := _problem_of_cell(row.cells[name], checks, required or column.required == ALWAYS):
                faults.add(resource.path, problem, row.line, name)
    if table.has_state:
        _check_from_review(resource, faults)


def _problem_of_cell(cell: str, checks: list[Check], needed: bool) -> str:
    """The first thing that is wrong with a cell; "" where nothing is."""
    if not cell:
        return EMPTY if needed else ""
    return next((problem for check in checks if (problem := check(cell))), "")


def _check_from_review(resource: TableResource, faults: Faults) -> None:
    """From review on, more cells must be filled than in a draft."""
    needed = [column.name for column in resource.table.columns if column.required == FROM_REVIEW]
    for row in resource.rows:
        for name in [] if row.broken or row.cells["state"] == State.DRAFT else needed:
            if not row.cells[name]:
                faults.add(resource.path, f"{EMPTY}; only a draft may leave it open", row.line, name)


def _check_key(resource: TableResource, names: Key, faults: Faults) -> None:
    seen: dict[Key, int] = {}
    own = names == resource.table.key
    for row in resource.rows:
        key = resource.table.key_of(row.cells) if own else tuple(row.cells[name] for name in names)
        if names and not all(key):
            continue
        if key in seen:
            what = " and ".join(f"{name} {quote(cell)}" for name, cell in zip(names, key, strict=True))
            problem = f"{what} stands already on line {seen[key]}" if what else "this table has one row only"
            faults.add(resource.path, problem, row.line, names[-1] if names else resource.columns[0])
        seen.setdefault(key, row.line)


def _foreign_keys(resource: TableResource) -> Iterator[tuple[Key, str, Key]]:
    """The foreign keys of our table and of the descriptor: columns, target table, columns there."""
    columns = [column for column in resource.table.columns if column.target and column.name in resource.columns]
    declared = [(column.foreign_key, column.target, TABLES[column.target].key) for column in columns]
    return iter(dict.fromkeys([*declared, *constraints.foreign_keys(resource)]))


def _target_keys(package: Package, target: str, wanted: Key) -> set[Key]:
    rows = package.rows(target)
    return {tuple(row.cells.get(name, "") for name in wanted) for row in rows}


def _check_foreign_key(
    resource: TableResource, names: Key, target_keys: set[Key], where: tuple[str, Key], faults: Faults
) -> None:
    target, wanted = where
    is_list = resource.table.by_name[names[0]].is_list
    for row in resource.rows:
        cells = [row.cells[name] for name in names]
        for key in [(item,) for item in split_list(cells[0])] if is_list else [tuple(cells)]:
            if all(key) and key not in target_keys:
                what = " and ".join(f"{name} {quote(cell)}" for name, cell in zip(wanted, key, strict=True))
                faults.add(resource.path, f"the table {target} has no row with {what}", row.line, names[-1])

"""Each cell by itself, keys, and what cells point to: by the package's own description and by our models' rules."""

from collections.abc import Callable, Iterator

from claims.dossier.cell_format import split
from claims.dossier.faults import Faults, quoted
from claims.dossier.package import constraints, field_checks
from claims.dossier.package.resources import Package, Sheet
from claims.dossier.schema import ALWAYS, FROM_REVIEW, Key
from claims.dossier.tables import TABLES
from claims.models import State

Check = Callable[[str], str]
EMPTY = "it must not be empty"


def check(package: Package, faults: Faults) -> None:
    """Add to the faults what is wrong with single cells, with keys, and with what cells point to."""
    for sheet in package.sheets.values():
        if sheet.columns:
            _check_cells(sheet, faults)
            for key in dict.fromkeys([sheet.table.key, *constraints.keys(sheet, faults)]):
                _check_key(sheet, key, faults)
    for sheet in package.sheets.values():
        for names, target, wanted in _pointers(sheet, faults) if sheet.columns else []:
            if target not in package.unread:
                _check_pointers(sheet, names, _keys(package, target, wanted), (target, wanted), faults)


def _check_cells(sheet: Sheet, faults: Faults) -> None:
    table = sheet.table
    for name in sheet.columns:
        column = table.by_name[name]
        required, checks = constraints.demands(sheet, name, faults)
        checks = [*field_checks.checks(table, column), *checks]
        for row in sheet.rows:
            if row.broken:
                continue
            if problem := _problem(row.cells[name], checks, required or column.needed == ALWAYS):
                faults.add(sheet.file, problem, row.line, name)
    if table.has_state:
        _check_complete(sheet, faults)


def _problem(cell: str, checks: list[Check], needed: bool) -> str:
    """The first thing that is wrong with a cell; "" where nothing is."""
    if not cell:
        return EMPTY if needed else ""
    return next((problem for check in checks if (problem := check(cell))), "")


def _check_complete(sheet: Sheet, faults: Faults) -> None:
    """From review on, more has to be filled than in a draft."""
    needed = [column.name for column in sheet.table.columns if column.needed == FROM_REVIEW]
    for row in sheet.rows:
        for name in [] if row.broken or row.cells["state"] == State.DRAFT else needed:
            if not row.cells[name]:
                faults.add(sheet.file, f"{EMPTY}; only a draft may leave it open", row.line, name)


def _check_key(sheet: Sheet, names: Key, faults: Faults) -> None:
    seen: dict[Key, int] = {}
    for row in sheet.rows:
        key = tuple(row.cells[name] for name in names)
        if names and not all(key):
            continue
        if key in seen:
            what = " and ".join(f"{name} {quoted(cell)}" for name, cell in zip(names, key, strict=True))
            problem = f"{what} stands already on line {seen[key]}" if what else "this table has one row only"
            faults.add(sheet.file, problem, row.line, names[-1] if names else "")
        seen.setdefault(key, row.line)


def _pointers(sheet: Sheet, faults: Faults) -> Iterator[tuple[Key, str, Key]]:
    """What points elsewhere, by our declaration or the package's description: columns, table, columns there."""
    columns = [column for column in sheet.table.columns if column.to and column.name in sheet.columns]
    declared = [(column.keys, column.to, TABLES[column.to].key) for column in columns]
    return iter(dict.fromkeys([*declared, *constraints.pointers(sheet, faults)]))


def _keys(package: Package, target: str, wanted: Key) -> set[Key]:
    rows = package.rows(target)
    return {tuple(row.cells.get(name, "") for name in wanted) for row in rows}


def _check_pointers(sheet: Sheet, names: Key, there: set[Key], where: tuple[str, Key], faults: Faults) -> None:
    target, wanted = where
    is_list = sheet.table.by_name[names[0]].part is not None
    for row in sheet.rows:
        cells = [row.cells[name] for name in names]
        for key in [(item,) for item in split(cells[0])] if is_list else [tuple(cells)]:
            if all(key) and key not in there:
                what = " and ".join(f"{name} {quoted(cell)}" for name, cell in zip(wanted, key, strict=True))
                faults.add(sheet.file, f"the table {target} has no row with {what}", row.line, names[-1])

"""The rows of a table as statements, by a mapping of its columns."""

from typing import Any

from claims.dossier import quote
from claims.imports import reading_dates, web
from claims.imports.limits import refuse
from claims.imports.sheets import Sheet
from claims.imports.statements import FIELDS, KEY, NAMES, NEEDED, Statement, digest
from claims.models import ImportKind
from conflict_site.base.text import fold

LABELS = {each.name: each.label for each in FIELDS}


def statements(sheet: Sheet, mapping: dict[str, Any]) -> list[Statement]:
    """The rows of a sheet as statements. Raises PackageError where the mapping does not fit its columns.

    ``mapping`` has under ``columns`` the name of a column for each field, and under ``dates`` how dates are written.
    """
    columns: dict[str, str] = mapping.get("columns", {})
    for name, column in columns.items():
        if name not in NAMES:
            refuse(sheet.file, f"{quote(name)} is nothing that a column can hold; that are {', '.join(NAMES)}")
        if column not in sheet.header:
            refuse(sheet.file, f"there is no column {quote(column)}", 1, column)
    for name in NEEDED:
        if name not in columns:
            refuse(sheet.file, f"no column holds “{LABELS[name]}” ({name})")
    places = {name: sheet.header.index(column) for name, column in columns.items()}
    return [_statement(sheet.file, line, cells, places, columns) for line, cells in sheet.rows]


def _statement(file: str, line: int, cells: list[str], places: dict[str, int], columns: dict[str, str]) -> Statement:
    taken = {name: " ".join(cells[place].split()) for name, place in places.items()}
    made = Statement(file, line, taken, columns)
    made.key = digest(ImportKind.TABLE, *_key(made))
    return made


def _key(statement: Statement) -> tuple[str, ...]:
    """What makes a row the same row: its id and document where it has one, else who said what where."""
    url = statement.cell("url")
    place = web.key(url) or url
    if statement.cell("id"):
        return "id", statement.cell("id"), web.host(f"//{place}")
    return tuple(place if name == "url" else fold(statement.cell(name)) for name in KEY)


def date_order(mapping: dict[str, Any]) -> str:
    """How the dates of a table are written."""
    order: str = mapping.get("dates", reading_dates.AS_WRITTEN)
    return order if order in reading_dates.ORDERS else reading_dates.AS_WRITTEN

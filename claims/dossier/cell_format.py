"""A value as the text of a cell, and back. What is written is read back unchanged."""

import hashlib
import json
import re
from datetime import UTC, date, datetime
from typing import Any

from claims.dossier.schema import Cells, Key, Table

TYPED = {"BooleanField", "DateField", "DateTimeField", "JSONField"}  # cells that can be written in several ways
EMPTY = ("", "false")
LONGEST_KEY = 1500  # of LoadedRow; a spelling may be longer than the words
ITEM = re.compile(r"(?:^|;)((?:[^;\\]|\\.)*)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def to_cell(value: Any) -> str:
    """A value of the database as a cell. None and an empty object become an empty cell."""
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        # In order: SQLite keeps the keys as they were written, PostgreSQL does not.
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return str(value)


def from_cell(field: Any, cell: str) -> Any:
    """A cell as a value of a model's field. Raises ValueError where the cell does not hold one."""
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return cell == "true"
    if kind == "JSONField":
        return json.loads(cell) if cell else {}
    if kind in ("DateField", "DateTimeField") and not cell:
        return None
    if kind == "DateTimeField":
        return datetime.fromisoformat(cell)
    if kind == "DateField":
        return date.fromisoformat(cell)
    return int(cell) if kind == "PositiveIntegerField" else cell


def normalise(table: Table, cells: Cells) -> None:
    """Rewrite, in place, cells that can be written in several ways as a dump writes them."""
    for name, field in table.fields.items():
        if name in cells and field.get_internal_type() in TYPED:
            cells[name] = to_cell(from_cell(field, cells[name]))


def split_list(cell: str) -> list[str]:
    r"""The items of a list cell, which ; separates; ``\;`` is a semicolon within an item, ``\\`` a backslash."""
    return [ESCAPED.sub(r"\1", item) for item in ITEM.findall(cell)] if cell else []


def join_list(items: list[str]) -> str:
    """The cell of a list; ``split_list`` gives the items back. A list of nothing but empty items is an empty cell."""
    return ";".join(re.sub(r"([;\\])", r"\\\1", item) for item in items) if any(items) else ""


def key_text(key: Key) -> str:
    """A key as one text, as ``LoadedRow`` stores it."""
    return "\n".join(key)[:LONGEST_KEY]


def row_digest(cells: Cells) -> str:
    """The SHA-256 of a row's cells. Empty ones do not count, so that a new optional column changes nothing."""
    filled = {name: cell for name, cell in cells.items() if cell not in EMPTY}
    return hashlib.sha256(json.dumps(filled, sort_keys=True).encode()).hexdigest()

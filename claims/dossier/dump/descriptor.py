"""Makes the package descriptor of a dump, ``datapackage.json`` (Data Package and Table Schema, version 1)."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify

from claims.dossier.schema import ID, Cells, Column, Table
from claims.dossier.tables import TABLES
from conflict_site.models import Site

TYPES = {
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "datetime",
    "JSONField": "object",
    "PositiveIntegerField": "integer",
}
DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n"}


def package_descriptor(resources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The descriptor of a dump with these resources. It holds no time, so that the same content has the same bytes."""
    title = Site.current().title
    return {
        "profile": "data-package",
        "name": slugify(title)[:100] or "dossier",
        "title": title,
        "resources": list(resources),
    }


def table_resource(table: Table, columns: Sequence[Column], rows: Sequence[Cells]) -> dict[str, Any]:
    """The resource of a table with these columns and rows."""
    schema: dict[str, Any] = {"fields": [column_entry(table, column, rows) for column in columns]}
    if table.key:
        schema["primaryKey"] = _one_or_all(table.key)
    schema["missingValues"] = [""]
    references = [column for column in columns if column.target and not column.is_list]
    if references:
        schema["foreignKeys"] = [_foreign_key(column) for column in references]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": schema,
    }


def text_resource(path: str, source: str) -> dict[str, Any]:
    """The resource of the text of a source."""
    ending = path.rpartition(".")[2]
    return {
        "name": f"text-{path.removeprefix('texts/').removesuffix(f'.{ending}')}",
        "path": path,
        "description": f"text of the source {source}",
        "format": ending,
        "mediatype": "text/markdown" if ending == "md" else "text/plain",
        "encoding": "utf-8",
    }


def column_entry(table: Table, column: Column, rows: Sequence[Cells]) -> dict[str, Any]:
    """The entry of a column among the fields of its table; ``rows`` say whether all have it filled."""
    field = None if column.target or column.is_list else table.fields.get(column.name)
    entry: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(field.get_internal_type(), "string") if field else "string",
        "description": column.description,
    }
    constraints: dict[str, Any] = {}
    # Drafts may leave cells empty that are required from review on; such a column can't be declared as required.
    if column.required and all(cells[column.name] for cells in rows):
        constraints["required"] = True
    if table.key == (column.name,):
        constraints["unique"] = True
    constraints |= _constraints(column, field)
    return entry | ({"constraints": constraints} if constraints else {})


def _constraints(column: Column, field: Any) -> dict[str, Any]:
    if column.is_list:
        return {"pattern": f"{ID}(;{ID})*"} if column.target else {}
    if column.pattern:
        return {"pattern": column.pattern}
    if field is None:
        return {"pattern": ID}
    if field.choices:
        return {"enum": [str(value) for value, _ in field.choices]}
    if field.get_internal_type() == "SlugField":
        return {"pattern": ID, "maxLength": field.max_length}
    return {"maxLength": field.max_length} if getattr(field, "max_length", None) else {}


def _foreign_key(column: Column) -> dict[str, Any]:
    reference = {"resource": column.target, "fields": _one_or_all(TABLES[column.target].key)}
    return {"fields": _one_or_all(column.foreign_key), "reference": reference}


def _one_or_all(names: Sequence[str]) -> str | list[str]:
    return names[0] if len(names) == 1 else list(names)

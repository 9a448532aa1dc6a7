"""Whether a resource's schema has the form of a Table Schema, version 1, in the parts that are used here."""

from typing import Any


def problem(schema: Any) -> str:
    """What is wrong with the form of a schema, in words; "" if nothing."""
    if not isinstance(schema, dict) or not _all(schema.get("fields"), _is_field):
        return "“schema” must list the columns under “fields”: each with “name”, and perhaps “type” and “constraints”"
    if not _is_key(schema.get("primaryKey", "id")):
        return "“primaryKey” must be a column or a list of columns"
    if not _all(schema.get("foreignKeys", []), _is_foreign_key):
        return "“foreignKeys” must be a list, each with “fields” and a “reference” with “resource” and as many “fields”"
    return ""


def column_names(given: str | list[str]) -> tuple[str, ...]:
    """The columns of a key, which may be given as one name or as a list."""
    return (given,) if isinstance(given, str) else tuple(given)


def _all(given: Any, test: Any) -> bool:
    return isinstance(given, list) and all(isinstance(each, dict) and test(each) for each in given)


def _is_field(given: dict[str, Any]) -> bool:
    texts = (given.get("name"), given.get("type", ""))
    return all(isinstance(text, str) for text in texts) and isinstance(given.get("constraints", {}), dict)


def _is_key(given: Any) -> bool:
    return isinstance(given, str) or (isinstance(given, list) and all(isinstance(name, str) for name in given))


def _is_foreign_key(given: dict[str, Any]) -> bool:
    reference = given.get("reference")
    if not isinstance(reference, dict) or not isinstance(reference.get("resource"), str):
        return False
    own, there = given.get("fields"), reference.get("fields")
    return _is_key(own) and _is_key(there) and len(column_names(own)) == len(column_names(there)) > 0  # type: ignore[arg-type]

"""What a package's own descriptor demands of its cells and keys (constraints of Table Schema, version 1)."""

import re
from collections.abc import Callable, Iterator
from operator import gt, lt
from typing import Any

from claims.dossier.faults import quote
from claims.dossier.package.descriptor import NAME
from claims.dossier.package.resources import TableResource
from claims.dossier.package.table_schema import column_names
from claims.dossier.schema import Key

Check = Callable[[str], str]
TYPES = {"integer": r"[+-]?[0-9]+", "boolean": "true|false", "number": r"[+-]?[0-9]+(\.[0-9]+)?"}


def of_column(resource: TableResource, name: str) -> tuple[bool, list[Check]]:
    """Whether the descriptor makes a column required, and the checks of its cells: each returns "" or the problem.

    A constraint that can't be understood is added to the faults of the descriptor.
    """
    fields = resource.schema["fields"]
    number, field = next((number, each) for number, each in enumerate(fields) if each["name"] == name)
    rules = field.get("constraints", {})
    checks = []
    if form := TYPES.get(field.get("type", "")):
        checks.append(_matches(re.compile(form), f"it must be {field['type']} as described in {NAME}"))
    for rule, make in CHECKS.items():
        if rule in rules:
            try:
                checks.append(make(rules[rule]))
            except (re.error, TypeError, ValueError, OverflowError, RecursionError):
                told = f"{resource.path}, {name}: {rule} {quote(str(rules[rule]))} makes no sense"
                resource.entry.fault(told, "schema", "fields", number, "constraints", rule)
    return rules.get("required") is True, checks


def unique_keys(resource: TableResource) -> Iterator[Key]:
    """The columns, or groups of columns, that the descriptor makes unique."""
    for each in resource.schema["fields"]:
        if each.get("constraints", {}).get("unique"):
            yield (each["name"],)
    if _are_known(resource, key := column_names(resource.schema.get("primaryKey", "")), "primaryKey"):
        yield key


def foreign_keys(resource: TableResource) -> Iterator[tuple[Key, str, Key]]:
    """The foreign keys of the descriptor: the columns, the target table, and the columns there."""
    for given in resource.schema.get("foreignKeys", []):
        reference = given["reference"]
        if _are_known(resource, own := column_names(given["fields"]), "foreignKeys"):
            yield own, reference["resource"] or resource.table.name, column_names(reference["fields"])


def _are_known(resource: TableResource, key: Key, which: str) -> bool:
    unknown = [name for name in key if name and name not in resource.columns]
    if unknown:
        told = f"{resource.path}: a key has the unknown column {quote(unknown[0])}"
        resource.entry.fault(told, "schema", which)
    return bool(key) and all(key) and not unknown


def _matches(pattern: re.Pattern[str], problem: str) -> Check:
    return lambda cell: "" if pattern.fullmatch(cell) else problem


def _pattern(given: Any) -> Check:
    return _matches(re.compile(given), f"it does not match the pattern in {NAME}")


def _enum(given: Any) -> Check:
    values = [str(value) for value in given]
    return lambda cell: "" if cell in values else f"{quote(cell)} is none of {', '.join(values)}"


def _limit(given: Any, passed: Callable[[float, float], bool], words: str) -> Check:
    limit = float(given)

    def check(cell: str) -> str:
        try:
            return f"{words} {given}" if passed(float(cell), limit) else ""
        except ValueError:
            return ""  # the type says what is wrong with it

    return check


def _length(given: Any, passed: Callable[[int, int], bool], words: str) -> Check:
    limit = int(given)
    return lambda cell: f"{words} {given}" if passed(len(cell), limit) else ""


CHECKS: dict[str, Callable[[Any], Check]] = {
    "pattern": _pattern,
    "enum": _enum,
    "minimum": lambda given: _limit(given, lt, "it is less than"),
    "maximum": lambda given: _limit(given, gt, "it is more than"),
    "minLength": lambda given: _length(given, lt, "it is shorter than"),
    "maxLength": lambda given: _length(given, gt, "it is longer than"),
}

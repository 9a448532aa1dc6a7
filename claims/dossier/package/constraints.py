"""What a package's own description demands of its cells and keys (Table Schema, version 1)."""

import re
from collections.abc import Callable, Iterator
from operator import gt, lt
from typing import Any

from claims.dossier.faults import Faults, quoted
from claims.dossier.package.descriptor import NAME
from claims.dossier.package.resources import Sheet
from claims.dossier.package.table_schema import names
from claims.dossier.schema import Key

Check = Callable[[str], str]
TYPES = {"integer": r"[+-]?[0-9]+", "boolean": "true|false", "number": r"[+-]?[0-9]+(\.[0-9]+)?"}


def demands(sheet: Sheet, name: str, faults: Faults) -> tuple[bool, list[Check]]:
    """Whether the description asks for a column to be filled, and the checks of its cells: each gives "" or a problem.

    A constraint that makes no sense is a fault of the description.
    """
    described = next(each for each in sheet.schema["fields"] if each["name"] == name)
    rules = described.get("constraints", {})
    checks = []
    if form := TYPES.get(described.get("type", "")):
        checks.append(_matches(re.compile(form), f"it must be {described['type']} as described in {NAME}"))
    for rule, make in MAKERS.items():
        if rule in rules:
            try:
                checks.append(make(rules[rule]))
            except (re.error, TypeError, ValueError, OverflowError, RecursionError):
                faults.add(NAME, f"{sheet.file}, {name}: {rule} {quoted(str(rules[rule]))} makes no sense")
    return rules.get("required") is True, checks


def keys(sheet: Sheet, faults: Faults) -> Iterator[Key]:
    """The columns, or groups of columns, that the description says are unique."""
    for each in sheet.schema["fields"]:
        if each.get("constraints", {}).get("unique"):
            yield (each["name"],)
    if _are_columns(sheet, key := names(sheet.schema.get("primaryKey", "")), faults):
        yield key


def pointers(sheet: Sheet, faults: Faults) -> Iterator[tuple[Key, str, Key]]:
    """What the description says points elsewhere: the columns, the table, and the columns there."""
    for given in sheet.schema.get("foreignKeys", []):
        reference = given["reference"]
        if _are_columns(sheet, own := names(given["fields"]), faults):
            yield own, reference["resource"] or sheet.table.name, names(reference["fields"])


def _are_columns(sheet: Sheet, key: Key, faults: Faults) -> bool:
    unknown = [name for name in key if name and name not in sheet.columns]
    if unknown:
        faults.add(NAME, f"{sheet.file}: a key has the unknown column {quoted(unknown[0])}")
    return bool(key) and all(key) and not unknown


def _matches(pattern: re.Pattern[str], problem: str) -> Check:
    return lambda cell: "" if pattern.fullmatch(cell) else problem


def _pattern(given: Any) -> Check:
    return _matches(re.compile(given), f"it does not match the pattern in {NAME}")


def _enum(given: Any) -> Check:
    values = [str(value) for value in given]
    return lambda cell: "" if cell in values else f"{quoted(cell)} is none of {', '.join(values)}"


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


MAKERS: dict[str, Callable[[Any], Check]] = {
    "pattern": _pattern,
    "enum": _enum,
    "minimum": lambda given: _limit(given, lt, "it is less than"),
    "maximum": lambda given: _limit(given, gt, "it is more than"),
    "minLength": lambda given: _length(given, lt, "it is shorter than"),
    "maxLength": lambda given: _length(given, gt, "it is longer than"),
}

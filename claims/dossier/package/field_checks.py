"""What the fields of our models demand of a cell."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from actors.models import ActorName
from claims.dossier.cell_format import join_list, split_list
from claims.dossier.faults import quote
from claims.dossier.package.spreadsheets import date_problem, is_date
from claims.dossier.schema import ID, Column, Table

Check = Callable[[str], str]
NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")


def of_column(table: Table, column: Column) -> list[Check]:
    """The checks of a column's filled cells: each returns "" or the problem in words."""
    shape = [_matches(column.pattern, "“{}” is not of the form {}")] if column.pattern else []
    if column.is_list:
        return [_list_of(column)]
    if column.target or column.derived:
        return [character_problem, *shape]
    field = table.fields[column.name]
    if field.choices:
        return [_one_of([str(value) for value, _ in field.choices])]
    dates = [date_problem] if is_date(column, field) else []
    return [character_problem, *shape, *dates, BY_TYPE.get(field.get_internal_type(), _by_validators)(field)]


def character_problem(cell: str) -> str:
    """The problem with a cell that holds what a database can't store: NUL, or bytes that were not UTF-8."""
    if "\0" in cell:
        return "it holds a NUL character"
    if not cell.isascii() and any("\ud800" <= char <= "\udfff" for char in cell):
        return "it is not UTF-8 text"
    return ""


def _matches(pattern: str, problem: str) -> Check:
    compiled = re.compile(pattern)
    return lambda cell: "" if compiled.fullmatch(cell) else problem.format(cell[:60], pattern)


def _one_of(values: list[str]) -> Check:
    return lambda cell: "" if cell in values else f"{quote(cell)} is none of {', '.join(values)}"


def _list_of(column: Column) -> Check:
    """The check of a list of ids, other names, or their languages. Only languages may be empty or occur twice."""
    languages = column.name == "other_names_lang"
    longest = ActorName._meta.get_field("name").max_length or 0
    shape = re.compile(ID if column.target else "([a-z]{2,3})?" if languages else f"(?s).{{1,{longest}}}")

    def check(cell: str) -> str:
        items = split_list(cell)
        odd = [item for item in items if not shape.fullmatch(item)]
        if problem := character_problem(cell):
            return problem
        if join_list(items) != cell:
            return "a backslash stands before a semicolon or a backslash only"
        if odd:
            return f"{quote(odd[0])} can't stand in this list, whose items are separated by ;"
        return "" if languages or len(set(items)) == len(items) else "an item stands there twice"

    return check


def _slug(field: Any) -> Check:
    def check(cell: str) -> str:
        if not re.fullmatch(ID, cell):
            return f"{quote(cell)} is no id: letters a to z, digits, - and _ only"
        return "" if len(cell) <= field.max_length else f"an id has at most {field.max_length} characters"

    return check


def _number(field: Any) -> Check:
    most = 8 if field.model._meta.model_name == "stance" else 999_999_999

    def check(cell: str) -> str:
        if not NUMBER.fullmatch(cell):
            return f"{quote(cell)} is no whole number"
        return "" if 0 <= int(cell) <= most else f"it is more than {most}"

    return check


def _day(field: Any) -> Check:
    return _by_parser(DAY, date.fromisoformat, "is no day; write it as 2024-01-15")


def _moment(field: Any) -> Check:
    return _by_parser(MOMENT, datetime.fromisoformat, "is no moment; write it as 2024-01-15T12:00:00Z")


def _by_parser(shape: re.Pattern[str], parse: Callable[[str], Any], problem: str) -> Check:
    def check(cell: str) -> str:
        try:
            if shape.fullmatch(cell) and parse(cell):
                return ""
        except ValueError:
            pass
        return f"{quote(cell)} {problem}"

    return check


def _object(field: Any) -> Check:
    def refuse(name: str) -> None:
        raise ValueError(name)

    def check(cell: str) -> str:
        try:
            value = json.loads(cell, parse_constant=refuse)
            # JSON can hold NUL and half a surrogate pair, PostgreSQL can't. The latter raises UnicodeEncodeError.
            if isinstance(value, dict) and b"\\u0000" not in json.dumps(value, ensure_ascii=False).encode():
                return ""
        except (ValueError, RecursionError):
            pass
        return "it is no JSON object"

    return check


def _flag(field: Any) -> Check:
    return _matches("true|false", "“{}” is neither true nor false")


def _by_validators(field: Any) -> Check:
    """The check of lengths, web addresses and fuzzy dates by the field's own validators."""

    def check(cell: str) -> str:
        try:
            field.run_validators(cell)
        except ValidationError as error:
            return error.messages[0]
        return ""

    return check


BY_TYPE: dict[str, Callable[[Any], Check]] = {
    "BooleanField": _flag,
    "DateField": _day,
    "DateTimeField": _moment,
    "JSONField": _object,
    "PositiveIntegerField": _number,
    "SlugField": _slug,
}

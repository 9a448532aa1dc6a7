"""Reads the package descriptor, ``datapackage.json`` (Data Package and Table Schema, version 1)."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from claims.dossier.faults import Faults, quote
from claims.dossier.package import table_schema
from claims.dossier.schema import TEXT_PATH
from claims.dossier.tables import TABLES
from conflict_site.base.json_places import Lines, Places

NAME = "datapackage.json"
LARGEST_FILE = 5_000_000  # bytes
TEXT = re.compile(TEXT_PATH)
PACKAGE_NAME = re.compile(r"[a-z0-9][-a-z0-9._]{0,99}")
CSV_DIALECT: dict[str, tuple[Any, ...]] = {  # what each may be, the default first; the file itself says which
    "delimiter": (",", ";", "\t"),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "header": (True,),
}


@dataclass(slots=True)
class Told:
    """The faults of the descriptor, and where in it its values stand."""

    faults: Faults
    places: Places

    def add(self, message: str, *path: str | int) -> None:
        """Add a fault of the value with this path."""
        line, column = self.places.at(*path)
        self.faults.add(NAME, message, line, str(column), alone=False)


@dataclass(slots=True)
class Resource:
    """One file as the descriptor lists it: a table with its schema, or the text of a source; it is listed at
    ``number``, from 0."""

    name: str
    path: str
    schema: dict[str, Any] = field(default_factory=dict)
    is_text: bool = False
    number: int = 0
    told: Told = field(default_factory=lambda: Told(Faults(), Places()))

    def fault(self, message: str, *path: str | int) -> None:
        """Add a fault of what the descriptor says of this file; ``path`` leads to it."""
        self.told.add(message, "resources", self.number, *path)


@dataclass(slots=True)
class Descriptor:
    """The package's name, version and files."""

    name: str = ""
    version: str = ""
    resources: list[Resource] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Name and version, as the public log gives them."""
        return f"{self.name} {self.version}".strip()


def read(folder: Path, faults: Faults) -> Descriptor:
    """The descriptor of the package in a folder, without the parts that have faults; these are added to ``faults``."""
    given, told = _json(folder, faults)
    if given is None:
        return Descriptor()
    name, version = given.get("name"), given.get("version", "")
    if not isinstance(name, str) or not PACKAGE_NAME.fullmatch(name):
        told.add("“name” must be up to 100 lower-case letters, digits and the signs - . _", "name")
        name = ""
    if not isinstance(version, str) or len(version) > 40 or not version.isprintable():
        told.add("“version” must be a short text, such as “1.0.0”", "version")
        version = ""
    return Descriptor(name, version, _resources(folder, given.get("resources"), told))


def _json(folder: Path, faults: Faults) -> tuple[dict[str, Any] | None, Told]:
    """What the descriptor holds, None where it can't be read, and the means to tell its faults."""
    path, nowhere = folder / NAME, Told(faults, Places())
    if not path.is_file():
        faults.add(NAME, f"there is no such file in {folder}")
        return None, nowhere
    if path.stat().st_size > LARGEST_FILE:
        nowhere.add("it is larger than 5 MB")
        return None, nowhere
    data = path.read_bytes()
    try:
        text = data.decode()
        given = json.loads(text)
    except UnicodeDecodeError as error:
        line, column = Lines(data[: error.start].decode()).at(len(data[: error.start].decode()))
        faults.add(NAME, "it is not UTF-8 text", line, str(column))
    except json.JSONDecodeError as error:
        faults.add(NAME, f"it is not JSON: {error.msg}", error.lineno, str(error.colno))
    except (RecursionError, ValueError):
        nowhere.add("it is not JSON that can be read: nested too deeply, or a number too long")
    else:
        if isinstance(given, dict):
            return given, Told(faults, Places(text))
        nowhere.add("it must hold an object, in braces")
    return None, nowhere


def _resources(folder: Path, given: Any, told: Told) -> list[Resource]:
    if not isinstance(given, list) or not given:
        told.add("“resources” must list the files of the package", "resources")
        return []
    found: dict[str, Resource] = {}
    paths: set[str] = set()
    for number, entry in enumerate(given):
        resource = _resource(folder, entry, number, told)
        if resource and (resource.name in found or resource.path in paths):
            resource.fault(f"resource {number + 1}: {quote(resource.name)} or its file is listed twice")
        elif resource:
            found[resource.name] = resource
            paths.add(resource.path)
    return list(found.values())


def _resource(folder: Path, entry: Any, number: int, told: Told) -> Resource | None:
    which = f"resource {number + 1}"
    name, path = (entry.get("name"), entry.get("path")) if isinstance(entry, dict) else (None, None)
    if not (isinstance(name, str) and isinstance(path, str)):
        told.add(f"{which}: “name” and “path” must be texts", "resources", number)
        return None
    problem, at = _problem_of_path(folder, path), "path"
    is_text = bool(TEXT.fullmatch(path)) and name not in TABLES
    if not (problem or is_text):
        problem, at = _problem_of_table(name, entry)
    if problem:
        told.add(f"{which}, {quote(name)}: {problem}", "resources", number, at)
        return None
    return Resource(name, path, {} if is_text else entry["schema"], is_text, number, told)


def _problem_of_path(folder: Path, path: str) -> str:
    """What is wrong with a path; "" if nothing. It must stay within the folder, symbolic links resolved."""
    parts = PurePosixPath(path).parts
    if not path.isprintable() or re.search(r"[\\:]", path) or path.startswith(("/", "~")) or ".." in parts or not parts:
        return f"the path {quote(path)} is no relative path within the folder"
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        return f"the path {quote(path)} leads out of the folder"
    return "" if (folder / path).is_file() else f"there is no file {quote(path)}"


def _problem_of_table(name: str, entry: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with the description of a table, and under which property; two empty texts if nothing."""
    dialect, encoding = entry.get("dialect", {}), entry.get("encoding", "utf-8")
    if name not in TABLES:
        known = ", ".join(TABLES)
        return f"unknown table; those known are {known}; texts are texts/SOURCE.md or texts/SOURCE.txt", "name"
    if str(encoding).lower() not in ("utf-8", "utf8"):
        return "“encoding” must be utf-8", "encoding"
    dialect = dialect.get("csv", dialect) if isinstance(dialect, dict) else {"": dialect}
    if any(dialect.get(sign, wanted[0]) not in wanted for sign, wanted in CSV_DIALECT.items()) or "" in dialect:
        return (
            "“dialect” must be commas or semicolons between cells, double quotes around them, and a header",
            "dialect",
        )
    return table_schema.problem(entry.get("schema")), "schema"

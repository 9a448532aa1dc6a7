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
class Resource:
    """One file as the descriptor lists it: a table with its schema, or the text of a source."""

    name: str
    path: str
    schema: dict[str, Any] = field(default_factory=dict)
    is_text: bool = False


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
    given = _json(folder, faults)
    if given is None:
        return Descriptor()
    name, version = given.get("name"), given.get("version", "")
    if not isinstance(name, str) or not PACKAGE_NAME.fullmatch(name):
        faults.add(NAME, "“name” must be up to 100 lower-case letters, digits and the signs - . _")
        name = ""
    if not isinstance(version, str) or len(version) > 40 or not version.isprintable():
        faults.add(NAME, "“version” must be a short text, such as “1.0.0”")
        version = ""
    return Descriptor(name, version, _resources(folder, given.get("resources"), faults))


def _json(folder: Path, faults: Faults) -> dict[str, Any] | None:
    path = folder / NAME
    if not path.is_file():
        faults.add(NAME, f"there is no such file in {folder}")
        return None
    if path.stat().st_size > LARGEST_FILE:
        faults.add(NAME, "it is larger than 5 MB")
        return None
    try:
        given = json.loads(path.read_bytes().decode())
    except UnicodeDecodeError:
        faults.add(NAME, "it is not UTF-8 text")
    except json.JSONDecodeError as error:
        faults.add(NAME, f"it is not JSON: {error.msg} (column {error.colno})", error.lineno)
    except (RecursionError, ValueError):
        faults.add(NAME, "it is not JSON that can be read: nested too deeply, or a number too long")
    else:
        if isinstance(given, dict):
            return given
        faults.add(NAME, "it must hold an object, in braces")
    return None


def _resources(folder: Path, given: Any, faults: Faults) -> list[Resource]:
    if not isinstance(given, list) or not given:
        faults.add(NAME, "“resources” must list the files of the package")
        return []
    found: dict[str, Resource] = {}
    paths: set[str] = set()
    for number, entry in enumerate(given, 1):
        resource = _resource(folder, entry, f"resource {number}", faults)
        if resource and (resource.name in found or resource.path in paths):
            faults.add(NAME, f"resource {number}: {quote(resource.name)} or its file is listed twice")
        elif resource:
            found[resource.name] = resource
            paths.add(resource.path)
    return list(found.values())


def _resource(folder: Path, entry: Any, which: str, faults: Faults) -> Resource | None:
    name, path = (entry.get("name"), entry.get("path")) if isinstance(entry, dict) else (None, None)
    if not (isinstance(name, str) and isinstance(path, str)):
        faults.add(NAME, f"{which}: “name” and “path” must be texts")
        return None
    problem = _problem_of_path(folder, path)
    is_text = bool(TEXT.fullmatch(path)) and name not in TABLES
    if not (problem or is_text):
        problem = _problem_of_table(name, entry)
    if problem:
        faults.add(NAME, f"{which}, {quote(name)}: {problem}")
        return None
    return Resource(name, path, {} if is_text else entry["schema"], is_text)


def _problem_of_path(folder: Path, path: str) -> str:
    """What is wrong with a path; "" if nothing. It must stay within the folder, symbolic links resolved."""
    parts = PurePosixPath(path).parts
    if not path.isprintable() or re.search(r"[\\:]", path) or path.startswith(("/", "~")) or ".." in parts or not parts:
        return f"the path {quote(path)} is no relative path within the folder"
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        return f"the path {quote(path)} leads out of the folder"
    return "" if (folder / path).is_file() else f"there is no file {quote(path)}"


def _problem_of_table(name: str, entry: dict[str, Any]) -> str:
    dialect, encoding = entry.get("dialect", {}), entry.get("encoding", "utf-8")
    if name not in TABLES:
        return f"unknown table; those known are {', '.join(TABLES)}; texts are texts/SOURCE.md or texts/SOURCE.txt"
    if str(encoding).lower() not in ("utf-8", "utf8"):
        return "“encoding” must be utf-8"
    dialect = dialect.get("csv", dialect) if isinstance(dialect, dict) else {"": dialect}
    if any(dialect.get(sign, wanted[0]) not in wanted for sign, wanted in CSV_DIALECT.items()) or "" in dialect:
        return "“dialect” must be commas or semicolons between cells, double quotes around them, and a header"
    return table_schema.problem(entry.get("schema"))

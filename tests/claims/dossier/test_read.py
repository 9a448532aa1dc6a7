"""Whatever a folder holds, reading it gives a package or a list of faults, and never anything else."""

import csv
import io
import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.dossier import PackageError, load_package, read_package
from tests.claims.dossier.packages import SMALL, TEXT, a_descriptor, a_package, with_column

pytestmark = pytest.mark.django_db

texts = {"texts/herald-2.md": TEXT}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.sampled_from(
        ["id", "claims", "name", "(", "[", "actors.csv", "../actors.csv", "string", "integer", "\0"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["fields", "resource"]), inner),
    max_leaves=5,
)  # fmt: skip
RULES = ["required", "unique", "pattern", "enum", "minimum", "maximum", "minLength", "maxLength"]


def places(value, path=()):
    """The paths to everything within a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from places(item, (*path, key))


def put(value, path, new):
    """A JSON value with something else in one place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


def a_description():
    """A description that uses all that a description can say."""
    description = a_descriptor({name: SMALL[name] for name in ("actors", "issues", "claims")}, texts)
    for resource in description["resources"][:3]:
        schema = resource["schema"]
        schema |= {"primaryKey": ["id"], "missingValues": [""]}
        schema["foreignKeys"] = [{"fields": "id", "reference": {"resource": "actors", "fields": "id"}}]
        schema["fields"][0] |= {"type": "string", "constraints": {"required": True, "unique": True}}
        resource |= {"encoding": "utf-8", "dialect": {"delimiter": ","}}
    rules = dict(zip(RULES, [True, True, ".*", ["a"], 1, 2, 1, 2], strict=True))
    description["resources"][0]["schema"]["fields"][1]["constraints"] = rules
    return description


DESCRIPTION = a_description()


def tried(folder):
    """Reads a package; being refused is the one thing that may happen. What is not refused can be loaded."""
    with suppress(PackageError):
        load_package(read_package(folder), dry_run=True)


@pytest.mark.run_once
@settings(max_examples=200)
@given(st.sampled_from([*places(DESCRIPTION)]), anything)
def test_any_description_is_read_or_refused(path, new):
    with TemporaryDirectory() as name:
        folder = a_package(Path(name), texts=texts)
        (folder / "datapackage.json").write_text(json.dumps(put(DESCRIPTION, path, new)))
        tried(folder)


@pytest.mark.run_once
@settings(max_examples=200)
@given(
    st.sampled_from([*SMALL]), st.floats(0, 1), st.integers(0, 3), st.sampled_from(
        [b"", b'"', b"\n", b"\r", b",", b";", b"\0", b"\xff", b"\\", b"..", "\u2028".encode(), b"x" * 400]
    ),
)  # fmt: skip
def test_any_table_is_read_or_refused(name, where, cut, new):
    data = SMALL[name].encode()
    start = int(where * len(data))
    with TemporaryDirectory() as folder:
        tried(a_package(Path(folder), {name: data[:start] + new + data[start + cut :]}))


CELLS = [
    "", "1", "2", "9", "true", "draft", "published", "withdrawn", "in_review", "person", "shows", "ann-lee", "bob-ray",
    "talks", "border", "ready", "lee-ready", "ray-not-ready", "herald-2", "meeting", "talks;border", "north;south",
    "2024~", "../2024", "2024/..", "[2023..2024]", "0001", "9999-12-31", "x" * 300, "Лі", "a\\;b;c", " ",
    "\u0000", "\u200b",
]  # fmt: skip


@settings(max_examples=150)
@given(st.data())
def test_what_is_read_without_a_fault_is_loaded_without_one(data):
    tables = dict(SMALL)
    for name in ("claims", "events", "positions"):
        tables |= with_column(name, "state", *[""] * (SMALL[name].count("\n") - 1))
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from([*tables]))
        rows = list(csv.reader(io.StringIO(tables[name])))
        row = data.draw(st.integers(1, len(rows) - 1))
        rows[row][data.draw(st.integers(0, len(rows[0]) - 1))] = data.draw(st.sampled_from(CELLS))
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        tables[name] = written.getvalue()
    with TemporaryDirectory() as folder:
        tried(a_package(Path(folder), tables, texts))

"""The house: rooms on floors, arrows that go down only, and what no room may do. docs/architecture.md draws it."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("conflict_site", "actors", "audit", "claims")

# From the ground up; rooms side by side know nothing of each other, save where a circle would be no fault (the desk
# and the pages stand on one floor). A room is a folder with all that is in it, or a module that stands alone.
FLOORS = [
    ["conflict_site.base", "conflict_site.templatetags", "claims.extraction"],
    ["audit", "conflict_site.models"],
    ["actors"],
    ["claims.models"],
    ["claims.charts", "claims.wording"],
    ["claims.evidence"],
    ["claims.capture", "claims.search"],
    ["claims.editorial", "claims.helps", "claims.proposals"],
    ["claims.readmodel"],
    ["claims.filtering"],
    ["claims.positions", "claims.timeline", "claims.changes"],
    ["claims.dossier", "claims.formats"],
    ["claims.api", "claims.imports"],
    ["claims.views", "claims.admin", "claims.management"],
    ["claims.urls", "claims.apps"],
    ["conflict_site"],
]
DOORS = {
    f"claims.{name}"
    for name in (
        *("extraction", "models", "charts", "wording", "evidence", "capture", "search", "editorial", "helps"),
        *("proposals", "readmodel", "filtering", "positions", "timeline", "changes", "dossier", "formats", "api"),
        "imports",
    )
}
ROOMS = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


@cache
def modules() -> dict[str, Path]:
    """The program's modules, without migrations."""
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


def room(name: str) -> str:
    """The room of a module: the longest of their names that it begins with."""
    return max((known for known in ROOMS if f"{name}.".startswith(f"{known}.")), key=len, default="")


def imports(source: str) -> set[str]:
    """What a module imports, also within functions: modules of the program, or names in them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] in APPS}


def arrows(sources: dict[str, str]) -> set[tuple[str, str]]:
    """From which room to which other one an import leads."""
    found = {(room(name), room(other)) for name, source in sources.items() for other in imports(source)}
    return {(start, end) for start, end in found if start != end}


def rising(sources: dict[str, str]) -> list[str]:
    """The arrows that do not lead to a lower floor. With none of these there can be no circle of rooms."""
    return sorted(f"{start} -> {end}" for start, end in arrows(sources) if ROOMS[end] >= ROOMS[start])


def past_the_door(sources: dict[str, str]) -> list[str]:
    """Imports from within a room of claims by somebody outside: what a room offers, its ``__all__`` has."""
    found = []
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module and room(node.module) in DOORS - {room(name)}:
                offered = door(room(node.module)) if node.module in DOORS else set()
                found += [f"{name}: {node.module}.{one.name}" for one in node.names if one.name not in offered]
    return sorted(found)


@cache
def door(of: str) -> set[str]:
    """The names that a room offers."""
    return set(import_module(of).__all__)


def sources() -> dict[str, str]:
    return {name: path.read_text() for name, path in modules().items()}


def test_every_module_stands_in_a_room():
    assert [name for name in modules() if not room(name) and name not in APPS] == []


def test_the_map_has_every_room_from_the_roof_down():
    """The roof is drawn as one; template tags and the settings of an app are no rooms of their own."""
    table = (ROOT / "docs" / "architecture.md").read_text().partition("| floor |")[2].partition("## Where")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if "`" in line]
    drawn = [set(re.findall(r"`([\w/.]+?)(?:/|\.py)?`", row)) for row in rows]
    rooms = [
        {one.replace(".", "/") for one in floor} - {"claims/apps", "conflict_site/templatetags"} for floor in FLOORS
    ]
    assert drawn == [rooms[-1] | rooms[-2], *reversed(rooms[:-2])]


def test_no_module_stands_loose_beside_the_rooms_of_claims():
    loose = [name for name, path in modules().items() if re.fullmatch(r"claims\.\w+", name) and path.stem != "__init__"]
    assert sorted(loose) == ["claims.apps", "claims.urls"]


def test_arrows_go_down_only():
    assert rising(sources()) == []


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("claims.wording.lines", "from claims.filtering.filter import ClaimFilter"),
        ("actors.models", "def late():\n    from claims import models"),
        ("conflict_site.base.text", "import claims.search.query"),
        ("claims.timeline.view", "from claims.positions import stances"),
        ("claims.views.actors", "from claims.admin import actor"),
        ("claims.models.claim", "from conflict_site.views import home"),
    ],
)
def test_a_planted_arrow_upwards_or_aside_is_found(where, line):
    assert len(rising({where: line})) == 1


def test_a_planted_circle_of_rooms_is_found():
    planted = {"claims.search.index": "from claims.readmodel import bits"}
    assert rising(sources() | planted) == ["claims.search -> claims.readmodel"]


def test_nobody_reaches_past_a_door():
    assert past_the_door(sources()) == []


@pytest.mark.parametrize(
    "line",
    [
        "from claims.wording.lines import ClaimLine",
        "from claims.readmodel import packing",
        "def late():\n    from claims.search.index import derive",
    ],
)
def test_a_planted_reach_past_a_door_is_found(line):
    assert len(past_the_door({"claims.views.actors": line})) == 1


def test_modules_and_functions_are_short():
    long = [name for name, text in sources().items() if len(text.splitlines()) >= 300]
    functions = [
        f"{name}.{node.name}"
        for name, text in sources().items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert (long, functions) == ([], [])


def test_the_query_of_a_request_goes_to_a_form_and_nowhere_else():
    stray = [
        f"{name}: {line.strip()}"
        for name, source in sources().items()
        for line in source.splitlines()
        if "request.GET" in line and not re.search(r"\w+(Filter|Form)\(request\.GET[,)]", line)
    ]
    assert [line for line in stray if ".admin" not in line] == []


def test_no_template_tag_asks_the_database():
    tags = [path for app in APPS for path in (ROOT / app).rglob("templatetags/*.py")]
    assert [path.name for path in tags if re.search(r"\.objects\b|\bmodels\b", path.read_text())] == []


def test_no_template_holds_inline_script_or_style():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(\ssrc=|application/ld\+json))", re.IGNORECASE)
    found = [
        str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html") if inline.search(path.read_text())
    ]
    assert found == []


def long_lines(folder: Path) -> list[str]:
    """The lines of the templates in a folder that are too long to read."""
    return [
        f"{path.relative_to(folder)}:{number}"
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".svg", ".xml")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > 160
    ]


def test_no_line_of_a_template_is_longer_than_160_characters():
    assert long_lines(ROOT / "templates") == []


def test_a_planted_long_line_of_a_template_is_found(tmp_path):
    (tmp_path / "page.html").write_text(f"<p>\n{'–' * 160}\n{'–' * 161}\n</p>\n")
    assert long_lines(tmp_path) == ["page.html:3"]

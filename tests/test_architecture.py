"""The floors of the house: imports run downwards only, views hand the query to a form, template tags ask nothing."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("conflict_site", "actors", "claims")

# From the ground up. A module may import from its own floor and those below it.
FLOORS = [
    [
        "conflict_site.edtf",
        "conflict_site.text",
        "conflict_site.words",
        "conflict_site.markdown",
        "conflict_site.addresses",
        "conflict_site.memory",
        "conflict_site.templatetags",
    ],
    ["conflict_site.words", "conflict_site.fields", "conflict_site.models"],
    ["actors.querysets"],
    ["actors.models"],
    ["claims.querysets"],
    ["claims.models"],
    [
        "claims.proof.quoting",
        "claims.attribution",
        "claims.query",
        "claims.proof.passages",
        "claims.proof.suggestions",
        "claims.charts.marks",
        "claims.charts.timeline",
        "claims.proof.reading",
        "claims.charts.standing",
        "claims.charts.strip",
        "claims.charts.zoom",
        "claims.charts.density",
        "claims.charts.window",
        "claims.charts.pairs",
        "claims.tables",
        "claims.browser.histogram",
        "claims.log.diffs",
    ],
    [
        "claims.public",
        "claims.search",
        "claims.entries",
        "claims.charts.statements",
        "claims.charts.evidence",
        "claims.charts.answers",
        "claims.sections",
        "claims.charts.positions",
        "claims.proof.anchoring",
        "claims.proof.verification",
        "claims.browser.clocks",
        "claims.browser.parameters",
        "claims.browser.paging",
    ],
    [
        "claims.takedown",
        "claims.proof.origins",
        "claims.log.revisions",
        "claims.capture",
        "claims.slugs",
        "claims.log.differences",
    ],
    [
        "claims.browser.index",
        "claims.near",
        "claims.coverage",
        "claims.tallies",
        "claims.as_of",
        "claims.browser.dimensions",
        "claims.browser.index",
        "claims.log.history",
    ],
    ["claims.browser.vocabulary", "claims.around", "claims.log.change_log"],
    [
        "claims.browser.filters",
        "claims.browser.readback",
        "claims.browser.facets",
        "claims.browser.highlight",
        "claims.browser.lines",
        "claims.browser.page",
        "claims.timeline",
        "claims.proof.in_context",
        "claims.proof.corroboration",
        "claims.linked_data",
        "claims.citing",
        "claims.card",
        "claims.source_page",
        "claims.claim_page",
        "claims.exports",
        "claims.api",
        "claims.charts.table",
        "claims.charts.comparison",
        "claims.suggest",
        "claims.outputs",
        "claims.feeds",
        "claims.dossier",
    ],
    [
        "conflict_site.errors",
        "conflict_site.middleware",
        "conflict_site.context",
        "conflict_site.views",
        "conflict_site.admin",
        "conflict_site.sitemaps",
        "conflict_site.urls",
    ],
]
PAGES = re.compile(r"\.(views|urls|admin|desk|forms|management|apps|wsgi|settings|context)(\.|$)")


def modules():
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in files}


def imports(path, known):
    """The project's modules that a module imports at its top level."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in known else node.module for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name in known}


def graph():
    known = modules()
    return {name: imports(path, known) - {name} for name, path in known.items()}


def floor(name):
    if PAGES.search(name):
        return len(FLOORS)
    for height, names in enumerate(FLOORS):
        if any(name == known or name.startswith(f"{known}.") for known in names):
            return height
    return None


def test_every_module_has_a_floor():
    homeless = [name for name, path in modules().items() if path.name != "__init__.py" and floor(name) is None]
    assert homeless == []


def test_imports_run_downwards_only():
    rising = [
        f"{name} imports {other}"
        for name, others in graph().items()
        for other in others
        if name not in APPS and other not in APPS and floor(other) > floor(name)
    ]
    assert rising == []


def test_there_is_no_circle():
    try:
        list(TopologicalSorter(graph()).static_order())
    except CycleError as circle:
        pytest.fail(f"a circle of imports: {circle.args[1]}")


def test_actors_know_nothing_of_claims_models():
    for name, others in graph().items():
        if name.startswith("actors.") and not PAGES.search(name):
            assert not {other for other in others if other.startswith("claims")}, name


def test_nothing_imports_a_page():
    importers = {
        f"{name} imports {other}"
        for name, others in graph().items()
        for other in others
        if re.search(r"\.views(\.|$)", other) and not re.search(r"\.(views|urls)(\.|$)", name)
    }
    assert importers == set()


def test_the_query_of_a_request_goes_to_a_form_and_nowhere_else():
    stray = [
        f"{name}: {line.strip()}"
        for name, path in modules().items()
        for line in path.read_text().splitlines()
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

"""Datasette on the same SQLite file, in an environment of its own, with its limits lifted.

Its facets do not ignore their own choice, and it has no histogram by month: it computes less. Many-valued columns are
JSON arrays of a view; filters on them go by the tables behind it, which is quicker than asking the arrays.
"""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from bench.filters import Filter
from bench.processes import ROOT
from conflict_site.base import edtf

FOLDER = ROOT / "var" / "bench" / "datasette"
REQUIREMENTS = ROOT / "requirements-bench.txt"
VIEW = """
CREATE VIEW IF NOT EXISTS bench_claims AS
SELECT c.id, c.slug, c.content, c.act, c.form, c.said_earliest, c.said_latest, a.slug AS speaker, a.kind AS kind,
  (SELECT json_group_array(i.slug) FROM claims_claim_issues t JOIN claims_issue i ON i.id = t.issue_id
   WHERE t.claim_id = c.id) AS issues,
  (SELECT json_group_array(s.slug) FROM claims_citation t JOIN claims_source s ON s.id = t.source_id
   WHERE t.claim_id = c.id) AS sources
FROM claims_claim c JOIN actors_actor a ON a.id = c.speaker_id WHERE c.state = 'published'
"""
LIMITS = {
    "sql_time_limit_ms": 120_000,
    "facet_time_limit_ms": 120_000,
    "suggest_facets": "off",
    "cache_size_kb": 200_000,
    "default_cache_ttl": 0,
}
FACETS = [("_facet", "speaker"), ("_facet", "kind"), ("_facet_array", "issues"), ("_facet_array", "sources")]
ONE_OF = {
    "issue": "id in (select t.claim_id from claims_claim_issues t"
    " join claims_issue i on i.id = t.issue_id where i.slug in ({}))",
    "source": "id in (select t.claim_id from claims_citation t"
    " join claims_source s on s.id = t.source_id where s.slug in ({}))",
}


def install() -> None:
    """Make the environment, unless what it is to hold has not changed."""
    stamp, wanted = FOLDER / "installed", REQUIREMENTS.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=True)
    pip: list[str | Path] = [
        FOLDER / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--requirement",
        REQUIREMENTS,
    ]
    subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    stamp.write_text(wanted)


def release() -> str:
    """The version that the benchmark compares the site with."""
    return re.findall(r"^datasette==(\S+)", REQUIREMENTS.read_text(), re.MULTILINE)[0]


def command(file: Path, port: int) -> list[str | Path]:
    """How it is started, read-only."""
    limits = [part for name, value in LIMITS.items() for part in ("--setting", name, str(value))]
    return [FOLDER / "bin" / "datasette", "serve", "--immutable", file, "--port", str(port), *limits]


def address(file: Path, claim_filter: Filter, ending: str = "") -> str:
    """The address of the page that shows a filter; with ".json", of its data without facets."""
    pairs = [("_size", "25"), ("_sort_desc", "said_earliest"), *(("_nofacet", "1"),) * bool(ending)]
    pairs += [] if ending else FACETS
    pairs += [(name, value) for name in ("speaker", "kind") for value in claim_filter.values(name)]
    for name, sql in ONE_OF.items():
        if values := claim_filter.values(name):
            pairs.append(("_where", sql.format(", ".join(f"'{value}'" for value in values))))
    if days := [*claim_filter.values("said_from"), *claim_filter.values("said_to")]:
        first, last = edtf.bounds(days[0])[0], edtf.bounds(days[1])[1]
        pairs += [("said_earliest__lte", str(last)), ("_where", f"(said_latest >= '{first}' or said_latest is null)")]
    if searches := claim_filter.values("q"):
        words = " OR ".join(f"({_match(search)})" for search in searches)
        found = f"select rowid from claims_words_index where claims_words_index match '{words}'"
        pairs.append(("_where", f"id in ({found})"))
    return f"/{file.stem}/bench_claims{ending}?{urlencode(pairs)}"


def _match(search: str) -> str:
    return " AND ".join(f'text : "{word.lower()}"*' for word in search.strip('"*').split())

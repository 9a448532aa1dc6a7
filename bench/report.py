"""The report of a run: what was measured, as a file of data and as the page docs/benchmarks.md."""

import json
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from bench.processes import ROOT
from bench.ratios import BARS_AT, ENGINES, Results, ratios
from bench.record import FOLDER
from bench.systems import TITLES

TEMPLATE = Path(__file__).with_suffix(".md")
PAGE = ROOT / "docs" / "benchmarks.md"


def keep(results: Results) -> None:
    """Keep the figures, for later runs at other sizes to be compared with."""
    _file(results["claims"]).write_text(json.dumps(results, indent=1))


def earlier() -> list[Results]:
    """The figures of the latest run at each size."""
    return [json.loads(file.read_text()) for file in sorted(FOLDER.glob("result-*.json"))]


def write(results: Results, page: Path) -> str:
    """Write the report to a file; returns its text."""
    others = [run for run in earlier() if run["claims"] != results["claims"]]
    engine = Engine()
    values = {**results, **_tables(results), "ratios": ratios(results, others)}
    text = engine.from_string(TEMPLATE.read_text()).render(Context(_readable(values), autoescape=False)).rstrip() + "\n"
    page.write_text(text)
    return text


def _file(size: int) -> Path:
    return FOLDER / f"result-{size}.json"


def _tables(results: Results) -> dict[str, Any]:
    """The tables of times by filter, what was measured apart by engine, all as text."""
    keys = [key for key in TITLES if key in results["systems"]]
    return {
        "titles": [TITLES[key] for key in keys],
        "tables": {
            name: [
                (row["name"], f"{row['found']:,}", [_time(results, key, row["name"], name) for key in keys])
                for row in results["filters"]
            ]
            for name in ("wall", "cpu")
        },
        "memory": [f"{results['systems'][key]['memory']:.0f}" for key in keys],
        "engines": [_apart(results, engine) for engine in ENGINES if f"full-{engine}" in results["apart"]],
    }


def _time(results: Results, key: str, row: str, name: str) -> str:
    times = results["systems"][key]["times"][row]
    if times[name] is None:
        return "–"
    milliseconds = f"{times[name]:,.0f}" if times[name] >= 9.95 else f"{times[name]:.1f}"
    return f"> {milliseconds}" if times["timed_out"] else milliseconds


def _apart(results: Results, engine: str) -> dict[str, Any]:
    return {"engine": ENGINES[engine], **results["apart"][f"full-{engine}"]}


def _readable(values: dict[str, Any]) -> dict[str, Any]:
    is_at_bars = values["claims"] == BARS_AT
    return {**values, "claims": f"{values['claims']:,}", "bars_at": f"{BARS_AT:,}", "is_at_bars": is_at_bars}

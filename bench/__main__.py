"""Measures the claims browser against its peers: `make bench`, or python -m bench --help."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import Any

import django

from bench import apart, checks, machine, record, report, throughput, timing
from bench.filters import Filter, filters, ranks
from bench.peers import datasette
from bench.processes import LOG, memory
from bench.ratios import ENGINES
from bench.systems import TITLES, Places, System, chosen
from scripts.with_postgres import postgres


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the claims browser and its peers.")
    parser.add_argument("--claims", type=int, default=100_000, help="how many claims the record has (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="of eight requests to fast systems, one to slow ones (3)")
    parser.add_argument("--seconds", type=int, default=throughput.SECONDS, help="under load (20)")
    parser.add_argument(
        "--systems", nargs="*", default=[], metavar="NAME",
        help=f"only these, of {', '.join(TITLES)}; the first part of a name stands for all that begin with it",
    )  # fmt: skip
    return parser.parse_args(arguments)


def command(given: argparse.Namespace) -> str:
    """The command that makes this run again."""
    systems = f' SYSTEMS="{" ".join(given.systems)}"' if given.systems else ""
    return f"make bench CLAIMS={given.claims}{systems}"


def measure(given: argparse.Namespace, places: Places, keys: Sequence[str], asks: dict[str, Any]) -> dict[str, Any]:
    """Compare every answer with plain SQL, then take all times. Exits with the differences where there are some."""
    rows = filters(ranks(next(iter(asks.values()))))
    with ExitStack() as running:
        print("Starting", ", ".join(keys), "...", flush=True)
        systems = {key: running.enter_context(System(key, places)) for key in keys}
        print("Comparing with plain SQL ...", flush=True)
        found, wrong = checks.check(systems, asks, rows)
        if wrong:
            sys.exit("\n".join(["The answers differ; nothing was timed.", *wrong]))
        print("Timing ...", flush=True)
        table = timing.measure(list(systems.values()), rows, given.rounds)
        measured = {
            key: {
                "memory": memory(system.server.pid),
                "times": {name: row.as_data() for name, row in table[key].items()},
            }
            for key, system in systems.items()
        }
    return {
        "filters": [{"name": row.name, "found": found[row.name], "has_words": row.has_words} for row in rows],
        "systems": measured,
        **measure_apart(places, [key for key in keys if key.startswith("full")], rows, given.seconds),
    }


def measure_apart(places: Places, keys: Sequence[str], rows: Sequence[Filter], seconds: int) -> dict[str, Any]:
    """What is measured with the other servers stopped."""
    found: dict[str, Any] = {"apart": {}, "throughput": []}
    for key in keys:
        print(f"A worker's first page, a write, 304, and load: {TITLES[key]} ...", flush=True)
        with System(key, places) as system:
            unchanged, after = apart.unchanged(system, rows[0]), apart.after_writes(system)
        found["apart"][key] = {**apart.first_pages(key, places), **after, "unchanged": unchanged}
        load = throughput.throughput(system.engine, places, rows, seconds)
        found["throughput"].append({"engine": ENGINES[system.engine], **load})
    return found


def run(given: argparse.Namespace) -> None:
    """One whole run: make the record, measure, report."""
    keys = chosen(given.systems)
    if not keys:
        sys.exit(f"There is no such system. Choose from {', '.join(TITLES)}.")
    record.FOLDER.mkdir(parents=True, exist_ok=True)
    LOG.unlink(missing_ok=True)
    facts = machine.machine()
    with ExitStack() as open_places:
        places, asks = prepare(keys, given.claims, open_places, facts)
        results = {
            "claims": given.claims,
            "rounds": given.rounds,
            "command": command(given),
            "date": datetime.now(UTC).date().isoformat(),
            "machine": facts,
            "load": {"connections": throughput.CONNECTIONS, "seconds": given.seconds},
            **measure(given, places, keys, asks),
        }
    is_whole = len(keys) == len(TITLES)
    if is_whole:
        report.keep(results)
    page = report.PAGE if is_whole else record.FOLDER / "benchmarks.md"
    print(report.write(results, page))
    print(f"Written to {page.relative_to(record.ROOT)}.")


def prepare(
    keys: Sequence[str], claims: int, open_places: ExitStack, facts: dict[str, str]
) -> tuple[Places, dict[str, Any]]:
    """Make or find the record on the engines that are needed; where it is, and how plain SQL is asked there."""
    if "datasette" in keys:
        datasette.install()
    collect_static_files()
    file = record.sqlite_file(claims)
    asks = {"sqlite": record.asking("sqlite", open_places.enter_context(closing(record.connect("sqlite", str(file)))))}
    if not any(key.endswith("postgresql") for key in keys):
        return Places(file), asks
    url = open_places.enter_context(postgres())
    record.fill_postgresql(url, claims)
    connection = open_places.enter_context(closing(record.connect("postgresql", url)))
    facts["PostgreSQL"] = str(connection.info.server_version // 10_000)
    asks["postgresql"] = record.asking("postgresql", connection)
    return Places(file, url, record.postmaster(connection)), asks


def collect_static_files() -> None:
    """The files that pages name, under the names that the production server gives them."""
    from django.core.management import call_command

    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.settings"
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    """Run; Ctrl-C and SIGTERM stop all servers."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        run(options())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


if __name__ == "__main__":
    main()

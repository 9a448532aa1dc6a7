"""Tries the promises, a line for each, and prints their table; writes it into docs/reliability.md where asked to.

Exits with 1 if one falls short, or cannot be tried.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import shorten
from time import monotonic

from scripts.with_postgres import postgres
from soak.places import ROOT, NotTried, Place
from soak.rows import ROWS, Row, Trial

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BEGINS, ENDS = "<!-- figures -->\n", "<!-- end of the figures -->"
BROKE, LEFT = "broke down: ", "not tried: "
SHOWN = 80  # characters of what a control came to


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a row on an engine: whether it held, its figure, and what came of the control."""

    row: Row
    engine: str
    held: bool
    figure: str
    control: str

    def __str__(self) -> str:
        state = "ok" if self.held else "FELL SHORT"
        return f"{state:<11}{self.row.name:<10}{self.engine:<11}{self.figure} | control: {self.control}"

    def cell(self) -> str:
        """The figure and its control, for a table."""
        bare = self.held or self.figure.startswith(LEFT)
        words = self.figure if bare else f"**fell short:** {self.figure}"
        control = (
            "" if self.figure.startswith(LEFT) else f" (control: {shorten(self.control, SHOWN, placeholder=' …')})"
        )
        return f"{words}{control}".replace("\n", " ").replace(tempfile.gettempdir(), "…")


def attempt(trial: Trial, place: Place) -> tuple[bool, str]:
    """Whether it held, and its figure."""
    try:
        return True, trial(place)
    except AssertionError as error:
        return False, str(error).splitlines()[0]
    except NotTried as error:
        return False, f"{LEFT}{error}"
    except Exception as error:  # a trial that breaks down has shown nothing
        return False, f"{BROKE}{type(error).__name__}: {str(error)[:200]}"


def tried(row: Row, place: Place) -> Result:
    """Try a promise, and that its trial can fail."""
    with ThreadPoolExecutor(2 if row.beside else 1) as pool:
        (held, figure), (passed, control) = pool.map(lambda trial: attempt(trial, place), (row.trial, row.control))
    failed = not passed and not control.startswith((BROKE, LEFT))
    return Result(row, place.engine, held and failed, figure, f"{'did not fail: ' if passed else ''}{control}")


@contextmanager
def engine(name: str) -> Iterator[Place]:
    """A place for databases as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        if name == "sqlite":
            yield Place(name, Path(folder))
            return
        with postgres() as url:
            yield Place(name, Path(folder), url)


def report(results: list[Result]) -> str:
    """The figures as a table: a line for each row, a column for each engine."""
    found = {(one.row, one.engine): one.cell() for one in results}
    engines = [name for name in ENGINES if any(one.engine == name for one in results)]
    lines = [["what", "bar", *(ENGINES[name] for name in engines)], ["---"] * (2 + len(engines))]
    for row in dict.fromkeys(one.row for one in results):
        lines.append([row.what, row.bar, *(found.get((row, name), "–") for name in engines)])
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |" for cells in lines) + "\n"


def write(table: str) -> None:
    """Put the table into docs/reliability.md, with the day."""
    file = ROOT / "docs" / "reliability.md"
    before, _, rest = file.read_text().partition(BEGINS)
    day = f"Measured on {datetime.now(UTC):%-d %B %Y}.\n\n"
    file.write_text(f"{before}{BEGINS}{day}{table}{ENDS}{rest.partition(ENDS)[2]}")


def main() -> int:
    """Try the rows of the command line, or all; 1 where one does not hold."""
    parser = argparse.ArgumentParser(description="Tries what is promised.")
    names = [row.name for row in ROWS]
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"all where none is named: {', '.join(names)}")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=[*ENGINES])
    parser.add_argument("--write", action="store_true", help="the table into docs/reliability.md")
    given = parser.parse_args()
    if unknown := {*given.rows} - {*names}:
        parser.error(f"there is no row {', '.join(sorted(unknown))}, only {', '.join(names)}")
    results = run([row for row in ROWS if row.name in given.rows or not given.rows], given.engines)
    print(f"\n{report(results)}")
    if given.write:
        write(report(results))
    return 0 if all(one.held for one in results) else 1


def run(rows: list[Row], engines: list[str]) -> list[Result]:
    """Try these rows on these engines, one after another, and print what came of each and when."""
    results, begun = [], monotonic()
    for name in engines:
        with engine(name) as place:
            for row in [row for row in rows if name in row.engines]:
                results.append(tried(row, place))
                print(f"{monotonic() - begun:6.0f} s  {results[-1]}", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main())

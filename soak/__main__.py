"""Tries the promises, a line for each; writes docs/reliability.md where asked to. Exits with 1 if one falls short."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from scripts.with_postgres import postgres
from soak.places import ROOT, Place
from soak.rows import ROWS, Row, Trial

ENGINES = ["sqlite", "postgresql"]
BEGINS, ENDS = "<!-- figures -->\n", "<!-- end of the figures -->"


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


def attempt(trial: Trial, place: Place) -> tuple[bool, str]:
    """Whether it held, and its figure."""
    try:
        return True, trial(place)
    except AssertionError as error:
        return False, str(error).splitlines()[0]
    except Exception as error:  # a trial that breaks down has shown nothing
        return False, f"broke down: {type(error).__name__}: {str(error)[:200]}"


def tried(row: Row, place: Place) -> Result:
    """Try a promise, and that its trial can fail."""
    held, figure = attempt(row.trial, place)
    passed, control = attempt(row.control, place)
    broke = passed or control.startswith("broke down")
    return Result(row, place.engine, held and not broke, figure, f"{'did not fail: ' if passed else ''}{control}")


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
    """The figures as a table."""
    lines = ["| what | bar | engine | measured | control, which must fail |", "|---|---|---|---|---|"]
    for one in results:
        figure = one.figure if one.held else f"**fell short:** {one.figure}"
        cells = [one.row.what, one.row.bar, one.engine, figure, one.control]
        lines.append("| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |")
    return f"Measured on {datetime.now(UTC):%-d %B %Y}.\n\n" + "\n".join(lines) + "\n"


def main() -> int:
    """Try the rows of the command line, or all; 1 where one falls short."""
    parser = argparse.ArgumentParser(description="Tries what is promised.")
    parser.add_argument("rows", nargs="*", help=", ".join(row.name for row in ROWS))
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--write", action="store_true", help="the figures into docs/reliability.md")
    given = parser.parse_args()
    chosen = [row for row in ROWS if row.name in given.rows or not given.rows]
    results, begun = [], monotonic()
    for name in [given.engine] if given.engine else ENGINES:
        with engine(name) as place:
            for row in chosen:
                results.append(tried(row, place))
                print(f"{monotonic() - begun:6.0f} s  {results[-1]}", flush=True)
    if given.write:
        file = ROOT / "docs" / "reliability.md"
        before, _, rest = file.read_text().partition(BEGINS)
        file.write_text(f"{before}{BEGINS}{report(results)}{ENDS}{rest.partition(ENDS)[2]}")
    return 0 if all(one.held for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())

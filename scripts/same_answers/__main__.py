"""Whether the site still gives the same answers: for changes of the code that must change nothing else.

    python -m scripts.same_answers store FILE      stores the answers to some thousand requests
    python -m scripts.same_answers compare FILE    makes them again, prints what differs; exits with 1 if anything

The database is a new one, thrown away afterwards: SQLite in memory, or beside the one that DATABASE_URL names.
"""

import argparse
import logging
import os
import sys
from pathlib import Path

import django

from scripts.same_answers import differences, patterns, plan, record, world
from scripts.same_answers.asking import Asker


def store(file: Path) -> int:
    """Store the answers to all requests; returns the exit status."""
    asker = Asker()
    stored = record.write(file, plan.answers(asker))
    print(f"{sum(stored.values()):,} answers stored in {file}: {_counted(stored)}.")
    _say_what_was_not_asked(asker)
    return 0


def compare(file: Path) -> int:
    """Make the requests of a file again and print what differs; returns the exit status."""
    asker = Asker()
    told = differences.Report(print)
    for request, before in record.read(file):
        told.add(request, before, asker.ask(request))
    different = f"{told.different:,} of {told.asked:,} answers differ."
    print(different if told.different else f"{told.asked:,} answers, all the same.")
    _say_what_was_not_asked(asker)
    return 1 if told.different else 0


def _counted(stored: dict[int, int]) -> str:
    return ", ".join(f"{number:,} of status {status}" for status, number in sorted(stored.items()))


def _say_what_was_not_asked(asker: Asker) -> None:
    for route in patterns.missing(asker.asked):
        print(f"Never asked: {route}")


def main(arguments: list[str]) -> int:
    """Do as the command line says; returns the exit status."""
    parser = argparse.ArgumentParser("same_answers", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("store", "compare"))
    parser.add_argument("file", type=Path)
    asked = parser.parse_args(arguments)
    if asked.what == "compare" and not asked.file.exists():
        parser.error(f"there is no {asked.file}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    logging.disable()  # what is refused is among the answers
    with world.opened():
        return (store if asked.what == "store" else compare)(asked.file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

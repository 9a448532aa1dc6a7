"""Reads every file of a folder as the capture does: what is kept, doubtful or refused, and a few texts to look at.

    .venv/bin/python -m bench.texts FOLDER [--shown 50] [--seed 1]

A file is taken for what its name's ending says. Prints a line for each file, the counts with the time and the largest
memory of a reading process, and the beginning of some texts that are kept, drawn by lot.
"""

import argparse
import os
import random
import resource
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from claims.capture import DoubtfulText, RefusedText, garbled, media_type_of, normalise, text_of

SHOWN = 600  # characters of a text


def read(path: Path) -> tuple[str, str]:
    """What comes of a file: ``kept`` and its text, or ``doubtful``, ``refused`` or ``fault`` and why."""
    try:
        text = normalise(text_of(path.read_bytes(), media_type_of(path.name)))
    except DoubtfulText as error:
        return "doubtful", str(error)
    except RefusedText as error:
        return "refused", str(error)
    except Exception as error:
        return "fault", repr(error)
    if not text.strip():
        return "refused", "There are no words in it."
    words = garbled(text)
    return ("doubtful", f"It looks garbled: “{words}”.") if words else ("kept", text)


def files(folder: Path) -> Iterator[Path]:
    """The files of a folder whose endings are known."""
    for path in sorted(folder.rglob("*")):
        try:
            media_type_of(path.name)
        except RefusedText:
            continue
        if path.is_file():
            yield path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shown", type=int, default=0, metavar="TEXTS")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    kept, slowest = [], 0.0
    for path in files(asked.folder):
        began = monotonic()
        outcome, words = read(path)
        took = monotonic() - began
        slowest, name = max(slowest, took), path.relative_to(asked.folder)
        counts[outcome] += 1
        kept += [(name, words)] if outcome == "kept" else []
        print(f"{outcome:<9} {took:5.1f} s  {name}: {f'{len(words):,} characters' if outcome == 'kept' else words}")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\n{dict(counts)}; slowest {slowest:.1f} s, largest process {memory} MB")
    for name, text in random.Random(asked.seed).sample(kept, min(asked.shown, len(kept))):
        print(f"\n=== {name}\n{text[:SHOWN]}")


if __name__ == "__main__":
    main()

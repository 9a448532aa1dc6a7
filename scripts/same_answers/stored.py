"""Answers in a file, a line each, and what is different about two of them."""

import gzip
import json
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

SHOWN = 12  # lines of the difference between two answers

type Answer = dict[str, Any]  # "asked", "status", "headers", "body"


def store(file: Path, answers: Iterable[Answer]) -> int:
    """Write the answers; returns their number."""
    with gzip.open(file, "wt", compresslevel=3) as lines:
        return sum(bool(lines.write(json.dumps(answer) + "\n")) for answer in answers)


def compare(file: Path, answers: Iterable[Answer]) -> tuple[int, int]:
    """Print how the answers differ from those in the file; returns how many there are, and how many differ."""
    with gzip.open(file, "rt") as lines:
        known = {answer["asked"]: answer for answer in map(json.loads, lines)}
    count = different = 0
    for answer in answers:
        count += 1
        before = known.pop(answer["asked"], None)
        if before != answer:
            different += 1
            print("\n".join(islice(_differences(before, answer), SHOWN)), end="\n\n")
    for asked in known:
        print(f"{asked}\nno longer asked\n")
    return count + len(known), different + len(known)


def _differences(before: Answer | None, after: Answer) -> Iterator[str]:
    yield after["asked"]
    if before is None:
        yield "was not asked before"
        return
    for name in ("status", "headers"):
        if before[name] != after[name]:
            yield f"{name}: {before[name]} -> {after[name]}"
    yield from islice(unified_diff(_lines(before), _lines(after), lineterm="", n=0), 2, None)


def _lines(answer: Answer) -> list[str]:
    """The body in lines that a person can read: pages have long ones."""
    return str(answer["body"]).replace("><", ">\n<").replace(', "', ',\n"').splitlines()

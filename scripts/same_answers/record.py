"""Requests and answers in a file: compressed, a line each."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from scripts.same_answers.asking import Answer, Request


def write(file: Path, answers: Iterable[tuple[Request, Answer]]) -> Counter[int]:
    """Write them; returns the number of answers by status."""
    counts: Counter[int] = Counter()
    with gzip.open(file, "wt", compresslevel=3, encoding="utf-8") as lines:
        for request, answer in answers:
            lines.write(json.dumps([request, asdict(answer)], ensure_ascii=False) + "\n")
            counts[answer.status] += 1
    return counts


def read(file: Path) -> Iterator[tuple[Request, Answer]]:
    """Read them, one at a time: together they are some hundred megabytes."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            request, answer = json.loads(line)
            yield Request(*request), Answer(**answer)

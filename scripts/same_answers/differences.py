"""What is different about two answers, in a few lines."""

import re
from collections.abc import Callable, Iterator
from difflib import unified_diff
from itertools import islice

from scripts.same_answers.asking import Answer, Request

SHOWN = 12  # lines of the difference between two bodies
WIDTH = 200
BREAKS = re.compile(r'(?<=>)(?=<)|(?<=[,;}]) (?=["{])|(?<=,)(?=")')


class Report:
    """Tells what differs as answers come in, and counts. The same difference is told in full only once."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.asked = self.different = 0
        self.told: dict[tuple[str, ...], Request] = {}

    def add(self, request: Request, before: Answer, after: Answer) -> None:
        """Take the answers to a request, stored and new."""
        self.asked += 1
        if before == after:
            return
        self.different += 1
        lines = tuple(between(before, after))
        first = self.told.setdefault(lines, request)
        shown = lines if first is request else [f"the same as {first}"]
        self.say("\n".join([str(request), *(f"    {line}" for line in shown), ""]))


def between(before: Answer, after: Answer) -> Iterator[str]:
    """The lines that tell two answers apart."""
    if before.status != after.status:
        yield f"status: {before.status} -> {after.status}"
    for name in sorted({*before.headers, *after.headers}):
        old, new = before.headers.get(name), after.headers.get(name)
        if old != new:
            yield f"{name}: {old} -> {new}"
    if before.body != after.body:
        changed = unified_diff(_lines(before.body), _lines(after.body), "stored", "now", lineterm="", n=1)
        yield from (line[:WIDTH] for line in islice(changed, 2, SHOWN + 2))


def _lines(body: str) -> list[str]:
    """The body in lines that a person can read: files for programs are one long line."""
    return [part for line in body.splitlines() for part in BREAKS.split(line)]

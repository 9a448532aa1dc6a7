"""What differs between two texts, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

KEEP, DELETE, INSERT = "keep", "delete", "insert"
LONGEST = 1_000  # words, signs and spaces of both texts together; to compare more would keep a reader waiting
WORDS = re.compile(r"\s+|[\w\u0300-\u036f’'-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that both texts have ("keep"), or only the one before ("delete") or after ("insert")."""

    op: str
    text: str


def diff(before: str, after: str) -> list[Segment]:
    """The segments of two texts: those kept and deleted join to ``before``, those kept and inserted to ``after``.

    Words and signs are compared whole, and space never counts as something in common by itself, so that a phrase that
    was replaced reads as one phrase.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > LONGEST:
        return list(_replaced([before], [after]))
    segments: list[Segment] = []
    for op, start, end, new_start, new_end in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            segments.append(Segment(KEEP, "".join(old[start:end])))
        else:
            segments += _replaced(old[start:end], new[new_start:new_end])
    return segments


def _replaced(old: list[str], new: list[str]) -> Iterator[Segment]:
    for op, words in ((DELETE, old), (INSERT, new)):
        if text := "".join(words):
            yield Segment(op, text)

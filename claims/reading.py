"""A source as a reading page shows it: paragraphs with every cited passage marked, or the passages alone. Pure.

Passages are numbered in the order of the text; ``Note`` is what stands beside one. A claim's first passage carries
the anchor ``claim-<slug>``, so that a link lands on it without JavaScript; further ones count on.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims.passages import Span, segments

BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")
HEADING = re.compile(r"(#{1,6})[ \t]+")


@dataclass(frozen=True, slots=True)
class Note:
    """A passage with what stands beside it: the claim it carries (``entry``), its words, place and status."""

    entry: Any
    slug: str
    exact: str
    locator: str = ""
    language: str = ""
    translation: str = ""
    translator: str = ""
    status: str = ""
    span: Span | None = None
    number: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a paragraph: the passages that cover it, and those that begin with it."""

    text: str
    covers: list[Note]
    opens: list[Note]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text, its ``level`` as a heading (0 for none), and the notes of the passages that begin in it."""

    number: int
    level: int
    runs: list[Run]
    notes: list[Note]


def numbered(notes: Sequence[Note]) -> list[Note]:
    """The notes in their order, numbered from 1, each with its own anchor."""
    seen: Counter[str] = Counter()
    anchored = []
    for number, note in enumerate(notes, 1):
        seen[note.slug] += 1
        again = f"-{seen[note.slug]}" if seen[note.slug] > 1 else ""
        anchored.append(replace(note, number=number, anchor=f"claim-{note.slug}{again}"))
    return anchored


def in_text_order(notes: Iterable[Note]) -> list[Note]:
    """The notes by the place of their passages; those without one last, by locator."""
    return sorted(
        notes,
        key=lambda note: (
            (note.span.start, note.span.end) if note.span else (float("inf"), 0),
            locator_key(note.locator),
        ),
    )


def locator_key(locator: str) -> tuple[Any, ...]:
    """A sort key that reads numbers as numbers: "par 9" comes before "par 10", and no locator at all comes last."""
    parts = re.findall(r"[0-9]+|[^0-9]+", locator)
    return (not parts, *((0, int(part), "") if part.isdigit() else (1, 0, part.strip()) for part in parts))


def paragraphs(text: str, notes: Sequence[Note]) -> list[Paragraph]:
    """The blocks of the text, parted by blank lines, with the located notes marked in them."""
    placed = [note for note in notes if note.span]
    return [_paragraph(number, text, match, placed) for number, match in enumerate(BLOCK.finditer(text), 1)]


def shown_words(notes: Sequence[Note], words: int, share: float) -> list[tuple[Note, bool]]:
    """Each note with whether its words may be shown: until together they reach this share of a text of ``words``."""
    shown = []
    used = 0
    for note in notes:
        used += len(note.exact.split())
        shown.append((note, used <= words * share))
    return shown


def _paragraph(number: int, text: str, block: re.Match[str], notes: Sequence[Note]) -> Paragraph:
    heading = HEADING.match(text, block.start())
    start = heading.end() if heading else block.start()
    end = block.start() + len(block.group().rstrip())
    near = [(note, note.span) for note in notes if note.span and note.span.start < end and note.span.end > start]
    begin = {note.number for note, span in near if span.start >= block.start()}
    runs = []
    for segment in segments(text[start:end], [Span(span.start - start, span.end - start) for _, span in near]):
        covers = [near[place][0] for place in segment.covers]
        opens = [note for note in covers if note.number in begin]
        begin -= {note.number for note in opens}
        runs.append(Run(segment.text, covers, opens))
    level = len(heading.group(1)) if heading else 0
    return Paragraph(number, level, runs, [note for run in runs for note in run.opens])

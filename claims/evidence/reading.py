"""A source as a reading page shows it: its text with every cited passage marked, or the passages alone. Pure.

Passages are numbered in the order of the text; ``Note`` is what stands beside one. A claim's first passage carries
the anchor ``claim-<slug>``, so that a link lands on it without JavaScript; further ones count on.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from claims.evidence.passages import Span, segments
from claims.wording import place

BLOCK = re.compile(r"\S.*(?:\n(?!\s*\n).*)*")
LINE = re.compile(r"\S.*")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
HEADING = re.compile(r"(#{1,6})[ \t]+")


class Shown(StrEnum):
    """How much of a source's text its reader sees, and why no more."""

    WHOLE = "whole"
    EXCERPTS = "excerpts"
    ALTERED = "altered"
    NOT_HELD = "not_held"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class Note:
    """A passage with what stands beside it: the claim it carries (``entry``), its words, place and status.

    ``badge`` is its status in words, ``remark`` what is known of the text in which it was found before. Where the words
    may not be given, ``exact`` and ``translation`` are empty.
    ``before`` and ``after`` are the numbers of the passages next to it, 0 for none.
    """

    entry: Any
    slug: str
    exact: str
    speaker: Any = None
    issues: Sequence[Any] = ()
    locator: str = ""
    language: str = ""
    translation: str = ""
    translator: str = ""
    status: str = ""
    badge: str = ""
    remark: str = ""
    checked_on: date | None = None
    checked_sha256: str = ""
    span: Span | None = None
    number: int = 0
    anchor: str = ""
    before: int = 0
    after: int = 0

    @property
    def place(self) -> str:
        """Where in the document its passage stands, in words."""
        return place(self.locator)

    def silent(self) -> "Note":
        """The note without the words of its passage, and without their place."""
        return replace(self, exact="", translation="", span=None)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a paragraph: the passages that cover it, and those that begin with it.

    Where words are left out, ``gap`` is their number and there is no text.
    """

    text: str
    covers: Sequence[Note] = ()
    opens: Sequence[Note] = ()
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text, its ``level`` as a heading (0 for none), and the notes of the passages that begin in it.

    ``start`` is where its words begin in the text, in code points.
    """

    level: int
    runs: list[Run]
    notes: list[Note]
    start: int = 0

    @property
    def plain(self) -> str:
        """The text where nothing in it is marked or left out."""
        alone = len(self.runs) == 1 and not self.runs[0].covers
        return self.runs[0].text if alone else ""


def numbered(notes: Sequence[Note]) -> list[Note]:
    """The notes in their order, numbered from 1, each with its own anchor."""
    seen: Counter[str] = Counter()
    anchored = []
    for number, note in enumerate(notes, 1):
        seen[note.slug] += 1
        again = f"-{seen[note.slug]}" if seen[note.slug] > 1 else ""
        anchored.append(replace(note, number=number, anchor=f"claim-{note.slug}{again}"))
    return anchored


def chained(notes: Sequence[Note]) -> list[Note]:
    """The notes, each with the numbers of those before and after it."""
    numbers = [0, *(note.number for note in notes), 0]
    return [
        replace(note, before=before, after=after)
        for note, before, after in zip(notes, numbers, numbers[2:], strict=False)
    ]


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


def paragraphs(text: str, notes: Iterable[Note]) -> list[Paragraph]:
    """The blocks of the text, with the notes marked in them that have a place in it.

    They are parted by blank lines; in a text without any, by the ends of lines.
    """
    blocks = BLOCK if BLANK_LINE.search(text.strip()) else LINE
    placed = [(note, note.span) for note in notes if note.span]
    waiting = sorted(placed, key=lambda pair: pair[1].start)[::-1]
    found: list[Paragraph] = []
    near: list[tuple[Note, Span]] = []
    for block in blocks.finditer(text):
        near = [(note, span) for note, span in near if span.end > block.start()]
        begun = len(near)
        while waiting and waiting[-1][1].start < block.end():
            near.append(waiting.pop())
        found.append(_paragraph(text, block, near, begun))
    return found


def excerpts(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs with only the words of passages; what stands between them is counted, however long."""
    found = []
    for cited, group in groupby(paragraphs, key=lambda one: any(run.covers for run in one.runs)):
        if cited:
            found += [replace(one, runs=[_without_words(run) for run in one.runs]) for one in group]
        else:
            left_out = sum(words(run.text) for one in group for run in one.runs)
            found.append(Paragraph(0, [Run("", gap=left_out)], []))
    return found


def within_share(text: str, notes: Sequence[Note], share: float) -> list[Note]:
    """The notes, silent from where their words would exceed this share of the text's.

    Words that several passages cover count once; a passage within words that are given anyway counts nothing.
    """
    left: float = words(text) * share
    reach = 0
    kept = []
    for note in notes:
        fresh, reach_now = _fresh_words(text, note, reach)
        if fresh and fresh > left:
            left = 0
            kept.append(note.silent())
        else:
            left -= fresh
            reach = reach_now
            kept.append(note)
    return kept


def words(text: str) -> int:
    """How many words the text has; punctuation that stands alone counts as one, save where there is nothing else."""
    return len(text.split()) if any(map(str.isalnum, text)) else 0


def _fresh_words(text: str, note: Note, reach: int) -> tuple[int, int]:
    """How many words of a note lie beyond what is given already, and how far the given words then reach."""
    if note.span is None:
        return words(note.exact), reach
    return words(text[max(note.span.start, reach) : note.span.end]), max(note.span.end, reach)


def _without_words(run: Run) -> Run:
    gap = 0 if run.covers else words(run.text)
    return Run("", gap=gap) if gap else run


def _paragraph(text: str, block: re.Match[str], near: Sequence[tuple[Note, Span]], begun: int) -> Paragraph:
    """One block; of the passages near it, all but the first ``begun`` begin in it or just before."""
    heading = HEADING.match(text, block.start())
    level = len(heading.group(1)) if heading else 0
    start = heading.end() if heading else block.start()
    end = block.start() + len(block.group().rstrip())
    if not near:
        return Paragraph(level, [Run(text[start:end])], [], start)
    waiting = {note.number for note, _ in near[begun:]}
    runs = []
    for segment in segments(text[start:end], [Span(span.start - start, span.end - start) for _, span in near]):
        covers = [near[place][0] for place in segment.covers]
        opens = [note for note in covers if note.number in waiting]
        waiting -= {note.number for note in opens}
        runs.append(Run(segment.text, covers, opens))
    return Paragraph(level, runs, [note for run in runs for note in run.opens], start)

"""Who is meant by the words before a turn: a name in any spelling, or an office that the document gives a name to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from claims.models import Source
from claims.proposals.earlier import Earlier, stated_as
from claims.proposals.reported import Names
from claims.proposals.turns import Turn, turns

ALIKE = 88  # of 100, for a label that is misspelt
HEAD = 1_000  # code points of a text in which an office may be named with its holder
NAME = r"((?:[A-Z][\w’'.-]*\s?){1,4})"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Who is meant, by key, and how that is known."""

    speaker: int
    why: str


def labelled(
    turn: Turn, text: str, source: Source, names: Names, earlier: Sequence[Earlier], without: int | None = None
) -> Labelled | None:
    """Who has a turn; None where its label names nobody on file. One claim may be left out."""
    if turn.is_of_nobody:
        return None
    found = _named(turn.label, text, source, names, earlier, without)
    return found or _misspelt(turn.label, text, source, names, earlier, without)


def titled(label: str) -> str:
    """A label that is written in capitals, as a name is written: "MR. KIRBY" is "Mr. Kirby"."""
    return label.title() if label.isupper() else label


def _named(
    label: str, text: str, source: Source, names: Names, earlier: Sequence[Earlier], without: int | None
) -> Labelled | None:
    if found := names(titled(label)):
        return Labelled(found[-1].actor, f"the turn of “{label}”")
    same = next((claim.speaker for claim in earlier if claim.as_stated == label), None)
    if same:
        return Labelled(same, f"“{label}” in an earlier claim from this source")
    if holder := _holder(label, f"{source.title}. {source.author}", names):
        return Labelled(holder, f"“{label}”, whom the title names")
    if other := stated_as(label, source, without):
        return Labelled(other, f"“{label}” in this publisher’s nearest document")
    holder = _holder(label, text[:HEAD], names)
    return Labelled(holder, f"“{label}”, whom the text names") if holder else None


def _holder(label: str, words: str, names: Names) -> int | None:
    """Who is named with an office in these words: "President Biden" for "THE PRESIDENT"."""
    office = titled(label).removeprefix("The ")
    for match in re.finditer(rf"(?<!Vice )\b{re.escape(office)}\s+{NAME}", words):
        if found := names(match[0]):
            return found[-1].actor
    return None


def _misspelt(
    label: str, text: str, source: Source, names: Names, earlier: Sequence[Earlier], without: int | None
) -> Labelled | None:
    """Who is meant by a label that is nearly another one of the same text."""
    others = {turn.label for turn in turns(text) if turn.label != label and not turn.is_of_nobody}
    near = process.extractOne(label, sorted(others), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return _named(near[0], text, source, names, earlier, without) if near else None

"""A text captured: put into its one form, kept for ever, and the citations of its source looked for in it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from claims.capture.garbled import garbled
from claims.capture.normalise import DoubtfulText, RefusedText, normalise
from claims.evidence import anchor, find, outcomes
from claims.models import Citation, Snapshot, Source, digest

LOST = ("not_found", "ambiguous")


@dataclass(frozen=True, slots=True)
class Captured:
    """What came of a capture: the text held, whether it is new, and each citation with what became of it there."""

    snapshot: Snapshot
    is_new: bool
    passages: list[tuple[Citation, str]]

    @property
    def counts(self) -> str:
        """The passages counted by outcome, in words: "3 verified, 1 not found"."""
        counted = Counter(outcome.replace("_", " ") for _, outcome in self.passages)
        return ", ".join(f"{number} {outcome}" for outcome, number in sorted(counted.items())) or "none cited"

    @property
    def lost(self) -> list[tuple[Citation, str]]:
        """The citations whose words stand in this text nowhere, or in several places."""
        return [(citation, outcome) for citation, outcome in self.passages if outcome in LOST]


def would_lose(source: Source, text: str) -> list[Citation]:
    """The citations whose words stand in one place of the newest text held, and in this one, normalised, do not."""
    newest = Snapshot.objects.filter(source=source).first()
    if newest is None:
        return []
    cited = Citation.objects.filter(source=source).select_related("claim").order_by("start", "pk")
    return [one for one in cited if _stands(newest.text, one) and not _stands(text, one)]


def _stands(text: str, citation: Citation) -> bool:
    return find(text, citation.exact, citation.prefix, citation.suffix).span is not None


def capture(source: Source, text: str, by: Any = None, *, anyway: bool = False, take_out: bool = False) -> Captured:
    """Keep a text of a source as captured, by a user if any, and anchor the source's citations in it.

    The same text again makes no new row. Raises RefusedText for a text without words; StraySigns for one with signs
    that no text may hold, unless these are to be taken out; DoubtfulText for one that looks garbled, unless it is to
    be kept ``anyway``.
    """
    text = normalise(text, take_out=take_out)
    if not text.strip():
        raise RefusedText("There are no words in it.")
    if not anyway and (words := garbled(text)):
        raise DoubtfulText(f"It looks garbled: “{words}”.")
    return _keep(source, text, by)


@transaction.atomic
def _keep(source: Source, text: str, by: Any) -> Captured:
    held = Snapshot.objects.filter(source=source, sha256=digest(text)).first()
    snapshot = held or Snapshot.objects.create(source=source, text=text, captured_by=by)
    anchor(Citation.objects.filter(source=source))
    return Captured(snapshot, held is None, outcomes(snapshot))

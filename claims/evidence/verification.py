"""Whether what was captured and verified still holds, one text in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from claims.evidence.passages import find, holds
from claims.models import Citation, CitationCheck, Snapshot, digest


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that should hold and does not; ``claim`` is empty where it concerns a whole text."""

    source: str
    claim: str
    problem: str

    def __str__(self) -> str:
        return f"{self.source}: {self.claim}: {self.problem}" if self.claim else f"{self.source}: {self.problem}"


def breaches() -> Iterator[Breach]:
    """Every text whose hash is not its own, and every verified passage that does not stand where it should."""
    for snapshot in Snapshot.objects.select_related("source").order_by("pk").iterator(chunk_size=1):
        yield from _text(snapshot)
        yield from _passages(snapshot)


def totals() -> tuple[int, int]:
    """How many texts and how many verified passages there are to check."""
    return Snapshot.objects.count(), Citation.objects.exclude(snapshot=None).count()


def _text(snapshot: Snapshot) -> Iterator[Breach]:
    if digest(snapshot.text) != snapshot.sha256:
        yield Breach(
            snapshot.source.slug, "", f"the text captured on {snapshot.captured_at:%Y-%m-%d} is not the one captured"
        )


def _passages(snapshot: Snapshot) -> Iterator[Breach]:
    verified = Citation.objects.filter(snapshot=snapshot).order_by("pk")
    checked = CitationCheck.objects.filter(snapshot=snapshot, start__isnull=False).order_by("pk")
    rows = verified.values_list("claim__slug", "source", "start", "end", "exact")
    later = checked.values_list("citation__claim__slug", "citation__source", "start", "end", "citation__exact")
    for places in (rows, later):
        for claim, source, start, end, exact in places.iterator():
            if source != snapshot.source_id:
                yield Breach(snapshot.source.slug, claim, "the passage is verified in the text of another source")
            elif not holds(snapshot.text, start or 0, end or 0, exact):
                yield Breach(snapshot.source.slug, claim, f"the passage is not at {start}–{end}: “{exact}”")
    recorded = Citation.objects.filter(source=snapshot.source_id, checked_sha256=snapshot.sha256).order_by("pk")
    for claim, *words in recorded.values_list("claim__slug", "exact", "prefix", "suffix"):
        if not find(snapshot.text, *words).span:
            yield Breach(snapshot.source.slug, claim, f"the passage is said to be found in this text: “{words[0]}”")

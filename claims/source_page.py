"""What a source's own page knows: the text that is held, as far as its reader may see it, and the passages cited.

The public sees a text in full only where its rights allow it, and otherwise no more than the cited passages, up to a
share of its words. Curators see all that is held; of what has been taken down, auditors alone see anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.conf import settings

from claims.entries import entry
from claims.models import Citation, CitationCheck, Claim, Snapshot, Source
from claims.models.source import digest
from claims.proof import reading
from claims.proof.passages import Span
from claims.proof.quoting import Quotation, full_quotation, quotation
from claims.proof.reading import Note, Paragraph

BADGES = {
    "verified": "verified",
    "text_not_held": "text not held here",
    "not_found": "not found in the text held",
    "ambiguous": "stands more than once in the text held",
    "taken_down": "taken down",
}
LATER = {
    "unchanged": "verified",
    "moved": "moved in the capture of {}",
    "not_found": "no longer found in the capture of {}",
    "ambiguous": "stands more than once in the capture of {}",
}
UNCHECKED = "not checked, since the text held was altered"


class Shown(StrEnum):
    """How much of a source's text its reader sees, and why no more."""

    WHOLE = "whole"
    EXCERPTS = "excerpts"
    ALTERED = "altered"
    NOT_HELD = "not_held"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may see beyond what the public does."""

    curates: bool = False
    audits: bool = False


PUBLIC = Reader()


@dataclass(frozen=True, slots=True)
class Place:
    """How a passage stands to the newest text, in words, and where, if it stands there in one place."""

    badge: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a reader may see of a source: how much, its newest text, and its passages in order.

    The notes hold no words but those that may be shown; the text must be printed by ``paragraphs`` alone.
    """

    shown: Shown
    snapshot: Snapshot | None
    notes: list[Note]

    def paragraphs(self, notes: list[Note]) -> list[Paragraph]:
        """The text or the excerpts, with these of the notes marked; none where neither may be shown."""
        if self.snapshot is None or self.shown not in (Shown.WHOLE, Shown.EXCERPTS):
            return []
        found = reading.paragraphs(self.snapshot.text, notes)
        return found if self.shown == Shown.WHOLE else reading.excerpts(found)


def reader(user: Any) -> Reader:
    """What this user may see: the public's share where nobody is signed in."""
    return Reader(curates=user.has_perm("claims.view_snapshot"), audits=user.has_perm("claims.audit_source"))


def held(source: Source, reader: Reader = PUBLIC) -> Held:
    """What this reader may see of a source."""
    snapshot = source.snapshots.first()
    shown = _shown(source, snapshot, reader)
    notes = reading.numbered(reading.in_text_order(_notes(source, snapshot, reader)))
    if snapshot and not (source.text_is_public or reader.curates):
        notes = reading.within_share(snapshot.text, notes, settings.EXCERPT_SHARE)
    if shown == Shown.ALTERED:
        notes = [replace(note, span=None, badge=UNCHECKED) for note in notes]
    return Held(shown, snapshot, notes)


def _shown(source: Source, snapshot: Snapshot | None, reader: Reader) -> Shown:
    if source.is_taken_down and not reader.audits:
        return Shown.TAKEN_DOWN
    if snapshot is None:
        return Shown.NOT_HELD
    if digest(snapshot.text) != snapshot.sha256:
        return Shown.ALTERED
    return Shown.WHOLE if source.text_is_public or reader.curates else Shown.EXCERPTS


def _notes(source: Source, snapshot: Snapshot | None, reader: Reader) -> list[Note]:
    """The passages of this source that published claims rest on, in the order in which they were entered."""
    checks = {check.citation_id: check for check in CitationCheck.objects.filter(snapshot=snapshot)}
    words = full_quotation if reader.audits else quotation
    claims = Claim.objects.published().cited_to(source).for_list()
    cited = [(citation, claim) for claim in claims for citation in claim.citations.all()]
    return [
        _note(citation, claim, words(citation), _place(citation, snapshot, checks))
        for citation, claim in sorted(cited, key=lambda pair: pair[0].pk)
        if citation.source_id == source.pk
    ]


def _note(citation: Citation, claim: Claim, given: Quotation, place: Place) -> Note:
    return Note(
        entry=entry(claim),
        slug=claim.slug,
        speaker=claim.speaker,
        issues=list(claim.issues.all()),
        exact=given.exact,
        locator=citation.locator,
        language=citation.language,
        translation=given.translation,
        translator="machine translation" if citation.machine_translated else citation.translator,
        status=given.status,
        badge=place.badge if given.exact else BADGES[given.status],
        span=place.span if given.exact else None,
    )


def _place(citation: Citation, snapshot: Snapshot | None, checks: Mapping[int, CitationCheck]) -> Place:
    """Where a passage stands in the newest text: its own place there, or that of the check against its older one."""
    if snapshot is None or citation.snapshot_id is None:
        return Place(BADGES[citation.status])
    if citation.snapshot_id == snapshot.pk:
        return _at("verified", citation)
    check = checks.get(citation.pk)
    if check is None:
        return Place("verified in an earlier capture")
    return _at(LATER[check.outcome].format(f"{snapshot.captured_at:%-d %B %Y}"), check)


def _at(badge: str, placed: Citation | CitationCheck) -> Place:
    if placed.start is None or placed.end is None:
        return Place(badge)
    return Place(badge, Span(placed.start, placed.end))

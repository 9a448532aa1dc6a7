"""What a source's own page knows: the text that is held, as far as its reader may see it, and the passages cited.

The public sees a text in full only where its rights allow it, and otherwise no more than the cited passages, up to a
share of its words. Curators see all that is held; of what has been taken down, auditors alone see anything.

The passages of a text that is held are read as one. Without a text those of very many claims are read in pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from claims.evidence import Note, Paragraph, Shown, Span, reading, remark
from claims.models import Citation, CitationCheck, Claim, Snapshot, Source, digest
from claims.readmodel import Condition, Having, Ordered, Selection, current
from claims.wording import ClaimLine, Quotation, full_quotation, quotation

BADGES = {
    "verified": "verified",
    "checked": "checked when recorded",
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
LONG, A_PAGE = 200, 100  # claims: from how many on a source without a text is read in pages, and how many these have
UNCHECKED = "not checked, since the text held was altered"


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may see beyond what the public does."""

    curates: bool = False
    audits: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a source that is read in pages: what its claims are to meet, and which one comes first."""

    conditions: Sequence[Condition] = ()
    first: Claim | None = None


PUBLIC, ALL = Reader(), Asked()


@dataclass(frozen=True, slots=True)
class Part:
    """A page of claims in the order in which they were said: its place among so many, and what the next begins with."""

    claims: list[Claim]
    before: int
    total: int
    following: Claim | None


@dataclass(frozen=True, slots=True)
class Place:
    """How a passage stands to the newest text, in words, and where, if it stands there in one place."""

    badge: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a reader may see of a source: how much, its newest text, and its passages in order.

    The notes hold no words but those that may be shown; the text must be printed by ``paragraphs`` alone. They are
    those of one ``part`` where the source is read in pages.
    """

    shown: Shown
    snapshot: Snapshot | None
    notes: list[Note]
    part: Part | None = None

    def paragraphs(self, notes: list[Note]) -> list[Paragraph]:
        """The text or the excerpts, with these of the notes marked; none where neither may be shown."""
        if self.snapshot is None or self.shown not in (Shown.WHOLE, Shown.EXCERPTS):
            return []
        found = reading.paragraphs(self.snapshot.text, notes)
        return found if self.shown == Shown.WHOLE else reading.excerpts(found)


def reader(user: Any) -> Reader:
    """What this user may see: the public's share where nobody is signed in."""
    return Reader(curates=user.has_perm("claims.view_snapshot"), audits=user.has_perm("claims.audit_source"))


def carried(source: Source) -> Selection:
    """The published claims that cite this source."""
    return Selection(current(), "said", [Having("source", source.pk)])


def held(source: Source, carried: Selection, reader: Reader = PUBLIC, asked: Asked = ALL) -> Held:
    """What this reader may see of a source, which carries these claims."""
    snapshot = source.snapshots.first()
    shown = _shown(source, snapshot, reader)
    if snapshot is None and carried.found().size > LONG:
        part = _part(carried, asked)
        return Held(shown, None, reading.numbered(_notes(_cited(source, part.claims), None, reader)), part)
    cited = _cited(source, Claim.objects.published().cited_to(source).for_list())
    as_entered = sorted(cited, key=lambda pair: pair[0].pk)
    notes = reading.numbered(reading.in_text_order(_notes(as_entered, snapshot, reader)))
    if snapshot and not (source.text_is_public or reader.curates):
        notes = reading.within_share(snapshot.text, notes, settings.EXCERPT_SHARE)
    if shown == Shown.ALTERED:
        notes = [replace(note, span=None, badge=UNCHECKED, remark="") for note in notes]
    return Held(shown, snapshot, notes)


def _part(carried: Selection, asked: Asked) -> Part:
    """The page asked for of a source that is too long to be read as one."""
    ordered = Ordered(Selection(carried.all, "said", [*carried.conditions, *asked.conditions]), "oldest", "said")
    first = asked.first
    after = (ordered.number(first.said.earliest), first.pk - 1) if first else None
    keys = [key for _, key in ordered.page(after, A_PAGE + 1)]
    loaded = Claim.objects.published().for_list().in_bulk(keys)
    claims = [loaded[key] for key in keys if key in loaded]
    total = ordered.found.size
    return Part(claims[:A_PAGE], total - ordered.remaining(after), total, next(iter(claims[A_PAGE:]), None))


def _shown(source: Source, snapshot: Snapshot | None, reader: Reader) -> Shown:
    if source.is_taken_down and not reader.audits:
        return Shown.TAKEN_DOWN
    if snapshot is None:
        return Shown.NOT_HELD
    if digest(snapshot.text) != snapshot.sha256:
        return Shown.ALTERED
    return Shown.WHOLE if source.text_is_public or reader.curates else Shown.EXCERPTS


def _cited(source: Source, claims: Iterable[Claim]) -> list[tuple[Citation, Claim]]:
    """The passages of a source that these claims rest on, each with its claim."""
    cited = [(citation, claim) for claim in claims for citation in claim.citations.all()]
    return [(citation, claim) for citation, claim in cited if citation.source_id == source.pk]


def _notes(cited: Iterable[tuple[Citation, Claim]], snapshot: Snapshot | None, reader: Reader) -> list[Note]:
    checks = {check.citation_id: check for check in CitationCheck.objects.filter(snapshot=snapshot)}
    words = full_quotation if reader.audits else quotation
    return [
        _note(citation, claim, words(citation), _place(citation, snapshot, checks), _remark(citation, snapshot))
        for citation, claim in cited
    ]


def _note(citation: Citation, claim: Claim, given: Quotation, place: Place, remark: str) -> Note:
    return Note(
        entry=ClaimLine.of(claim),
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
        remark=remark if given.exact else "",
        checked_on=citation.checked_on,
        checked_sha256=citation.checked_sha256,
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


def _remark(citation: Citation, snapshot: Snapshot | None) -> str:
    """What is known of the text in which a passage was found before; "" where it is verified in a text not shown."""
    if citation.snapshot_id is None or snapshot is None:
        return remark(citation, citation.status)
    if citation.snapshot_id != snapshot.pk:
        return ""
    return remark(citation, citation.status, snapshot.sha256, snapshot.captured_at)


def _at(badge: str, placed: Citation | CitationCheck) -> Place:
    if placed.start is None or placed.end is None:
        return Place(badge)
    return Place(badge, Span(placed.start, placed.end))

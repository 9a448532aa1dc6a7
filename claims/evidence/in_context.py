"""The passages that a claim rests on, each with the words around it and what is known of its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest, Substr

from claims.evidence.passages import holds
from claims.evidence.recorded import remark
from claims.models import Citation, CitationStatus, Claim
from claims.wording import TAKEN_DOWN, Quotation, mark_url, place, quotation
from conflict_site.base.languages import language_name

REACH = 400  # code points of a text that are fetched on either side of a passage
WORDS = 20  # of them, the words that are shown at most
OPENS, CLOSES = "([{“‘„«", ".,;:!?)]}”’»…"
LOST = "lost"  # in the place of a status: the text does not hold what was verified
BADGES = {
    CitationStatus.VERIFIED: ("Verified", "These very words stand in the text that is held."),
    CitationStatus.CHECKED: ("Checked when recorded", "The text is not held here."),
    CitationStatus.NOT_HELD: ("Text not held", "The words were not checked by this site."),
    CitationStatus.NOT_FOUND: ("Not found", "The text that is held does not have these words."),
    CitationStatus.AMBIGUOUS: ("Ambiguous", "These words stand in several places of the text that is held."),
    LOST: ("Text changed", "The text that is held no longer has these words where they were found."),
    TAKEN_DOWN: ("Taken down", "The text and the passages of this source are hidden."),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A citation with its frame, ready to print: ``before`` and ``after`` hold the space that belongs there.

    There are no words where none may be given. ``badge`` and ``note`` say whether the text has them, ``remark`` what is
    known of the text in which they were found before.
    """

    before: str
    exact: str
    after: str
    translation: str
    language: str
    url: str
    is_lost: bool
    badge: str
    note: str
    remark: str
    citation: Citation

    @property
    def place(self) -> str:
        """Where in the document it stands, in words."""
        return place(self.citation.locator)


@dataclass(frozen=True, slots=True)
class _Run:
    """The words of a text around a passage, when the text was captured, and its hash."""

    text: str
    captured: datetime
    sha256: str


def passages(claim: Claim) -> list[Passage]:
    """The passages of a claim that was fetched with ``for_list()``: one query, however many."""
    held = _held(claim)
    return [_passage(citation, held) for citation in claim.citations.all()]


def captured(claim: Claim) -> dict[int, datetime]:
    """When the texts were captured that hold a claim's passages in their places, by citation: one query.

    A passage whose text no longer has its words there is not among them, whatever its status says.
    """
    held = _held(claim)
    placed = [(citation, held[citation.pk]) for citation in claim.citations.all() if citation.pk in held]
    return {citation.pk: run.captured for citation, run in placed if _stands(citation, run)}


def _held(claim: Claim) -> Mapping[int, _Run]:
    """The run of the text in which each verified passage was found, by citation: never a whole text."""
    first = Greatest(F("start") - REACH, 0)
    run = Substr("snapshot__text", first + 1, F("end") - first + REACH)
    verified = Citation.objects.filter(claim=claim, status=CitationStatus.VERIFIED)
    rows = verified.values_list("pk", run, "snapshot__captured_at", "snapshot__sha256")
    return {key: _Run(*held) for key, *held in rows}


def _stands(citation: Citation, run: _Run) -> bool:
    return holds(run.text, *_place(citation), citation.exact)


def _passage(citation: Citation, held: Mapping[int, _Run]) -> Passage:
    given = quotation(citation)
    status, before, after = given.status, *framed(given)
    run = held.get(citation.pk)
    if status == CitationStatus.VERIFIED:
        if run is None or not _stands(citation, run):
            status = LOST
        elif citation.source.text_is_public:
            before, after = around(run.text, *_place(citation))
    badge, note = BADGES[status]
    return Passage(
        before, given.exact, after, given.translation, language_name(citation.language),
        mark_url(citation.source.slug, citation.claim.slug),
        status == LOST, badge, note, _remark(citation, status, run) if given.exact else "", citation,
    )  # fmt: skip


def _remark(citation: Citation, status: str, run: _Run | None) -> str:
    return remark(citation, status, run.sha256, run.captured) if run else remark(citation, status)


def _place(citation: Citation) -> tuple[int, int]:
    """Where a verified passage stands in the run that was fetched."""
    if citation.start is None or citation.end is None:
        raise ValueError(f"citation {citation.pk} is verified without a place")
    first = max(citation.start - REACH, 0)
    return citation.start - first, citation.end - first


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Up to twenty words of the same paragraph before and after a passage; "…" where there are more of them."""
    before, after = text[:start].rpartition("\n\n")[2], text[end:].partition("\n\n")[0]
    first, last = before.split(), after.split()
    lead = "… " if len(first) > WORDS else ""
    rest = " …" if len(last) > WORDS else ""
    return (
        lead + " ".join(first[-WORDS:]) + " " * (before[-1:].isspace() and bool(first)),
        " " * (after[:1].isspace() and bool(last)) + " ".join(last[:WORDS]) + rest,
    )


def framed(given: Quotation | Citation) -> tuple[str, str]:
    """The words that were noted around a passage. Where they stand in the paragraph is not known, hence the dots."""
    before, after = _space(given.prefix, given.exact), _space(given.exact, given.suffix)
    return (
        f"… {given.prefix}{before}" if given.prefix else "",
        f"{after}{given.suffix} …" if given.suffix else "",
    )


def _space(before: str, after: str) -> str:
    """The space between two runs of a text whose own space at the seam is lost."""
    return "" if not before or not after or before[-1] in OPENS or after[0] in CLOSES else " "

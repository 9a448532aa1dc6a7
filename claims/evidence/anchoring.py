"""Citations put where their words stand in the texts that are held.

A place that was verified is evidence and stays: a later capture of the source is only checked for the same words,
and what came of it is kept beside the citation. What is verified is quoted as the text itself spells it.
"""

from collections.abc import Container, Iterable, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import takewhile

from django.db import transaction
from django.db.models import QuerySet

from claims.evidence.passages import Anchor, Span, find, lines_around, own_words
from claims.models import LOST, CheckOutcome, Citation, CitationCheck, CitationStatus, Claim, Snapshot, permitted

RESPELT = "Quoted as the text itself spells it."
ANCHORED = ["status", "snapshot", "start", "end", "exact"]
LONGEST: int = Citation._meta.get_field("exact").max_length or 0


@transaction.atomic
def anchor(citations: QuerySet[Citation]) -> int:
    """Look for each citation's words in the texts held of its source; return how many citations changed.

    The text in which it was verified counts before the others, then that in which it was checked when it was recorded,
    then the newest. Where none holds the words in one place, the newest says why. Captures later than the one that
    verifies it are checked and the outcome recorded.
    """
    sources = list(citations.order_by().values_list("source", flat=True).distinct())
    return sum(_anchor(list(citations.filter(source=source)), source) for source in sources)


def outcomes(snapshot: Snapshot) -> list[tuple[Citation, str]]:
    """What became of each citation of its source in this capture: its status there, or the outcome of the check."""
    citations = Citation.objects.filter(source=snapshot.source_id).select_related("claim")
    checks = dict(CitationCheck.objects.filter(snapshot=snapshot).values_list("citation", "outcome"))
    return [(citation, checks.get(citation.pk, citation.status)) for citation in citations]


def lost_in(citation: Citation) -> Snapshot | None:
    """The newest capture of a citation's source, where by its last check the passage does not stand there in one place.

    One query for a citation of which some check says so, none for others whose ``checks`` are prefetched.
    """
    lost = [check.snapshot_id for check in citation.checks.all() if check.outcome in LOST]
    if citation.status not in LOST and not lost:
        return None
    newest = Snapshot.objects.filter(source=citation.source_id).order_by("-captured_at", "-id").first()
    return newest if newest and (citation.status in LOST or newest.pk in lost) else None


def _anchor(citations: Sequence[Citation], source: int) -> int:
    held = list(Snapshot.objects.filter(source=source).order_by("-captured_at", "-id"))
    before = {citation.pk: _place(citation) for citation in citations}
    for citation in citations:
        _settle(citation, held)
    _quote(citations)
    changed = [citation for citation in citations if _place(citation) != before[citation.pk]]
    respelt = {citation.claim_id for citation in changed if citation.exact != before[citation.pk][-1]}
    with permitted(*map(_claim, respelt), reason=RESPELT) if respelt else nullcontext():
        Citation.objects.bulk_update(changed, ANCHORED, batch_size=500)
    _note_checks(source, before, [check for citation in citations for check in _checks(citation, held)])
    return len(changed)


def _claim(key: int) -> Claim:
    return Claim(pk=key)


def _place(row: Citation) -> tuple[object, ...]:
    return (row.status, row.snapshot_id, row.start, row.end, row.exact)


def _settle(citation: Citation, held: Sequence[Snapshot]) -> None:
    status: str = citation.unheld_status
    for snapshot in sorted(held, key=partial(_order, citation)):
        found = _find(citation, snapshot)
        if found.span:
            citation.status, citation.snapshot = CitationStatus.VERIFIED, snapshot
            citation.start, citation.end = found.span.start, found.span.end
            return
        if snapshot is held[0]:
            status = found.status
    citation.status = status
    citation.snapshot = citation.start = citation.end = None


def _order(citation: Citation, snapshot: Snapshot) -> tuple[bool, bool]:
    return (snapshot.pk != citation.snapshot_id, snapshot.sha256 != citation.checked_sha256)


def _quote(citations: Sequence[Citation]) -> None:
    """Let each verified citation have the text's own words, save where they are too long, or a claim's quote twice."""
    taken = {(citation.claim_id, citation.exact) for citation in citations}
    for citation in citations:
        if citation.snapshot is None or citation.start is None or citation.end is None:
            continue
        own = own_words(citation.snapshot.text, Span(citation.start, citation.end))
        if len(own) <= LONGEST and (citation.claim_id, own) not in taken:
            taken.add((citation.claim_id, own))
            citation.exact = own


def _checks(citation: Citation, held: Iterable[Snapshot]) -> list[CitationCheck]:
    """The checks of a verified citation in the captures that are newer than its own."""
    if citation.snapshot is None or citation.start is None or citation.end is None:
        return []
    newer = takewhile(lambda snapshot: snapshot.pk != citation.snapshot_id, held)
    lines = lines_around(citation.snapshot.text, Span(citation.start, citation.end))
    return [_check(citation, lines, snapshot) for snapshot in newer]


def _check(citation: Citation, lines: str, snapshot: Snapshot) -> CitationCheck:
    found = _find(citation, snapshot)
    check = CitationCheck(citation=citation, snapshot=snapshot, outcome=found.status)
    if found.span:
        same = lines_around(snapshot.text, found.span) == lines
        check.outcome = CheckOutcome.UNCHANGED if same else CheckOutcome.MOVED
        check.start, check.end = found.span.start, found.span.end
    return check


def _note_checks(source: int, citations: Container[int], checks: Iterable[CitationCheck]) -> None:
    """Make these the recorded checks of the citations; one that is recorded already stays as it is, with its date."""
    wanted = {_outcome(check): check for check in checks}
    for recorded in CitationCheck.objects.filter(snapshot__source=source):
        if wanted.pop(_outcome(recorded), None) is None and recorded.citation_id in citations:
            recorded.delete()
    CitationCheck.objects.bulk_create(wanted.values(), batch_size=500)


def _outcome(check: CitationCheck) -> tuple[object, ...]:
    return (check.citation_id, check.snapshot_id, check.outcome, check.start, check.end)


def _find(citation: Citation, snapshot: Snapshot) -> Anchor:
    return find(snapshot.text, citation.exact, citation.prefix, citation.suffix)

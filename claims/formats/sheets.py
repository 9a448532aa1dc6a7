"""Statements in any state as a table for the newsroom, CSV or XLSX, in columns that an import reads back."""

from collections.abc import Iterator, Sequence

from claims.formats import csv_file, xlsx_file
from claims.models import Claim, ClaimQuerySet
from claims.wording import quotation

COLUMNS = (
    "claim",
    "state",
    "speaker",
    "quote",
    "url",
    "said",
    "content",
    "act",
    "form",
    "occasion",
    "issues",
    "title",
    "publisher",
    "published",
    "kind",
    "language",
    "locator",
)
AT_ONCE = 500


def rows(claims: ClaimQuerySet) -> Iterator[Sequence[str]]:
    """A row for each claim, with its first citation; no words of a source that has been taken down."""
    found = claims.order_by("pk").select_related("speaker")
    yield from map(_row, found.prefetch_related("citations__source__publisher", "issues").iterator(AT_ONCE))


def as_csv(claims: ClaimQuerySet) -> Iterator[str]:
    """The lines of a CSV file of these claims."""
    return csv_file.lines(COLUMNS, rows(claims))


def as_xlsx(claims: ClaimQuerySet) -> bytes:
    """A workbook of these claims. Every cell is text: none is ever taken for a formula."""
    return b"".join(xlsx_file.pieces("Claims", COLUMNS, rows(claims)))


def _row(claim: Claim) -> list[str]:
    cited = next(iter(claim.citations.all()), None)
    source = cited.source if cited else None
    return [
        claim.slug,
        claim.state,
        claim.speaker.name,
        quotation(cited).exact if cited else "",
        source.url if source else "",
        claim.said.edtf if claim.said else "",
        claim.content,
        claim.act,
        claim.form,
        claim.occasion,
        "; ".join(issue.slug for issue in claim.issues.all()),
        source.title if source else "",
        source.publisher.name if source else "",
        source.published.edtf if source and source.published else "",
        source.kind if source else "",
        cited.language if cited else "",
        cited.locator if cited else "",
    ]

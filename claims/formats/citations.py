"""The citations of all that a filter finds as CSV, a row for each: written while they are read, as the claims are."""

from collections.abc import Iterator, Sequence
from typing import Any

from claims.filtering import ClaimFilter
from claims.formats import csv_file
from claims.formats.files import claims, dated, pieces
from claims.wording import TAKEN_DOWN, ClaimLine, mark_url
from conflict_site.base.addresses import Absolute

COLUMNS = (
    "id",
    "attribution",
    "speaker_id",
    "speaker",
    "citation",
    "quote",
    "language",
    "translation",
    "locator",
    "status",
    "source_id",
    "source",
    "source_kind",
    "publisher_id",
    "publisher",
    "published",
    "published_words",
    "published_earliest",
    "published_latest",
    "source_url",
    "archive_url",
    "passage_url",
    "url",
)


def csv_lines(claim_filter: ClaimFilter, absolute: Absolute) -> Iterator[str]:
    """A CSV file in pieces of text, a line for each citation. ``absolute`` makes an address of this site whole."""
    rows = (row for line in claims(claim_filter) for row in _rows(line, absolute))
    return pieces(csv_file.lines(COLUMNS, rows))


def _rows(line: ClaimLine, absolute: Absolute) -> Iterator[Sequence[Any]]:
    for number, passage in enumerate(line.passages, 1):
        source = passage.source
        gone = source.is_taken_down
        yield [
            *(line.slug, line.sentence, line.speaker.slug, line.speaker.name, number),
            "" if gone else passage.exact,
            passage.language,
            "" if gone else passage.translation,
            passage.locator,
            TAKEN_DOWN if gone else passage.status,
            *(source.slug, source.title, source.kind, source.publisher.slug, source.publisher.name),
            *(source.published.edtf if source.published else "", *dated(source.published)),
            *(source.url, source.archive_url, absolute(mark_url(source.slug, line.slug)), absolute(line.url)),
        ]

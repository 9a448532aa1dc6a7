"""Files to be brought in, for tests."""

import csv
import io
import json
from typing import Any

from openpyxl import Workbook

from claims.imports import Report, bring_in

HEADER = ["Speaker", "Date", "Text", "URL"]
READY = ["Ann Lee", "2024-01-15", "we are ready to talk at any time", "https://herald.example/1"]
NOT_READY = ["Bob Ray", "2024-01-16", "the time has not come for any talks", "https://herald.example/2"]


def a_csv(*rows: list[str], header: list[str] | None = None) -> bytes:
    """A CSV file of these rows, by default those of two speakers."""
    text = io.StringIO()
    csv.writer(text).writerows([header or HEADER, *(rows or (READY, NOT_READY))])
    return text.getvalue().encode()


def an_xlsx(*rows: list[Any], header: list[str] | None = None) -> bytes:
    """The same as a workbook."""
    book, file = Workbook(), io.BytesIO()
    for row in (header or HEADER, *(rows or (READY, NOT_READY))):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def a_review(**given: Any) -> dict[str, Any]:
    """One ClaimReview."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example/ready",
        "claimReviewed": "North was always ready to talk.",
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Ann Lee"},
            "datePublished": "2024-01-15",
        },
        "author": {"@type": "Organization", "name": "The Checkers"},
        "datePublished": "2024-02-01",
        "reviewRating": {"@type": "Rating", "alternateName": "Mostly false", "ratingValue": 2},
        **given,
    }


def as_json(*reviews: Any) -> bytes:
    """These as JSON: one alone, several as a list."""
    return json.dumps(reviews[0] if len(reviews) == 1 else list(reviews), indent=1).encode()


def whats(report: Report) -> list[str]:
    """What became of each row, in their order."""
    return [row[1] for row in report.rows]


def bring(data: bytes, by: Any, name: str = "statements.csv", **given: Any) -> Report:
    """Bring a file in."""
    return bring_in(name, data, by=by, **given)

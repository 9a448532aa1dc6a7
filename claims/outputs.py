"""All that a filter finds, in its order, as CSV and JSON-LD: written while it is read, so that no file is too long."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import batched, chain
from typing import Any

from claims import attribution, linked_data, tables
from claims.browser import facets
from claims.browser.clocks import published_on
from claims.browser.filters import ClaimFilter
from claims.entries import sentence_of
from claims.exports import Absolute
from claims.models import Claim
from claims.proof.quoting import quotation
from conflict_site.edtf import FuzzyDate

FIRST, AT_ONCE = 50, 500  # claims that are fetched at a time: few at first, so that the answer begins soon
SEVERAL = " | "  # between the values of a cell that holds several
COLUMNS = (
    "id",
    "attribution",
    "speaker_id",
    "speaker",
    "as_stated",
    "on_behalf_of",
    "act",
    "form",
    "said",
    "said_earliest",
    "said_latest",
    "said_text",
    "published",
    "recorded",
    "issues",
    "events",
    "quote",
    "quote_language",
    "locator",
    "status",
    "source_id",
    "source",
    "source_url",
    "archive_url",
    "citations",
    "url",
)


def csv_lines(claim_filter: ClaimFilter, absolute: Absolute) -> Iterator[str]:
    """The lines of a CSV file, a claim each; its quote and source are those of its first citation.

    ``absolute`` makes an address of this site whole.
    """
    return tables.lines(COLUMNS, (_cells(claim, absolute) for claim in claims(claim_filter)))


def json_ld(claim_filter: ClaimFilter, url: str, absolute: Absolute) -> Iterator[str]:
    """A schema.org ``DataFeed`` of ``Claim`` in pieces of text; ``url`` is the whole address of what it holds."""
    head = json.dumps({"@context": "https://schema.org", "@type": "DataFeed", "url": url, "dataFeedElement": []})
    yield head.removesuffix("]}")
    for number, claim in enumerate(claims(claim_filter)):
        data = linked_data.schema_claim(claim, absolute(claim.get_absolute_url()))
        del data["@context"]
        yield (",\n" if number else "\n") + json.dumps(data, ensure_ascii=False)
    yield "\n]}\n"


def claims(claim_filter: ClaimFilter) -> Iterator[Claim]:
    """Every claim that a valid filter finds, in its order, fetched with ``for_page()`` some at a time.

    One that is withdrawn while they are read is left out.
    """
    keys = facets.keys(claim_filter).tolist()
    for batch in chain([keys[:FIRST]], batched(keys[FIRST:], AT_ONCE)):
        fetched = Claim.objects.published().for_page().order_by().in_bulk(batch)
        yield from (fetched[key] for key in batch if key in fetched)


def _cells(claim: Claim, absolute: Absolute) -> Sequence[Any]:
    return [
        claim.slug,
        attribution.text(sentence_of(claim)),
        claim.speaker.slug,
        claim.speaker.name,
        claim.as_stated,
        claim.on_behalf_of.name if claim.on_behalf_of else "",
        claim.act,
        claim.form,
        *_said(claim.said),
        _edtf(published_on(claim)),
        claim.created_at.isoformat(),
        SEVERAL.join(issue.slug for issue in claim.issues.all()),
        SEVERAL.join(event.slug for event in claim.events.all() if event.is_public),
        *_cited(claim.citations.all()),
        absolute(claim.get_absolute_url()),
    ]


def _said(said: FuzzyDate) -> tuple[Any, ...]:
    return said.edtf, _day(said.earliest), _day(said.latest), said.text


def _cited(citations: Any) -> tuple[Any, ...]:
    first, given = citations[0], quotation(citations[0])
    source = first.source
    words = (given.exact, first.language, first.locator, given.status)
    return (*words, source.slug, source.title, source.url, source.archive_url, len(citations))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _edtf(day: FuzzyDate | None) -> str:
    return day.edtf if day else ""

"""The evidence behind a chart as a table, a row for each claim that shows, qualifies or contradicts a position."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from claims.positions.evidence import Evidence
from claims.positions.stances import Heading
from claims.wording import ClaimLine
from conflict_site.base.addresses import Absolute

COLUMNS = (
    "issue_id",
    "issue",
    "question",
    "actor_id",
    "actor",
    "position",
    "stance_order",
    "stance",
    "role",
    "said",
    "said_earliest",
    "said_latest",
    "said_text",
    "form",
    "attribution",
    "quote",
    "source",
    "source_url",
    "archive_url",
    "claim_url",
)


def in_lanes(evidence: Iterable[Evidence], heading: Callable[[Evidence], Heading]) -> list[Evidence]:
    """The evidence lane by lane, within each in the order in which it is given."""
    return sorted(evidence, key=lambda item: heading(item).key)


def records(
    evidence: Iterable[Evidence], claims: Mapping[int, ClaimLine], absolute: Absolute
) -> Iterator[dict[str, Any]]:
    """A record under ``COLUMNS`` for each; ``claims`` holds them by key. ``absolute`` makes an address here whole.

    ``said`` is EDTF, ``said_text`` the source's own words for it. ``quote`` is the first passage the claim rests on,
    None where its words may not be given.
    """
    return (_evidence_record(item, claims[item.claim], absolute) for item in evidence)


def cells(records: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[Any]]:
    """The records as rows of cells."""
    return ([record[column] for column in COLUMNS] for record in records)


def _evidence_record(item: Evidence, line: ClaimLine, absolute: Absolute) -> dict[str, Any]:
    return {
        "issue_id": item.issue.slug,
        "issue": item.issue.title,
        "question": item.issue.question,
        "actor_id": item.actor.slug,
        "actor": item.actor.name,
        "position": item.position,
        "stance_order": item.order,
        "stance": item.label,
        "role": item.role,
        **_said(line),
        "form": item.form,
        "attribution": item.entry.sentence,
        "quote": item.entry.quote or None,
        **_source(line),
        "claim_url": absolute(item.url),
    }


def _said(line: ClaimLine) -> dict[str, str | None]:
    said = line.said
    return {
        "said": said.edtf,
        "said_earliest": said.earliest.isoformat(),
        "said_latest": said.latest.isoformat() if said.latest else None,
        "said_text": said.text,
    }


def _source(line: ClaimLine) -> dict[str, str]:
    """The document of the first citation."""
    source = line.passages[0].source
    return {"source": source.title, "source_url": source.url, "archive_url": source.archive_url}

"""What a chart shows as a table: a row for each claim that bears on a position, or is on file without one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import batched
from typing import Any

from actors.models import Actor
from claims.models import Issue
from claims.positions.evidence import ON_FILE, Evidence
from claims.positions.stances import Heading
from claims.positions.story import Story
from claims.wording import ClaimLine, in_order
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
    "year",
)
OF_STORIES = ("turn", *COLUMNS)
AT_ONCE = 500  # claims that are read at a time
UNCODED = {"position": None, "stance_order": None, "stance": None, "role": ON_FILE}


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


def of_lanes(lanes: Iterable[tuple[Actor, Issue, Sequence[int]]], absolute: Absolute) -> Iterator[dict[str, Any]]:
    """The same for what takes no coded stance: claims by key, of an actor on an issue; read while they are written."""
    for actor, issue, claims in lanes:
        whose = _whose(issue, actor)
        yield from ({**whose, **UNCODED, **_line(line, absolute)} for line in _lines(claims))


def of_story(story: Story, absolute: Absolute) -> Iterator[dict[str, Any]]:
    """A record under ``OF_STORIES`` for each statement that has its entry, in the order of time.

    ``turn`` is the number of the turn that it is, or follows; None before the first. Of a statement of which no stance
    is recorded, or whose stance stands under another actor, nothing is said of one.
    """
    whose = _whose(story.issue, story.actor)
    for number, item in story.numbered:
        if item.loaded:
            coded = _coded(item.evidence) if item.evidence else UNCODED
            yield {"turn": number or None, **whose, **coded, **_line(item.loaded, absolute)}
        for line in _lines(item.others):
            yield {"turn": number or None, **whose, **UNCODED, **_line(line, absolute)}


def cells(records: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    """The records as rows of cells."""
    return ([record[column] for column in columns] for record in records)


def _evidence_record(item: Evidence, line: ClaimLine, absolute: Absolute) -> dict[str, Any]:
    return {**_whose(item.issue, item.actor), **(_coded(item) if item.is_coded else UNCODED), **_line(line, absolute)}


def _lines(claims: Iterable[int]) -> Iterator[ClaimLine]:
    """The lines of claims, by key; read as they are asked for."""
    for keys in batched(claims, AT_ONCE):
        yield from in_order(keys)


def _whose(issue: Issue, actor: Actor) -> dict[str, Any]:
    return {
        "issue_id": issue.slug,
        "issue": issue.title,
        "question": issue.question,
        "actor_id": actor.slug,
        "actor": actor.name,
    }


def _coded(item: Evidence) -> dict[str, Any]:
    return {"position": item.position, "stance_order": item.order, "stance": item.label, "role": item.role}


def _line(line: ClaimLine, absolute: Absolute) -> dict[str, Any]:
    return {
        **_said(line),
        "form": line.form,
        "attribution": line.sentence,
        "quote": line.quote or None,
        **_source(line),
        "claim_url": absolute(line.url),
        "year": line.said.earliest.year,
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

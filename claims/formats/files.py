"""All that a filter finds, as CSV, XLSX and JSON-LD: written while it is read, so that no file is too long."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import batched
from typing import Any

from claims.filtering import ClaimFilter, facets
from claims.formats import csv_file, linked_data, xlsx_file
from claims.formats.csvw import SEVERAL
from claims.models import Claim, EvidenceRole, PositionEvidence, State
from claims.wording import TAKEN_DOWN, ClaimLine, in_order
from conflict_site.base.addresses import Absolute
from conflict_site.base.edtf import FuzzyDate

FIRST, AT_ONCE = 50, 500  # claims that are fetched at a time: few at first, so that the answer begins soon
PIECE = 50  # lines that are sent at a time: a packet for each claim takes as long as the claim
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
    "said_words",
    "published_words",
    "published_earliest",
    "published_latest",
    "stances",
)


def csv_lines(claim_filter: ClaimFilter, absolute: Absolute) -> Iterator[str]:
    """A CSV file in pieces of text, a line for each claim; its quote and source are those of its first citation.

    ``absolute`` makes an address of this site whole.
    """
    return pieces(csv_file.lines(COLUMNS, _rows(claim_filter, absolute)))


def xlsx(claim_filter: ClaimFilter, absolute: Absolute) -> Iterator[bytes]:
    """The same table as a workbook, in pieces: the very words, since no cell of it is ever a formula."""
    return xlsx_file.pieces("Claims", COLUMNS, _rows(claim_filter, absolute))


def json_ld(claim_filter: ClaimFilter, head: linked_data.Record, absolute: Absolute) -> Iterator[str]:
    """A schema.org ``DataFeed`` of ``Claim`` in pieces of text; ``head`` is what it says of itself."""
    return pieces(_json_lines(claim_filter, head, absolute))


def claims(claim_filter: ClaimFilter) -> Iterator[ClaimLine]:
    """Every claim that a valid filter finds, in its order, some at a time.

    One that is withdrawn while they are read is left out.
    """
    for keys in _portions(claim_filter):
        yield from in_order(keys)


def _portions(claim_filter: ClaimFilter) -> Iterator[list[int]]:
    keys = facets.keys(claim_filter)  # stays an array: as a list, a million would take 40 MB
    yield keys[:FIRST].tolist()
    for start in range(FIRST, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE].tolist()


def _rows(claim_filter: ClaimFilter, absolute: Absolute) -> Iterator[Sequence[Any]]:
    for keys in _portions(claim_filter):
        events, stances = _events(keys), _stances(keys)
        yield from (_cells(line, events[line.key], stances[line.key], absolute) for line in in_order(keys))


def _events(keys: Sequence[int]) -> Mapping[int, list[str]]:
    """The slugs of the public events of these claims, latest first."""
    linked = Claim.events.through.objects.filter(claim__in=keys, event__state=State.PUBLISHED)
    found = defaultdict(list)
    for key, slug in linked.order_by("-event__date_earliest", "event__slug").values_list("claim_id", "event__slug"):
        found[key].append(slug)
    return found


def _stances(keys: Sequence[int]) -> Mapping[int, dict[str, None]]:
    """What these claims show in public positions: the slug of each issue with the stance, in the order of issues."""
    shown = PositionEvidence.objects.filter(claim__in=keys, role=EvidenceRole.SHOWS, position__state=State.PUBLISHED)
    stance = "position__stance"
    in_turn = shown.order_by(f"{stance}__issue__order", f"{stance}__issue__slug", f"{stance}__order")
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)  # in order, and each once
    for key, issue, label in in_turn.values_list("claim_id", f"{stance}__issue__slug", f"{stance}__label"):
        found[key][f"{issue}: {label}"] = None
    return found


def pieces(lines: Iterator[str]) -> Iterator[str]:
    """The first line at once, then many at a time."""
    yield next(lines)
    yield from map("".join, batched(lines, PIECE))


def _json_lines(claim_filter: ClaimFilter, head: linked_data.Record, absolute: Absolute) -> Iterator[str]:
    yield linked_data.text(head).removesuffix("]}")
    for number, line in enumerate(claims(claim_filter)):
        data = linked_data.schema_claim(line, absolute)
        yield (",\n" if number else "\n") + json.dumps(data, ensure_ascii=False)
    yield "\n]}\n"


def _cells(line: ClaimLine, events: Sequence[str], stances: Iterable[str], absolute: Absolute) -> Sequence[Any]:
    return [
        line.slug,
        line.sentence,
        line.speaker.slug,
        line.speaker.name,
        line.as_stated,
        line.on_behalf_of,
        line.act,
        line.form,
        *_said(line.said),
        line.published.edtf if line.published else "",
        line.recorded.isoformat(),
        SEVERAL.join(topic.slug for topic in line.topics),
        SEVERAL.join(events),
        *_cited(line),
        absolute(line.url),
        line.when,
        *dated(line.published),
        SEVERAL.join(stances),
    ]


def _said(said: FuzzyDate) -> tuple[Any, ...]:
    return said.edtf, _day(said.earliest), _day(said.latest), said.text


def dated(published: FuzzyDate | None) -> tuple[str, str, str]:
    """A date in words, its first and its last possible day; each "" where it is not known."""
    if published is None:
        return "", "", ""
    return published.words(), _day(published.earliest), _day(published.latest)


def _cited(line: ClaimLine) -> tuple[Any, ...]:
    first = line.passages[0]
    source = first.source
    status = TAKEN_DOWN if source.is_taken_down else first.status
    words = (line.quote, first.language, first.locator, status)
    return (*words, source.slug, source.title, source.url, source.archive_url, len(line.passages))


def _day(day: date | None) -> str:
    """The day as ISO 8601; "" for none."""
    return day.isoformat() if day else ""

"""All that a filter finds, in its order, as CSV and JSON-LD: written while it is read, so that no file is too long."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import batched
from typing import Any, Self

from claims.filtering import ClaimFilter, facets, published_on
from claims.formats import csv_file, linked_data
from claims.models import AttributionStep, Citation, Claim, State
from claims.wording import attribution, quotation, sentence_of
from conflict_site.base.addresses import Absolute
from conflict_site.base.edtf import FuzzyDate

FIRST, AT_ONCE = 50, 500  # claims that are fetched at a time: few at first, so that the answer begins soon
PIECE = 50  # lines that are sent at a time: a packet for each claim takes as long as the claim
SEVERAL = " | "  # between the values of a cell that holds several
SOURCE = ("slug", "title", "url", "archive_url", "published_edtf", "published_text", "taken_down_at")
QUOTED = ("exact", "prefix", "suffix", "translation", "language", "locator", "status")
ACTOR = ("slug", "name", "name_in_text", "kind")
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
    """A CSV file in pieces of text, a line for each claim; its quote and source are those of its first citation.

    ``absolute`` makes an address of this site whole.
    """
    return _pieces(csv_file.lines(COLUMNS, (_cells(claim, absolute) for claim in claims(claim_filter))))


def json_ld(claim_filter: ClaimFilter, url: str, absolute: Absolute) -> Iterator[str]:
    """A schema.org ``DataFeed`` of ``Claim`` in pieces of text; ``url`` is the whole address of what it holds."""
    return _pieces(_json_lines(claim_filter, url, absolute))


def claims(claim_filter: ClaimFilter) -> Iterator[Any]:
    """Every claim that a valid filter finds, in its order, as ``Fetched``, some at a time.

    One that is withdrawn while they are read is left out.
    """
    keys = facets.keys(claim_filter)  # stays an array: as a list, a million would take 40 MB
    yield from _fetched(keys[:FIRST].tolist())
    for start in range(FIRST, len(keys), AT_ONCE):
        yield from _fetched(keys[start : start + AT_ONCE].tolist())


class Rows(list[Any]):
    """Rows at hand that are asked for as those of a relation are."""

    def all(self) -> Self:
        """All of them."""
        return self


class Fetched:
    """A claim with its steps and citations at hand, to be read as one that was fetched with ``for_page()``.

    Django's own way there makes a manager and a queryset for each claim and relation, which in a long file takes
    longer than all else. ``issues`` and ``events`` are slugs, of public events alone.
    """

    def __init__(self, claim: Claim, steps: Any, citations: Any, issues: list[str], events: list[str]) -> None:
        self._claim = claim
        self.steps, self.citations, self.issues, self.events = Rows(steps), Rows(citations), issues, events

    def __getattr__(self, name: str) -> Any:
        return getattr(self._claim, name)


def _fetched(keys: Sequence[int]) -> Iterator[Fetched]:
    """The published ones of some claims, in their order, by five queries."""
    found = _claims().in_bulk(keys)
    related = [_by_claim(rows.filter(claim__in=keys)) for rows in (_steps(), _citations(), _issues(), _events())]
    for key in keys:
        if key in found:
            yield Fetched(found[key], *(of_claim[key] for of_claim in related))


def _claims() -> Any:
    columns = ("slug", "as_stated", "act", "form", "content", "said_edtf", "said_text", "created_at")
    found = Claim.objects.published().order_by().select_related("speaker", "on_behalf_of")
    return found.only(*columns, "on_behalf_of__name", *(f"speaker__{column}" for column in ACTOR))


def _steps() -> Any:
    found = AttributionStep.objects.order_by("order").select_related("actor")
    return found.only("claim_id", *(f"actor__{column}" for column in ACTOR))


def _citations() -> Any:
    found = Citation.objects.order_by("id").select_related("source__publisher")
    columns = [*(f"source__{column}" for column in SOURCE), *(f"source__publisher__{column}" for column in ACTOR)]
    return found.only("claim_id", *QUOTED, *columns)


def _issues() -> Any:
    return Claim.issues.through.objects.order_by("issue__order", "issue__slug").values_list("claim_id", "issue__slug")


def _events() -> Any:
    found = Claim.events.through.objects.filter(event__state=State.PUBLISHED)
    return found.order_by("-event__date_earliest", "event__slug").values_list("claim_id", "event__slug")


def _by_claim(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    """The rows by the claim they hang on; of a pair, what stands behind the claim's key."""
    found = defaultdict(list)
    for row in rows:
        key, value = row if isinstance(row, tuple) else (row.claim_id, row)
        found[key].append(value)
    return found


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    """The first line at once, then many at a time."""
    yield next(lines)
    yield from map("".join, batched(lines, PIECE))


def _json_lines(claim_filter: ClaimFilter, url: str, absolute: Absolute) -> Iterator[str]:
    head = json.dumps({"@context": "https://schema.org", "@type": "DataFeed", "url": url, "dataFeedElement": []})
    yield head.removesuffix("]}")
    for number, claim in enumerate(claims(claim_filter)):
        data = linked_data.schema_claim(claim, absolute(claim.get_absolute_url()))
        del data["@context"]
        yield (",\n" if number else "\n") + json.dumps(data, ensure_ascii=False)
    yield "\n]}\n"


def _cells(claim: Any, absolute: Absolute) -> Sequence[Any]:
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
        SEVERAL.join(claim.issues),
        SEVERAL.join(claim.events),
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

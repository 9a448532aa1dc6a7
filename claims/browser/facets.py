"""How many claims a filter finds, by facet and by date. Each facet, and the range of dates, ignores its own choice.

Everything that counts is behind the functions of this module, so that what counts can be exchanged.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.urls import reverse

from claims.browser.dimensions import DIMENSIONS
from claims.browser.filters import Choice, ClaimFilter
from claims.models import Citation, Claim, State

FACETS = ("issue", "speaker", "kind", "act", "form", "publisher", "event", "source")
DIRECTORIES = {
    "issue": "claims:issue-list",
    "speaker": "actors:list",
    "publisher": "actors:list",
    "source": "claims:source-list",
    "event": "claims:event-list",
}
HEAD = 8
MORE = 30
WAYS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a facet and what choosing it would find."""

    value: str
    label: str
    count: int
    chosen: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its most frequent rows and all chosen ones, some more, and where the rest is listed."""

    name: str
    title: str
    rows: list[Row]
    more: list[Row]
    all_url: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of an empty answer: a condition, the address without it, and what is found there."""

    label: str
    url: str
    count: int


def counts(claim_filter: ClaimFilter) -> tuple[int, int]:
    """How many claims there are, and how many of them the filter finds. One query."""
    published = Claim.objects.published()
    found = Count("pk", filter=Q(pk__in=_keys(claim_filter.apply(published)))) if claim_filter.choices else Count("pk")
    totals = published.aggregate(total=Count("pk"), found=found)
    return totals["total"], totals["found"]


def facets(claim_filter: ClaimFilter) -> list[Facet]:
    """Every facet with its counts. One query."""
    tallied = tally(claim_filter)
    return [_facet(claim_filter, name, tallied[name]) for name in FACETS]


def tally(claim_filter: ClaimFilter) -> dict[str, list[Row]]:
    """By facet, every value that a claim has under the filter's other conditions, most frequent first. One query."""
    first, *others = [_tally(claim_filter, name) for name in FACETS]
    rows: dict[str, list[Row]] = defaultdict(list)
    for name, value, label, count in first.union(*others, all=True):
        rows[name].append(_row(claim_filter, name, value, label, count))
    return {name: sorted(rows[name], key=lambda row: (-row.count, row.label, row.value)) for name in FACETS}


def dates(claim_filter: ClaimFilter) -> list[tuple[date | None, date | None, int]]:
    """First and last days by the filter's clock, with the number of claims that share them. One query."""
    claims = claim_filter.apply(Claim.objects.published(), claim_filter.chosen("said")).order_by()
    days = claims.values_list(F("clock_first"), F("clock_last")).annotate(count=Count("pk"))
    return [(first, last, count) for first, last, count in days]


def ways_out(claim_filter: ClaimFilter) -> list[Way]:
    """For each condition, what the filter would find without it; only what finds something. One query."""
    choices = claim_filter.choices[:WAYS]
    found = {
        f"way_{number}": Count("pk", filter=Q(pk__in=_keys(claim_filter.apply(Claim.objects.published(), [choice]))))
        for number, choice in enumerate(choices)
    }
    totals = Claim.objects.published().aggregate(**found)
    ways = [
        Way(_said(choice), claim_filter.url(without=[choice]), totals[f"way_{number}"])
        for number, choice in enumerate(choices)
    ]
    return [way for way in ways if way.count]


def _keys(claims: QuerySet[Any]) -> QuerySet[Any]:
    return claims.order_by().values("pk")


def _said(choice: Choice) -> str:
    return f"not {choice.label}" if choice.excluded else choice.label


def _tally(claim_filter: ClaimFilter, name: str) -> QuerySet[Any]:
    """Name, value, label and number of claims for each value of a facet."""
    claims = claim_filter.apply(Claim.objects.published(), claim_filter.chosen(name))
    rows, value, label = _counted(name, claims)
    key = "pk" if rows.model is Claim else "claim"
    named = rows.order_by().annotate(facet=Value(name, output_field=CharField()), value=F(value), label=F(label))
    return named.values_list("facet", "value", "label").annotate(count=Count(key, distinct=True))


def _counted(name: str, claims: QuerySet[Any]) -> tuple[QuerySet[Any], str, str]:
    """The rows that a facet counts, and the columns of its value and label."""
    of_claims = {"claim__in": _keys(claims)}
    if name in ("issue", "event"):
        public = {"event__state": State.PUBLISHED} if name == "event" else {}
        through = getattr(Claim, f"{name}s").through
        return through.objects.filter(**of_claims, **public), f"{name}__slug", f"{name}__title"
    if name == "source":
        return Citation.objects.filter(**of_claims), "source__slug", "source__title"
    if name == "publisher":
        return Citation.objects.filter(**of_claims), "source__publisher__slug", "source__publisher__name"
    if name == "speaker":
        return claims, "speaker__slug", "speaker__name"
    column = "speaker__kind" if name == "kind" else name
    return claims, column, column


def _row(claim_filter: ClaimFilter, name: str, value: str, label: str, count: int) -> Row:
    chosen = {choice.excluded for choice in claim_filter.chosen(name) if choice.value == value}
    listed = DIMENSIONS[name].choices
    return Row(value, listed[value] if listed else label, count, False in chosen, True in chosen)


def _facet(claim_filter: ClaimFilter, name: str, counted: Sequence[Row]) -> Facet:
    on_file = {row.value for row in counted}
    chosen = [choice for choice in claim_filter.chosen(name) if choice.value not in on_file]
    rows = [*counted, *(_row(claim_filter, name, choice.value, choice.label, 0) for choice in chosen)]
    head = [row for place, row in enumerate(rows) if place < HEAD or row.chosen or row.excluded]
    rest = [row for row in rows if row not in head]
    unlisted = len(rest) > MORE and name in DIRECTORIES
    return Facet(name, DIMENSIONS[name].title, head, rest[:MORE], reverse(DIRECTORIES[name]) if unlisted else "")

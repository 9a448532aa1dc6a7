"""What the claims browser prints for a filter, as plain values: a page of claims, facets, dates, and ways on."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from claims.charts import DatedEvent, Flag, Histogram, Month, Period, by_day, days_of, flags, histogram, levels
from claims.filtering import facets, highlight, readback
from claims.filtering.cursors import PAGE_SIZE
from claims.filtering.filter import ClaimFilter
from claims.filtering.named import named
from claims.filtering.offers import offers
from claims.filtering.pages import Page
from claims.models import Claim, ClaimQuerySet, Event, possibly_within
from claims.wording import ClaimLine, Link, in_order
from conflict_site.base import edtf

FILES = {"JSON": "claims:json", "CSV": "claims:csv", "XLSX": "claims:xlsx", "JSON-LD": "claims:json-ld"}
FIELDS = ("q", "said_from", "said_to", "match", "clock")  # drawn whatever is wrong
BOXES = [name for facet in facets.FACETS for name in (facet, f"not_{facet}")]


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that was refused: what was sent, why, and what may have been meant."""

    name: str
    label: str
    values: list[str]
    errors: list[str]
    near: list[Link]


def context(claim_filter: ClaimFilter) -> dict[str, Any]:
    """What the page of a valid filter prints."""
    total, count = facets.counts(claim_filter)
    places = facets.places(claim_filter, PAGE_SIZE)
    shown = in_order(places.keys)
    after = cursor_of_next(claim_filter, places)
    return {
        "total": total,
        "found": count,
        "entries": _marked(claim_filter, shown),
        "page": Page(
            shown,
            places.before + 1,
            places.before + len(shown),
            count,
            claim_filter.url() if claim_filter.cursor else "",
            claim_filter.url(page=after) if after else "",
        ),
        "facets": facets.facets(claim_filter),
        "phrases": readback.phrases(claim_filter),
        "words": readback.words(claim_filter),
        "carried": claim_filter.carried([*FIELDS, "sort", *BOXES]),
        **_dates(claim_filter, count),
        "files": [Link(label, claim_filter.url(path=reverse(name))) for label, name in FILES.items()],
        "feed_url": feed_url(claim_filter),
        "timeline_url": claim_filter.url(path=reverse("claims:timeline")),
        "loosen": facets.ways_out(claim_filter) if not count and claim_filter.choices else [],
        **_meant(claim_filter, count),
    }


def _meant(claim_filter: ClaimFilter, count: int) -> dict[str, Any]:
    """What the searches name, and where nothing is found what may have been meant by them."""
    searches = [choice.value for choice in claim_filter.chosen("q") if not choice.excluded]
    if not searches:
        return {}
    offered = offers(claim_filter) if not count else []
    return {
        "offers": offered,
        "named": named(claim_filter.published, [*searches, *(offer.words for offer in offered[:1])]),
    }


def feed_url(claim_filter: ClaimFilter) -> str:
    """The feed of what a filter finds, with what was recorded last first, as feeds are read."""
    return claim_filter.url(path=reverse("claims:atom"), sort="recorded")


def _dates(claim_filter: ClaimFilter, count: int) -> dict[str, Any]:
    """What is drawn of the dates: columns with events, how many found claims are in none, and ways to other ranges."""
    months = facets.months(claim_filter)
    chart = columns(claim_filter, months)
    years = columns(claim_filter, months, (None, None)) if any(claim_filter.period) else chart
    certain = any(choice.key[-1] for choice in claim_filter.chosen("said"))
    return {
        "histogram": chart,
        "flags": _flags(chart),
        "apart": chart.apart(count, certain=certain),
        "years": [column for column in years.columns if column.count],
        "months": _months_around(claim_filter),
    }


def _flags(chart: Histogram) -> list[Flag]:
    """The public events of the months or days that are drawn; years hold too many to be told apart."""
    if chart.unit == "year":
        return []
    within = possibly_within("date", chart.columns[0].first, chart.columns[-1].last)
    events = Event.objects.published().filter(within, date_earliest__isnull=False).order_by("date_earliest", "pk")
    dated = [
        DatedEvent(event.date.edtf, event.date.earliest, event.date.latest, event.title, event.get_absolute_url())
        for event in events.defer("description")
    ]
    return flags(chart.columns, dated, _events_of)


def _events_of(name: str) -> str:
    """The list of the events of a day or month."""
    return f"{reverse('claims:event-list')}?{urlencode({'date_from': name, 'date_to': name})}"


def _months_around(claim_filter: ClaimFilter) -> list[Link]:
    """The month that the range of dates is a part of."""
    first, last = claim_filter.period
    around = levels(Period(first, last)) if first and last else []
    names = [level.first.isoformat()[:7] for level in around if level.days <= 31]
    return [Link(edtf.parse(name).words(), claim_filter.url_of_period(name)) for name in names]


def _marked(claim_filter: ClaimFilter, found: list[ClaimLine]) -> list[ClaimLine]:
    """The entries with the words looked for marked in them."""
    wanted = highlight.terms(choice.value for choice in claim_filter.chosen("q") if not choice.excluded)
    return [highlight.highlighted(entry, wanted) for entry in found] if wanted else found


def refused(claim_filter: ClaimFilter) -> dict[str, Any]:
    """What the page of an invalid filter prints: no rows, but what was sent, to be mended, and facets of the rest."""
    rest = claim_filter.without_errors()
    found = facets.facets(rest) if rest.is_valid() else []
    return {
        "problems": [problem(claim_filter, name) for name in claim_filter.errors if name not in (*FIELDS, "__all__")],
        "facets": found,
        "carried": claim_filter.carried([*FIELDS, *(BOXES if found else [])]),
    }


def lines(claim_filter: ClaimFilter) -> tuple[list[ClaimLine], str]:
    """The claims of the page asked for, and the cursor of the next page, or "" on the last."""
    places = facets.places(claim_filter, PAGE_SIZE)
    return in_order(places.keys), cursor_of_next(claim_filter, places)


def rows(claim_filter: ClaimFilter, claims: ClaimQuerySet) -> tuple[list[Claim], str]:
    """The same from among these claims, as models."""
    places = facets.places(claim_filter, PAGE_SIZE)
    by_key = claims.order_by().in_bulk(places.keys) if places.keys else {}
    found = [by_key[key] for key in places.keys if key in by_key]
    return found, cursor_of_next(claim_filter, places)


def cursor_of_next(claim_filter: ClaimFilter, places: facets.Places) -> str:
    """The next page as its address writes it; "" on the last one."""
    return claim_filter.notation.text(places.after) if places.after else ""


def columns(
    claim_filter: ClaimFilter, months: list[Month], period: tuple[date | None, date | None] | None = None
) -> Histogram:
    """The claims by year, month or day, whatever range of dates is chosen; each column leads to its own."""
    period = claim_filter.period if period is None else period
    if days := days_of(period):
        return by_day(facets.dates(claim_filter), days, period, claim_filter.url_of_period)
    return histogram(months, period, claim_filter.url_of_period)


def problem(claim_filter: ClaimFilter, name: str) -> Problem:
    """What is wrong with one parameter."""
    near = [Link(choice.label, claim_filter.url_instead(name, choice)) for choice in claim_filter.near.get(name, ())]
    field = claim_filter.fields[name]
    label = f"{field.label}, left out" if name.startswith("not_") else str(field.label)
    return Problem(name, label, claim_filter.sent(name)[:5], [str(error) for error in claim_filter.errors[name]], near)

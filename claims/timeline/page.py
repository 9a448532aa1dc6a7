"""What the page of the timeline prints, as plain values."""

from datetime import date
from typing import Any

from django.urls import reverse

from claims.charts import Period, labels
from claims.filtering import facets, readback, results
from claims.models import Claim
from claims.timeline import lanes, view
from claims.timeline.filter import TimelineFilter
from claims.timeline.view import View
from claims.wording import ClaimLine

FIELDS = ("lanes", "said_from", "said_to", "match", "clock")  # drawn whatever is wrong


def context(claim_filter: TimelineFilter, today: date) -> dict[str, Any]:
    """What the page of a valid filter prints."""
    seen = view.view(claim_filter, today)
    earlier, later = view.beside_it(seen)
    crumbs = view.crumbs(seen)
    return {
        "seen": seen,
        "crumbs": crumbs,
        "zoom_out": crumbs[-2] if len(crumbs) > 1 else None,
        "earlier": earlier,
        "later": later,
        "phrases": readback.phrases(claim_filter),
        "words": readback.words(claim_filter),
        "carried": claim_filter.carried(FIELDS),
        "browser_url": claim_filter.url(path=reverse("claims:list")),
        "json_url": claim_filter.url(path=reverse("claims:timeline-json")),
        "csv_url": claim_filter.url(path=reverse("claims:timeline-csv")),
        "listed": seen.events[: view.LISTED],
        **_empty(seen),
        **(_drawn(seen, seen.period) if seen.period else {}),
    }


def refused(claim_filter: TimelineFilter) -> dict[str, Any]:
    """What the page of an invalid filter prints: nothing of the archive, but every parameter, to be mended."""
    wrong = [name for name in claim_filter.errors if name not in (*FIELDS, "__all__")]
    return {
        "problems": [results.problem(claim_filter, name) for name in wrong],
        "carried": claim_filter.carried(FIELDS),
    }


def _empty(seen: View) -> dict[str, Any]:
    """The ways out where nothing is found, and whether there is anything to be found."""
    if seen.found:
        return {}
    if not seen.filter.choices:
        return {"is_bare": True}
    ways = facets.ways_out(seen.filter)
    return {"loosen": ways, "is_bare": not ways and not Claim.objects.published().exists()}


def _drawn(seen: View, period: Period) -> dict[str, Any]:
    """The chart of a period; of one day, the claims themselves, and the days around it."""
    if period.days == 1:
        before, after = view.nearest_days(seen, period.first)
        return {"day": period.first, "day_before": before, "day_after": after, **_of_the_day(seen)}
    drawn, others = lanes.lanes(seen, period) if seen.found else ([], None)
    return {
        "labels": [(label, _way(seen, label.period)) for label in labels(period)],
        "event_lane": lanes.event_lane(seen, period) if seen.events else None,
        "lanes": drawn,
        "others": others,
    }


def _of_the_day(seen: View) -> dict[str, list[ClaimLine]]:
    """The claims made on a day, and those that may have been."""
    placed = seen.claims if seen.claims is not None else view.placed(seen.filter, view.DAY)
    return {
        "said_on_it": [one.entry for one in placed if one.first == one.last],
        "said_perhaps": [one.entry for one in placed if one.first != one.last],
    }


def _way(seen: View, period: Period) -> str:
    """The address of a part, or "" where nothing is to be found there."""
    if not seen.count_within(period) and not any(event.may_be_within(period) for event in seen.events):
        return ""
    return seen.filter.url_of(period) if period != seen.period else ""

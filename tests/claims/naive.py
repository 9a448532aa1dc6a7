"""What the read model must answer, counted by the database itself, plainly and slowly: the oracle of its tests."""

from collections import Counter
from datetime import date

from django.db.models import Count, F
from django.db.models.functions import Coalesce, Length

from claims.filtering.filter import ClaimFilter
from claims.models import Citation, Claim, State

VALUES = {
    "issue": (Claim.issues.through, "issue__slug"),
    "event": (Claim.events.through, "event__slug"),
    "source": (Citation, "source__slug"),
    "publisher": (Citation, "source__publisher__slug"),
    "speaker": (Claim, "speaker__slug"),
    "kind": (Claim, "speaker__kind"),
    "act": (Claim, "act"),
    "form": (Claim, "form"),
}


def found(claim_filter: ClaimFilter, leaving_out=()):
    """The claims that meet all conditions but those left out."""
    return claim_filter.apply(Claim.objects.published(), leaving_out).order_by()


def tally(claim_filter: ClaimFilter) -> dict[str, dict[str, int]]:
    """By facet, the number of claims for each value, whatever is chosen of that facet."""
    return {name: _tally(found(claim_filter, claim_filter.chosen(name)), name) for name in VALUES}


def dates(claim_filter: ClaimFilter) -> dict:
    """The number of claims by first and last day, whatever range of dates is chosen."""
    claims = found(claim_filter, claim_filter.chosen("said"))
    days = claims.values_list(F("clock_first"), F("clock_last")).annotate(count=Count("pk"))
    return {(first, last): count for first, last, count in days}


def months(claim_filter: ClaimFilter) -> dict:
    """The same by year, month, and whether it is a range, which counts at its middle."""
    counted = Counter()
    for (first, last), count in dates(claim_filter).items():
        middle = first + (last - first) // 2 if first and last else first or last
        if middle:
            counted[middle.year, middle.month, first != last] += count
    return dict(counted)


def in_order(claim_filter: ClaimFilter) -> list[int]:
    """The keys of all claims found, in the filter's order."""
    sort, clock = claim_filter.chosen_sort, claim_filter.chosen_clock
    keys = {"relevance": Length("words__forms"), "recorded": F("created_at")}
    undated = date.max if sort == "oldest" else date.min  # so that they come last
    by_day = F("said_earliest") if clock == "said" else Coalesce("clock_first", undated)
    names = ("sort_key", "pk") if sort in ("oldest", "relevance") else ("-sort_key", "-pk")
    sorted_claims = found(claim_filter).annotate(sort_key=keys.get(sort, by_day)).order_by(*names)
    return list(sorted_claims.values_list("pk", flat=True))


def ways_out(claim_filter: ClaimFilter) -> list[int]:
    """What is found without each condition in turn, where that is anything."""
    counts = [found(claim_filter, [choice]).count() for choice in claim_filter.choices[:12]]
    return [count for count in counts if count]


def _tally(claims, name: str) -> dict[str, int]:
    model, value = VALUES[name]
    if model is Claim:
        return dict(claims.values_list(value).annotate(count=Count("pk")))
    rows = model.objects.filter(claim__in=claims.values("pk")).order_by()
    if name == "event":
        rows = rows.filter(event__state=State.PUBLISHED)
    return dict(rows.values_list(value).annotate(count=Count("claim", distinct=True)))

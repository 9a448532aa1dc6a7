"""What was said at an event, on the day, and shortly before and after it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q

from claims.models import Claim
from claims.querysets import ClaimQuerySet

NEWEST = 25  # claims of one section
NEAREST = 4  # claims before the event, and after it
LONGEST = timedelta(days=7)  # an event that is spread over more has no "day"


def sections_of(event: Any) -> dict[str, ClaimQuerySet]:
    """Published claims ``at`` or about the event, others ``on_day``, and those ``before`` and ``after``.

    The latter are the nearest claims by participants, or on issues that the event's own claims are on.
    """
    claims = Claim.objects.published()
    at = claims.at_event(event).oldest_first()
    others = claims.exclude(pk__in=at.order_by().values("pk"))
    related = others.filter(_by_participants_or_on_its_issues(event, at))
    first, last = event.date.earliest, event.date.latest
    one_day = timedelta(days=1)
    is_short = last is not None and last - first <= LONGEST
    return {
        "at": at,
        "on_day": others.said_between(first, last, certain=True).oldest_first() if is_short else claims.none(),
        "before": related.said_between(None, first - one_day, certain=True).newest_first()[:NEAREST],
        "after": related.said_between(last + one_day, None, certain=True).oldest_first()[:NEAREST]
        if last
        else claims.none(),
    }


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """The claims in the order of time."""
    return sorted(claims, key=lambda claim: (claim.said.earliest, claim.pk))


def _by_participants_or_on_its_issues(event: Any, at: ClaimQuerySet) -> Q:
    issues = Claim.issues.through.objects.filter(claim__in=at.order_by().values("pk")).values("issue")
    same_issues = Claim.issues.through.objects.filter(issue__in=issues).values("claim")
    return Q(speaker__in=event.participants.values("pk")) | Q(pk__in=same_issues)

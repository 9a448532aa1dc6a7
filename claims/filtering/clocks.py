"""The three clocks: when a claim was said, when its earliest citing source was published, when it was recorded here."""

from datetime import date
from typing import Any

from django.db.models import F, Min, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from claims.models import Citation, Claim
from claims.models.querysets import ClaimQuerySet
from conflict_site.base.edtf import FuzzyDate

CLOCKS = {"said": "Said", "published": "Published", "recorded": "Recorded"}


def by_clock(claims: ClaimQuerySet, clock: str) -> ClaimQuerySet:
    """The claims with the first and the last day that a clock allows, as ``clock_first`` and ``clock_last``.

    The earliest of several uncertain dates lies between the earliest of their first days and the earliest of their
    last ones; sources without a date do not count.
    """
    if clock == "published":
        return claims.alias(clock_first=_earliest("published_earliest"), clock_last=_earliest("published_latest"))
    if clock == "recorded":
        return claims.alias(clock_first=TruncDate("created_at"), clock_last=TruncDate("created_at"))
    return claims.alias(clock_first=F("said_earliest"), clock_last=F("said_latest"))


def within(first: date | None, last: date | None, *, certain: bool = False) -> Q:
    """Claims ``by_clock`` that fall into a period, possibly (the default) or whichever day it was. None is open."""
    if certain:
        start, end = Q(clock_first__gte=first), Q(clock_last__lte=last)
    else:
        start = Q(clock_last__gte=first) | Q(clock_last=None, clock_first__isnull=False)
        end = Q(clock_first__lte=last)
    return (start if first else Q()) & (end if last else Q())


def published_on(claim: Claim) -> FuzzyDate | None:
    """When the words came out: the date of the earliest source that a claim cites, None where no source has one."""
    dated = [citation.source.published for citation in claim.citations.all()]
    known = [day for day in dated if day and day.earliest]
    return min(known, key=lambda day: (day.earliest, day.latest or date.max), default=None)


def _earliest(column: str) -> Any:
    cited = Citation.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    return Subquery(cited.annotate(day=Min(f"source__{column}")).values("day"))

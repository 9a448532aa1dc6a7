"""What the read model must answer, counted by the database itself, plainly and slowly: the oracle of its tests."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Length, TruncDate

from claims.filtering.filter import ClaimFilter
from claims.models import AttributionStep, Citation, Claim, State
from claims.models.querysets import ClaimQuerySet
from claims.search.index import matching

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
    """The claims that meet all conditions but those left out, with the days of the clock; none for a wrong filter.

    Conditions ask for claims whose key is among others, never by a join, so that no claim is found twice.
    """
    if not claim_filter.is_valid():
        return Claim.objects.none()
    claims = by_clock(Claim.objects.published(), claim_filter.chosen_clock).order_by()
    kept = [choice for choice in claim_filter.choices if choice not in leaving_out]
    for name, excluded in dict.fromkeys((choice.name, choice.excluded) for choice in kept):
        keys = [choice.key for choice in kept if (choice.name, choice.excluded) == (name, excluded)]
        condition = CONDITIONS[name](keys) if name in CONDITIONS else ALONE[name](keys[0])
        claims = claims.exclude(condition) if excluded else claims.filter(condition)
    return claims


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


def first_to_end(claim_filter: ClaimFilter) -> list:
    """The keys of all claims found with their first and last days, those that end first before others."""
    dated = found(claim_filter).annotate(first_day=F("clock_first"), last_day=F("clock_last"))
    ordered = dated.order_by(F("last_day").asc(nulls_last=True), F("first_day").desc(nulls_last=True), "pk")
    return list(ordered.values_list("pk", "first_day", "last_day"))


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


def possibly_or_certainly(first: date | None, last: date | None, *, certain: bool = False) -> Q:
    """Claims ``by_clock`` that fall into a period, possibly (the default) or whichever day it was. None is open."""
    if certain:
        start, end = Q(clock_first__gte=first), Q(clock_last__lte=last)
    else:
        start = Q(clock_last__gte=first) | Q(clock_last=None, clock_first__isnull=False)
        end = Q(clock_first__lte=last)
    return (start if first else Q()) & (end if last else Q())


def _earliest(column: str) -> Any:
    cited = Citation.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    return Subquery(cited.annotate(day=Min(f"source__{column}")).values("day"))


def _among(rows: QuerySet[Any], key: str = "claim") -> Q:
    return Q(pk__in=rows.order_by().values(key))


def _cited(lookup: str) -> Callable[[Sequence[Any]], Q]:
    return lambda keys: _among(Citation.objects.filter(**{f"{lookup}__in": keys}))


def _holding(phrases: Sequence[str]) -> Q:
    found = Q()
    for phrase in phrases:
        found |= _among(matching(phrase), "pk")
    return found


def _of_issues(keys: Sequence[Any]) -> Q:
    return _among(Claim.issues.through.objects.filter(issue__in=keys))


def _of_events(keys: Sequence[Any]) -> Q:
    return _among(Claim.events.through.objects.filter(event__in=keys))


def _passed_on(keys: Sequence[Any]) -> Q:
    return _among(AttributionStep.objects.filter(identification__in=keys))


def _column(name: str) -> Callable[[Sequence[Any]], Q]:
    return lambda keys: Q(**{f"{name}__in": keys})


def involving(actor_in_role: tuple[int, str]) -> Q:
    """Claims in which an actor (its key) has a role: one of ``ROLES``."""
    actor, role = actor_in_role
    claims = Claim.objects.all()
    found = {
        "speaker": claims.filter(speaker=actor),
        "on_behalf_of": claims.filter(on_behalf_of=actor).exclude(speaker=actor),
        "attribution": claims.filter(pk__in=AttributionStep.objects.filter(actor=actor).values("claim")),
        "addressee": claims.filter(pk__in=Claim.addressees.through.objects.filter(actor=actor).values("claim")),
        "mentioned": claims.filter(pk__in=Claim.mentions.through.objects.filter(actor=actor).values("claim")).exclude(
            speaker=actor
        ),
    }
    if role == "voice":
        return Q(speaker=actor) | Q(on_behalf_of=actor)
    if role != "any":
        return _among(found[role], "pk")
    anywhere = Q()
    for claims_in_role in found.values():
        anywhere |= _among(claims_in_role, "pk")
    return anywhere


def said_by(day: date) -> Q:
    """Claims that may have been said on or before a day."""
    return Q(said_earliest__lte=day)


def known_by(day: date) -> Q:
    """Claims that the site had published by the end of a day."""
    return Q(published_at__date__lte=day)


def within(period: tuple[date | None, date | None, bool]) -> Q:
    """Claims ``by_clock`` from a first to a last day, certainly or possibly."""
    first, last, certain = period
    return possibly_or_certainly(first, last, certain=certain)


CONDITIONS = {
    "q": _holding,
    "issue": _of_issues,
    "speaker": _column("speaker"),
    "kind": _column("speaker__kind"),
    "act": _column("act"),
    "form": _column("form"),
    "publisher": _cited("source__publisher"),
    "source": _cited("source"),
    "source_kind": _cited("source__kind"),
    "language": _cited("language"),
    "identification": _passed_on,
    "event": _of_events,
}
ALONE = {"actor": involving, "said": within, "as_of": said_by, "known_by": known_by}  # one of each at most

"""The plain ORM: the same page by ordinary querysets and aggregates, one query for each thing it prints."""

from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from actors.models import ActorName
from claims.models import Citation, Claim, ClaimQuerySet
from conflict_site import urls as site
from conflict_site.base import edtf

PAGE, ROWS = 25, 38
FACETS = {
    "issue": ("issues__slug", "issues__title"),
    "speaker": ("speaker__slug", "speaker__name"),
    "kind": ("speaker__kind", "speaker__kind"),
    "source": ("citations__source__slug", "citations__source__title"),
}


def browse(request: HttpRequest) -> HttpResponse:
    """A page of claims, their number, four facets that each ignore their own choice, and a histogram by month."""
    conditions = _conditions({name: request.GET.getlist(name) for name in request.GET})
    claims = _claims(conditions)
    months = _claims(conditions, "said").annotate(month=TruncMonth("said_earliest")).values("month")
    values = {
        "found": claims.count(),
        "claims": claims.for_list().order_by("-said_earliest", "-id")[:PAGE],
        "facets": [(name, _facet(conditions, name)) for name in FACETS],
        "months": months.annotate(count=Count("pk")).order_by("month"),
    }
    return render(request, "plain.html", values)


def _facet(conditions: dict[str, Q], name: str) -> Any:
    value, label = FACETS[name]
    rows = _claims(conditions, name).values(value=F(value), label=F(label))
    return rows.annotate(count=Count("pk", distinct=True)).order_by("-count", "label")[:ROWS]


def _claims(conditions: dict[str, Q], left_out: str = "") -> ClaimQuerySet:
    claims: ClaimQuerySet = Claim.objects.filter(state="published").order_by()
    for name, condition in conditions.items():
        if name != left_out:
            claims = claims.filter(condition)
    return claims


def _conditions(params: dict[str, list[str]]) -> dict[str, Q]:
    """The conditions of an address; claims that have one of several issues, or sources, are asked for by key."""
    filed, cited = Claim.issues.through.objects.all(), Citation.objects.all()
    found = {
        "speaker": lambda values: Q(speaker__slug__in=values),
        "kind": lambda values: Q(speaker__kind__in=values),
        "issue": lambda values: Q(pk__in=filed.filter(issue__slug__in=values).values("claim")),
        "source": lambda values: Q(pk__in=cited.filter(source__slug__in=values).values("claim")),
        "q": _holding,
    }
    conditions = {name: condition(params[name]) for name, condition in found.items() if name in params}
    if "said_from" in params:
        first, last = edtf.bounds(params["said_from"][0])[0], edtf.bounds(params["said_to"][0])[1]
        conditions["said"] = Q(said_earliest__lte=last) & (Q(said_latest__gte=first) | Q(said_latest=None))
    return conditions


def _holding(searches: list[str]) -> Q:
    found = Q()
    for text in (search.strip('"*') for search in searches):
        named = ActorName.objects.filter(name__icontains=text).values("actor")
        found |= Q(content__icontains=text) | Q(speaker__name__icontains=text) | Q(speaker__in=named)
    return found


urlpatterns = [path("claims/", browse), *site.urlpatterns]
handler404 = site.handler404

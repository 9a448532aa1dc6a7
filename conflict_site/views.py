"""The pages that belong to no app: home, about, privacy, what machines ask for, and the page for what isn't there."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims import coverage, public
from claims.as_of import AsOfForm
from claims.charts.standing import matrix
from claims.charts.statements import actor_heads, most_discussed, statements
from claims.charts.strip import strip
from claims.entries import entries
from claims.models import Change, ChangeKind, Claim, Event
from claims.near import near
from conflict_site.markdown import to_html
from conflict_site.models import Site

LATEST = 6
EVENTS = 8
COLUMNS = 6
CORRECTIONS = (ChangeKind.CORRECTION, ChangeKind.CLARIFICATION, ChangeKind.WITHDRAWAL)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One sentence on what this is, search, who stands where, the latest claims, events and corrections."""
    form = AsOfForm(request.GET)
    claims = Claim.objects.published()
    latest = entries(claims.for_list().newest_first()[:LATEST])
    context = {
        "section": "home",
        "form": form,
        "counts": coverage.counts(),
        "latest": latest,
        "specimen": max(latest, key=lambda entry: len(entry.parts), default=None),
        **_events(),
        "corrections": _corrections(),
        "briefing": public.sources().filter(kind="briefing", text_is_public=True).first(),
        **(_standing(form.day) if form.is_valid() else {}),
    }
    return render(request, "home.html", context)


def _corrections() -> list[Change]:
    """The newest corrections of claims. Of one that has been withdrawn since, only the withdrawal says why."""
    newest = public.changes().filter(kind__in=CORRECTIONS, content_type__model="claim").prefetch_related("thing")
    return [
        change
        for change in newest[:LATEST]
        if change.kind == ChangeKind.WITHDRAWAL or (isinstance(change.thing, Claim) and change.thing.is_public)
    ]


def _events() -> dict[str, Any]:
    newest = Event.objects.published().filter(date_latest__isnull=False).order_by("-date_earliest", "-pk")[:EVENTS]
    events = list(reversed(newest))
    return {"events": events, "strip": strip([(event.date.earliest, event.date.latest) for event in events])}


def _standing(as_of: Any) -> dict[str, Any]:
    found = statements()
    columns = most_discussed(found, COLUMNS)
    heads = actor_heads(found)
    return {
        "as_of": as_of,
        "matrix": matrix(found, heads, [issue.slug for issue in columns], as_of),
        "columns": columns,
    }


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The site's own text, the method, and how far the record reaches."""
    context = {
        "section": "about",
        "text": to_html(Site.current().about),
        "counts": coverage.counts(),
        "tables": coverage.tables(),
    }
    return render(request, "about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site knows of its readers, how to ask for a takedown, and how to report an error."""
    return render(request, "privacy.html", {"section": "privacy"})


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For load balancers: 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """For crawlers: everything public may be read, the admin not."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an unknown address: a search, and what has nearly the same address."""
    slug = request.path.rstrip("/").rpartition("/")[2].removesuffix(".json")
    if request.path.endswith(".json"):
        return JsonResponse({"error": "There is nothing at this address."}, status=404)
    return HttpResponse(render_to_string("404.html", {"near": near(slug)}, request), status=404)

"""The pages that belong to no app: home, about, privacy, and what machines ask for."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.charts import strip
from claims.filtering import AsOfForm, Horizon, totals
from claims.models import Change, ChangeKind, Claim, Event, Source, public
from claims.positions import most_discussed, turns
from claims.readmodel import Found, coverage, current
from claims.views.who_stands_where import known, table_context
from claims.wording import claim_lines
from conflict_site.base.markdown import to_html
from conflict_site.models import Site

LATEST = 6
EVENTS = 8
COLUMNS, ROWS = 6, 8
CHANGES = 3
ICONS = (192, 512)  # pixels: what phones ask for
PAPER = "#f7faf9"
TOLD = "told_of_texts"  # in a session: whether its curator has been told which texts are not held
CORRECTIONS = (ChangeKind.CORRECTION, ChangeKind.CLARIFICATION, ChangeKind.WITHDRAWAL)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One sentence on what this is, search, who stands where, the latest claims, events and corrections."""
    form, published = AsOfForm(request.GET, request.path), current()
    context = {
        "section": "home",
        "form": form,
        "canonical_url": request.build_absolute_uri(form.url()),
        "counts": coverage.counts(published),
        "texts": _texts_to_fetch(request),
        **(_home(form, published) if form.is_valid() else {}),
    }
    response = render(request, "home.html", context)
    if context["texts"]:
        patch_cache_control(response, private=True)  # what a curator is told is kept by no cache on the way
    return response


def _texts_to_fetch(request: HttpRequest) -> dict[str, int] | None:
    """How many texts are not held, for a curator who has not been told since logging in; None for everybody else."""
    if not request.user.is_staff or request.method != "GET" or TOLD in request.session:
        return None
    lacking = Source.objects.missing_texts()
    counts = {"lacking": lacking.count(), "all": Source.objects.count()}
    if not counts["lacking"]:
        return None
    request.session[TOLD] = True
    return {**counts, "licensed": lacking.licensed().exclude(url="").count()}


def _home(form: AsOfForm, published: Found) -> dict[str, Any]:
    """What the home page prints within the horizon."""
    horizon, found = form.horizon, known(form.horizon, published)
    changes = turns.newest_changes((item for item in found if horizon.reaches(item.first)), CHANGES)
    latest = totals.newest(totals.within(horizon, published=published), LATEST)
    claims = claim_lines([*latest, *(item.claim for change in changes for item in (change.before, change.after))])
    entries = [claims[key] for key in latest if key in claims]
    table = table_context(form, found, most_discussed(found, COLUMNS), published)
    first, others = table["matrix"].parted(ROWS)
    return {
        **table,
        "groups": [("", first.rows)] if first.rows else [],
        "rest": others.rows,
        "rest_groups": [("", others.rows)],
        "changes": turns.changes_printed(changes, claims),
        "latest": entries,
        "specimen": max(entries, key=lambda entry: len(entry.parts), default=None),
        "corrections": _corrections(horizon),
        **_events(horizon),
    }


def _corrections(horizon: Horizon) -> list[Change]:
    """The newest corrections of claims. Of one that has been withdrawn since, only the withdrawal says why."""
    corrected = public.changes().filter(kind__in=CORRECTIONS, content_type__model="claim")
    if horizon:
        corrected = corrected.filter(object_id__in=Claim.objects.filter(horizon.holds()).values("pk"))
    if horizon.known:
        corrected = corrected.filter(at__date__lte=horizon.known.last)
    public_still = Q(object_id__in=Claim.objects.published().values("pk"))
    told = corrected.filter(Q(kind=ChangeKind.WITHDRAWAL) | public_still)
    return list(told.prefetch_related("thing")[:LATEST])


def _events(horizon: Horizon) -> dict[str, Any]:
    dated = Event.objects.published().filter(horizon.holds(day="date"), date_latest__isnull=False)
    events = list(reversed(dated.order_by("-date_earliest", "-pk")[:EVENTS]))
    return {"events": events, "strip": strip([(event.date.earliest, event.date.latest) for event in events])}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The site's own text, the method, and how far the record reaches."""
    published = current()  # one of them, so that the tables add up to the counts
    context = {
        "section": "about",
        "text": to_html(Site.of(request).about),
        "counts": coverage.counts(published),
        "tables": coverage.tables(published),
        "silence_days": settings.SILENCE_DAYS,
    }
    return render(request, "about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site knows of its readers, how to ask for a takedown, and how to report an error."""
    return render(request, "privacy.html", {"section": "privacy"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """For crawlers: everything public may be read, the admin not."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    closed = ("/admin/", "/suggest/", "/sources/*?claim=")  # the last: the same page again, for each passage in it
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where a weakness is reported (RFC 9116); nothing where no contact is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = f"{settings.SECURITY_EXPIRES:%Y-%m-%d}T00:00:00Z"
    canonical = request.build_absolute_uri(request.path)
    lines = [f"Contact: {settings.SECURITY_CONTACT}", f"Expires: {expires}", "Preferred-Languages: en"]
    return HttpResponse("\n".join([*lines, f"Canonical: {canonical}", ""]), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Where the icon is, for programs that ask at the root without having read a page."""
    return redirect(static("icons/favicon.ico"))


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The site's name, colours and icons, for a phone that puts it on its home screen (Web App Manifest)."""
    site = Site.of(request)
    data = {
        "name": site.title,
        "short_name": site.title,
        "description": site.subtitle,
        "lang": "en",
        "start_url": reverse("home"),
        "display": "browser",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static("icons/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": static(f"icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
                for size in ICONS
            ),
        ],
    }
    return JsonResponse(data, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def _icon(size: int) -> dict[str, str]:
    return {"src": static(f"icons/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}

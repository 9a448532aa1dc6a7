"""The events by year, and the page of one: what was said at it, on the day, before and after."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actors.models import Actor
from claims.filtering import Page, totals
from claims.formats import actor_record, date_record, linked_data, thing_record
from claims.models import Change, ChangeKind, Event
from claims.views import event_claims
from claims.views.list_forms import EventListForm
from claims.views.records import answer, claim_record, without_parameters
from claims.views.redirects import moved
from claims.wording import Link, claim_lines, pick
from conflict_site.base.addresses import Absolute

LATEST = 100  # claims of an event as data


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The published events, newest first, by kind, participant and date."""
    events = Event.objects.published()
    participants = Actor.objects.filter(events__in=events.values("pk")).distinct().in_order()
    form = EventListForm(request.GET, participants)
    page = form.page_of(form.apply(events)) if form.is_valid() else Page()
    own = totals.of_each("event") if page.rows else {}
    years = [
        (year, [(event, own.get(event.pk)) for event in group])
        for year, group in groupby(page.rows, key=lambda event: event.date.earliest.year)
    ]
    return render(request, "events/index.html", {"section": "events", "form": form, "page": page, "years": years})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One published event; a tombstone for a withdrawn one, a redirect from an old address, else 404."""
    event = Event.objects.ever_published().filter(slug=slug).first()
    if event is None:
        return moved(Event.objects.ever_published(), slug, "claims:event")
    if not event.is_public:
        context = {"section": "events", "event": event, "reason": _reason(event)}
        return render(request, "events/withdrawn.html", context, status=410)
    return render(request, "events/event.html", {"section": "events", **_page(event, request.build_absolute_uri)})


@require_safe
@without_parameters
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One published event as data, with the claims made at it or about it."""
    event = Event.objects.ever_published().filter(slug=slug).first()
    if event is None:
        return moved(Event.objects.ever_published(), slug, "claims:event-json")
    if not event.is_public:
        since = event.withdrawn_at.isoformat() if event.withdrawn_at else None
        return answer({"slug": slug, "withdrawn": since, "reason": _reason(event)}, status=410)
    return answer(_event_record(event, request.build_absolute_uri))


def _reason(event: Event) -> str:
    withdrawal = Change.objects.about(event).filter(kind=ChangeKind.WITHDRAWAL).first()
    return withdrawal.public_note if withdrawal else ""


def _page(event: Any, absolute: Absolute) -> dict[str, Any]:
    """What the page of an event prints."""
    at = event_claims.at(event)
    found = event_claims.sections_of(event, at)
    claims = claim_lines(pk for pks in found.values() for pk in pks)
    participants, sources = event.participants.in_order(), event.sources.select_related("publisher")
    return {
        "event": event,
        "crumbs": [Link("Events", reverse("claims:event-list")), _year(event)],
        "participants": participants,
        "sources": sources,
        "json_ld": linked_data.in_html(linked_data.event(event, participants, sources, absolute)),
        "tally": totals.of(at.found()),
        "claims_url": f"{reverse('claims:list')}?{urlencode({'event': event.slug})}",
        **{name: event_claims.in_order(pick(claims, pks)) for name, pks in found.items()},
    }


def _year(event: Any) -> Link:
    year = event.date.earliest.year
    return Link(str(year), f"{reverse('claims:event-list')}?{urlencode({'date_from': year, 'date_to': year})}")


def _event_record(event: Any, absolute: Absolute) -> dict[str, Any]:
    said = claim_lines(totals.newest(event_claims.at(event), LATEST))
    return {
        **thing_record(event, absolute),
        "kind": event.kind,
        "date": date_record(event.date),
        "place": event.place,
        "description": event.description,
        "participants": [actor_record(actor, absolute) for actor in event.participants.in_order()],
        "sources": [thing_record(source, absolute) for source in event.sources.all()],
        "claims": [claim_record(line, absolute) for line in said.values()],
        "claims_url": absolute(f"{reverse('claims:json')}?{urlencode({'event': event.slug})}"),
    }

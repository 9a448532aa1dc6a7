"""The lists of actors, issues, sources and events as data: the rows of their pages, in the same order."""

from collections.abc import Callable, Iterable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from actors.models import Actor, Kind
from claims.filtering import Page, Tally, totals
from claims.formats import actor_record, date_record, thing_record
from claims.models import Event, Issue, public
from claims.readmodel import current
from claims.views.list_forms import ActorListForm, EventListForm, SourceListForm
from claims.views.records import answer
from claims.views.who_stands_where import StandingForm
from conflict_site.base.addresses import Absolute


@require_safe
def actors(request: HttpRequest) -> JsonResponse:
    """The public actors by kind, then by name, with the claims they speak; 400 for a wrong parameter."""
    form = ActorListForm(request.GET)
    if not form.is_valid():
        return _refused(form)
    kinds = list(Kind.values)
    found = sorted(form.apply(public.actors()).in_order(), key=lambda actor: kinds.index(actor.kind))
    own = totals.of_each("speaker") if found else {}
    absolute = request.build_absolute_uri
    return answer(_whole([_actor(actor, own.get(actor.pk, Tally()), absolute) for actor in found]))


@require_safe
def issues(request: HttpRequest) -> JsonResponse:
    """All issues in their order, with the claims on each, also as of a day; 400 for a wrong parameter."""
    found = list(public.issues().prefetch_related("stances"))
    form = StandingForm(request.GET, request.path, found)
    if not form.is_valid():
        return _refused(form)
    own = totals.of_each("issue", form.horizon) if found else {}
    absolute = request.build_absolute_uri
    records = [_issue(issue, own.get(issue.pk, Tally()), absolute) for issue in found]
    return answer({**form.horizon.record, **_whole(records)})


@require_safe
def sources(request: HttpRequest) -> JsonResponse:
    """The public sources, newest first, a page at a time, with how many claims each carries; 400 as above."""
    found = public.sources()
    form = SourceListForm(request.GET, Actor.objects.filter(pk__in=found.values("publisher")).in_order())
    page = form.page_of(form.apply(found).select_related("publisher")) if form.is_valid() else Page()
    if form.errors:
        return _refused(form)
    carried = totals.numbers(current(), "source")
    return answer(_page(page, lambda source, to: _source(source, carried.get(source.pk, 0), to), request))


@require_safe
def events(request: HttpRequest) -> JsonResponse:
    """The published events, newest first, a page at a time, with the claims linked to each; 400 as above."""
    found = Event.objects.published()
    participants = Actor.objects.filter(events__in=found.values("pk")).distinct().in_order()
    form = EventListForm(request.GET, participants)
    page = form.page_of(form.apply(found)) if form.is_valid() else Page()
    if form.errors:
        return _refused(form)
    own = totals.of_each("event") if page.rows else {}
    return answer(_page(page, lambda event, to: _event(event, own.get(event.pk, Tally()), to), request))


def _refused(form: Form) -> JsonResponse:
    return answer({"errors": form.errors}, status=400)


def _whole(records: list[dict[str, Any]]) -> dict[str, Any]:
    """A list that has one page."""
    return {"count": len(records), "results": records, "next": None}


def _page(page: Page, record: Callable[[Any, Absolute], dict[str, Any]], request: HttpRequest) -> dict[str, Any]:
    absolute = request.build_absolute_uri
    return {
        "count": page.total,
        "results": [record(row, absolute) for row in page.rows],
        "next": absolute(page.next_url) if page.next_url else None,
    }


def _actor(actor: Actor, tally: Tally, absolute: Absolute) -> dict[str, Any]:
    return {**actor_record(actor, absolute), "description": actor.description, "claims": _span(tally)}


def _issue(issue: Issue, tally: Tally, absolute: Absolute) -> dict[str, Any]:
    return {
        **thing_record(issue, absolute),
        "question": issue.question,
        "stances": _stances(issue.stances.all()),
        "claims": _span(tally),
    }


def _stances(stances: Iterable[Any]) -> list[dict[str, str]]:
    return [{"slug": stance.slug, "label": stance.label} for stance in stances]


def _source(source: Any, carried: int, absolute: Absolute) -> dict[str, Any]:
    return {
        **thing_record(source, absolute),
        "kind": source.kind,
        "publisher": actor_record(source.publisher, absolute),
        "language": source.language,
        "published": date_record(source.published),
        "claims": {"count": carried},
    }


def _event(event: Any, tally: Tally, absolute: Absolute) -> dict[str, Any]:
    return {
        **thing_record(event, absolute),
        "kind": event.kind,
        "date": date_record(event.date),
        "place": event.place,
        "claims": _span(tally),
    }


def _span(tally: Tally) -> dict[str, Any]:
    """How many claims, and the first and the last day on which one was said."""
    return {
        "count": tally.claims,
        "first": tally.first.isoformat() if tally.first else None,
        "last": tally.last.isoformat() if tally.last else None,
    }

"""The sources, and the reading page of one: its text with every cited passage marked, or the passages alone."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actors.models import Actor
from claims.evidence import Note, Shown, reading
from claims.filtering import Page, totals
from claims.formats import actor_record, date_record, embedded, linked_data, thing_record
from claims.models import Source, SourceKind, public
from claims.readmodel import Selection, current
from claims.views import source_page
from claims.views.list_forms import PartForm, ReadingForm, SourceListForm
from claims.views.records import answer, citation_record
from claims.views.redirects import moved
from claims.views.source_page import Held
from claims.wording import Link
from conflict_site.base.addresses import Absolute
from conflict_site.base.languages import language_name

SHOWN = 12  # excerpts that a narrow screen shows at first sight: the number in static/css/reading.css
MANY = 200  # notes from which on each says no more than it must: the page of a long transcript stays below 1 MB


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The public sources, newest first, by publisher, kind and words of the title."""
    sources = public.sources()
    publishers = Actor.objects.filter(pk__in=sources.values("publisher")).in_order()
    form = SourceListForm(request.GET, publishers)
    page = form.page_of(form.apply(sources).select_related("publisher")) if form.is_valid() else Page()
    carried = totals.numbers(current(), "source")
    rows = [(source, carried.get(source.pk, 0)) for source in page.rows]
    example = sources.filter(kind=SourceKind.BRIEFING, text_is_public=True).first()
    context = {"section": "sources", "form": form, "page": page, "rows": rows, "example": example}
    return render(request, "sources/index.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One public source, with more of it for curators and auditors; a redirect from an old address, else 404."""
    source = public.sources().filter(slug=slug).select_related("publisher").first()
    if source is None:
        return moved(public.sources(), slug, "claims:source")
    carried = source_page.carried(source)
    form = ReadingForm(request.GET, source, carried)
    held = source_page.held(source, carried, source_page.reader(request.user), form.asked)
    context = {"section": "sources", "form": form, **_card(source, carried, held), **_reading(form, held)}
    context["json_ld"] = linked_data.in_html(linked_data.source(source, request.build_absolute_uri))
    context["embedded"] = embedded.of_source(source, request.build_absolute_uri(source.get_absolute_url()))
    response = render(request, "sources/source.html", context)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True)  # what only they may see is kept by no cache on the way
    return response


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One public source as data, the same for everybody: what is known of it, and its passages. Never its text."""
    source = public.sources().filter(slug=slug).select_related("publisher").first()
    if source is None:
        return moved(public.sources(), slug, "claims:source-json")
    form = PartForm(request.GET, source)
    if not form.is_valid():
        return answer({"errors": form.errors}, status=400)
    held = source_page.held(source, source_page.carried(source), asked=form.asked)
    return answer(_source_record(source, held, request.build_absolute_uri))


def _card(source: Source, carried: Selection, held: Held) -> dict[str, Any]:
    """What is known of a source."""
    publisher = f"{reverse('claims:source-list')}?{urlencode({'publisher': source.publisher.slug})}"
    return {
        "source": source,
        "crumbs": [Link("Sources", reverse("claims:source-list")), Link(source.publisher.name, publisher)],
        "language": language_name(source.language),
        "snapshot": held.snapshot,
        "words": f"{reading.words(held.snapshot.text):,}" if held.snapshot else "",
        "claims": carried.found().size,
        "claims_url": f"{reverse('claims:list')}?{urlencode({'source': source.slug})}",
        "events": source.events.published(),
    }


def _reading(form: ReadingForm, held: Held) -> dict[str, Any]:
    """The text with the passages asked for marked in it, and those that have no place in it."""
    asked = form.apply(held.notes) if form.is_valid() else []
    notes = reading.chained(sorted(asked, key=lambda note: note.span is None))
    paragraphs, others = held.paragraphs(notes), [note for note in notes if note.span is None]
    excerpts = [one.notes[0] for one in paragraphs if one.notes] if held.shown == Shown.EXCERPTS else []
    return {
        "shown": held.shown,
        "page": form.page_of(held.part) if held.part and form.is_valid() else None,
        "total": len(held.notes),
        "notes": notes,
        "many": len(notes) > MANY,
        "paragraphs": paragraphs,
        "beyond_in_text": _beyond(excerpts),
        "others": others,
        "beyond": _beyond(others),
    }


def _beyond(excerpts: Sequence[Note]) -> str:
    """The anchor of the first excerpt that is not shown at first sight; "" where all are."""
    return excerpts[SHOWN].anchor if len(excerpts) > SHOWN else ""


def _source_record(source: Source, held: Held, absolute: Absolute) -> dict[str, Any]:
    following = held.part.following if held.part else None
    json = reverse("claims:source-json", args=[source.slug])
    return {
        **thing_record(source, absolute),
        "kind": source.kind,
        "publisher": actor_record(source.publisher, absolute),
        "author": source.author,
        "source_url": source.url,
        "archive_url": source.archive_url,
        "language": source.language,
        "published": date_record(source.published),
        "accessed": source.accessed.isoformat() if source.accessed else None,
        "rights": source.rights,
        "text_is_held": held.snapshot is not None,
        "text_is_public": source.text_is_public,
        "text_shown": held.shown,
        "taken_down": _takedown(source),
        "sha256": held.snapshot.sha256 if held.snapshot else None,
        "citations": [citation_record(note, absolute) for note in held.notes],
        "next": absolute(f"{json}?{urlencode({'claim': following.slug})}") if following else None,
        "events": [thing_record(event, absolute) for event in source.events.published()],
    }


def _takedown(source: Source) -> dict[str, str] | None:
    if source.taken_down_at is None:
        return None
    return {"at": source.taken_down_at.isoformat(), "reason": source.taken_down_reason}

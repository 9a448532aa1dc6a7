"""The sources, and the reading page of one: its text with every cited passage marked, or the passages alone."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actors.models import Actor
from claims import public, reading, sections
from claims.entries import Link, entry
from claims.exports import Absolute, actor_record, date_record, thing_record
from claims.models import Citation, Claim, Snapshot, Source
from claims.passages import Span, find
from claims.reading import Note
from claims.views.addresses import moved
from claims.views.lists import Page, SourceListForm
from claims.views.records import answer, citation_record
from claims.vocabulary import language_name


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The public sources, newest first, by publisher, kind and words of the title."""
    sources = public.sources()
    publishers = Actor.objects.filter(pk__in=sources.values("publisher")).in_order()
    form = SourceListForm(request.GET, publishers)
    page = form.page_of(form.apply(sources).select_related("publisher")) if form.is_valid() else Page([])
    carried = sections.carried(page.rows)
    rows = [(source, carried.get(source.pk, 0)) for source in page.rows]
    return render(request, "sources/index.html", {"section": "sources", "form": form, "page": page, "rows": rows})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One public source; a redirect from an old address, else 404."""
    source = public.sources().filter(slug=slug).select_related("publisher").first()
    if source is None:
        return moved(public.sources(), slug, "claims:source")
    return render(request, "sources/source.html", {"section": "sources", **_page(source)})


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One public source as data: what is known of it, and its cited passages. Never its text."""
    source = public.sources().filter(slug=slug).select_related("publisher").first()
    if source is None:
        return moved(public.sources(), slug, "claims:source-json")
    return answer(_record(source, request.build_absolute_uri))


def _page(source: Source) -> dict[str, Any]:
    """What the page of a source prints."""
    snapshot = source.snapshots.first()
    notes = _notes(source, snapshot)
    return {
        "source": source,
        "crumbs": [Link("Sources", reverse("claims:source-list")), _publisher(source)],
        "language": language_name(source.language),
        "snapshot": snapshot,
        "words": len(snapshot.text.split()) if snapshot else 0,
        "claims": len({note.slug for note in notes}),
        "claims_url": f"{reverse('claims:list')}?{urlencode({'source': source.slug})}",
        "events": source.events.published(),
        **_reading(source, snapshot, notes),
    }


def _publisher(source: Source) -> Link:
    address = f"{reverse('claims:source-list')}?{urlencode({'publisher': source.publisher.slug})}"
    return Link(source.publisher.name, address)


def _notes(source: Source, snapshot: Snapshot | None) -> list[Note]:
    """The passages of this source that published claims rest on, in the order of the text or else of the locators."""
    citations = list(source.citations.filter(claim__in=Claim.objects.published().cited_to(source)).order_by("pk"))
    claims = sections.load(citation.claim_id for citation in citations)
    notes = [_note(citation, claims[citation.claim_id], snapshot) for citation in citations]
    return reading.numbered(reading.in_text_order(notes))


def _note(citation: Citation, claim: Claim, snapshot: Snapshot | None) -> Note:
    return Note(
        entry=entry(claim),
        slug=claim.slug,
        exact=citation.exact,
        locator=citation.locator,
        language=citation.language,
        translation=citation.translation,
        translator="machine translation" if citation.machine_translated else citation.translator,
        status=citation.status,
        span=_span(citation, snapshot),
    )


def _span(citation: Citation, snapshot: Snapshot | None) -> Span | None:
    """Where the passage stands in this snapshot; citations of an older one are looked for anew, exactly."""
    if snapshot is None:
        return None
    if citation.snapshot_id == snapshot.pk and citation.start is not None and citation.end is not None:
        return Span(citation.start, citation.end)
    return find(snapshot.text, citation.exact, citation.prefix, citation.suffix).span


def _reading(source: Source, snapshot: Snapshot | None, notes: list[Note]) -> dict[str, Any]:
    """The text in paragraphs, where it is held and may be shown, with what could not be placed; else the excerpts."""
    if snapshot and source.text_is_public:
        return {
            "paragraphs": reading.paragraphs(snapshot.text, notes),
            "excerpts": [(note, True) for note in notes if not note.span],
        }
    return {"paragraphs": [], "excerpts": _excerpts(snapshot, notes)}


def _excerpts(snapshot: Snapshot | None, notes: list[Note]) -> list[tuple[Note, bool]]:
    """Each passage with whether its words are shown: of a text that is held, only up to a share of its words."""
    if snapshot is None:
        return [(note, True) for note in notes]
    return reading.shown_words(notes, len(snapshot.text.split()), settings.EXCERPT_SHARE)


def _record(source: Source, absolute: Absolute) -> dict[str, Any]:
    snapshot = source.snapshots.first()
    notes = _notes(source, snapshot)
    excerpts = [(note, True) for note in notes] if source.text_is_public else _excerpts(snapshot, notes)
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
        "text_is_held": snapshot is not None,
        "text_is_public": source.text_is_public,
        "sha256": snapshot.sha256 if snapshot else None,
        "citations": [citation_record(note, is_shown, absolute) for note, is_shown in excerpts],
        "events": [thing_record(event, absolute) for event in source.events.published()],
    }

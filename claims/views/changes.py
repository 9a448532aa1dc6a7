"""The public log of changes, as a page and as data."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import heads
from claims.changes import ChangeForm, LogEntry, change_log, prepared
from claims.views.records import answer

RECORDS = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was published, edited, corrected, clarified and withdrawn, newest first, by kind."""
    form = ChangeForm(request.GET)
    page = change_log.page(form) if form.is_valid() else None
    return render(request, "changes/index.html", {"section": "changes", "form": form, "page": page})


@require_safe
def as_json(request: HttpRequest) -> JsonResponse:
    """The log as data, newest first, every change by itself; 400 for an invalid filter.

    ``{"results": [{"at", "kind", "object": {"type", "id"}, "url", "note"}], "next": url or null,
    "audit": {"seq", "at", "hash"} or null}``, of which ``kind``
    is publication, edit, correction, clarification or withdrawal, and ``url`` null where nothing is left to lead to.
    ``?kind=withdrawal`` is the list of deletions: whoever keeps a copy drops, or marks, what it names.
    """
    form = ChangeForm(request.GET)
    if not form.is_valid():
        return answer({"errors": form.errors}, status=400)
    changes, after = change_log.each(form, RECORDS)
    absolute = request.build_absolute_uri
    data = {
        "results": [_entry_record(entry, absolute(entry.url) if entry.url else None) for entry in prepared(changes)],
        "next": absolute(form.url("claims:changes-json", after=after)) if after else None,
        "audit": asdict(head) if (head := heads.published()) else None,
    }
    return answer(data)


def _entry_record(entry: LogEntry, url: str | None) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "object": {"type": entry.thing, "id": entry.slug},
        "url": url,
        "note": entry.note,
    }

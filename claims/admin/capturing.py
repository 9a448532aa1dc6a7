"""Texts kept at the desk: a new source from a text, or a new capture of one that is on file.

Both are one page in two steps. First the words are read, from a file, a text or an address, and shown; then, with the
fields of the source, they are kept. Whatever is refused, what was typed stays.
"""

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from claims.admin.bookmarklet import bookmarklet
from claims.admin.capture_forms import CaptureForm, NewSourceForm, ReadForm
from claims.admin.doubts import show, told
from claims.admin.drafts import MOST_SEALED, Draft, Examined, unseal
from claims.admin.reading import address as where_it_is_read
from claims.capture import capture, on_file, proposals
from claims.models import Source

LONGEST = 1_000  # characters of what a bookmark brings
SHOWN = 50_000  # characters of a text that the page shows
LOST = "The words that were read did not come along, or lay too long. Read them again; what you typed stands below."
FILE_AGAIN = "The file has to be chosen again: a browser sends it only once."
TOO_LONG = "It is too long for this page. The command “capture” keeps longer texts."
ON_FILE = "This address is on file, see above. Add a new capture there; or, of another document, give a file or a text."
HELD = "This very text is already held. Nothing is to be kept."
FROM_A_BOOKMARK = {"address": "address", "title": "page_title", "selection": "selection"}
READING: Any = [("The text", {"fields": ["file", "text", "address"]})]
PUBLISHED = ("published_edtf", "published_text")
SOURCE: Any = [
    ("The source", {"fields": ["title", ("kind", "language"), "publisher", "author", PUBLISHED, "url"]}),
    (
        "Rights, archive and id",
        {
            "fields": [("text_may_be_kept", "text_is_public"), "rights", "archive_url", "accessed", "slug"],
            "classes": ["collapse"],
        },
    ),
]


def urls(desk: Any) -> list[Any]:
    """The addresses of these pages, for the pages of sources."""

    def new(request: HttpRequest) -> HttpResponseBase:
        return _answer(desk, request)

    def more(request: HttpRequest, object_id: int) -> HttpResponseBase:
        return _answer(desk, request, object_id)

    def mark(request: HttpRequest) -> HttpResponseBase:
        if not may_capture(request.user):
            raise PermissionDenied
        return bookmarklet(desk, request)

    view = desk.admin_site.admin_view
    return [
        path("capture/", view(new), name="claims_source_capture_new"),
        path("<int:object_id>/capture/", view(more), name="claims_source_capture"),
        path("bookmarklet/", view(mark), name="claims_source_bookmarklet"),
    ]


def may_capture(user: Any, source: Source | None = None) -> bool:
    """Whether this user may keep a text: of a new source, or of one that has not been taken down."""
    wanted = ["claims.add_snapshot", "claims.view_source" if source else "claims.add_source"]
    return bool(user.has_perms(wanted)) and not (source and source.is_taken_down)


def _answer(desk: Any, request: HttpRequest, key: int | None = None) -> HttpResponseBase:
    """The page. What is kept is kept in one piece; while words are fetched, nobody waits for the database."""
    if "_keep" in request.POST:
        with transaction.atomic():
            return _step(desk, request, _source(desk, request, key))
    return _step(desk, request, _source(desk, request, key))


def _source(desk: Any, request: HttpRequest, key: int | None) -> Source | None:
    source = None if key is None else desk.get_object(request, str(key))
    if key is not None and source is None:
        raise Http404
    if not may_capture(request.user, source):
        raise PermissionDenied
    return source


def _step(desk: Any, request: HttpRequest, source: Source | None) -> HttpResponseBase:
    reading, draft = _read(request, source)
    examined = Examined(draft, source) if draft else None
    keeping = _form(desk, request, examined, source)
    if "_keep" in request.POST and examined and not examined.is_held and keeping.is_valid():
        return _keep(desk, request, examined, keeping)
    return _page(desk, request, reading, examined, keeping, source)


def _read(request: HttpRequest, source: Source | None) -> tuple[ReadForm, Draft | None]:
    """The form that says where words come from, and the words: read now or, where none are, before."""
    before = unseal(request.POST.get("words", ""), request.user)
    if "_read" not in request.POST:
        if "_keep" in request.POST and not before:
            messages.error(request, LOST)
        return ReadForm(initial=_given(request, source)), before
    reading = ReadForm(request.POST, request.FILES)
    if not reading.is_valid():
        return reading, before
    if source is None and reading.is_fetch and on_file([reading.cleaned_data["address"]]):
        reading.add_error("address", ON_FILE)
        return reading, before
    draft = reading.read()
    if draft and len(draft.seal(request.user)) > MOST_SEALED:
        reading.add_error(None, TOO_LONG)
        draft = None
    if draft is None:
        return reading, before
    return ReadForm(initial={"address": draft.address, "page_title": draft.title, "selection": draft.selection}), draft


def _given(request: HttpRequest, source: Source | None) -> dict[str, str]:
    """What was typed before, or what a browser's bookmark brings; else the address of the source on file."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ReadForm.base_fields}
    found = {name: request.GET.get(sent, "")[:LONGEST] for sent, name in FROM_A_BOOKMARK.items()}
    return found if found["address"] or source is None else {**found, "address": source.url}


def _form(desk: Any, request: HttpRequest, examined: Examined | None, source: Source | None) -> Any:
    """The form of what is to be decided before the words are kept, and of a new source's fields."""
    names = flatten_fieldsets(SOURCE)
    made: Any = CaptureForm if source else desk.get_form(request, None, form=NewSourceForm, fields=names)
    draft = examined.draft if examined else None
    proposed = proposals(draft.document, draft.address, draft.title) if draft and not source else {}
    if "_keep" in request.POST and examined:
        form = made(request.POST)
    else:
        values = {name: one.value for name, one in proposed.items()} | {"accessed": timezone.localdate()}
        typed = {name: value for name, value in request.POST.items() if value} if "title" in request.POST else {}
        form = made(initial=values | typed)
    if examined:
        form.ask(examined)
    if not source:
        form.hint(proposed)
    if examined and not source and not form.is_bound:
        form.suppose(proposed)
    return form


def _keep(desk: Any, request: HttpRequest, examined: Examined, form: Any) -> HttpResponseBase:
    """Keep the words, and the new source; then lead to where they are read."""
    source = examined.source or form.save()
    kept = capture(source, examined.draft.document.text, request.user, anyway=True, take_out=True)
    if examined.source:
        desk.log_change(request, source, "Text captured.")
    else:
        desk.log_addition(request, source, "Entered with its text.")
        desk.keep_reason(request, form, [])
    for sign in examined.stray:
        messages.info(request, f"{sign}: taken out.")
    messages.success(
        request, f"“{source}”: its text is kept, {len(kept.snapshot.text):,} characters. Passages: {kept.counts}."
    )
    selected = examined.draft.selection if examined.selected else ""
    return redirect(where_it_is_read(source) + (f"?{urlencode({'quote': selected})}" if selected else ""))


def _page(
    desk: Any,
    request: HttpRequest,
    reading: ReadForm,
    examined: Examined | None,
    keeping: Any,
    source: Source | None,
) -> TemplateResponse:
    doubts = getattr(keeping, "doubted", [])
    if not source:
        show(keeping, [doubt.key for doubt in doubts])
    boxes = [("To decide", {"fields": keeping.boxes})] if keeping.boxes else []
    fieldsets = boxes + ([] if source else SOURCE)
    given = reading.data if reading.is_bound else reading.initial
    address = str(given.get("address", ""))
    context = {
        **desk.admin_site.each_context(request),
        "title": "New capture" if source else "New source from a text",
        "opts": desk.opts,
        "source": source,
        "reading": AdminForm(cast(Any, reading), READING, {}, model_admin=desk),
        "adminform": AdminForm(keeping, fieldsets, {}, model_admin=desk),
        "doubts": told(keeping.instance, doubts) if doubts else [],
        "is_keeping": bool(examined and not examined.is_held) or (not source and "_keep" in request.POST),
        "examined": examined,
        "shown": _shown(examined) if examined else [],
        "more": max(0, len(examined.text) - SHOWN) if examined else 0,
        "held": HELD,
        "words": examined.draft.seal(request.user) if examined else "",
        "same": examined.same if examined else ([] if source else on_file([address])),
        "file_again": FILE_AGAIN if reading.is_bound and reading.errors and request.FILES else "",
        "media": desk.media + reading.media + keeping.media,
        "has_view_permission": True,
    }
    return TemplateResponse(request, "admin/capture.html", context)


def _shown(examined: Examined) -> list[tuple[str, bool]]:
    """The beginning of the text in parts, each with whether it is what a browser sent along as selected."""
    text, span = examined.text[:SHOWN], examined.selected
    if span is None or span.end > SHOWN:
        return [(text, False)]
    return [(text[: span.start], False), (text[span.start : span.end], True), (text[span.end :], False)]

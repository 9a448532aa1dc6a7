"""The reading desk: the text of a source on one side, and beside it the claim that a passage of it carries."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from actors.models import Actor
from claims.admin.doubts import doubted, shown
from claims.admin.reading_form import PASSAGE, VOICE, Entry, PlaceForm, as_sent, at_place, entry, labels, typed
from claims.admin.reading_text import marked, newest
from claims.admin.takedown import is_hidden_from
from claims.evidence import Whereabouts, whereabouts
from claims.models import Claim, Snapshot, Source
from claims.wording import attribution, document_name
from conflict_site.base.forms import is_key

VIEWS = {"read": "", "read_place": "place/", "read_sentence": "sentence/"}
UNKNOWN = "[…]"  # in the sentence, for what is not entered yet


def address(source: Source) -> str:
    """The address of the reading desk with the text of this source."""
    return reverse("admin:claims_source_read", args=[source.pk])


def urls(desk: ModelAdmin) -> list[Any]:
    """The addresses of the reading desk, for the pages of sources."""

    def page(view: Callable[..., HttpResponseBase]) -> Any:
        def asked(request: HttpRequest, object_id: int) -> HttpResponseBase:
            return view(Desk(desk, request, object_id))

        return desk.admin_site.admin_view(asked)

    views = {"read": read, "read_place": place, "read_sentence": sentence}
    lead = "<int:object_id>/read/"
    return [path(f"{lead}{VIEWS[name]}", page(view), name=f"claims_source_{name}") for name, view in views.items()]


class Desk:
    """One request at the reading desk: who asks, of which source, and whether claims may be entered.

    Raises Http404 where there is no such source, and PermissionDenied where its text is not for who asks.
    """

    def __init__(self, sources: ModelAdmin, request: HttpRequest, object_id: int) -> None:
        rows = sources.get_queryset(request).select_related("publisher")
        found = rows.filter(pk=object_id).first() if is_key(str(object_id)) else None
        if found is None:
            raise Http404
        self.sources, self.request = sources, request
        self.source: Source = found
        self.claims: Any = sources.admin_site.get_model_admin(Claim)
        allowed = sources.has_view_permission(request, found) and self.claims.has_view_permission(request)
        if not allowed or is_hidden_from(request.user, found):
            raise PermissionDenied
        self.may_add: bool = self.claims.has_add_permission(request) and not found.is_taken_down
        self.held: Snapshot | None = newest(found)

    def entry(self, **given: Any) -> Entry:
        """The forms of a new claim."""
        return entry(self.claims, self.request, self.source, **given)

    def text_to_quote(self) -> Snapshot:
        """The newest text; raises PermissionDenied where no claim may be entered from it."""
        if self.held is None or not self.may_add:
            raise PermissionDenied
        return self.held


def read(desk: Desk) -> HttpResponseBase:
    """The page: with an empty form, with what a passage proposes, or, once it is sent, with what is wrong."""
    if desk.request.method == "POST":
        return _found_anew(desk) if {"_find", "_choose"} & {*desk.request.POST} else _saved(desk)
    if desk.held is None or not desk.may_add:
        return _page(desk)
    asked = PlaceForm(desk.request.GET, desk.held)
    return _at(desk, asked, {})


def place(desk: Desk) -> HttpResponseBase:
    """To scripts: what a place in the text says of itself, and what it proposes."""
    asked = PlaceForm(desk.request.GET, desk.text_to_quote())
    found = asked.found if asked.is_valid() else None
    if found is None or found.span is None:
        reasons = [*asked.non_field_errors(), found.reason if found else "", "Choose words of the text."]
        return JsonResponse({"error": next(filter(None, reasons))}, status=400)
    values, proposals = at_place(desk.source, asked.held, found.span)
    named = labels(proposals)
    return JsonResponse(
        {
            "start": found.span.start,
            "end": found.span.end,
            "values": values,
            "proposals": {
                name: {"value": as_sent(one.value), "labels": named.get(name, []), "why": one.why}
                for name, one in proposals.items()
            },
        }
    )


def sentence(desk: Desk) -> HttpResponseBase:
    """The attribution sentence of a claim as far as it is entered."""
    desk.text_to_quote()
    parts = _sentence(desk.source, desk.request.POST)
    return render(desk.request, "admin/claims/source/sentence.html", {"parts": parts})


def _found_anew(desk: Desk) -> HttpResponseBase:
    """The page with the place of typed words, or why they have none; what was typed or confirmed stays."""
    held, sent = desk.text_to_quote(), desk.request.POST
    start, _, end = sent.get("_choose", "").partition("-")
    asked = PlaceForm({"start": start, "end": end, "quote": sent.get(f"{PASSAGE}exact", "")}, held)
    kept = {name: value for name, value in typed(sent).items() if not name.startswith(PASSAGE)}
    return _at(desk, asked, kept)


def _at(desk: Desk, asked: PlaceForm, kept: Mapping[str, Any]) -> HttpResponseBase:
    """The page at a place that is asked for."""
    found = asked.found if asked.is_valid() else Whereabouts(reason=" ".join(map(str, asked.non_field_errors())))
    quote = {f"{PASSAGE}exact": asked["quote"].value() or "", f"{PASSAGE}language": desk.source.language}
    if found is None or found.span is None:
        return _page(desk, desk.entry(values={**quote, **kept}), found, kept)
    values, proposals = at_place(desk.source, asked.held, found.span)
    proposals = {name: one for name, one in proposals.items() if name not in kept}
    merged = {**{name: one.value for name, one in proposals.items()}, **kept, **values}
    return _page(desk, desk.entry(values=merged, proposals=proposals), found, merged)


def _saved(desk: Desk) -> HttpResponseBase:
    """Save a claim and show the text again, or what is wrong with it."""
    held, sent = desk.text_to_quote(), desk.request.POST
    made = desk.entry(data=sent)
    found = whereabouts(held.text, *(sent.get(f"{PASSAGE}{name}", "") for name in ("exact", "prefix", "suffix")))
    valid = made.is_valid()
    if found.span is None:
        made.passage.add_error("exact", found.reason)
    if not valid or found.span is None:
        return _page(desk, made, found if found.span is None else None, sent)
    claim = _save(desk, made)
    if "_submit" in sent:
        desk.claims.response_add(desk.request, claim)
    said = desk.claims.summary(claim.pk)
    url = reverse("admin:claims_claim_change", args=[claim.pk])
    told = format_html('Saved as {}: <a href="{}">{}</a>', claim.get_state_display().lower(), url, said)
    messages.success(desk.request, told)
    return redirect(f"{address(desk.source)}#claim-{claim.slug}")


@transaction.atomic
def _save(desk: Desk, made: Entry) -> Claim:
    """The claim as a draft, with its passage and the voice in between, as the claim's own page saves them."""
    claim: Claim = desk.claims.save_form(desk.request, made.form, change=False)
    desk.claims.save_model(desk.request, claim, made.form, change=False)
    desk.claims.save_related(desk.request, made.form, made.parts, change=False)
    desk.claims.log_addition(desk.request, claim, [{"added": {}}])
    return claim


def _page(
    desk: Desk, made: Entry | None = None, found: Whereabouts | None = None, values: Mapping[str, Any] | None = None
) -> HttpResponse:
    context = {
        **desk.sources.admin_site.each_context(desk.request),
        "title": f"Read: {desk.source.title}",
        "opts": desk.sources.opts,
        "source": desk.source,
        "text": marked(desk.held) if desk.held else None,
        "entry": made,
        "media": made.form.media + made.passage.media if made else "",
        "doubts": shown(made.form, doubted(made.form, made.parts)) if made else [],
        "found": found,
        "parts": _sentence(desk.source, values or {}),
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(desk.request, "admin/claims/source/read.html", context)


def _sentence(source: Source, values: Mapping[str, Any]) -> list[attribution.Part]:
    """The attribution sentence for these values, by the names of fields in the page; one query at most."""
    keys = [str(values.get(name, "")) for name in ("speaker", f"{VOICE}actor")]
    actors = Actor.objects.in_bulk([key for key in keys if is_key(key)])
    speaker, voice = (actors.get(int(key)) if is_key(key) else None for key in keys)
    voices = [voice] if voice else []
    act = values.get("act", "")
    return attribution.sentence(
        speaker=speaker.sentence_name if speaker else UNKNOWN,
        act=act if act in attribution.SAID else "asserts",
        form=values.get("form", ""),
        content=str(values.get("content", "")).strip() or UNKNOWN,
        steps=[one.sentence_name for one in voices],
        document=document_name(source.publisher, speaker, voices, bool(values.get("as_stated"))),
    )

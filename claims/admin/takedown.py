"""A source taken down, or shown again, from its page at the desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from claims.admin.beside import beside
from claims.admin.checklist import CheckedForm
from claims.admin.moves import Move, told_before
from claims.editorial import takedown
from claims.models import Change, ChangeKind, Source

TAKE_DOWN = Move(
    "take-down",
    "Take down, with a public reason",
    "take_down",
    (),
    "Nobody but auditors sees its text and its passages any more, here or in any output; claims are no longer found by"
    " their words. The entry, the hash of the text and your reason stay in public. It can be shown again.",
    "taken down",
    lambda source, by, words: takedown.take_down(source, by, reason=words),
    question="Reason, shown to readers in place of the text",
    longest=1000,
)
RESTORE = Move(
    "restore",
    "Show again, with a public reason",
    "take_down",
    (),
    "Its text and its passages are shown again, as far as its rights allow it.",
    "shown again",
    lambda source, by, words: takedown.restore(source, by, reason=words),
    question="Reason, shown to readers in the log of changes",
    longest=1000,
)


class ReasonForm(CheckedForm):
    """Why a step is made, which step its reader was offered, and after which: both depend on what was done since."""

    step = forms.CharField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, move: Move, last: Change | None, data: Any = None) -> None:
        self.offered = {"step": move.name, "seen": last.pk if last else 0}
        super().__init__(data, initial=self.offered)
        area = forms.Textarea(attrs={"rows": 3, "cols": 60})
        self.fields["words"] = forms.CharField(label=move.question, max_length=move.longest, widget=area)

    @property
    def is_late(self) -> bool:
        """Whether its reader was offered something else than what can be done now."""
        return any(self.cleaned_data[name] != value for name, value in self.offered.items())


def is_hidden_from(user: Any, source: Source | None) -> bool:
    """Whether this user may see neither the text nor the passages of a source."""
    return source is not None and source.is_taken_down and not user.has_perm("claims.audit_source")


def step(source: Source) -> Move:
    """What can be done with a source now."""
    return RESTORE if source.is_taken_down else TAKE_DOWN


def address(source: Source, name: str) -> str:
    """The address of this page of a source at the desk."""
    return reverse(f"admin:claims_source_{name}", args=[source.pk])


def urls(desk: ModelAdmin) -> list[Any]:
    """The address of the step, for the pages of sources."""

    def view(request: HttpRequest, object_id: int) -> HttpResponseBase:
        return _view(desk, request, object_id)

    return [path("<int:object_id>/takedown/", desk.admin_site.admin_view(view), name="claims_source_takedown")]


@transaction.atomic
def _view(desk: ModelAdmin, request: HttpRequest, object_id: int) -> HttpResponseBase:
    """Says what the step does, asks for the reason, and makes it, unless somebody has made it before."""
    source = desk.get_object(request, str(object_id))
    if source is None:
        raise Http404
    move = step(source)
    if not move.is_allowed(request.user, desk.opts):
        raise PermissionDenied
    last = _last(source)
    form = ReasonForm(move, last, request.POST if request.method == "POST" else None)
    if form.is_valid() and form.is_late:
        desk.message_user(request, _done_before(source, last), messages.WARNING)
        return redirect(address(source, "change"))
    if form.is_valid():
        move.make(source, request.user, form.cleaned_data["words"])
        desk.log_change(request, source, f"{move.label}. {form.cleaned_data['words']}")
        desk.message_user(request, f"“{source}” is {move.done}.", messages.SUCCESS)
        return redirect(address(source, "change"))
    context = {
        **desk.admin_site.each_context(request),
        "title": move.label,
        "label": source,
        "move": move,
        "form": form,
        "is_open": True,
        "back": address(source, "change"),
        "opts": desk.opts,
        **beside(request, source),
    }
    return TemplateResponse(request, "admin/move.html", context)


def _last(source: Source) -> Change | None:
    """The last step that was made."""
    steps = (ChangeKind.TAKEDOWN, ChangeKind.RESTORATION)
    return Change.objects.about(source).filter(kind__in=steps).select_related("by").first()


def _done_before(source: Source, last: Change | None) -> str:
    """Who has made the step that is no longer to be made, and when."""
    done = (TAKE_DOWN if source.is_taken_down else RESTORE).done
    if last is None:
        return f"“{source}” was {done} before; nothing has changed."
    return told_before(source, done, last.by, last.at)

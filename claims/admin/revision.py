"""The page on which a second person reads a proposed change, and lets it go public or sends it back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.beside import beside
from claims.admin.checklist import CheckedForm, placed
from claims.admin.doubts import told_of
from claims.admin.lists import QueueFilter
from claims.admin.log import things
from claims.admin.moves import sentences
from claims.changes import kinds, proposals, review, revisions
from claims.models import REVISED, Claim, Revision, RevisionState, Source
from conflict_site.base.desk import DeskAdmin, ReadOnly
from conflict_site.base.forms import is_key

LATE = "Somebody has changed or decided this since you opened the page. Read it again, and decide then."


class ReviewForm(CheckedForm):
    """What the public log will say, and the reviewer's list; ``reason`` only of who publishes alone."""

    seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Kind of change", choices=[(kind.value, kind.name.capitalize()) for kind in REVISED])
    note = forms.CharField(label="Public note", max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "cols": 60}))

    def __init__(self, revision: Revision, thing: Any, *, alone: bool, data: Any = None) -> None:
        given = {"kind": revision.kind, "note": revision.public_note, "seen": seen(revision)}
        super().__init__(data, initial=given, prefix="alone" if alone else None)
        self.revision = revision
        if alone:
            self.fields["reason"] = forms.CharField(
                label="Why no second person reviews it; readers see this in the log", max_length=300
            )
        self.add_checks(type(thing))

    def clean_seen(self) -> str:
        return _on_time(self)

    def clean_kind(self) -> str:
        """The kind; raises ValidationError where it is not what was changed."""
        kind: str = self.cleaned_data["kind"]
        if why := kinds.refused(kind, self.revision.before, self.revision.after):
            raise ValidationError(why)
        return kind


class BackForm(CheckedForm):
    """What its author should change."""

    seen = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="What should be changed, for its author",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )

    def __init__(self, revision: Revision, data: Any = None) -> None:
        super().__init__(data, initial={"seen": seen(revision)}, prefix="back")
        self.revision = revision

    def clean_seen(self) -> str:
        return _on_time(self)


def seen(revision: Revision) -> str:
    """What its reader decides upon."""
    return f"{revision.version} {revision.state}"


def _on_time(form: Any) -> str:
    value: str = form.cleaned_data["seen"]
    if value != seen(form.revision):
        raise ValidationError(LATE)
    return value


@admin.register(Revision)
class RevisionAdmin(ReadOnly, DeskAdmin):
    """Changes to public records: what waits for a second person, and what became of the others."""

    list_display = ["__str__", "about", "state", "proposed_by", "edited_at", "reviewed_by"]
    list_filter = [QueueFilter, "state", "kind"]
    list_select_related = ["proposed_by", "reviewed_by"]
    search_fields = ["public_note"]
    date_hierarchy = "proposed_at"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related(things())

    @admin.display(description="About")
    def about(self, revision: Revision) -> str:
        """The record. No column to sort by: it lies in another table for each kind of record."""
        return str(revision.thing or "deleted since")

    @transaction.atomic
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What differs, with the steps that this person may take; each is checked again when it is taken."""
        revision = Revision.objects.filter(pk=object_id).first() if is_key(object_id) else None
        if revision is None or revision.thing is None:
            raise Http404
        if not self.has_view_permission(request, revision):
            raise PermissionDenied
        thing = proposals.lock(revision) if request.method == "POST" else revision.thing
        steps = self._steps(request.user, revision, thing)
        forms = self._forms(request, revision, thing, steps)
        if request.method == "POST":
            name = next((name for name in steps if f"_{name}" in request.POST), None)
            if name is None:
                raise PermissionDenied
            if self._taken(request, revision, thing, steps[name], forms.get(name)):
                return redirect(self._desk_page(thing))
        return TemplateResponse(request, "admin/review.html", self._context(request, revision, thing, forms, steps))

    def _steps(self, user: Any, revision: Revision, thing: Any) -> dict[str, Callable[..., str]]:
        """What this person may do with the revision now, by the name of the button."""
        steps: dict[str, Callable[..., str]] = {}
        pending, own = revision.state == RevisionState.PENDING, revision.is_own(user)
        stale = revision.is_open and proposals.is_stale(revision, thing)
        if pending and not own and user.has_perm("claims.approve_revision"):
            steps |= {"back": _send_back} if stale else {"approve": _approve, "back": _send_back}
        if revision.is_open and not stale and user.has_perm("claims.force_revision"):
            steps["alone"] = _approve
        if revision.is_open and (own or user.is_superuser):
            steps["withdraw"] = _withdraw
        return steps

    def _forms(self, request: HttpRequest, revision: Revision, thing: Any, steps: Any) -> dict[str, Any]:
        def data(name: str) -> Any:
            return request.POST if f"_{name}" in request.POST else None

        forms: dict[str, Any] = {}
        if "approve" in steps:
            forms["approve"] = ReviewForm(revision, thing, alone=False, data=data("approve"))
        if "back" in steps:
            forms["back"] = BackForm(revision, data("back"))
        if "alone" in steps:
            forms["alone"] = ReviewForm(revision, thing, alone=True, data=data("alone"))
        return forms

    def _taken(self, request: HttpRequest, revision: Revision, thing: Any, step: Any, form: Any) -> bool:
        """Take a step, and say so; or say why it can't be taken."""
        if form and not form.is_valid():
            return False
        try:
            with transaction.atomic():
                done = step(revision, request.user, form.cleaned_data if form else {})
        except (ValidationError, IntegrityError) as error:
            found = sentences(error) if isinstance(error, ValidationError) else [str(error)]
            for sentence in found:
                self.message_user(request, sentence, messages.ERROR)
            return False
        self.admin_site.get_model_admin(type(thing)).log_change(request, thing, done)
        self.message_user(request, f"“{thing}”: {done}", messages.SUCCESS)
        return True

    def _context(self, request: HttpRequest, revision: Revision, thing: Any, forms: Any, steps: Any) -> dict[str, Any]:
        desk: Any = self.admin_site.get_model_admin(type(thing))
        hidden = self._hidden(request)
        now = revisions.keyed(thing)
        stale = revision.is_open and now != revision.before
        tried = self._as_proposed(request, revision, thing, desk) if revision.is_open and not stale else {}
        return {
            **self.admin_site.each_context(request),
            "title": "A change to what is public",
            "opts": self.opts,
            "revision": revision,
            "thing": thing,
            "thing_opts": thing._meta,
            "now": desk.summary(thing.pk),
            **tried,
            "rows": review.proposed(revision, thing, hidden),
            "since": review.changed_since(revision, now, thing, hidden) if stale else [],
            "approve": forms.get("approve"),
            "back": forms.get("back"),
            "alone": forms.get("alone"),
            "may_withdraw": "withdraw" in steps,
            "desk_page": self._desk_page(thing),
            **beside(request, thing),
        }

    def _as_proposed(self, request: HttpRequest, revision: Revision, thing: Any, desk: Any) -> dict[str, Any]:
        """The record as the change would make it: in a line, its passages in their places, and what is doubtful."""
        try:
            with proposals.tried(thing, revision):
                row = type(thing)._default_manager.get(pk=thing.pk)
                passages = placed(row, request.user) if isinstance(row, Claim) else []
                return {"after": desk.summary(row.pk), "passages": passages, "doubts": told_of(row)}
        except (ValidationError, IntegrityError):
            return {}

    def _hidden(self, request: HttpRequest) -> set[str]:
        """The slugs of sources whose passages this person may not see."""
        if request.user.has_perm("claims.audit_source"):
            return set()
        return {*Source.objects.exclude(taken_down_at=None).values_list("slug", flat=True)}

    def _desk_page(self, thing: Any) -> str:
        return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def _approve(revision: Revision, user: Any, given: dict[str, Any]) -> str:
    reason = given.get("reason", "")
    followed = proposals.approve(revision, user, kind=given["kind"], note=given["note"], forced_reason=reason)
    done = f"Published a change alone. {reason}" if reason else "Approved a change; readers see it now."
    return f"{done} It is withdrawn too: no published claim shows it any more." if followed else done


def _send_back(revision: Revision, user: Any, given: dict[str, Any]) -> str:
    proposals.send_back(revision, user, note=given["words"])
    return f"Sent a change back. {given['words']}"


def _withdraw(revision: Revision, user: Any, given: dict[str, Any]) -> str:
    proposals.withdraw(revision)
    return "Withdrew a change."

"""Two records that are one: proposed from the page of one of them, or from a list; decided by a second person."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from claims.admin.lists import QueueFilter
from claims.admin.moves import sentences
from claims.admin.revising import RevisedAdmin
from claims.editorial import merging
from claims.models import Merge, MergeState
from conflict_site.base.desk import DeskAdmin, ReadOnly
from conflict_site.base.forms import PickOne, is_key

AREA = {"rows": 3, "cols": 60}
TWO = "Tick exactly two: the newer one becomes part of the older one, or the other way round."


class IntoForm(forms.Form):
    """Into which other record one is to be merged."""

    def __init__(self, desk: Any, record: Any, data: Any = None) -> None:
        super().__init__(data)
        field = type(record)._meta.get_field("merged_into")
        self.fields["into"] = forms.ModelChoiceField(
            label=f"Into which {desk.opts.verbose_name}",
            queryset=type(record).objects.exclude(pk=record.pk),
            widget=PickOne(field, desk.admin_site),
        )


class NoteForm(forms.Form):
    """Why two records are one."""

    note = forms.CharField(
        label="Why they are one; where readers see either, they read this",
        max_length=1000,
        widget=forms.Textarea(attrs=AREA),
    )


class DecisionForm(forms.Form):
    """What was decided, and why where one person alone decides."""

    step = forms.CharField()
    words = forms.CharField(
        label="Reason, shown to readers in the log of changes",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs=AREA),
    )


class MergingAdmin(RevisedAdmin):
    """Records that can be merged into others of their kind."""

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view(self.merge_view), f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<int:object_id>/merge/", view, name=name), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("claims.add_merge") and self.has_view_permission(request)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        row: Any = kwargs.get("obj")
        if row and self.has_merge_permission(request):
            context["merge_url"] = self._merge_address(row)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(permissions=["merge"], description="Merge two that are one")
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase | None:
        """Lead to the page that shows what would move."""
        rows = list(queryset.order_by("pk")[:3])
        if len(rows) != 2:
            self.message_user(request, TWO, messages.ERROR)
            return None
        return redirect(f"{self._merge_address(rows[1])}?into={rows[0].pk}")

    def merge_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """Asks into which record, shows what would move, and proposes it."""
        record = self.model._default_manager.filter(pk=object_id).first()
        if record is None:
            raise Http404
        if not self.has_merge_permission(request):
            raise PermissionDenied
        into = IntoForm(self, record, request.GET if "into" in request.GET else None)
        kept: Any = into.cleaned_data["into"] if into.is_valid() else None
        note = NoteForm(request.POST if request.method == "POST" else None)
        if kept and note.is_valid() and (merge := self._propose_merge(request, kept, record, note)):
            return redirect("admin:claims_merge_change", merge.pk)
        return TemplateResponse(request, "admin/merge.html", self._merging(request, record, kept, into, note))

    def _propose_merge(self, request: HttpRequest, kept: Any, record: Any, note: NoteForm) -> Merge | None:
        try:
            merge = merging.propose(kept, record, request.user, note=note.cleaned_data["note"])
        except ValidationError as error:
            note.add_error(None, error)
            return None
        self.log_change(request, record, f"Proposed to merge it into “{kept}”. {merge.note}")
        self.message_user(request, "Your proposal waits for a second person.", messages.SUCCESS)
        return merge

    def _merging(self, request: HttpRequest, record: Any, kept: Any, into: Any, note: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": f"Merge into another {self.opts.verbose_name}",
            "opts": self.opts,
            "merged": told(self, record),
            "kept": told(self, kept) if kept else None,
            "swap": f"{self._merge_address(kept)}?into={record.pk}" if kept else "",
            "moving": moving(record) if kept else [],
            "into": into,
            "note": note,
            "media": self.media + into.media,
        }

    def _merge_address(self, row: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge", args=[row.pk])


def told(desk: Any, record: Any) -> dict[str, str]:
    """A record as these pages name it, with its page."""
    return {"label": desk.label(record), "id": record.slug, "url": page_of(record)}


def page_of(record: Any) -> str:
    """The address of a row's own page at the desk; "" where it has none."""
    meta = record._meta
    if type(record) not in admin.site._registry:
        return ""
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def moving(record: Any) -> list[dict[str, Any]]:
    """What leads to a record: the number of rows of each kind, and the first of them with their pages."""
    return [
        {"label": one.label, "number": one.number, "rows": [(str(row), page_of(row)) for row in one.rows]}
        for one in merging.preview(record)
    ]


@admin.register(Merge)
class MergeAdmin(ReadOnly, DeskAdmin):
    """Merges: what waits for a second person, and what became of the others."""

    list_display = ["__str__", "content_type", "state", "proposed_by", "proposed_at", "decided_by"]
    list_filter = [QueueFilter, "state"]
    list_select_related = ["content_type", "proposed_by", "decided_by"]
    search_fields = ["name", "note"]
    date_hierarchy = "proposed_at"

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """What moves or has moved, with the steps that this person may take; each is checked when it is taken."""
        merge = Merge.objects.select_related("content_type").filter(pk=object_id).first() if is_key(object_id) else None
        if merge is None or merge.kept is None or merge.merged is None:
            raise Http404
        if not self.has_view_permission(request, merge):
            raise PermissionDenied
        steps = _steps(request.user, merge)
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and form.cleaned_data["step"] not in steps:
            raise PermissionDenied
        if form.is_valid() and self._taken(request, merge, steps[form.cleaned_data["step"]], form):
            return redirect("admin:claims_merge_change", merge.pk)
        return TemplateResponse(request, "admin/merging.html", self._context(request, merge, steps, form))

    def _taken(self, request: HttpRequest, merge: Merge, step: "Step", form: DecisionForm) -> bool:
        words = form.cleaned_data["words"].strip()
        if step.asks and not words:
            form.add_error("words", "Say why.")
            return False
        try:
            with transaction.atomic():
                step.take(merge, request.user, words)
        except ValidationError as error:
            form.add_error(None, sentences(error))
            return False
        self.log_change(request, merge, f"{step.label}. {words}".strip())
        self.message_user(request, f"{merge}: {step.done}.", messages.SUCCESS)
        return True

    def _context(self, request: HttpRequest, merge: Merge, steps: dict[str, "Step"], form: Any) -> dict[str, Any]:
        desk: Any = self.admin_site._registry[type(merge.kept)]  # type: ignore[index]
        return {
            **self.admin_site.each_context(request),
            "title": "Merge",
            "opts": self.opts,
            "merge": merge,
            "kept": told(desk, merge.kept),
            "merged": told(desk, merge.merged) if merge.state != MergeState.DONE else {"label": merge.name},
            "moving": moving(merge.merged) if merge.state == MergeState.PROPOSED else [],
            "moved": len(merge.steps) if merge.state == MergeState.DONE else 0,
            "steps": list(steps.items()),
            "asks": any(step.asks for step in steps.values()),
            "form": form,
        }


class Step:
    """Something that can be done with a merge: its button, whether it asks why, and what it does."""

    def __init__(self, label: str, done: str, take: Callable[[Merge, Any, str], None], *, asks: bool = False) -> None:
        self.label, self.done, self.take, self.asks = label, done, take, asks


APPROVE = Step("Merge them", "merged", lambda merge, by, words: merging.carry_out(merge, by))
REFUSE = Step("Leave them two", "left as it is", lambda merge, by, words: merging.refuse(merge, by))
ALONE = Step(
    "Merge them alone, with a reason",
    "merged without a second person",
    lambda merge, by, words: merging.carry_out(merge, by, forced_reason=words),
    asks=True,
)
UNDO = Step(
    "Undo the merge, with a reason",
    "undone",
    lambda merge, by, words: merging.take_back(merge, by, reason=words),
    asks=True,
)


def _steps(user: Any, merge: Merge) -> dict[str, Step]:
    """What this person may do with a merge now."""
    proposed, own = merge.state == MergeState.PROPOSED, merge.proposed_by_id == user.pk
    may_approve, may_force = user.has_perm("claims.approve_merge"), user.has_perm("claims.force_merge")
    offered = {
        "approve": (APPROVE, proposed and may_approve and not own),
        "refuse": (REFUSE, proposed and (may_approve or may_force or own)),
        "alone": (ALONE, proposed and may_force),
        "undo": (UNDO, merge.state == MergeState.DONE and may_force),
    }
    return {name: step for name, (step, open_) in offered.items() if open_}

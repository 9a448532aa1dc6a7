"""What the pages of claims, events and positions share: states, versions, public notes."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from claims.admin.beside import beside
from claims.admin.checklist import CheckedForm, Placed, placed
from claims.admin.doubts import told_of
from claims.admin.moves import (
    MOVES,
    PUBLISH,
    STALE,
    SUBMIT,
    Move,
    MoveForm,
    SelectedForm,
    done_before,
    open_moves,
    sent_back,
    sentences,
    touched_since,
)
from claims.admin.revising import RevisedAdmin
from claims.models import Claim, Presence, State
from conflict_site.base.forms import is_key

UNSHOWN = "The position “{}” is withdrawn too: no published claim shows it any more."
STATE_FIELDS = ["state", "version", "created_by", "created_at", "submitted_by", "reviewed_by", "published_at"]


class EditorialAdmin(RevisedAdmin):
    """Rows that go from draft to publication."""

    change_form_template = "admin/editorial_form.html"
    actions = ["submit_selected", "publish_selected"]
    action_form = SelectedForm
    readonly_fields = STATE_FIELDS

    def offered(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        """Nothing new refers to what was withdrawn."""
        return queryset.exclude(state=State.WITHDRAWN)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, ("State", {"fields": STATE_FIELDS, "classes": ["collapse"]})] if obj else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A withdrawn row stays as it was."""
        return super().has_change_permission(request, obj) and not (obj and obj.state == State.WITHDRAWN)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft that was never submitted, and only by whoever entered it."""
        if not super().has_delete_permission(request, obj) or obj is None:
            return super().has_delete_permission(request, obj)
        own = obj.created_by_id == request.user.pk or request.user.is_superuser
        return own and not obj.is_kept

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return SUBMIT.is_allowed(request.user, self.opts)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return PUBLISH.is_allowed(request.user, self.opts)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        return self._submitted(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._submitted(request, obj) or super().response_change(request, obj)

    def _submitted(self, request: HttpRequest, obj: Any) -> HttpResponseBase | None:
        """Saved with "Save and submit for review": submit it, and show it again."""
        if "_submit" not in request.POST or not self._may_submit(request, obj):
            return None
        if not self._told(request, SUBMIT, obj):
            self._try(request, SUBMIT, obj)
        return redirect(self._address(obj))

    def _may_submit(self, request: HttpRequest, obj: Any) -> bool:
        return SUBMIT.is_allowed(request.user, self.opts) and obj.state in (*SUBMIT.states, SUBMIT.leads_to)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        row: Any = kwargs.get("obj")
        context["moves"] = [
            (move.label, reverse(self._move_name, args=[row.pk, move.name]))
            for move in (open_moves(request.user, row) if row else [])
        ]
        context["sent_back"] = sent_back(row) if row else None
        context["may_submit"] = self.has_submit_permission(request) and (row is None or row.state == State.DRAFT)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.move_view)
        name = self._move_name.removeprefix("admin:")
        return [path("<int:object_id>/move/<slug:name>/", view, name=name), *super().get_urls()]

    @property
    def _move_name(self) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_move"

    @transaction.atomic
    def move_view(self, request: HttpRequest, object_id: int, name: str) -> HttpResponseBase:
        """A step of a row: says what it does, asks what it needs to know, and makes it."""
        move, row = MOVES.get(name), self.get_object(request, str(object_id))
        if not (move and row):
            raise Http404
        if not move.is_allowed(request.user, self.opts):
            raise PermissionDenied
        if request.method == "POST" and self._told(request, move, row):
            return redirect(self._address(row))
        form = MoveForm(move, row, request.POST if request.method == "POST" else None)
        if form.is_valid() and self._try(request, move, row, form.cleaned_data.get("words", "")):
            return redirect(self._address(row))
        context = {
            **self.admin_site.each_context(request),
            "title": move.label,
            "label": self.summary(row.pk),
            "move": move,
            "form": form,
            "is_open": row.state in move.states,
            "passages": self._placed(request, row) if move.leads_to == State.PUBLISHED else [],
            "back": self._address(row),
            "opts": self.opts,
            "doubts": told_of(row),
            **beside(request, row),
        }
        return TemplateResponse(request, "admin/move.html", context)

    def _told(self, request: HttpRequest, move: Move, row: Any) -> bool:
        """Say that a step has been made before, where it has."""
        if row.state != move.leads_to:
            return False
        self.message_user(request, done_before(row, move), messages.WARNING)
        return True

    def _try(self, request: HttpRequest, move: Move, row: Any, words: str = "") -> bool:
        """Make a step; say that it is made, or why it can't be."""
        followed = self._make(request, move, row, words)
        if followed is None:
            return False
        self._tell_made(request, move, [row])
        self.tell_unshown(request, followed)
        return True

    def _tell_made(self, request: HttpRequest, move: Move, rows: list[Any]) -> None:
        """Say that a step is made: of one row by its name, of several by their number."""
        told = f"“{rows[0]}” is" if len(rows) == 1 else f"{len(rows)} {self.opts.verbose_name_plural} are"
        self.message_user(request, f"{told} {move.done}.", messages.SUCCESS)

    def _make(self, request: HttpRequest, move: Move, row: Any, words: str = "") -> list[Any] | None:
        """Make a step; returns the positions that are withdrawn with it; None, and says why, if it can't be made."""
        try:
            with transaction.atomic():
                move.check(row)
                followed = move.make(row, request.user, words)
        except ValidationError as error:
            for sentence in sentences(error):
                self.message_user(request, f"“{row}”: {sentence}", messages.ERROR)
            return None
        self.log_change(request, row, f"{move.label}. {words}".strip())
        Presence.objects.leave(row, request.user)
        return list(followed or [])

    def tell_unshown(self, request: HttpRequest, positions: Iterable[Any]) -> None:
        """Say which positions were withdrawn because nothing shows them any more."""
        for position in positions:
            self.message_user(request, UNSHOWN.format(position), messages.WARNING)

    @admin.action(permissions=["submit"], description="Submit for review")
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._try_each(request, SUBMIT, queryset)

    @admin.action(permissions=["publish"], description="Publish what others have submitted")
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponseBase | None:
        """Publish each row, once the reviewer has read them all and ticked the list."""
        form = CheckedForm(request.POST if "_checked" in request.POST else None)
        form.add_checks(self.model)
        if form.is_valid():
            self._try_each(request, PUBLISH, queryset)
            return None
        rows = list(queryset.filter(state=State.IN_REVIEW))
        context = {
            **self.admin_site.each_context(request),
            "title": PUBLISH.label,
            "opts": self.opts,
            "rows": [(self.summary(row.pk), told_of(row), self._placed(request, row)) for row in rows],
            "chosen": [row.pk for row in queryset],
            "form": form,
            "seen": request.POST.get("seen", ""),
        }
        return TemplateResponse(request, "admin/publish_selected.html", context)

    def _placed(self, request: HttpRequest, row: Any) -> list[Placed]:
        return placed(row, request.user) if isinstance(row, Claim) else []

    @transaction.atomic
    def _try_each(self, request: HttpRequest, move: Move, queryset: QuerySet[Any]) -> None:
        """Make a step with each of these rows to which nothing was done since the list was drawn."""
        chosen = [row.pk for row in queryset]
        rows = list(self.model._default_manager.select_for_update().filter(pk__in=chosen).order_by("pk"))
        seen = request.POST.get("seen", "")
        touched = touched_since(rows, int(seen) if is_key(seen) else None)
        made = []
        for row in rows:
            if self._told(request, move, row):
                continue
            if str(row.pk) in touched:
                self.message_user(request, f"“{row}”: {STALE}", messages.ERROR)
            elif self._make(request, move, row) is not None:  # neither submitting nor publishing withdraws anything
                made.append(row)
        if made:
            self._tell_made(request, move, made)

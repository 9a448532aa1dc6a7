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

from claims.admin.moves import MOVES, PUBLISH, SUBMIT, Move, MoveForm, open_moves, sentences
from claims.admin.renaming import RecordAdmin
from claims.changes import revisions
from claims.models import State

NOTE_FIELDSET: Any = (
    "Readers see this",
    {
        "fields": [("change_kind", "public_note")],
        "description": "Whatever you change below is shown to readers at once, and in the public log with this note.",
    },
)
UNSHOWN = "The position “{}” is withdrawn too: no published claim shows it any more."
STATE_FIELDS = ["state", "version", "created_by", "created_at", "submitted_by", "reviewed_by", "published_at"]


class EditorialAdmin(RecordAdmin):
    """Rows that go from draft to publication."""

    change_form_template = "admin/editorial_form.html"
    actions = ["submit_selected", "publish_selected"]
    readonly_fields = STATE_FIELDS

    def follow_up(self, row: Any) -> None:
        """Write again what is derived from a saved row and the rows that belong to it."""

    def summary(self, key: int) -> str:
        """A row in a line, as it will read: as it is stored, since a refused form's row holds whatever was typed."""
        return self.label(self.model._default_manager.get(pk=key))

    def is_public(self, row: Any) -> bool:
        return bool(row.is_public)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, locked while it is being changed, so that the check of its version holds (no-op on SQLite,
        where a transaction that writes has the database for itself)."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST":
            return type(row)._default_manager.select_for_update().get(pk=row.pk)
        return row

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj and obj.is_public and self.has_change_permission(request, obj):
            fieldsets.insert(0, NOTE_FIELDSET)
        return [*fieldsets, ("State", {"fields": STATE_FIELDS, "classes": ["collapse"]})] if obj else fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A withdrawn row stays as it was."""
        return super().has_change_permission(request, obj) and not (obj and obj.state == State.WITHDRAWN)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft that was never public, and only by whoever entered it."""
        if not super().has_delete_permission(request, obj) or obj is None:
            return super().has_delete_permission(request, obj)
        own = obj.created_by_id == request.user.pk or request.user.is_superuser
        return own and obj.state == State.DRAFT and obj.published_at is None

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return SUBMIT.is_allowed(request.user, self.opts)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return PUBLISH.is_allowed(request.user, self.opts)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what belongs to the row, then take note of the edit and of what follows from it."""
        super().save_related(request, form, formsets, change)
        row = self.model._default_manager.get(pk=form.instance.pk)
        if change:
            said = {name: form.cleaned_data.get(name, "") for name in ("change_kind", "public_note")}
            revisions.record(row, form.before, by=request.user, kind=said["change_kind"], note=said["public_note"])
        self.follow_up(row)
        form.instance.refresh_from_db()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        return self._submitted(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        return self._submitted(request, obj) or super().response_change(request, obj)

    def _submitted(self, request: HttpRequest, obj: Any) -> HttpResponseBase | None:
        """Saved with "Save and submit for review": submit it, and show it again."""
        if "_submit" not in request.POST or not SUBMIT.is_open_to(request.user, obj):
            return None
        self._try(request, SUBMIT, obj)
        return redirect(self._address(obj))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        row: Any = kwargs.get("obj")
        context["moves"] = [
            (move.label, reverse(self._move_name, args=[row.pk, move.name]))
            for move in (open_moves(request.user, row) if row else [])
        ]
        context["summary"] = self.summary(row.pk) if row else ""
        context["may_submit"] = self.has_submit_permission(request) and (row is None or row.state == State.DRAFT)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.move_view)
        name = self._move_name.removeprefix("admin:")
        return [path("<int:object_id>/move/<slug:name>/", view, name=name), *super().get_urls()]

    @property
    def _move_name(self) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_move"

    def _address(self, row: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    @transaction.atomic
    def move_view(self, request: HttpRequest, object_id: int, name: str) -> HttpResponseBase:
        """A step of a row: says what it does, asks what it needs to know, and makes it."""
        move, row = MOVES.get(name), self.get_object(request, str(object_id))
        if not (move and row):
            raise Http404
        if not move.is_allowed(request.user, self.opts):
            raise PermissionDenied
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
            "back": self._address(row),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/move.html", context)

    def _try(self, request: HttpRequest, move: Move, row: Any, words: str = "") -> bool:
        """Make a step; say that it is made, or why it can't be."""
        try:
            with transaction.atomic():
                move.check(row)
                followed = move.make(row, request.user, words)
        except ValidationError as error:
            for sentence in sentences(error):
                self.message_user(request, f"“{row}”: {sentence}", messages.ERROR)
            return False
        self.log_change(request, row, f"{move.label}. {words}".strip())
        self.message_user(request, f"“{row}” is {move.done}.", messages.SUCCESS)
        self.tell_unshown(request, followed or [])
        return True

    def tell_unshown(self, request: HttpRequest, positions: Iterable[Any]) -> None:
        """Say which positions were withdrawn because nothing shows them any more."""
        for position in positions:
            self.message_user(request, UNSHOWN.format(position), messages.WARNING)

    @admin.action(permissions=["submit"], description="Submit for review")
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._try_each(request, SUBMIT, queryset)

    @admin.action(permissions=["publish"], description="Publish what others have submitted")
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._try_each(request, PUBLISH, queryset)

    @transaction.atomic
    def _try_each(self, request: HttpRequest, move: Move, queryset: QuerySet[Any]) -> None:
        chosen = [row.pk for row in queryset]
        for row in self.model._default_manager.select_for_update().filter(pk__in=chosen).order_by("pk"):
            self._try(request, move, row)

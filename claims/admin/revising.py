"""What the forms of all records share: what readers see is not changed by saving, but proposed for review."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from claims.admin.forms import standing
from claims.admin.renaming import RecordAdmin
from claims.changes import follow_up, kinds, proposals, revisions
from claims.models import Presence, Revision, public

NOTE_FIELDSET: Any = (
    "Readers see this record",
    {
        "fields": [("change_kind", "public_note")],
        "description": "What you change below is shown to readers once a second person has approved it; it then stands"
        " in the public log with this note.",
    },
)
WAITS = "Your change to “{}” waits for a second person. Readers still see it as it was."
SAME = "“{}” is as readers see it: there is nothing to review."
GONE = "The change that waits can not be shown here: {}"
SAVING = ("_save", "_continue", "_addanother")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a curator would like a public record to be."""

    after: dict[str, Any]
    kind: str
    note: str
    form: Any
    formsets: Any


class RevisedAdmin(RecordAdmin):
    """A record that is edited directly until readers see it, and by two people from then on."""

    change_form_template = "admin/record_form.html"

    def is_public(self, row: Any) -> bool:
        return public.shows(row)

    def summary(self, key: int) -> str:
        """A row in a line, as it will read: as it is stored, since a refused form's row holds whatever was typed."""
        return self.label(self.model._default_manager.get(pk=key))

    def keep(self, request: HttpRequest, row: Any, form: Any, formsets: Any) -> bool:
        """Store what was entered beside the change of a public record and needs no review; return whether there was."""
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row:
            row.kind_refused = getattr(request, "kind_refused", "")
        return row

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj and standing(obj).is_shown and self.has_change_permission(request, obj):
            fieldsets.insert(0, NOTE_FIELDSET)
        return fieldsets

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponseBase:
        row = self._revised(request, object_id)
        if row is None:
            return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        answer, proposal = self._try_out(request, row, object_id, form_url, extra_context)
        if proposal and (why := kinds.refused(proposal.kind, revisions.keyed(row), proposal.after)):
            request.kind_refused = why  # type: ignore[attr-defined]
            answer, proposal = self._try_out(request, row, object_id, form_url, extra_context)
        if proposal:
            return self._propose(request, row, proposal)
        Presence.objects.note(row, request.user)  # what the page itself noted was taken back with the rest
        return answer

    def _revised(self, request: HttpRequest, object_id: str | None) -> Any:
        """The public record that the form of this request would change; None where it changes none."""
        acts = f"{ActionLocation.CHANGE_FORM.value}-action" in request.POST and not {*SAVING} & {*request.POST}
        if object_id is None or acts:
            return None
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_change_permission(request, row) or not standing(row).is_shown:
            return None
        return row if request.method == "POST" or standing(row).revision else None  # nothing to be tried out

    def _try_out(self, request: HttpRequest, row: Any, *given: Any) -> tuple[Any, Proposal | None]:
        """The answer of the form on the record as the change that waits would make it, and what was proposed.

        Whatever the form writes is taken back.
        """
        request.proposal = None  # type: ignore[attr-defined]
        try:
            return self._tried(request, row, standing(row).revision, *given)
        except (ValidationError, IntegrityError) as error:
            words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            self.message_user(request, GONE.format(words), messages.ERROR)
            return self._tried(request, row, None, *given)

    def _tried(
        self, request: HttpRequest, row: Any, revision: Revision | None, *given: Any
    ) -> tuple[Any, Proposal | None]:
        with proposals.tried(row, revision):
            answer = super()._changeform_view(request, *given)  # type: ignore[misc]
            if hasattr(answer, "render"):
                answer.render()
        return answer, request.proposal  # type: ignore[attr-defined]

    def _propose(self, request: HttpRequest, row: Any, proposal: Proposal) -> HttpResponseBase:
        stored = self.keep(request, row, proposal.form, proposal.formsets)
        revision = proposals.propose(row, proposal.after, by=request.user, kind=proposal.kind, note=proposal.note)
        Presence.objects.leave(row, request.user)
        if revision:
            self.log_change(request, row, f"Proposed a change. {proposal.note}")
        if revision or not stored:
            self.message_user(request, (WAITS if revision else SAME).format(row), messages.SUCCESS)
        return HttpResponseRedirect(self._address(row))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what belongs to the row, then take note of the edit and of what follows from it."""
        super().save_related(request, form, formsets, change)
        row = self.model._default_manager.get(pk=form.instance.pk)
        follow_up(row, revisions.difference(form.before, revisions.values(row))["after"])
        if hasattr(request, "proposal"):
            kind, note = (form.cleaned_data.get(name, "") for name in ("change_kind", "public_note"))
            request.proposal = Proposal(revisions.keyed(row), kind, note, form, formsets)
        elif change:
            revisions.record(row, form.before, by=request.user)
        form.instance.refresh_from_db()

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log a change; none where a form was saved as it stood."""
        return super().log_change(request, obj, message) if message else None

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        if hasattr(request, "proposal"):
            return HttpResponseRedirect(self._address(obj))
        return super().response_change(request, obj)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        row: Any = kwargs.get("obj")
        revision = standing(row).revision if row else None
        context["summary"] = self.summary(row.pk) if row else ""
        context["revision"] = revision
        if revision:
            context["review_url"] = reverse("admin:claims_revision_change", args=[revision.pk])
            context["shows_revision"] = hasattr(request, "proposal")
        return super().render_change_form(request, context, *args, **kwargs)

    def _address(self, row: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

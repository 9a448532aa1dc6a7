"""The forms of claims, events and positions: they notice edits by others, and ask for a note where readers look on."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict

from claims.changes import revisions
from claims.models import ChangeKind, State
from conflict_site.base import edtf
from conflict_site.base.forms import FuzzyForm

KINDS = [ChangeKind.EDIT, ChangeKind.CORRECTION, ChangeKind.CLARIFICATION]
OWN_FIELDS = {"seen_version", "change_kind", "public_note"}
MEANWHILE = (
    "Somebody else has changed this since you opened it. Nothing of yours is lost: it stands below, not yet saved. "
    "Beside each field that differs you find what is stored now. Put together what should stand, then save again."
)


class EditorialForm(FuzzyForm):
    """A form that notices edits by others, and asks for a note where readers see the change.

    ``needed`` are the fields that may not be empty from review on; ``dated`` the one whose beginning must be known.
    """

    needed: tuple[str, ...] = ()
    dated = ""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    change_kind = forms.ChoiceField(
        label="Kind of change",
        required=False,
        choices=[("", "---------"), *((kind.value, kind.name.capitalize()) for kind in KINDS)],
        help_text="A correction mends an error of ours, a clarification adds what was unclear, an edit is the rest.",
    )
    public_note = forms.CharField(
        label="Public note",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="What was changed, and why.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        self.before = revisions.values(self.instance) if self.is_bound and self.instance.pk else {}
        if self.instance.state != State.DRAFT:
            for name in {*self.needed} & {*self.fields}:
                self.fields[name].required = True
        if self.instance.state != State.PUBLISHED:
            del self.fields["change_kind"], self.fields["public_note"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.state != State.DRAFT:
            self._ask_for_a_beginning()
        if self.instance.state == State.PUBLISHED:
            self._ask_for_a_note()
        if self.instance.pk and cleaned.get("seen_version") != self.instance.version:
            self._show_what_is_stored()
        return cleaned

    def _ask_for_a_beginning(self) -> None:
        typed = self.cleaned_data.get(self.dated)
        if typed and edtf.parse(typed).earliest is None:
            self.add_error(self.dated, "From review on, the beginning must be known.")

    def _ask_for_a_note(self) -> None:
        kind, note = self.cleaned_data.get("change_kind"), self.cleaned_data.get("public_note")
        changed = {*self.changed_data} - OWN_FIELDS
        if not kind and (changed or note):
            self.add_error("change_kind", "Say what kind of change this is.")
        if not note and (changed or kind):
            self.add_error("public_note", "Say what you changed and why. Readers see this.")

    def _show_what_is_stored(self) -> None:
        self.add_error(None, MEANWHILE)
        for name in {*self.changed_data} & {*self.before}:
            self.add_error(name, f"Stored now: {self.before[name] or 'nothing'}")
        refreshed = cast(QueryDict, self.data).copy()
        refreshed["seen_version"] = str(self.instance.version)
        self.data = refreshed


class PartsFormSet(BaseInlineFormSet):
    """Rows that belong to an editorial row; where readers see them, a change takes the note at the top."""

    def clean(self) -> None:
        super().clean()
        if self.instance.state != State.PUBLISHED:
            return
        if self.has_changed() and not (self.data.get("public_note", "").strip() and self.data.get("change_kind")):
            raise ValidationError("Readers see these: choose at the top what kind of change this is, and write a note.")
        self.check_published()

    def check_published(self) -> None:
        """Raise ValidationError where the rows that stay are too few for a published row."""

    def staying(self) -> list[dict[str, Any]]:
        """The rows as they will be: filled in, and not marked for deletion."""
        filled = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        return [row for row in filled if not row.get("DELETE")]

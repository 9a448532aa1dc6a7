"""The forms of records: they notice edits by others, and ask for a note where readers see the change."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict

from claims.changes import proposals, revisions
from claims.models import REVISED, OldSlug, Revision, State, public
from conflict_site.base import edtf
from conflict_site.base.forms import FuzzyForm

OWN_FIELDS = {"seen_version", "change_kind", "public_note"}
MEANWHILE = (
    "Somebody else has changed this since you opened it. Nothing of yours is lost: it stands below, not yet saved. "
    "Beside each field that differs you find what is stored now. Put together what should stand, then save again."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether readers see a record, the change to it that is on its way, and what a form is opened on."""

    is_shown: bool
    revision: Revision | None
    seen: str


def standing(row: Any) -> Standing:
    """How a record stands; asked once for each object that was read."""
    if row.pk is None:
        return Standing(False, None, "")
    if not hasattr(row, "_standing"):
        shown = public.shows(row)
        revision = proposals.open_of(row) if shown else None
        row._standing = Standing(shown, revision, proposals.seen(row, revision))
    return cast(Standing, row._standing)


class RecordForm(FuzzyForm):
    """A form that notices edits by others, and asks for a note where readers see the change."""

    seen_version = forms.CharField(widget=forms.HiddenInput, required=False)
    change_kind = forms.ChoiceField(
        label="Kind of change",
        required=False,
        choices=[("", "As it looks"), *((kind.value, kind.name.capitalize()) for kind in REVISED)],
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
        self.standing = standing(self.instance)
        self.fields["seen_version"].initial = self.standing.seen
        self.before = revisions.values(self.instance) if self.is_bound and self.instance.pk else {}
        if not self.standing.is_shown:
            del self.fields["change_kind"], self.fields["public_note"]
        elif self.standing.revision:
            self.fields["change_kind"].initial = self.standing.revision.kind
            self.fields["public_note"].initial = self.standing.revision.public_note

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.standing.is_shown:
            self._ask_for_a_note()
        if self.instance.pk and cleaned.get("seen_version") != self.standing.seen:
            self._show_what_is_stored()
        return cleaned

    def clean_slug(self) -> str:
        """The id; raises ValidationError where its address leads to something else for ever."""
        slug: str = self.cleaned_data["slug"]
        if "slug" in self.changed_data and OldSlug.leads_elsewhere(self.instance, slug):
            raise ValidationError("Something else had this id, and its address leads there for ever.")
        return slug

    def _ask_for_a_note(self) -> None:
        kind, note = self.cleaned_data.get("change_kind"), self.cleaned_data.get("public_note")
        changed = {*self.changed_data} - OWN_FIELDS
        if not note and (changed or kind):
            self.add_error("public_note", "Say what you changed and why. Readers see this.")
        if self.instance.kind_refused:
            self.add_error("change_kind", self.instance.kind_refused)

    def _show_what_is_stored(self) -> None:
        self.add_error(None, MEANWHILE)
        for name in {*self.changed_data} & {*self.before}:
            self.add_error(name, f"Stored now: {self.before[name] or 'nothing'}")
        refreshed = cast(QueryDict, self.data).copy()
        refreshed["seen_version"] = self.standing.seen
        self.data = refreshed


class EditorialForm(RecordForm):
    """The form of what goes from draft to publication.

    ``needed`` are the fields that may not be empty from review on; ``dated`` the one whose beginning must be known.
    """

    needed: tuple[str, ...] = ()
    dated = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state != State.DRAFT:
            for name in {*self.needed} & {*self.fields}:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        typed = cleaned.get(self.dated) if self.instance.state != State.DRAFT else None
        if typed and edtf.parse(typed).earliest is None:
            self.add_error(self.dated, "From review on, the beginning must be known.")
        return cleaned


class PartsFormSet(BaseInlineFormSet):
    """Rows that belong to a record. Where readers see them, a change takes the note at the top; where somebody else
    has changed them meanwhile, both texts are shown, and what was typed into a row that is gone stands as a new one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_late = self._is_late()
        if self.is_late and self.management_form.is_valid():
            self._move_gone_rows()

    def clean(self) -> None:
        super().clean()
        if self.is_late:
            self._show_what_is_stored()
        if not standing(self.instance).is_shown:
            return
        if self.has_changed() and not self.data.get("public_note", "").strip():
            raise ValidationError("Readers see these: write a public note at the top.")
        self.check_published()

    def check_published(self) -> None:
        """Raise ValidationError where the rows that stay are too few for a published row."""

    def staying(self) -> list[dict[str, Any]]:
        """The rows as they will be: filled in, and not marked for deletion."""
        filled = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        return [row for row in filled if not row.get("DELETE")]

    def _is_late(self) -> bool:
        saved = self.is_bound and self.instance.pk is not None
        return saved and self.data.get("seen_version") != standing(self.instance).seen

    def _show_what_is_stored(self) -> None:
        stored = {row["id"]: row for row in self._stored()}
        for form in self.initial_forms:
            row = stored.pop(form.instance.pk, {})
            for name in {*form.changed_data} & {*row}:
                form.add_error(name, f"Stored now: {row[name] or 'nothing'}")
        if stored:
            raise ValidationError([f"Stored now as well: {'; '.join(_words(row))}" for row in stored.values()])

    def _stored(self) -> list[dict[str, Any]]:
        """The rows that are stored now, of those that this user may see."""
        shown = {*self.get_queryset().values_list("pk", flat=True)}
        name = self.fk.remote_field.get_accessor_name()
        return [row for row in revisions.keyed(self.instance)[name] if row["id"] in shown]

    def _move_gone_rows(self) -> None:
        """What was typed into rows that somebody has deleted meanwhile comes last, as new rows."""
        given: dict[str, Any] = self.management_form.cleaned_data
        first, total = int(given[INITIAL_FORM_COUNT]), int(given[TOTAL_FORM_COUNT])
        held = {str(key) for key in self.get_queryset().values_list("pk", flat=True)}
        places = range(min(total, self.absolute_max or total))
        gone = [place for place in places[:first] if self.data.get(f"{self.prefix}-{place}-id") not in held]
        if not gone:
            return
        order = [*(place for place in places if place not in gone), *gone]
        data = cast(QueryDict, self.data).copy()
        for place, old in enumerate(order):
            self._move(data, old, place, forget_key=old in gone)
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(min(first, len(places)) - len(gone))
        self.data = data
        del self.management_form

    def _move(self, data: QueryDict, old: int, new: int, *, forget_key: bool) -> None:
        for name in [name for name in data if name.startswith(f"{self.prefix}-{new}-")]:
            del data[name]
        start = f"{self.prefix}-{old}-"
        for name, values in cast(QueryDict, self.data).lists():
            if name.startswith(start) and not (forget_key and name == f"{start}id"):
                data.setlist(f"{self.prefix}-{new}-{name.removeprefix(start)}", values)


def _words(row: dict[str, Any]) -> Iterator[str]:
    return (f"{name.replace('_', ' ')}: {value}" for name, value in row.items() if value and name != "id")

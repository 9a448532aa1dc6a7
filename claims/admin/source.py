"""Sources, with their texts as captured."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from actors.models import Actor
from claims import helps
from claims.admin import reading, takedown
from claims.admin.doubts import DoubtingAdmin, DoubtingForm
from claims.admin.forms import RecordForm
from claims.admin.lists import HeldFilter, PublisherFilter, QueueFilter
from claims.admin.renaming import RecordAdmin
from claims.admin.takedown import is_hidden_from
from claims.capture import RefusedText, StraySigns, garbled, normalise, stray_signs
from claims.evidence import anchor
from claims.models import Citation, Doubt, Snapshot, Source, digest, possibly_within
from conflict_site.base import edtf, typed_dates
from conflict_site.base.desk import DeskInline, DeskStack, ReadOnly
from conflict_site.base.forms import Text


class CapturedText(Text):
    """A text as it was copied. What is wrong with it is said with its place, so NUL is not refused before."""

    default_validators: list[Any] = []

    def __init__(self, **given: Any) -> None:
        super().__init__(strip=False, widget=AdminTextareaWidget, **given)
        self.validators = []


class SnapshotForm(forms.ModelForm):
    """A new capture of a source's text. Signs that no text may hold are taken out where a curator says so, and one
    that looks garbled is kept on the curator's word alone.
    """

    take_out = forms.BooleanField(
        label="Take these signs out", required=False, widget=forms.HiddenInput, help_text="The rest is kept as it is."
    )
    anyway = forms.BooleanField(
        required=False,
        label="Keep it although it looks garbled",
        help_text="Only where you have seen that the document itself reads so.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("text"):
            self._normalise(cleaned)
        if "text" in cleaned:
            self._check(cleaned["text"], anyway=cleaned.get("anyway", False))
        return cleaned

    def _normalise(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["text"] = normalise(cleaned["text"], take_out=cleaned.get("take_out", False))
        except RefusedText as refused:
            self.add_error("text", str(refused))
            if isinstance(refused, StraySigns):
                self.fields["take_out"].widget = forms.CheckboxInput()

    def _check(self, text: str, *, anyway: bool) -> None:
        if Snapshot.objects.filter(source=self.instance.source_id, sha256=digest(text)).exists():
            self.add_error("text", "This very text is already held.")
        elif not anyway and (words := garbled(text)):
            self.add_error("text", f"It looks garbled: “{words}”.")

    def taken_out(self) -> list[str]:
        """The signs that were taken out of the text as it was sent, each with its place."""
        sent: Any = self["text"].value() if self.cleaned_data.get("take_out") else ""
        return stray_signs(sent)


class NewSnapshotInline(DeskStack):
    """A place for a new capture. What is held is never changed."""

    model = Snapshot
    form = SnapshotForm
    fields = ["text", "take_out", "anyway"]
    max_num = 1
    verbose_name = "new capture"
    verbose_name_plural = "Add the text as it is now"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return super().get_queryset(request).none()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return CapturedText()


class SnapshotInline(ReadOnly, DeskInline):
    """The captures that are held."""

    model = Snapshot
    fields = ["captured_at", "captured_by", "characters", "sha256"]
    readonly_fields = ["captured_at", "captured_by", "characters", "sha256"]
    show_change_link = True
    verbose_name_plural = "Texts held"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return super().get_queryset(request).select_related("source", "captured_by")

    @admin.display(description="Characters")
    def characters(self, snapshot: Snapshot) -> int:
        return len(snapshot.text)


class PassageInline(ReadOnly, DeskInline):
    """The passages that claims cite from a source; entered on their pages."""

    model = Citation
    fields = ["claim", "exact", "locator", "status"]
    readonly_fields = ["claim", "exact", "locator", "status"]
    verbose_name_plural = "Passages cited"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = is_hidden_from(request.user, obj)
        return [name for name in self.fields if not (hidden and name == "exact")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        return super().get_queryset(request).select_related("source", "claim")


class SourceForm(DoubtingForm, RecordForm):
    """A source."""

    def doubts(self) -> list[Doubt]:
        return [] if self.errors else helps.of_source(self.instance)


@admin.register(Source)
class SourceAdmin(DoubtingAdmin):
    """The documents that carry the words."""

    change_form_template = "admin/source_form.html"
    form = SourceForm
    inlines = [NewSnapshotInline, SnapshotInline, PassageInline]
    autocomplete_fields = ["publisher"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "publisher", "kind", "published_when", "read", "beside"]
    list_filter = [QueueFilter, PublisherFilter, HeldFilter, "kind", "language", "text_may_be_kept", "text_is_public"]
    search_fields = ["title", "slug"]
    search_help_text = "Words of the title, the publisher’s name in any spelling, a date, the address, or an id."
    date_hierarchy = "published_earliest"
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "slug", ("kind", "language"), "publisher", "author"],
                "description": "A text of this site itself is a briefing: it never counts among the documents that"
                " carry a claim’s words.",
            },
        ),
        (
            "When",
            {
                "fields": [("published_edtf", "published_text"), "accessed"],
                "description": "When the document came out, and when you read it.",
            },
        ),
        ("Where", {"fields": ["url", "archive_url"]}),
        (
            "Rights",
            {
                "fields": ["rights", "text_may_be_kept", "text_is_public"],
                "description": "Unless the text may be shown in full, readers see only the passages that are cited.",
            },
        ),
    ]

    @admin.display(description="Published", ordering="published_earliest")
    def published_when(self, source: Source) -> Any:
        date = source.published
        return date.short() if date else ""

    @admin.display(description="Text")
    def read(self, source: Source) -> str:
        return format_html('<a href="{}" aria-label="Read {}">read</a>', reading.address(source), source.title)

    def get_urls(self) -> list[Any]:
        return [*takedown.urls(self), *reading.urls(self), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        source: Any = kwargs.get("obj")
        if source and not is_hidden_from(request.user, source):
            context["read_url"] = reading.address(source)
        if source and takedown.step(source).is_allowed(request.user, self.opts):
            context |= {"takedown": takedown.step(source), "takedown_url": takedown.address(source, "takedown")}
        return super().render_change_form(request, context, *args, **kwargs)

    def search(self, queryset: QuerySet[Source], words: str) -> QuerySet[Source]:
        text = words.strip()
        return queryset.filter(
            Q(title__icontains=text)
            | Q(slug__icontains=text)
            | Q(url__icontains=text)
            | Q(publisher__in=Actor.objects.named(text))
            | _published_on(text)
        )

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Save the inline; a new capture bears the name of who made it. What was taken out of its text is said."""
        for row in formset.save(commit=False):
            if isinstance(row, Snapshot):
                row.captured_by = request.user
                request.captured = row.text
            row.save()
        formset.save_m2m()
        for new in formset.extra_forms if formset.model is Snapshot else []:
            for sign in new.taken_out():
                self.message_user(request, f"{sign}: taken out.")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A new text may hold passages that were not found before."""
        super().save_related(request, form, formsets, change)
        if hasattr(request, "captured"):
            anchor(Citation.objects.filter(source=form.instance))

    def keep(self, request: HttpRequest, row: Source, form: Any, formsets: Any) -> bool:
        """A new capture changes no record: it is found, not written, and kept at once."""
        super().keep(request, row, form, formsets)
        if not hasattr(request, "captured"):
            return False
        Snapshot.objects.create(source=row, text=request.captured, captured_by=request.user)
        anchor(Citation.objects.filter(source=row))
        self.message_user(request, f"The new text of “{row}” is kept.", messages.SUCCESS)
        return True


def _published_on(text: str) -> Q:
    """The condition that a source may have come out in the day, month or year that was typed, if it is one."""
    try:
        first, last = typed_dates.read(text)
    except edtf.InvalidDate:
        return Q(pk=None)
    return possibly_within("published", edtf.bounds(first)[0], edtf.bounds(last)[1])


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly, RecordAdmin):
    """A text as captured, to be read from its source's page."""

    fields = ["source", "captured_at", "captured_by", "sha256", "text"]
    list_display = ["source", "captured_at", "captured_by"]
    list_select_related = ["source", "captured_by"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = is_hidden_from(request.user, obj.source if obj else None)
        return [name for name in self.fields if not (hidden and name == "text")]

"""Sources, with their texts as captured."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from actors.models import Actor
from claims import helps
from claims.admin import capturing, reading, takedown
from claims.admin.doubts import DoubtingAdmin, DoubtingForm
from claims.admin.forms import RecordForm
from claims.admin.lists import HeldFilter, PublisherFilter, QueueFilter
from claims.admin.merging import MergingAdmin
from claims.admin.renaming import RecordAdmin
from claims.admin.takedown import is_hidden_from
from claims.models import Citation, Doubt, Snapshot, Source, possibly_within
from conflict_site.base import edtf, typed_dates
from conflict_site.base.desk import DeskInline, ReadOnly


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
class SourceAdmin(MergingAdmin, DoubtingAdmin):
    """The documents that carry the words."""

    change_form_template = "admin/source_form.html"
    form = SourceForm
    actions = ["merge_selected"]
    inlines = [SnapshotInline, PassageInline]
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
        return [*capturing.urls(self), *takedown.urls(self), *reading.urls(self), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        source: Any = kwargs.get("obj")
        context["may_capture"] = capturing.may_capture(request.user, source)
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

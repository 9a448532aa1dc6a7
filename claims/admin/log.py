"""What was changed, for reading: the public log and the slugs that things had before."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actors.models import Actor
from claims.models import Change, Claim, Event, Issue, OldSlug, Position, Source
from conflict_site.base.desk import DeskAdmin, ReadOnly


def things() -> GenericPrefetch:
    """Whatever the log may be about, with what naming it takes."""
    plain = [model.objects.all() for model in (Actor, Claim, Event, Issue, Source)]
    return GenericPrefetch("thing", [*plain, Position.objects.select_related("actor", "stance")])


def quotable(values: dict[str, Any]) -> dict[str, Any]:
    """What an entry of the log holds, without the passages of sources that have been taken down."""
    if "citations" not in values:
        return values
    rows = values["citations"] or []
    sources = Source.objects.filter(slug__in={row["source"] for row in rows}, taken_down_at=None)
    shown = set(sources.values_list("slug", flat=True))
    return values | {"citations": [row for row in rows if row["source"] in shown]}


class LogAdmin(ReadOnly, DeskAdmin):
    """Rows about any thing."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related(things())

    @admin.display(description="About")
    def about(self, row: Any) -> str:
        """The thing, with a link to its page. No column to sort by: it lies in another table for each kind of thing."""
        if row.thing is None:
            return "deleted since"
        meta = row.thing._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.thing.pk])
        return format_html('{}: <a href="{}">{}</a>', meta.verbose_name, url, row.thing)


@admin.register(Change)
class ChangeAdmin(LogAdmin):
    """The public log: publications, edits, corrections, clarifications, withdrawals."""

    list_display = ["at", "kind", "about", "by", "public_note"]
    list_select_related = ["by"]
    list_filter = ["kind"]
    search_fields = ["public_note"]
    date_hierarchy = "at"
    fields = ["at", "by", "kind", "about", "public_note", "differences"]
    readonly_fields = ["at", "by", "kind", "about", "public_note", "differences"]

    @admin.display(description="Before and after")
    def differences(self, change: Change) -> SafeString:
        """Each changed part as it was and as it is, but for passages of sources that have been taken down."""
        before, after = quotable(change.before), quotable(change.after)
        rows = ((name, before.get(name, ""), value) for name, value in after.items())
        return format_html_join("\n", "<p><strong>{}</strong>: <del>{}</del> <ins>{}</ins></p>", rows)


@admin.register(OldSlug)
class OldSlugAdmin(LogAdmin):
    """Addresses that things had before; they redirect for ever."""

    list_display = ["slug", "about", "content_type"]
    list_select_related = ["content_type"]
    search_fields = ["slug"]
    fields = ["slug", "about"]
    readonly_fields = ["slug", "about"]

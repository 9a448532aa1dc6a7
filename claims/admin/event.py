"""Events: when and where."""

from typing import Any

from django.contrib import admin

from claims.admin.editorial import EditorialAdmin
from claims.admin.forms import EditorialForm
from claims.admin.lists import QueueFilter
from claims.models import Event
from conflict_site.base.desk import titled


class EventForm(EditorialForm):
    """An event."""

    needed = ("description", "date_edtf", "sources")
    dated = "date_edtf"


@admin.register(Event)
class EventAdmin(EditorialAdmin):
    """When and where. What is disputed about it belongs in claims."""

    form = EventForm
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["participants", "sources"]
    list_display = ["title", "kind", "date_when", "place", "state", "beside"]
    list_filter = [QueueFilter, "state", "kind", ("created_at", titled("date entered"))]
    search_fields = ["title", "place", "slug"]
    date_hierarchy = "date_earliest"
    ordering = ["-id"]
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "slug", ("kind", "place"), ("date_edtf", "date_text"), "description"],
                "description": "Only what nobody disputes. What is disputed about an event is said in claims about it.",
            },
        ),
        ("Who took part, and where it is recorded", {"fields": ["participants", "sources"]}),
    ]

    def summary(self, key: int) -> str:
        event = Event.objects.get(pk=key)
        return f"{event.title} ({event.date.words()})" if event.date else event.title

    @admin.display(description="Date", ordering="date_earliest")
    def date_when(self, event: Event) -> Any:
        date = event.date
        return date.short() if date else ""

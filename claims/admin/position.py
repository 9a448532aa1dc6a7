"""Positions, with the claims that show them."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Q, QuerySet

from actors.models import Actor
from claims.admin.editorial import EditorialAdmin
from claims.admin.forms import EditorialForm, PartsFormSet
from claims.admin.lists import QueueFilter
from claims.models import Position, PositionEvidence, ids
from conflict_site.base import edtf
from conflict_site.base.desk import DeskInline, titled


class PositionForm(EditorialForm):
    """A position; where no id is typed, it gets one when it is first published."""

    needed = ("summary",)

    class Meta:
        widgets = {"summary": AdminTextareaWidget(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "stance" in self.fields:
            self.fields["stance"].label_from_instance = lambda stance: f"{stance.issue}: {stance}"  # type: ignore[attr-defined]

    def clean_summary(self) -> str:
        """The summary as one line, however the browser broke it."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug"):
            cleaned["slug"] = self.instance.slug or ids.for_draft()
        return cleaned


class EvidenceInline(DeskInline):
    """The evidence; a position's period runs from the first to the last claim that shows it.

    The last such claim may be taken away: then the position is withdrawn.
    """

    model = PositionEvidence
    formset = PartsFormSet
    autocomplete_fields = ["claim"]
    fields = ["claim", "role"]
    verbose_name_plural = (
        "Evidence (the period is taken from the claims that show the position; "
        "without a published one, a published position is withdrawn)"
    )


@admin.register(Position)
class PositionAdmin(EditorialAdmin):
    """Where an actor stood on an issue in one period."""

    form = PositionForm
    inlines = [EvidenceInline]
    autocomplete_fields = ["actor", "stance"]
    list_display = ["actor", "stance", "issue", "summary", "state", "beside"]
    list_display_links = ["actor", "stance"]
    list_filter = [
        QueueFilter,
        "state",
        "stance__issue",
        ("created_at", titled("date entered")),
        ("actor__kind", titled("kind of actor")),
    ]
    list_select_related = ["actor", "stance__issue"]
    search_fields = ["summary", "slug"]
    search_help_text = "The actor’s name in any spelling, words of the issue or the summary, or an id."
    ordering = ["-id"]
    fieldsets = [
        (
            None,
            {
                "fields": ["actor", "stance", "summary", "slug"],
                "description": "A change of stance is a new position. Statements of heads of state, government or "
                "organisation stand under the person, those of other officials under the state.",
            },
        ),
    ]

    def summary(self, key: int) -> str:
        position = Position.objects.with_period().in_time().get(pk=key)
        held = f"{position.actor} on {position.stance.issue}: {position.stance}"
        if not position.shown_by:
            return held
        end = f"to {edtf.day(position.ends)}" if position.ends else "onwards"
        return f"{held} ({edtf.day(position.begins)} {end})"

    @admin.display(description="Issue", ordering="stance__issue__order")
    def issue(self, position: Position) -> str:
        return str(position.stance.issue)

    def search(self, queryset: QuerySet[Position], words: str) -> QuerySet[Position]:
        text = words.strip()
        return queryset.filter(
            Q(actor__in=Actor.objects.named(text))
            | Q(stance__issue__title__icontains=text)
            | Q(summary__icontains=text)
            | Q(slug__icontains=text)
        )

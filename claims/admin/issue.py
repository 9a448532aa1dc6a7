"""Issues, with the answers found to them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.renaming import RecordAdmin
from claims.models import Claim, Issue, Stance
from claims.search import index
from conflict_site.base.desk import DeskInline, ReadOnly
from conflict_site.base.forms import Numbered


class StanceInline(DeskInline):
    """None to eight answers."""

    model = Stance
    formset = Numbered
    max_num = 8
    verbose_name = "answer"
    verbose_name_plural = "Answers found to it, none to eight"
    fields = ["order", "label", "slug"]
    prepopulated_fields = {"slug": ["label"]}


@admin.register(Issue)
class IssueAdmin(RecordAdmin):
    """The questions on which statements are compared."""

    inlines = [StanceInline]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "question", "order"]
    search_fields = ["title", "question", "slug"]
    fields = ["title", "slug", "question", "scope_note", "order"]

    def is_public(self, row: Issue) -> bool:
        return True

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A claim is also found by the titles of its issues."""
        super().save_related(request, form, formsets, change)
        if change and "title" in form.changed_data:
            index.derive(Claim.objects.on_issue(form.instance))


@admin.register(Stance)
class StanceAdmin(ReadOnly, RecordAdmin):
    """Answers, to be chosen for a position; they are edited with their issue."""

    list_display = ["__str__", "issue"]
    search_fields = ["label", "issue__title", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stance]:
        return super().get_queryset(request).select_related("issue")

    def label(self, row: Stance) -> str:
        return f"{row.issue}: {row}"

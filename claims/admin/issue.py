"""Issues, with the answers found to them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.forms import PartsFormSet, RecordForm
from claims.admin.merging import MergingAdmin
from claims.admin.renaming import RecordAdmin
from claims.models import Issue, Stance
from conflict_site.base.desk import DeskInline, ReadOnly
from conflict_site.base.forms import Numbered


class StanceFormSet(Numbered, PartsFormSet):
    """The answers found to an issue."""


class StanceInline(DeskInline):
    """None to eight answers."""

    model = Stance
    formset = StanceFormSet
    max_num = 8
    verbose_name = "answer"
    verbose_name_plural = "Answers found to it, none to eight"
    fields = ["order", "label", "slug"]
    prepopulated_fields = {"slug": ["label"]}


@admin.register(Issue)
class IssueAdmin(MergingAdmin):
    """The questions on which statements are compared."""

    form = RecordForm
    actions = ["merge_selected"]
    inlines = [StanceInline]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "question", "order", "beside"]
    search_fields = ["title", "question", "slug"]
    fieldsets = [(None, {"fields": ["title", "slug", "question", "scope_note", "order"]})]


@admin.register(Stance)
class StanceAdmin(ReadOnly, RecordAdmin):
    """Answers, to be chosen for a position; they are edited with their issue."""

    list_display = ["__str__", "issue"]
    search_fields = ["label", "issue__title", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stance]:
        return super().get_queryset(request).select_related("issue")

    def label(self, row: Stance) -> str:
        return f"{row.issue}: {row}"

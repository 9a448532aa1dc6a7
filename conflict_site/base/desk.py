"""What all pages of the curators' desk share, which is Django's stock admin.

The stock admin answers some queries that no page of it sends (overlong numbers, NUL, unknown look-ups) with a server
error; here they are refused.
"""

import re
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import (
    SOURCE_MODEL_VAR,
    ActionLocation,
    BaseModelAdmin,
    IncorrectLookupParameters,
    InlineModelAdmin,
)
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest
from django.db import DataError, connection, models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from conflict_site.base.fields import LanguageField
from conflict_site.base.forms import LanguageInput, PickOne, PickSeveral, Text, is_key

LONGEST_SEARCH = 200
MOST_ROWS = 200  # of an inline; more than any row has, and few enough for a page
ASKED = r"(__id)?(__(exact|in|isnull|year|month|day|gte|lt))?"


def titled(title: str) -> Any:
    """A filter of the kind that the field calls for, under a title of its own: ``(field, titled("…"))``."""

    class Titled(admin.FieldListFilter):
        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            made = admin.FieldListFilter.create(*args, **kwargs)
            made.title = title
            return made

    return Titled


class Fields(BaseModelAdmin):
    """How the desk's pages and their inlines ask for texts and for other rows."""

    formfield_overrides = {models.TextField: {"form_class": Text}, LanguageField: {"widget": LanguageInput}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django has it, but without a button beside each choice that deletes what is chosen."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PickOne(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = PickSeveral(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class DeskAdmin(Fields, admin.ModelAdmin):
    """What all pages of the desk share."""

    save_on_top = True
    list_per_page = 50

    def label(self, row: Any) -> str:
        """The row's name among suggestions."""
        return str(row)

    def offered(self, queryset: QuerySet[Any], typed: str) -> QuerySet[Any]:
        """Those of the rows found that are offered while a curator types, in the order in which they are."""
        return queryset

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, locked while it is being changed: what is checked of it holds, and what others save stays (no-op
        on SQLite, where a transaction that writes has the database for itself). Nobody waits: see limits.busy."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and connection.in_atomic_block:
            return type(row)._default_manager.select_for_update(nowait=True).filter(pk=row.pk).first()
        return row

    def is_public(self, row: Any) -> bool:
        """Whether readers find a page of this row, to which "View on site" may lead."""
        return False

    def search(self, queryset: QuerySet[Any], words: str) -> QuerySet[Any] | None:
        """The rows that a search finds; None for Django's own way, through ``search_fields``."""
        return None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if len(search_term) > LONGEST_SEARCH or "\0" in search_term:
            return queryset.none(), False
        found = self.search(queryset, search_term) if search_term.strip() else queryset
        if found is None:
            return super().get_search_results(request, queryset, search_term)
        return found, False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the filters of the page ask for: no ``regex``, no walk through other tables."""
        filters = [getattr(one, "parameter_name", one) for one in self.get_list_filter(request)]
        names = [one[0] if isinstance(one, tuple) else str(one) for one in (*filters, self.date_hierarchy)]
        return bool(re.fullmatch(f"({'|'.join(map(re.escape, names))}){ASKED}", lookup))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        try:
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, ValueError, OverflowError, DataError) as error:
            self.message_user(request, "There is no such filter; this is the whole list.", messages.WARNING)
            raise IncorrectLookupParameters(error) from error

    def response_action(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        action_location: ActionLocation = ActionLocation.CHANGE_LIST,
    ) -> Any:
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("No such row.")
        return super().response_action(request, queryset, action_location)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "." not in request.POST.get(SOURCE_MODEL_VAR, "."):
            raise BadRequest("No such model.")
        return super().changeform_view(request, *args, **kwargs)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj and self.is_public(obj) else None

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django has it, but a row that others name in a list of theirs is protected like any other.

        What is in use can't be deleted, whatever one is allowed; so that is what the page says.
        """
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        lists = [str(one.get_accessor_name()) for one in self.opts.related_objects if one.many_to_many]
        naming = [row for obj in objs for name in lists for row in getattr(obj, name).all()]
        used = [*protected, *(self._linked(row) for row in naming)]
        return found, counts, set() if used else lacking, used

    def _linked(self, row: Any) -> str:
        meta = row._meta
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
        return format_html('{}: <a href="{}">{}</a>', meta.verbose_name.capitalize(), url, row)


class Rows(Fields, InlineModelAdmin):
    """Rows that belong to the row of the page; without empty ones until asked for, and not without end."""

    extra = 0
    max_num = MOST_ROWS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"absolute_max": MOST_ROWS, **kwargs})


class DeskInline(Rows, admin.TabularInline):
    """A line each."""


class DeskStack(Rows, admin.StackedInline):
    """One below the other."""


class ReadOnly:
    """For tables that nobody edits by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""The audit at the desk, for auditors: who changed what, when, from what to what."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audit.models import Entry
from audit.reading import Part, parts
from audit.tables import audited
from conflict_site.base.desk import DeskAdmin, ReadOnly

PAGE_SIZE = 50
HIGHEST = 2**63 - 1
FIELDS: Any = ["seq", "at", "who", "operation", "record", "differences", "prev", "hash"]


def names() -> dict[str, str]:
    """What the rows of each audited table are called; those of a list after the record and its list."""
    models = {each._meta.db_table: each._meta for each in apps.get_models(include_auto_created=True)}
    return {table.name: _name(models[table.name]) for table in audited()}


def _name(meta: Any) -> str:
    return meta.object_name.replace("_", ": ").lower() if meta.auto_created else str(meta.verbose_name)


class AuditForm(forms.Form):
    """Whose entries, and about which record; ``before`` is where the page before ended."""

    who = forms.CharField(label="By", max_length=150, required=False, help_text="A user name, or a command.")
    table = forms.ChoiceField(label="Kind of record", required=False)
    key = forms.IntegerField(label="Number of the record", min_value=1, max_value=HIGHEST, required=False)
    before = forms.IntegerField(min_value=1, max_value=HIGHEST, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(names().items(), key=lambda kind: kind[1].lower())
        self.fields["table"].choices = [("", "Any"), *kinds]  # type: ignore[attr-defined]

    def entries(self) -> QuerySet[Entry]:
        """The entries asked for, newest first; of a valid form."""
        asked = self.cleaned_data
        found = Entry.objects.filter(seq__gt=0)
        if asked["who"]:
            account = get_user_model()._default_manager.filter(username=asked["who"]).first()
            found = found.filter(person=account.pk) if account else found.filter(who=asked["who"])
        if asked["table"]:
            found = found.filter(table=asked["table"])
        if asked["key"]:
            found = found.filter(key=str(asked["key"]))
        return found.filter(seq__lt=asked["before"]) if asked["before"] else found

    def further(self, last: Entry) -> str:
        """The query of the page that begins after this entry."""
        asked = {name: value for name, value in self.cleaned_data.items() if value} | {"before": last.seq}
        return urlencode(asked)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the list prints it."""

    entry: Entry
    name: str

    @property
    def parts(self) -> list[Part]:
        return parts(self.entry)

    @property
    def url(self) -> str:
        """The record's page at the desk; "" where it has none."""
        return "" if self.entry.operation == "delete" else desk_page(self.entry)


def desk_page(entry: Entry) -> str:
    """The address of the page, at the desk, of the record that an entry is about; "" where there is none."""
    try:
        return reverse(f"admin:{entry.table}_change", args=[entry.key])  # tables are called app_model, as pages are
    except NoReverseMatch:
        return ""


@admin.register(Entry)
class EntryAdmin(ReadOnly, DeskAdmin):
    """Pages go on from an entry, not by number: in a log of millions all are as quick as the first."""

    fields = FIELDS
    readonly_fields = FIELDS

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = AuditForm(request.GET)
        entries = [*form.entries()[: PAGE_SIZE + 1]] if form.is_valid() else []
        kinds = names()
        context = {
            **self.admin_site.each_context(request),
            "title": "Audit",
            "opts": self.opts,
            "form": form,
            "lines": [Line(entry, kinds.get(entry.table, entry.table)) for entry in entries[:PAGE_SIZE]],
            "further": form.further(entries[PAGE_SIZE - 1]) if len(entries) > PAGE_SIZE else "",
        }
        return TemplateResponse(request, "admin/audit.html", context)

    @admin.display(description="Record")
    def record(self, entry: Entry) -> str:
        name, url = f"{names().get(entry.table, entry.table)} {entry.key}", desk_page(entry)
        return format_html('<a href="{}">{}</a>', url, name) if url else name

    @admin.display(description="Before and after")
    def differences(self, entry: Entry) -> SafeString:
        """Each changed column as it was and as it is since."""
        rows = ((part.name, part.before, part.after) for part in parts(entry))
        return format_html_join("\n", "<p><strong>{}</strong>: <del>{}</del> <ins>{}</ins></p>", rows)

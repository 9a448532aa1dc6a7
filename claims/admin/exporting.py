"""Claims chosen in a list, as files: CSV, XLSX, or a data package."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from claims.dossier import zip_selection
from claims.formats import sheets, xlsx_file


@admin.action(permissions=["view"], description="Export as CSV")
def export_csv(desk: Any, request: HttpRequest, queryset: Any) -> HttpResponse:
    """The claims chosen as a table."""
    return _file("claims.csv", "text/csv; charset=utf-8", "".join(sheets.as_csv(_plain(desk, queryset))).encode())


@admin.action(permissions=["view"], description="Export as XLSX")
def export_xlsx(desk: Any, request: HttpRequest, queryset: Any) -> HttpResponse:
    """The claims chosen as a workbook."""
    return _file("claims.xlsx", xlsx_file.MEDIA, sheets.as_xlsx(_plain(desk, queryset)))


@admin.action(permissions=["view"], description="Export as data package")
def export_package(desk: Any, request: HttpRequest, queryset: Any) -> HttpResponse:
    """The claims chosen, with what they refer to, as a data package in a ZIP file."""
    data = zip_selection({claim.slug for claim in queryset})
    return _file("claims.zip", "application/zip", data)


EXPORTS = [export_csv, export_xlsx, export_package]


def _plain(desk: Any, queryset: Any) -> Any:
    """The same rows without what a list fetches to print them."""
    return desk.model.objects.filter(pk__in=[row.pk for row in queryset])


def _file(name: str, content_type: str, data: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=content_type, headers=headers)

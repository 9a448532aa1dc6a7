"""Records whose address can be renamed at the desk."""

from typing import Any

from django.http import HttpRequest

from claims.admin.beside import BesideAdmin
from claims.models import OldSlug
from conflict_site.base.desk import DeskAdmin


class RecordAdmin(BesideAdmin, DeskAdmin):
    """A record with a page of its own: the address it had before redirects for ever."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and keep the old slug of a row that is renamed, unless it was never public; it redirects for ever."""
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data and getattr(obj, "published_at", True):
            OldSlug.keep(obj, form.initial["slug"])

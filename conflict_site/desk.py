"""The curators' desk: its index in the order of a curator's work, and what waits to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from claims.editorial import QUEUES
from conflict_site import again
from conflict_site.base.forms import language_list
from conflict_site.doors import signing_in
from conflict_site.doors import urls as doors
from conflict_site.models import Site

# The index, in the order of a curator's work. Models that stand nowhere here have no line of their own.
SECTIONS = {
    "What was said": ["Claim", "Position", "Event", "Import"],
    "Who, where and on what": ["Actor", "Source", "Issue"],
    "What waits for a second person": ["Revision", "Merge"],
    "What was done": ["Change", "OldSlug", "Overruled", "Entry"],
    "The site and its people": ["Site", "JudgingWord", "User", "Group"],
}


@dataclass(frozen=True, slots=True)
class Task:
    """Rows that wait for a curator, and the list that shows them."""

    label: str
    count: int | None  # None: it is told only by the list
    url: str


def tasks(user: Any) -> list[Task]:
    """What waits for this user, in the order in which it is best done; nothing that is empty."""
    return [task for task in _tasks(user) if task.count != 0]


def _tasks(user: Any) -> Iterator[Task]:
    for queue in QUEUES.values():
        for model in queue.models:
            if queue.is_for(user, model):
                url = reverse(f"admin:claims_{model._meta.model_name}_changelist", query={"queue": queue.name})
                label = f"{model._meta.verbose_name_plural} {queue.title}".capitalize()
                yield Task(label, queue.rows(user, model).count() if queue.is_counted else None, url)


class LeaveOutForm(forms.Form):
    """The key of a row that is not to be offered: the one that the page is about."""

    leave_out = forms.CharField(required=False, validators=[RegexValidator(r"^\d{1,18}$")])


class Suggestions(AutocompleteJsonView):
    """The choices offered while a curator types, each named as its own admin names it."""

    def get_queryset(self) -> QuerySet[Any]:
        request, desk = self.request, cast(Any, self.model_admin)
        form = LeaveOutForm(request.GET)
        found: QuerySet[Any] = desk.offered(super().get_queryset(), self.term)
        return found.exclude(pk=form.cleaned_data["leave_out"] or None) if form.is_valid() else found.none()

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        desk: Any = self.model_admin
        return {**super().serialize_result(obj, to_field_name), "text": desk.label(obj)}


class Desk(admin.AdminSite):
    """The admin, with its index in the order of a curator's work, and what waits to be done above it."""

    index_title = "What is there to do?"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """The pages' own name for the site: the page that asks who one is has another “site” of Django's.

        And the list of languages, which forms print.
        """
        own = {"site_title": Site.of(request).title, "language_list": language_list}
        return {**super().each_context(request), **own}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"tasks": tasks(request.user), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The index by sections; the page of one app as Django has it."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        known = {model["object_name"]: model for app in apps for model in app["models"]}
        sections = [(name, [known[one] for one in names if one in known]) for name, names in SECTIONS.items()]
        return [
            {"name": name, "app_label": f"section-{number}", "app_url": found[0]["admin_url"], "models": found}
            for number, (name, found) in enumerate(sections, 1)
            if found
        ]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """As Django has it; who is no longer signed in does not lose what they send."""
        asked = super().admin_view(view, cacheable)

        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            given_back = None if self.has_permission(request) else again.signed_out(request)
            return given_back or asked(request, *args, **kwargs)

        return update_wrapper(answered, asked)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return signing_in.sign_in(self, request, extra_context)

    def get_urls(self) -> list[Any]:
        return [*doors.urls(self), *super().get_urls()]

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Suggestions.as_view(admin_site=self)(request)

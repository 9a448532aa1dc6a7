"""The site's own words, and the people who work at the desk."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from conflict_site.base.desk import DeskAdmin
from conflict_site.doors import factor, sessions, signing_in
from conflict_site.models import Site

admin.site.unregister([User, Group, TOTPDevice, StaticDevice])  # the last two would show keys


@admin.register(User)
class People(DeskAdmin, UserAdmin):
    """Accounts. Somebody who left is made inactive; an account with work to its name can't be deleted."""

    actions = ["reset_second_factor"]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As for other rows; the desk's own log of what somebody did is work to their name."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        done = LogEntry.objects.filter(user__in=objs).order_by("-pk")[:1]
        return found, counts, lacking, [*protected, *(f"Log of the desk: {entry}" for entry in done)]

    @admin.action(permissions=["change"], description="Reset the second factor, and end all sessions")
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For somebody who has lost their device: the next time they sign in they set up another one."""
        for person in queryset:
            if person.is_superuser and not request.user.is_superuser:
                self.message_user(request, f"{person}: only an administrator may do this.", messages.ERROR)
                continue
            factor.reset(person)
            sessions.end_all(person, but=request.session.session_key)
            signing_in.note(request.user, person, "Reset the second factor and ended all sessions.")
            self.message_user(request, f"{person} sets up a second factor at the next sign-in.", messages.SUCCESS)


@admin.register(Group)
class Groups(DeskAdmin, GroupAdmin):  # type: ignore[misc]
    """What curators, reviewers, managing editors and auditors may do."""


@admin.register(Site)
class SiteAdmin(DeskAdmin):
    """One row, or none yet: the list leads straight to it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Site.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if Site.objects.exists():
            return redirect("admin:conflict_site_site_change", 1)
        return redirect("admin:conflict_site_site_add")

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)

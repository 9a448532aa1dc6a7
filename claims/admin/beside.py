"""What stands beside a record at the desk: who is at it just now, and what those at the desk tell each other of it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from claims.admin.lists import BesideList
from claims.models import LONGEST_COMMENT, Comment, Presence
from conflict_site.base.desk import ReadOnly
from conflict_site.base.forms import Text


class CommentForm(forms.Form):
    """What is said of a record."""

    text = Text(
        label="Comment, for those at the desk only",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60, "id": "id_comment"}),
    )


class TakeForm(forms.Form):
    """Whether a record is taken, or let go."""

    let_go = forms.BooleanField(required=False)


def beside(request: HttpRequest, row: Any) -> dict[str, Any]:
    """What the templates in ``admin/beside/`` print of a record to this reader; notes that its page is open."""
    Presence.objects.note(row, request.user)
    return {"beside": _at_it(request, row) | _said(request, row)}


def person(user: Any) -> str:
    """What the others at the desk call somebody."""
    return user.get_short_name() or user.get_username()


def _at_it(request: HttpRequest, row: Any) -> dict[str, Any]:
    present = list(Presence.objects.about(row).alive())
    mine = next((one for one in present if one.by_id == request.user.pk), None)
    return {
        "others": [one for one in present if one is not mine],
        "is_mine": mine is not None and mine.taken,
        "may_take": request.user.has_perm("claims.add_comment"),
        "take": _address(row, "take"),
        "here": _address(row, "here"),
    }


def _said(request: HttpRequest, row: Any) -> dict[str, Any]:
    if not request.user.has_perm("claims.view_comment"):
        return {}
    return {
        "comments": Comment.objects.about(row).select_related("by"),
        "form": CommentForm() if request.user.has_perm("claims.add_comment") else None,
        "comment": _address(row, "comment"),
    }


def _address(row: Any, name: str) -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[row.pk])


class BesideAdmin(ModelAdmin):
    """Pages of records that say who is at them, and hold what the desk says of them."""

    def get_urls(self) -> list[Any]:
        views = {"comment": self.comment_view, "take": self.take_view, "here": self.here_view}
        names = {name: f"{self.opts.app_label}_{self.opts.model_name}_{name}" for name in views}
        return [
            *(
                path(f"<int:object_id>/{name}/", self.admin_site.admin_view(require_POST(view)), name=names[name])
                for name, view in views.items()
                if not isinstance(self, ReadOnly)
            ),
            *super().get_urls(),
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist(request, **kwargs) if isinstance(self, ReadOnly) else BesideList

    @admin.display(description="At the desk", empty_value="")
    def beside(self, row: Any) -> str:
        """Who is at it, and how many comments there are."""
        names = format_html_join("", "<strong>{}</strong> is at it. ", ((person(one.by),) for one in row.at_it))
        number = row.comments_made
        return format_html("{}{}", names, f"{number} comment{'s' if number > 1 else ''}" if number else "")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row and not isinstance(self, ReadOnly):
            context |= beside(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Whoever saves is done with it; the page that may follow notes them anew."""
        Presence.objects.leave(obj, request.user)
        return super().response_change(request, obj)

    def comment_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Add a comment to a record."""
        row, form = self._row(request, object_id, "claims.add_comment"), CommentForm(request.POST)
        if form.is_valid():
            author: Any = request.user
            Comment.objects.create(thing=row, by=author, text=form.cleaned_data["text"])
        else:
            self.message_user(request, f"The comment was not kept: {form.errors['text'][0]}", messages.ERROR)
        return redirect(f"{_address(row, 'change')}#comments")

    def take_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Take a record, or let it go. Nobody is locked out by it."""
        row, form = self._row(request, object_id, "claims.add_comment"), TakeForm(request.POST)
        if form.is_valid() and form.cleaned_data["let_go"]:
            Presence.objects.leave(row, request.user)
        else:
            Presence.objects.take(row, request.user)
        return redirect(_address(row, "change"))

    def here_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """A sign of life from somebody who works on a record; answers with who else is at it."""
        row = self._row(request, object_id)
        Presence.objects.note(row, request.user)
        return render(request, "admin/beside/others.html", {"beside": _at_it(request, row)})

    def _row(self, request: HttpRequest, object_id: int, permission: str = "") -> Any:
        row = self.get_queryset(request).filter(pk=object_id).first()
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row) or (permission and not request.user.has_perm(permission)):
            raise PermissionDenied
        return row

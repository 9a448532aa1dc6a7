"""Doubts on the forms of claims, sources and actors: said beside the field, and overruled with a reason only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from claims import helps
from claims.admin.log import LogAdmin
from claims.admin.revising import RevisedAdmin
from claims.models import Doubt, JudgingWord, Overruled
from conflict_site.base.desk import DeskAdmin

ANSWER = "Mend it, or say at the top why it stays."


class Aside(forms.CharField):
    """A field that is no part of the row: whatever is typed in it, the row has not changed."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Told:
    """A doubt as a page tells it: where the row is that it speaks of, and the reason why it counts for nothing."""

    doubt: Doubt
    url: str
    overruled: Overruled | None


def told(row: Model, doubts: Iterable[Doubt]) -> list[Told]:
    """Doubts about a row, those first that nobody has overruled."""
    doubts = list(dict.fromkeys(doubts))
    kept = {one.key: one for one in _overruled(row)} if doubts else {}
    found = [Told(doubt, _address(doubt.record), kept.get(doubt.key)) for doubt in doubts]
    return sorted(found, key=lambda one: one.overruled is not None)


def told_of(row: Any) -> list[Told]:
    """The doubts about a row as it is stored."""
    return told(row, helps.stored(row))


def _overruled(row: Model) -> Iterable[Overruled]:
    return Overruled.objects.about(row).select_related("by") if row.pk else ()


def _address(record: Model | None) -> str:
    if record is None:
        return ""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


class DoubtingForm(forms.ModelForm):
    """A form that asks for a reason where what is typed is doubtful and was not so before."""

    seen_doubts = Aside(widget=forms.HiddenInput, required=False)
    overruling = Aside(
        label="Why it stays",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="One reason for all that is said here and not mended. The reviewer reads it, readers never.",
    )

    def doubts(self) -> list[Doubt]:
        """What is doubtful in the row as it is typed."""
        return []

    def _post_clean(self) -> None:
        """Once the row has the typed values: say what is doubtful beside its field."""
        super()._post_clean()  # type: ignore[misc]
        self.doubted = self.doubts()
        for doubt in unanswered(self, self.doubted):
            self.add_error(doubt.field if doubt.field in self.fields else None, f"{doubt.words} {ANSWER}")


def unanswered(form: Any, doubts: Collection[Doubt]) -> list[Doubt]:
    """The doubts about what is typed in a form, or in rows sent with it, for which there is no reason yet.

    What was doubtful in the row before is not asked again. The reason is for the doubts that the page showed.
    """
    if not doubts:
        return []
    row, data = form.instance, form.data
    known = {one.key for one in _overruled(row)}
    if row.pk:
        known |= {doubt.key for doubt in helps.stored(type(row)._default_manager.get(pk=row.pk))}
    if data.get("overruling", "").strip():
        known |= {*data.get("seen_doubts", "").split()}
    return [doubt for doubt in doubts if doubt.key not in known]


class DoubtingAdmin(RevisedAdmin):
    """Pages that tell the doubts about a row, and keep the reasons given."""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        row: Any = kwargs.get("obj")
        doubts = doubted(form, [one.formset for one in context["inline_admin_formsets"]])
        if not form.is_bound:
            doubts = helps.stored(row) if row else []
        context["doubts"] = shown(form, doubts, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.keep_reason(request, form, formsets)

    def keep(self, request: HttpRequest, row: Any, form: Any, formsets: Any) -> bool:
        """The reasons are kept at once, also where the change itself waits for a reviewer."""
        self.keep_reason(request, form, formsets)
        return super().keep(request, row, form, formsets)

    def keep_reason(self, request: HttpRequest, form: Any, formsets: Any) -> None:
        """Keep the reason given, for the doubts that the page showed and that still stand."""
        reason = form.cleaned_data.get("overruling", "").strip()
        seen = form.cleaned_data.get("seen_doubts", "").split()
        if reason and seen:
            doubts = [*doubted(form, formsets), *helps.stored(form.instance)]
            standing = {doubt.key: doubt for doubt in doubts if doubt.key in seen}
            Overruled.objects.keep(form.instance, standing.values(), reason=reason, by=request.user)


def shown(form: Any, doubts: Iterable[Doubt], row: Any = None) -> list[Told]:
    """Doubts as a page tells them; the form sends along which it showed."""
    found = told(row or form.instance, doubts)
    show(form, [one.doubt.key for one in found if not one.overruled])
    return found


def doubted(form: Any, formsets: Iterable[Any]) -> list[Doubt]:
    """What was found doubtful in a form that was sent, and in the rows sent with it."""
    return [doubt for one in (form, *formsets) for doubt in getattr(one, "doubted", ())]


def show(form: Any, keys: Iterable[str]) -> None:
    """Have the form send along which doubts it showed."""
    form.initial["seen_doubts"] = " ".join(keys)
    if form.is_bound:
        form.data = cast(QueryDict, form.data).copy()
        form.data["seen_doubts"] = form.initial["seen_doubts"]


@admin.register(Overruled)
class OverruledAdmin(LogAdmin):
    """The doubts that were overruled, with the reasons."""

    list_display = ["at", "about", "words", "reason", "by"]
    list_select_related = ["by"]
    list_filter = ["code"]
    fields = ["at", "by", "about", "words", "reason"]
    readonly_fields = ["at", "by", "about", "words", "reason"]


@admin.register(JudgingWord)
class JudgingWordAdmin(DeskAdmin):
    """Words that the desk doubts in a claim's content; the newsroom's own list."""

    list_display = ["word", "instead"]
    search_fields = ["word"]
    fields = ["word", "instead"]

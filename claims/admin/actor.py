"""Actors, with their other names and their roles."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from actors.models import Actor, ActorName, Affiliation
from claims import helps
from claims.admin.doubts import ANSWER, DoubtingAdmin, DoubtingForm, unanswered
from claims.admin.renaming import RecordAdmin
from claims.models import Claim, Doubt, public
from claims.search import index
from conflict_site.base.desk import DeskInline, DeskStack
from conflict_site.base.forms import FuzzyForm
from conflict_site.base.text import tokens


class NameFormSet(BaseInlineFormSet):
    """Other spellings of an actor's name."""

    def clean(self) -> None:
        """Raises ValidationError where they are like another actor's, and nobody says why they stay."""
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        names = [row["name"] for row in rows if row.get("name") and not row.get("DELETE")]
        self.doubted = helps.of_names(self.instance, names)
        if found := unanswered(self, self.doubted):
            raise ValidationError([f"{doubt.words} {ANSWER}" for doubt in found])


class NameInline(DeskInline):
    """Other spellings, in any script."""

    model = ActorName
    formset = NameFormSet
    verbose_name_plural = "Other names: other spellings and scripts, by which it is also found"


class AffiliationInline(DeskStack):
    """The roles that a person holds or held."""

    model = Affiliation
    form = FuzzyForm
    fk_name = "person"
    autocomplete_fields = ["organisation"]
    verbose_name = "role"
    verbose_name_plural = "Roles (for persons). Beside a claim stands the role held when it was said"
    fields = [("role", "organisation"), ("start_edtf", "start_text"), ("end_edtf", "end_text")]


class ActorForm(DoubtingForm):
    """An actor."""

    def doubts(self) -> list[Doubt]:
        return [] if self.errors else helps.of_names(self.instance, [self.instance.name])


@admin.register(Actor)
class ActorAdmin(DoubtingAdmin, RecordAdmin):
    """Anybody who can be said to have spoken; publishers too."""

    change_form_template = "admin/doubtful_form.html"
    form = ActorForm

    inlines = [NameInline, AffiliationInline]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "description", "slug"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    search_help_text = "A name in any spelling or script on file, or an id."
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "description"]}),
        (
            "More about the name",
            {"fields": ["name_in_text", "sort_name", "wikidata_id"], "classes": ["collapse"]},
        ),
    ]

    def is_public(self, row: Actor) -> bool:
        return public.actors().filter(pk=row.pk).exists()

    def search(self, queryset: QuerySet[Actor], words: str) -> QuerySet[Actor]:
        return queryset.filter(Q(pk__in=Actor.objects.named(words)) | Q(slug__icontains=words.strip()))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Names decide by which words claims are found and whom they mention."""
        renamed = {"name", "sort_name", "kind"} & {*form.changed_data}
        respelt = any(formset.model is ActorName and formset.has_changed() for formset in formsets)
        super().save_related(request, form, formsets, change)
        if renamed or respelt:
            index.derive(speaking_of(form.instance))


def speaking_of(actor: Actor) -> QuerySet[Claim]:
    """The claims that an actor makes, or that name it or may do so: they hold the words of one of its names."""
    names = [actor.name, actor.sort_name.split(",")[0], *actor.names.values_list("name", flat=True)]
    found = Q(speaker=actor) | Q(mentions=actor)
    for name in names:
        found |= Q(pk__in=index.matching(" ".join(tokens(name))).values("pk"))
    return Claim.objects.filter(found).distinct()

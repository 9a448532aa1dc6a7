"""Actors, with their other names and their roles."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, When

from actors.models import Actor, ActorName, Affiliation
from claims import helps
from claims.admin.doubts import ANSWER, DoubtingAdmin, DoubtingForm, unanswered
from claims.admin.forms import PartsFormSet, RecordForm
from claims.admin.merging import MergingAdmin
from claims.models import Doubt
from conflict_site.base.desk import DeskInline, DeskStack
from conflict_site.base.forms import FuzzyForm
from conflict_site.base.text import fold


class NameFormSet(PartsFormSet):
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
    formset = PartsFormSet
    fk_name = "person"
    autocomplete_fields = ["organisation"]
    verbose_name = "role"
    verbose_name_plural = "Roles (for persons). Beside a claim stands the role held when it was said"
    fields = [("role", "organisation"), ("start_edtf", "start_text"), ("end_edtf", "end_text")]


class ActorForm(DoubtingForm, RecordForm):
    """An actor."""

    def doubts(self) -> list[Doubt]:
        return [] if self.errors else helps.of_names(self.instance, [self.instance.name])


@admin.register(Actor)
class ActorAdmin(MergingAdmin, DoubtingAdmin):
    """Anybody who can be said to have spoken; publishers too."""

    form = ActorForm
    actions = ["merge_selected"]

    inlines = [NameInline, AffiliationInline]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "kind", "description", "slug", "beside"]
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

    def search(self, queryset: QuerySet[Actor], words: str) -> QuerySet[Actor]:
        return queryset.filter(Q(pk__in=Actor.objects.named(words)) | Q(slug__icontains=words.strip()))

    def offered(self, queryset: QuerySet[Actor], typed: str) -> QuerySet[Actor]:
        """Names and surnames that begin with what is typed come first: the White House before its unnamed officials."""
        begins = Q(folded__startswith=fold(typed)) | Q(sort_key__startswith=fold(typed))
        return queryset.order_by(Case(When(begins, then=0), default=1), "sort_key", "slug")

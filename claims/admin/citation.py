"""The passages of a claim, and where one that is lost in the text that is held may be meant to stand."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from claims import helps
from claims.admin.doubts import ANSWER, unanswered
from claims.admin.forms import PartsFormSet
from claims.evidence import Place, lost_in, near_places, remark
from claims.models import Citation
from conflict_site.base.desk import DeskStack
from conflict_site.base.forms import Text
from conflict_site.base.spelling import spelling

SHORT_AREA = {"rows": 3}
TEXT_HELD = {"held_sha256": F("snapshot__sha256"), "held_since": F("snapshot__captured_at")}  # not the text itself
WORDS = ("exact", "prefix", "suffix")


class CitationForm(forms.ModelForm):
    """A passage. For one that is lost in the newest text, places that may be meant; a person decides, or none is taken.

    A choice names its capture and offsets, so that it means the same words when the form comes back.
    """

    place = forms.ChoiceField(
        label="May be meant",
        required=False,
        widget=forms.RadioSelect,
        help_text="The words above do not stand in one place of the newest text. Choose a place to quote it instead.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quoted = (self.instance.exact, self.instance.source_id)
        self.places = _places(self.instance) if self.instance.pk else {}
        field: Any = self.fields["place"]
        if self.places:
            field.choices = [("", "None of these"), *((key, _shown(place)) for key, place in self.places.items())]
        else:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Take the words of the place chosen; raises ValidationError where others are typed as well."""
        cleaned = super().clean() or self.cleaned_data
        place = self.places.get(cleaned.get("place", ""))
        if place and {*WORDS} & {*self.changed_data}:
            self.add_error("place", "Choose a place or type the words yourself, not both.")
        elif place:
            cleaned |= {"exact": place.exact, "prefix": place.prefix, "suffix": place.suffix}
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save; what was known of other words, or of another document, is not known of these."""
        if (self.instance.exact, self.instance.source_id) != self.quoted:
            self.instance.forget_check()
        return super().save(commit)


def _places(citation: Citation) -> dict[str, Place]:
    snapshot = lost_in(citation)
    found = near_places(snapshot.text, citation.exact) if snapshot else []
    return {f"{snapshot.pk}-{place.span.start}-{place.span.end}": place for place in found if snapshot}


def _shown(place: Place) -> str:
    return format_html(
        "… {} <mark>{}</mark> {} … ({} % alike)", place.prefix, place.exact, place.suffix, int(place.score)
    )


class CitationFormSet(PartsFormSet):
    """The passages of a claim."""

    def clean(self) -> None:
        """Raises ValidationError also where a source is quoted twice with words that are spelled alike."""
        super().clean()
        quotes = [(row.get("source"), spelling(row.get("exact", ""))) for row in self.staying()]
        if len(set(quotes)) < len(quotes):
            raise ValidationError("The same words of a source stand there twice, perhaps with other signs.")
        self._doubt()

    def _doubt(self) -> None:
        """Say beside each passage what is doubtful about it."""
        typed = [form for form in self.forms if {"source", "exact"} <= {*getattr(form, "cleaned_data", ())}]
        staying = [form for form in typed if not form.cleaned_data.get("DELETE")]
        if not (staying and self.instance.speaker_id):
            return
        passages = [helps.Passage(form.cleaned_data["source"], form.cleaned_data["exact"]) for form in staying]
        found = helps.of_passages(helps.Typed.of(self.instance), passages)
        self.doubted = [doubt for doubts in found for doubt in doubts]
        open_ = unanswered(self, self.doubted)
        for form, doubts in zip(staying, found, strict=True):
            for doubt in (one for one in doubts if one in open_):
                form.add_error(doubt.field, f"{doubt.words} {ANSWER}")

    def check_published(self) -> None:
        hidden = self.instance.citations.exclude(source__taken_down_at=None)
        if not (self.staying() or hidden.exists()):
            raise ValidationError("A published claim rests on at least one passage.")


class CitationInline(DeskStack):
    """The passages that a claim rests on."""

    model = Citation
    form = CitationForm
    formset = CitationFormSet
    autocomplete_fields = ["source"]
    readonly_fields = ["standing"]
    verbose_name = "passage"
    verbose_name_plural = "Passages it rests on"
    fields = [
        "source",
        ("locator", "language"),
        "exact",
        ("prefix", "suffix"),
        ("translation", "translator", "machine_translated"),
        "standing",
        "place",
    ]

    @admin.display(description="Status")
    def standing(self, citation: Citation) -> str:
        """Its status, with what is known of the text in which it was found before."""
        held = (getattr(citation, name, None) for name in TEXT_HELD)  # a row not saved yet has neither
        found = remark(citation, citation.status, *held)
        told = f"{citation.get_status_display()}. {found}" if found else citation.get_status_display()
        if citation._state.adding:
            return told
        url = reverse("admin:claims_source_read", args=[citation.source_id])
        return format_html('{} <a href="{}#claim-{}">Read it in its text</a>', told, url, citation.claim.slug)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """Passages of a source that has been taken down are for auditors to see; they stay as they are."""
        found = (
            super()
            .get_queryset(request)
            .select_related("source", "claim")
            .prefetch_related("checks")
            .annotate(**TEXT_HELD)
        )
        return found if request.user.has_perm("claims.audit_source") else found.filter(source__taken_down_at=None)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "exact":
            return Text(max_length=1000, help_text=db_field.help_text, widget=AdminTextareaWidget(attrs=SHORT_AREA))
        if db_field.name == "translation":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

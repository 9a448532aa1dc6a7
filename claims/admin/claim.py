"""Claims, with the voices that pass them on, the passages they rest on, and how they stand to one another."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from actors.models import Actor
from claims import helps
from claims.admin.citation import SHORT_AREA, CitationInline
from claims.admin.doubts import DoubtingAdmin, DoubtingForm
from claims.admin.editorial import EditorialAdmin
from claims.admin.exporting import EXPORTS
from claims.admin.forms import EditorialForm, PartsFormSet
from claims.admin.lists import HeldFilter, QueueFilter, SourceFilter, SpeakerFilter
from claims.admin.merging import MergingAdmin
from claims.models import AttributionStep, Claim, ClaimRelation, Doubt, PositionEvidence, ids
from claims.search import beginnings, index
from claims.wording import ClaimLine
from conflict_site.base.desk import DeskInline, ReadOnly, titled
from conflict_site.base.forms import Numbered, PickAnother

LONGEST_SENTENCE = 200
UNCLEAR = "<br><strong>{}: {}?</strong> Write the full name in the content if one of them is meant."
SPECIAL_FILTERS = [("speaker__kind", titled("kind of speaker")), ("citations__status", titled("passages"))]


class ClaimForm(DoubtingForm, EditorialForm):
    """A claim; where no id is typed, it gets one when it is first published."""

    needed = ("content", "said_edtf", "issues")
    dated = "said_edtf"

    class Meta:
        widgets = {"content": AdminTextareaWidget(attrs=SHORT_AREA)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug"):
            cleaned["slug"] = ids.for_draft()
        return cleaned

    def doubts(self) -> list[Doubt]:
        if {"speaker", "content", "said_edtf"} & {*self.errors} or not self.instance.speaker_id:
            return []
        return helps.of_claim(helps.Typed.of(self.instance))


class StepFormSet(Numbered, PartsFormSet):
    """The voices of a claim, in their order."""


class StepInline(DeskInline):
    """The voices between the document and the speaker."""

    model = AttributionStep
    formset = StepFormSet
    autocomplete_fields = ["actor"]
    verbose_name = "voice in between"
    verbose_name_plural = (
        "Voices between the document and the speaker, outermost first (none where the document itself quotes)"
    )


def open_row(request: HttpRequest) -> str:
    """The key of the row whose page is asked for; empty on the page of a new one."""
    return request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""


class RelationInline(DeskInline):
    """How this claim stands to others."""

    model = ClaimRelation
    formset = PartsFormSet
    fk_name = "from_claim"
    fields = ["kind", "to_claim", "basis", "note"]
    autocomplete_fields = ["to_claim"]
    verbose_name = "relation"
    verbose_name_plural = "How it stands to other claims"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "to_claim":
            kwargs["widget"] = PickAnother(db_field, self.admin_site, leave_out=open_row(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RelationInInline(ReadOnly, DeskInline):
    """How other claims stand to this one; entered on their pages."""

    model = ClaimRelation
    fk_name = "to_claim"
    fields = ["from_claim", "kind", "basis", "note"]
    readonly_fields = ["from_claim", "kind", "basis", "note"]
    verbose_name_plural = "How other claims stand to it"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimRelation]:
        return super().get_queryset(request).select_related("from_claim", "to_claim")


class ShownInline(ReadOnly, DeskInline):
    """The positions for which a claim is evidence; entered on their pages."""

    model = PositionEvidence
    fields = ["position", "role"]
    readonly_fields = ["position", "role"]
    verbose_name_plural = "Positions for which it is evidence"

    def get_queryset(self, request: HttpRequest) -> QuerySet[PositionEvidence]:
        return super().get_queryset(request).select_related("claim", "position__actor", "position__stance")


@admin.register(Claim)
class ClaimAdmin(MergingAdmin, DoubtingAdmin, EditorialAdmin):
    """What was said, by whom, when, on what."""

    form = ClaimForm
    actions = [*EditorialAdmin.actions, "merge_selected", *EXPORTS]
    inlines = [CitationInline, StepInline, RelationInline, RelationInInline, ShownInline]
    autocomplete_fields = ["speaker", "on_behalf_of", "addressees", "issues", "events"]
    list_display = ["sentence", "said_when", "state", "read", "beside"]
    list_filter = [
        QueueFilter,
        "state",
        SpeakerFilter,
        SourceFilter,
        HeldFilter,
        ("created_at", titled("date entered")),
        "act",
        "form",
        "issues",
        *SPECIAL_FILTERS,
    ]
    search_fields = ["slug"]
    search_help_text = "Words of the content, the passages, the speaker’s names in any spelling, the sources, or an id."
    date_hierarchy = "said_earliest"
    ordering = ["-id"]
    fieldsets = [
        (
            "Who speaks",
            {
                "fields": ["speaker", "as_stated", "on_behalf_of", "addressees"],
                "description": "The speaker is the innermost person or body to whom the words are attributed. "
                "Whoever passes the words on stands below, under the voices in between.",
            },
        ),
        (
            "What is said",
            {
                "fields": [("act", "form"), "content", "mentioned", "issues", ("about_edtf", "about_text")],
                "description": "Our own neutral words, which complete the sentence “… said that …”. "
                "The speaker’s words belong under the passages.",
            },
        ),
        (
            "When, and on what occasion",
            {
                "fields": [("said_edtf", "said_text"), "occasion", "events"],
                "description": "When the words were spoken, not when they were printed.",
            },
        ),
        (
            "Id",
            {
                "fields": ["slug"],
                "description": "Left empty, it is made of speaker, date and content when the claim is first published. "
                "It never changes afterwards.",
            },
        ),
    ]

    @admin.display(description="Claim")
    def sentence(self, claim: Claim) -> str:
        """The claim with its attribution, cut to a line or two."""
        if not claim.content:
            return f"{claim.speaker}: no content yet"
        return Truncator(ClaimLine.of(claim).sentence).chars(LONGEST_SENTENCE)

    @admin.display(description="Said", ordering="said_earliest")
    def said_when(self, claim: Claim) -> str:
        said = claim.said
        return said.short() if said else ""

    @admin.display(description="Text")
    def read(self, claim: Claim) -> str:
        """To its first passage at the reading desk."""
        shown = [one.source_id for one in claim.citations.all() if not one.source.is_taken_down]
        if not shown:
            return ""
        url = reverse("admin:claims_source_read", args=shown[:1])
        return format_html('<a href="{}#claim-{}" aria-label="Read {}">read</a>', url, claim.slug, claim.slug)

    @admin.display(description="Mentions")
    def mentioned(self, claim: Claim) -> str:
        """Whom its words mention, as it is stored; and the names that several actors share, which mention nobody."""
        if not claim.pk:
            return "Found when it is saved, by the names in the content and the passages."
        unclear = index.mentions_of(claim).unclear
        names = Actor.objects.in_bulk({key for keys in unclear.values() for key in keys})
        shown = ", ".join(claim.mentions.in_order().values_list("name", flat=True)) or "nobody"
        offers = [(word, " or ".join(sorted(names[key].name for key in keys))) for word, keys in unclear.items()]
        return format_html("{}{}", shown, format_html_join("", UNCLEAR, offers))

    def label(self, row: Claim) -> str:
        """The sentence, with what tells it from others like it: the date and the state."""
        known = [row.said.short() if row.said else "no date", row.get_state_display().lower()]
        return f"{self.sentence(row)} ({', '.join(known)})"

    def summary(self, key: int) -> str:
        claim = Claim.objects.for_list().get(pk=key)
        return f"{self.sentence(claim)} ({claim.said.words()})" if claim.said else self.sentence(claim)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Both the list and the suggestions pass here, and both print sentences."""
        found: Any
        found, doubled = super().get_search_results(request, queryset, search_term)
        return found.for_list(), doubled

    def search(self, queryset: QuerySet[Claim], words: str) -> QuerySet[Claim]:
        found = index.matching(beginnings(words)).values("pk")
        return queryset.filter(Q(pk__in=found) | Q(slug__icontains=words.strip()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "mentioned", *(["slug"] if obj else [])]

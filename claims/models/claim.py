"""One thing that one speaker is said to have said, the voices that pass it on, and the passages it rests on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from actors.models import Actor
from claims.models import ids
from claims.models.doubt import check_passages
from claims.models.editorial import PERMISSIONS, Editorial, State, editorial_constraints, required
from claims.models.event import Event
from claims.models.issue import Issue
from claims.models.querysets import ClaimQuerySet
from claims.models.source import Snapshot, Source
from claims.models.terms import Act, Basis, CitationStatus, Form, Identification, RelationKind
from conflict_site.base.addresses import address
from conflict_site.base.fields import Fuzzy, LanguageField, in_order, one_of
from conflict_site.base.merged import Mergeable, Standing

ClaimManager = Standing.from_queryset(ClaimQuerySet)


class Claim(Mergeable, Editorial):
    """One thing that one speaker is said to have said. Always shown as attributed speech, never as a fact."""

    slug = models.SlugField(
        "id",
        max_length=100,
        unique=True,
        help_text="Speaker, date and a few words: lavrov-2025-06-04-all-means. Given once, never changed.",
    )
    speaker = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="claims")
    as_stated = models.CharField(
        "speaker, as stated", max_length=300, blank=True, help_text="The words by which the source names the speaker."
    )
    on_behalf_of = models.ForeignKey(
        Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="claims_on_behalf"
    )
    act = models.CharField(max_length=20, choices=Act.choices)
    form = models.CharField(max_length=20, choices=Form.choices)
    content = models.TextField(
        blank=True,
        help_text="A neutral that-clause without “that” and without the speaker. With “denies”: what is denied.",
    )
    said = Fuzzy("said")
    about = Fuzzy("about", help_text="The period of which the content speaks.")
    occasion = models.CharField(max_length=300, blank=True, help_text="For example: joint press conference.")
    addressees = models.ManyToManyField(Actor, blank=True, related_name="claims_addressed")
    mentions = models.ManyToManyField(Actor, blank=True, editable=False, related_name="claims_mentioning")
    issues = models.ManyToManyField(Issue, blank=True, related_name="claims")
    events = models.ManyToManyField(Event, blank=True, related_name="claims")

    objects = ClaimManager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["-said_earliest", "-id"]
        indexes = [
            models.Index(fields=["state", "said_earliest", "id"], name="claim_in_order"),
            models.Index(fields=["speaker", "said_earliest"], name="claim_of_speaker"),
        ]
        constraints = [
            one_of("claim", "act", Act),
            one_of("claim", "form", Form),
            in_order("claim", "said"),
            in_order("claim", "about"),
            *editorial_constraints(
                "claim", required("content", "said_edtf") & (Q(state=State.DRAFT) | Q(said_earliest__isnull=False))
            ),
        ]

    def __str__(self) -> str:
        """Its id; a draft by its content, as the id of a draft says nothing."""
        return f"draft: {self.content}" if ids.is_for_draft(self.slug) else self.slug

    def get_absolute_url(self) -> str:
        return address("claims:detail", self.slug)

    def check_complete(self) -> None:
        """A public claim has content, a dated beginning, an issue and a passage that it rests on."""
        lacks = [
            word
            for word, there in (
                ("content", self.content),
                ("the date on which it was said", self.said and self.said.earliest),
                ("an issue", self.issues.exists()),
                ("a citation", self.citations.exists()),
            )
            if not there
        ]
        if lacks:
            raise ValidationError(f"Before it can be published, this claim needs {', '.join(lacks)}.")

    def lasting_id(self) -> str:
        return ids.for_claim(self.speaker, self.said_edtf, self.content)  # type: ignore[attr-defined]

    def check_doubts(self) -> None:
        """Nothing rests on a passage that is lost, unless somebody said why it is kept."""
        check_passages(self)

    @transaction.atomic
    def withdraw(self, by: Any = None, *, note: str) -> list[Any]:
        """Take the claim back, and with it the positions that no other public claim shows; returns these."""
        super().withdraw(by, note=note)
        reason = f"The last published claim that showed it, {self.slug}, was withdrawn."
        shown = self.evidence.filter(role="shows").select_related("position").order_by("position")
        return [row.position for row in shown if row.position.withdraw_unless_shown(by, note=reason)]


class ClaimWords(models.Model):
    """The words by which a claim is found; derived, and indexed natively by each engine.

    ``text`` are their folded spellings in their order; ``forms`` is every form by which one may be looked for, once.
    """

    claim = models.OneToOneField(Claim, primary_key=True, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()
    forms = models.TextField()

    def __str__(self) -> str:
        return self.text


class AttributionStep(models.Model):
    """A voice between the document and the speaker; 1 is the outermost."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveIntegerField(help_text="1 is the outermost, next to the document.")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="attribution_steps")
    as_stated = models.CharField(max_length=300, blank=True, help_text="The words by which the source names the voice.")
    cue = models.CharField(
        max_length=200, blank=True, help_text="The reporting words in the source: “said”, “reported”."
    )
    identification = models.CharField(max_length=20, choices=Identification.choices)

    class Meta:
        ordering = ["claim", "order"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "order"], name="step_order_once_a_claim"),
            models.CheckConstraint(
                condition=Q(order__gte=1), name="step_order_from_one", violation_error_message="The first voice is 1."
            ),
            one_of("step", "identification", Identification),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.actor}"


class Citation(models.Model):
    """Where a document carries a claim: W3C Web Annotation's TextQuoteSelector and TextPositionSelector.

    Offsets count code points of the snapshot's text. Verified means that
    ``snapshot.text[start:end] == exact``, white-space runs counting as one space: quotes are put as their text has
    them. ``checked_on`` is the day on which the words were found in a text that need not be held here,
    ``checked_sha256`` that text's SHA-256, both or neither; where no text is held, that is their status.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    snapshot = models.ForeignKey(
        Snapshot, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="citations"
    )
    exact = models.CharField(max_length=1000, help_text="The words of the document, unchanged; 4 to 25 words.")
    prefix = models.CharField(max_length=300, blank=True, help_text="Up to six words before.")
    suffix = models.CharField(max_length=300, blank=True, help_text="Up to six words after.")
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    locator = models.CharField(max_length=100, blank=True, help_text="Paragraph or turn, for example: par 88.")
    language = LanguageField(help_text="ISO 639 code of the quoted words: en, ru, uk.")
    translation = models.TextField(blank=True)
    translator = models.CharField(max_length=200, blank=True)
    machine_translated = models.BooleanField(default=False)
    status = models.CharField(
        max_length=20, choices=CitationStatus.choices, default=CitationStatus.NOT_HELD, editable=False, db_index=True
    )
    checked_on = models.DateField(null=True, blank=True, editable=False)
    checked_sha256 = models.CharField("SHA-256 of the text checked", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "passage"
        ordering = ["claim", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "source", "exact"], name="citation_once"),
            models.CheckConstraint(condition=~Q(exact=""), name="citation_quotes_something"),
            one_of("citation", "status", CitationStatus),
            models.CheckConstraint(
                condition=Q(
                    status=CitationStatus.VERIFIED,
                    snapshot__isnull=False,
                    start__isnull=False,
                    end__isnull=False,  # a comparison with nothing is no breach
                    end__gt=F("start"),
                )
                | (~Q(status=CitationStatus.VERIFIED) & Q(snapshot__isnull=True, start__isnull=True, end__isnull=True)),
                name="citation_verified_where_found",
            ),
            models.CheckConstraint(
                condition=(Q(checked_on__isnull=False) & ~Q(checked_sha256=""))
                | (Q(checked_on__isnull=True, checked_sha256="") & ~Q(status=CitationStatus.CHECKED)),
                name="citation_checked_in_a_text",
            ),
        ]

    def __str__(self) -> str:
        return "passage taken down" if self.source.is_taken_down else f"“{self.exact[:60]}”"

    @property
    def unheld_status(self) -> CitationStatus:
        """Its status as long as no text of its source is held."""
        return CitationStatus.CHECKED if self.checked_sha256 else CitationStatus.NOT_HELD

    def forget_check(self) -> None:
        """Take it that these words were never checked: they are others now."""
        self.checked_on, self.checked_sha256 = None, ""
        if self.status == CitationStatus.CHECKED:
            self.status = CitationStatus.NOT_HELD


class ClaimRelation(models.Model):
    """How one claim stands to another; shown on both pages. A dispute is a relation, not a verdict."""

    from_claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations_out")
    to_claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations_in")
    kind = models.CharField(max_length=20, choices=RelationKind.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["from_claim", "to_claim", "kind"], name="relation_once"),
            models.CheckConstraint(
                condition=~Q(from_claim=F("to_claim")),
                name="relation_of_two_claims",
                violation_error_message="A claim has no relation to itself.",
            ),
            one_of("relation", "kind", RelationKind),
            one_of("relation", "basis", Basis),
        ]

    def __str__(self) -> str:
        return f"{self.from_claim} {self.get_kind_display().lower()} {self.to_claim}"

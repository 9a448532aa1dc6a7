"""The documents that carry the words (schema.org CreativeWork), and their texts as captured."""

import hashlib
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Actor
from claims.models.change import Change, ChangeKind
from claims.models.editorial import user_key
from conflict_site.base.addresses import address
from conflict_site.base.fields import Fuzzy, LanguageField, in_order, one_of
from conflict_site.base.merged import Mergeable, Standing


class SourceKind(models.TextChoices):
    """What sort of document a source is. A briefing is a text of the site itself."""

    ARTICLE = "article", "Article"
    TRANSCRIPT = "transcript", "Transcript"
    STATEMENT = "statement", "Statement"
    READOUT = "readout", "Readout"
    ADDRESS = "address", "Address"
    INTERVIEW = "interview", "Interview"
    PRESS_BRIEFING = "press_briefing", "Press briefing"
    POST = "post", "Post"
    BRIEFING = "briefing", "Briefing"


class SourceQuerySet(models.QuerySet["Source"]):
    """Questions about sources."""

    def missing_texts(self) -> Self:
        """Those of which no text is held, though one may be."""
        return self.filter(snapshots=None, taken_down_at=None)

    def licensed(self) -> Self:
        """Those of whose text a copy may be kept, as one may of what may be shown in full."""
        return self.filter(Q(text_may_be_kept=True) | Q(text_is_public=True))


SourceManager = Standing.from_queryset(SourceQuerySet)


class Source(Mergeable):
    """A document that carries the words of a claim."""

    slug = models.SlugField("id", max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    title = models.CharField(max_length=400)
    publisher = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="published_sources")
    author = models.CharField(max_length=200, blank=True)
    url = models.URLField("address", max_length=500, blank=True)
    archive_url = models.URLField("address of an archived copy", max_length=500, blank=True)
    language = LanguageField(help_text="ISO 639 code: en, ru, uk.")
    published = Fuzzy("published")
    accessed = models.DateField(null=True, blank=True)
    rights = models.CharField(max_length=300, blank=True)
    text_is_public = models.BooleanField(
        "text may be shown in full", default=False, help_text="Only where its rights allow it."
    )
    text_may_be_kept = models.BooleanField(
        "a copy of the text may be kept", default=False, help_text="Where its licence allows it, shown in full or not."
    )
    taken_down_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_down_reason = models.CharField(max_length=1000, blank=True, editable=False)
    taken_down_by = user_key()
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = SourceManager()

    class Meta:
        # To take down its text and passages; and to see them nevertheless, as an auditor.
        default_permissions = ("add", "change", "delete", "view", "take_down", "audit")
        ordering = ["-published_earliest", "slug"]
        constraints = [
            one_of("source", "kind", SourceKind),
            in_order("source", "published"),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=False) & ~Q(taken_down_reason="")
                | Q(taken_down_at__isnull=True, taken_down_reason="", taken_down_by__isnull=True),
                name="source_taken_down_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("claims:source", self.slug)

    @property
    def label(self) -> str:
        """A short name for lists: publisher and kind."""
        return f"{self.publisher.name}, {self.get_kind_display().lower()}"

    @property
    def is_taken_down(self) -> bool:
        """Whether nobody but auditors may see its text and passages."""
        return self.taken_down_at is not None

    def take_down(self, by: Any = None, *, reason: str) -> None:
        """Hide the text and the passages; the entry, the texts' hashes and the reason, which is public, stay.

        What is derived from the passages is not touched: see ``claims.editorial``. Raises ValidationError without a
        reason, and where it has been taken down before.
        """
        if self.is_taken_down:
            raise ValidationError("This source has been taken down already.")
        self._record_takedown(ChangeKind.TAKEDOWN, by, reason, timezone.now())

    def restore(self, by: Any = None, *, reason: str) -> None:
        """Show the text and the passages again. Raises ValidationError as ``take_down`` does."""
        if not self.is_taken_down:
            raise ValidationError("This source has not been taken down.")
        self._record_takedown(ChangeKind.RESTORATION, by, reason, None)

    def _record_takedown(self, kind: ChangeKind, by: Any, reason: str, at: datetime | None) -> None:
        reason = reason.strip()
        if not reason:
            raise ValidationError("Say why; readers see the reason.")
        self.taken_down_at, self.taken_down_by = at, by if at else None
        self.taken_down_reason = reason if at else ""
        self.save()
        Change.objects.record(self, kind, by=by, public_note=reason)


class Snapshot(models.Model):
    """The text of a source as captured. Never changed: a new capture is a new row."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    captured_at = models.DateTimeField(default=timezone.now)
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "text held"
        verbose_name_plural = "texts held"
        ordering = ["source", "-captured_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="snapshot_text_once_a_source")]

    def __str__(self) -> str:
        return f"captured on {self.captured_at:%Y-%m-%d %H:%M}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with the SHA-256 of the text in UTF-8."""
        self.sha256 = digest(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()

"""The documents that carry the words (schema.org CreativeWork), and their texts as captured."""

import hashlib

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from conflict_site.fields import Fuzzy, in_order, one_of


class SourceKind(models.TextChoices):
    """What sort of document a source is."""

    ARTICLE = "article", "Article"
    TRANSCRIPT = "transcript", "Transcript"
    STATEMENT = "statement", "Statement"
    READOUT = "readout", "Readout"
    ADDRESS = "address", "Address"
    INTERVIEW = "interview", "Interview"
    PRESS_BRIEFING = "press_briefing", "Press briefing"
    POST = "post", "Post"
    BRIEFING = "briefing", "Briefing"


class Source(models.Model):
    """A document that carries the words of a claim."""

    slug = models.SlugField("id", max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    title = models.CharField(max_length=400)
    publisher = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="published_sources")
    author = models.CharField(max_length=200, blank=True)
    url = models.URLField("address", max_length=500, blank=True)
    archive_url = models.URLField("address of an archived copy", max_length=500, blank=True)
    language = models.CharField(max_length=3, help_text="ISO 639 code: en, ru, uk.")
    published = Fuzzy("published")
    accessed = models.DateField(null=True, blank=True)
    rights = models.CharField(max_length=300, blank=True)
    text_is_public = models.BooleanField(
        "text may be shown in full", default=False, help_text="Only where its rights allow it."
    )

    class Meta:
        ordering = ["-published_earliest", "slug"]
        constraints = [one_of("source", "kind", SourceKind), in_order("source", "published")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("claims:source", args=[self.slug])

    @property
    def label(self) -> str:
        """A short name for lists: publisher and kind."""
        return f"{self.publisher.name}, {self.get_kind_display().lower()}"


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
        ordering = ["source", "-captured_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="snapshot_text_once_a_source")]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.captured_at:%Y-%m-%d %H:%M}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with the SHA-256 of the text in UTF-8."""
        self.sha256 = digest(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()

"""The public log of what was published, corrected and withdrawn, and the old slugs of renamed things.

The lowest floor of the claims models: an entry points at any object, so it needs to know none of them.
"""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from conflict_site.base.fields import one_of


class ChangeKind(models.TextChoices):
    """What was done to a published object."""

    PUBLICATION = "publication", "Published"
    EDIT = "edit", "Edited"
    CORRECTION = "correction", "Corrected"
    CLARIFICATION = "clarification", "Clarified"
    WITHDRAWAL = "withdrawal", "Withdrawn"
    TAKEDOWN = "takedown", "Taken down"
    RESTORATION = "restoration", "Restored"


# The kinds of an edit, between which whoever edits chooses.
REVISED = (ChangeKind.EDIT, ChangeKind.CORRECTION, ChangeKind.CLARIFICATION)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Entries of the log."""

    def about(self, thing: models.Model) -> "ChangeQuerySet":
        """The entries about one object, newest first."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)

    def record(self, thing: models.Model, kind: str, **details: Any) -> "Change":
        """Add one entry about an object."""
        return self.create(
            content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk, kind=kind, **details
        )


class Change(models.Model):
    """One entry of the public log, with what a diff needs."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    public_note = models.TextField(blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "log of changes"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="change_of_object")]
        constraints = [
            one_of("change", "kind", ChangeKind),
            models.CheckConstraint(
                condition=models.Q(kind=ChangeKind.PUBLICATION) | ~models.Q(public_note=""), name="change_has_a_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"


class OldSlug(models.Model):
    """A slug that an object had before; its address answers with a permanent redirect for ever."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    slug = models.SlugField(max_length=80)

    class Meta:
        verbose_name = "old address"
        verbose_name_plural = "old addresses"
        constraints = [models.UniqueConstraint(fields=["content_type", "slug"], name="old_slug_once")]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    def target(cls, model: type[models.Model], slug: str) -> models.Model | None:
        """The object of a model that once had this slug, if any."""
        found = cls.objects.filter(content_type=ContentType.objects.get_for_model(model), slug=slug).first()
        return found.thing if found else None

    @classmethod
    def leads_elsewhere(cls, thing: models.Model, slug: str) -> bool:
        """Whether a slug is the old one of another object than this, which may be new."""
        kind = ContentType.objects.get_for_model(thing)
        return cls.objects.filter(content_type=kind, slug=slug).exclude(object_id=thing.pk or 0).exists()

    @classmethod
    def keep(cls, thing: models.Model, slug: str) -> None:
        """Remember that an object had this slug."""
        kind = ContentType.objects.get_for_model(thing)
        cls.objects.update_or_create(content_type=kind, slug=slug, defaults={"object_id": thing.pk})

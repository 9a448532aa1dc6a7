"""What those at the desk tell each other about a record. Never public, in no export; nobody changes or deletes it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

LONGEST_COMMENT = 4000


class AboutQuerySet(models.QuerySet[Any]):
    """Rows about any record."""

    def about(self, thing: models.Model) -> Self:
        """Those about one record."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)

    def about_rows(self, model: type[models.Model], keys: list[int]) -> Self:
        """Those about these records of one model."""
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)


class Comment(models.Model):
    """What one person said of a record, to the others at the desk."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    objects = AboutQuerySet.as_manager()

    class Meta:
        default_permissions = ("add", "view")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="comment_on_object")]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="comment_says_something")]

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%Y-%m-%d %H:%M}"

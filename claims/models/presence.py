"""Who is at a record just now: who has its page open, and who has taken it. Both end by themselves."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.comment import AboutQuerySet

OPEN_FOR = timedelta(minutes=10)  # after the last sign of life: a page that was closed says nothing
TAKEN_FOR = timedelta(minutes=30)


def _alive() -> Q:
    now = timezone.now()
    return Q(taken=False, seen_at__gt=now - OPEN_FOR) | Q(taken=True, seen_at__gt=now - TAKEN_FOR)


class PresenceQuerySet(AboutQuerySet):
    """Who is where."""

    def alive(self) -> "PresenceQuerySet":
        """Those that have not ended by themselves; those who have taken a record first."""
        return self.filter(_alive()).select_related("by").order_by("-taken", "since", "id")

    def note(self, thing: models.Model, by: Any) -> None:
        """Note that somebody is at a record; what has ended is cleared away."""
        self.exclude(_alive()).delete()
        self._set(thing, by, ["seen_at"])

    def take(self, thing: models.Model, by: Any) -> None:
        """Note that somebody has taken a record, so that others can turn to another one."""
        self._set(thing, by, ["seen_at", "taken"], taken=True)

    def leave(self, thing: models.Model, by: Any) -> None:
        """Note that somebody is done with a record."""
        self.about(thing).filter(by=by).delete()

    def _set(self, thing: models.Model, by: Any, changed: list[str], **details: Any) -> None:
        """In one statement, as two windows of one person may say it at once."""
        kind = ContentType.objects.get_for_model(thing)
        self.bulk_create(
            [Presence(content_type=kind, object_id=thing.pk, by=by, **details)],
            update_conflicts=True,
            update_fields=changed,
            unique_fields=["content_type", "object_id", "by"],
        )


class Presence(models.Model):
    """Somebody at a record: since when, when there was the last sign of life, and whether it is taken."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    taken = models.BooleanField(default=False)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "by"], name="presence_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.by}, since {self.since:%H:%M}"

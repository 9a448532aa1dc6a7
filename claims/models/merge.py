"""Two records that are one: who found so, who agreed, and what has to be put back if both were wrong."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conflict_site.base.fields import one_of


class MergeState(models.TextChoices):
    """What became of a merge that was proposed."""

    PROPOSED = "proposed", "To be reviewed"
    REFUSED = "refused", "Refused"
    DONE = "done", "Merged"
    UNDONE = "undone", "Undone"


def _person(**options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+", **options
    )


class Merge(models.Model):
    """One record to become part of another. ``steps`` is what was written, in its order, as undoing takes it back.

    ``note`` is public where readers see either; so is ``forced_reason``, for which one person alone decided.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    kept_id = models.PositiveBigIntegerField()
    merged_id = models.PositiveBigIntegerField()
    kept = GenericForeignKey("content_type", "kept_id")
    merged = GenericForeignKey("content_type", "merged_id")
    name = models.CharField(max_length=400, help_text="What the record was called that is part of the other now.")
    note = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=MergeState.choices, default=MergeState.PROPOSED, db_index=True)
    proposed_by = _person()
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = _person(null=True)
    decided_at = models.DateTimeField(null=True)
    forced_reason = models.CharField(max_length=300, blank=True)
    undone_by = _person(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=1000, blank=True)
    steps = models.JSONField(default=list)

    class Meta:
        # To propose one; to agree to what others proposed; to decide, or to undo, alone with a reason.
        default_permissions = ("view", "add", "approve", "force")
        ordering = ["-id"]
        constraints = [
            one_of("merge", "state", MergeState),
            models.CheckConstraint(condition=~Q(kept_id=F("merged_id")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(note=""), name="merge_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=[MergeState.DONE, MergeState.UNDONE])
                | Q(decided_by__isnull=False) & (~Q(decided_by=F("proposed_by")) | ~Q(forced_reason="")),
                name="merge_by_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=MergeState.UNDONE) | Q(undone_by__isnull=False) & ~Q(undone_reason=""),
                name="merge_undone_says_why",
            ),
            models.UniqueConstraint(
                fields=["content_type", "merged_id"],
                condition=Q(state__in=[MergeState.PROPOSED, MergeState.DONE]),
                name="merge_of_record_once",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.name}” into “{self.kept}”"

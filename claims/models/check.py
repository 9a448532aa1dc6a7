"""What became of a passage in the captures that were made after the one in which it was verified."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models.claim import Citation
from claims.models.source import Snapshot
from conflict_site.base.fields import one_of


class CheckOutcome(models.TextChoices):
    """How a later capture stands to a passage."""

    UNCHANGED = "unchanged", "Unchanged"
    MOVED = "moved", "Moved"
    NOT_FOUND = "not_found", "No longer found"
    AMBIGUOUS = "ambiguous", "Ambiguous"


class CitationCheck(models.Model):
    """A verified passage, looked for in a later capture of its source. The citation keeps its own, older place.

    Unchanged: the words stand in one place, and the lines on which they stand read as before. Moved: they stand in
    one place, on lines that read otherwise.
    """

    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="checks")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField(max_length=20, choices=CheckOutcome.choices)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["citation", "snapshot"]
        constraints = [
            models.UniqueConstraint(fields=["citation", "snapshot"], name="check_once_a_capture"),
            one_of("check", "outcome", CheckOutcome),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[CheckOutcome.UNCHANGED, CheckOutcome.MOVED],
                    start__isnull=False,
                    end__isnull=False,
                    end__gt=F("start"),
                )
                | (
                    Q(outcome__in=[CheckOutcome.NOT_FOUND, CheckOutcome.AMBIGUOUS])
                    & Q(start__isnull=True, end__isnull=True)
                ),
                name="check_placed_where_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.citation}: {self.get_outcome_display().lower()}"

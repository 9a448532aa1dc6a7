"""Where an actor stood on an issue in one period, and the claims that show it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from actors.models import Actor
from claims.models import ids
from claims.models.claim import Claim
from claims.models.editorial import PERMISSIONS, Editorial, State, editorial_constraints, required
from claims.models.issue import Stance
from claims.models.querysets import PositionQuerySet
from conflict_site.base.fields import one_of


class EvidenceRole(models.TextChoices):
    """What a claim does for a position."""

    SHOWS = "shows", "Shows it"
    QUALIFIES = "qualifies", "Qualifies it"
    CONTRADICTS = "contradicts", "Contradicts it"


class Position(Editorial):
    """An actor's stance on an issue in one period; a change of stance is a new row.

    The period is derived from the claims that show it (``PositionQuerySet.with_period``), never typed in.
    """

    slug = models.SlugField("id", max_length=80, unique=True)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="positions")
    stance = models.ForeignKey(Stance, on_delete=models.PROTECT, related_name="positions")
    summary = models.CharField(max_length=400, blank=True, help_text="Own words, at most 35; with who said it.")

    objects = PositionQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["id"]
        constraints = editorial_constraints("position", required("summary"))

    def __str__(self) -> str:
        return f"{self.actor}: {self.stance}"

    def get_absolute_url(self) -> str:
        return f"{self.actor.get_absolute_url()}#positions"

    def lasting_id(self) -> str:
        return ids.for_position(self.actor, self.stance)

    @property
    def is_shown(self) -> bool:
        """Whether a public claim shows it."""
        return self.evidence.filter(role=EvidenceRole.SHOWS, claim__state=State.PUBLISHED).exists()

    def check_complete(self) -> None:
        """A public position has a summary and a public claim that shows it."""
        if not (self.summary and self.is_shown):
            raise ValidationError("A position needs a summary and a published claim that shows it.")

    @transaction.atomic
    def withdraw_unless_shown(self, by: Any = None, *, note: str) -> bool:
        """Take a public position back when no public claim shows it any more; returns whether that was so.

        Whatever makes a claim less public, or changes the evidence, calls it; ``note`` is public and says why. The
        row is locked: of two claims that are withdrawn at once, the second one finds that none is left.
        """
        stored = Position.objects.select_for_update().get(pk=self.pk)
        if not stored.is_public or stored.is_shown:
            return False
        stored.withdraw(by, note=note)
        self.refresh_from_db()
        return True


class PositionEvidence(models.Model):
    """A claim that shows, qualifies or contradicts a position."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="evidence")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    role = models.CharField(max_length=20, choices=EvidenceRole.choices)

    class Meta:
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["position", "claim", "role"], name="evidence_once"),
            one_of("evidence", "role", EvidenceRole),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.get_role_display().lower()}"

"""What is public changes by two people: a change waits as a revision until somebody else approves it.

A permit is the leave to write one all the same, for the transaction in which it stands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.models.change import REVISED
from conflict_site.base.fields import one_of


class RevisionState(models.TextChoices):
    """What became of a change that was proposed."""

    PENDING = "pending", "To be reviewed"
    SENT_BACK = "sent_back", "Sent back"
    APPROVED = "approved", "Approved"
    WITHDRAWN = "withdrawn", "Withdrawn by its author"


OPEN = (RevisionState.PENDING, RevisionState.SENT_BACK)


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Changes that were proposed."""

    def open(self) -> "RevisionQuerySet":
        """Those that are neither public nor given up."""
        return self.filter(state__in=OPEN)

    def pending(self) -> "RevisionQuerySet":
        """Those that wait for a reviewer."""
        return self.filter(state=RevisionState.PENDING)

    def about(self, thing: models.Model) -> "RevisionQuerySet":
        """Those of one record."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)

    def by_others(self, user: Any) -> "RevisionQuerySet":
        """Those in which this user had no hand, and may therefore review."""
        return self.exclude(proposed_by=user).exclude(edited_by=user)


def _person(**options: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="+", **options
    )


class Revision(models.Model):
    """A change to a public record, as proposed: ``before`` and ``after`` are all that a curator can enter of it.

    They have the shape of ``claims.changes.revisions.keyed``. ``version`` counts how often the proposal was saved,
    ``base_version`` is that of the record which its last author saw.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    base_version = models.PositiveIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    kind = models.CharField("kind of change", max_length=20, choices=[(one.value, one.label) for one in REVISED])
    public_note = models.TextField()
    state = models.CharField(
        max_length=12, choices=RevisionState.choices, default=RevisionState.PENDING, db_index=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    proposed_by = _person()
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_by = _person()
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    reviewed_by = _person(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    review_note = models.TextField(blank=True)
    forced = models.BooleanField(default=False, editable=False)
    forced_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "proposed change"
        # To let what others propose go public; and to do so alone, with a reason.
        default_permissions = ("view", "approve", "force")
        ordering = ["-edited_at", "-id"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="revision_of_object")]
        constraints = [
            one_of("revision", "state", RevisionState),
            models.CheckConstraint(condition=Q(kind__in=REVISED), name="revision_kind_known"),
            models.CheckConstraint(condition=~Q(public_note=""), name="revision_has_a_note"),
            models.CheckConstraint(condition=Q(forced=False) | ~Q(forced_reason=""), name="revision_forced_says_why"),
            models.CheckConstraint(
                condition=~Q(state=RevisionState.SENT_BACK) | ~Q(review_note=""), name="revision_sent_back_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=RevisionState.APPROVED)
                | Q(forced=True)
                | Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("proposed_by")) & ~Q(reviewed_by=F("edited_by")),
                name="revision_two_people",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(state__in=OPEN), name="revision_one_open_a_record"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.public_note[:60]}"

    @property
    def is_open(self) -> bool:
        """Whether it may still become public."""
        return self.state in OPEN

    def is_own(self, user: Any) -> bool:
        """Whether this user had a hand in it, and may therefore not review it."""
        return user.pk in (self.proposed_by_id, self.edited_by_id)


class Permit(models.Model):
    """Leave to change a public record, while the transaction lasts that wrote it: the triggers look for one.

    ``model`` and ``object_id`` name the record; "" and 0 stand for every one.
    """

    model = models.CharField(max_length=20, blank=True)
    object_id = models.PositiveBigIntegerField(default=0)
    reason = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["model", "object_id"], name="permit_of_record")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="permit_says_why")]

    def __str__(self) -> str:
        return self.reason


@contextmanager
def permitted(*things: models.Model, reason: str) -> Iterator[None]:
    """Within the block these public records may be changed, or every one where none is named.

    For what two people decided, or what no person decides; nobody else sees the permits, which end with the block.
    """
    named = [(str(thing._meta.model_name), thing.pk) for thing in things] or [("", 0)]
    with transaction.atomic():
        rows = Permit.objects.bulk_create(Permit(model=model, object_id=pk, reason=reason) for model, pk in named)
        yield
        Permit.objects.filter(pk__in=[row.pk for row in rows]).delete()

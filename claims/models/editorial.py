"""The way of a row from draft to publication and, if need be, withdrawal. Two people publish."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.models import ids
from claims.models.change import Change, ChangeKind

# What a group may be allowed on an editorial table: Django's own four, and the steps of the editorial way.
PERMISSIONS = ("add", "change", "delete", "view", "submit", "publish", "publish_alone", "withdraw")


class State(models.TextChoices):
    """Where a row stands on its way to the public."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


def user_key(**options: Any) -> Any:
    """A link to a user account that outlives nothing: accounts with work to their name are kept."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        **options,
    )


def required(*names: str) -> Q:
    """The condition that from review on none of these text columns is empty."""
    filled = Q()
    for name in names:
        filled &= ~Q(**{name: ""})
    return Q(state=State.DRAFT) | filled


class Editorial(models.Model):
    """What Claim, Event and Position share: an editorial state, who brought it about, and when.

    What was once submitted or published is never deleted. The database itself sees to it, and keeps
    ``first_submitted_at`` and ``published_at`` once they are known (migration 0019). ``sent_back_at`` is set while a
    draft waits for whoever submitted it last.
    """

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT, db_index=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = user_key()
    submitted_by = user_key()
    first_submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = user_key()
    forced = models.BooleanField(default=False, editable=False)
    forced_reason = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether readers see the row."""
        return self.state == State.PUBLISHED

    @property
    def is_kept(self) -> bool:
        """Whether it can no longer be deleted."""
        return bool(self.state != State.DRAFT or self.first_submitted_at or self.published_at)

    def submit(self, by: Any) -> None:
        """Hand a draft in for review. Raises ValidationError while it lacks what publication demands."""
        self.check_state(State.DRAFT)
        self.full_clean()
        self.check_complete()
        self.check_doubts()
        self.state, self.submitted_by, self.sent_back_at = State.IN_REVIEW, by, None
        self.first_submitted_at = self.first_submitted_at or timezone.now()
        self.save()

    def send_back(self) -> None:
        """Return a submitted row to its curator as a draft."""
        self.check_state(State.IN_REVIEW)
        self.state, self.submitted_by, self.sent_back_at = State.DRAFT, None, timezone.now()
        self.save()

    def publish(self, by: Any = None, *, forced_reason: str = "", note: str = "") -> None:
        """Publish a row in review, or any unpublished row with a reason (which readers of the log can see).

        Raises ValidationError when one person would both submit and publish without a reason.
        """
        if not forced_reason:
            self.check_state(State.IN_REVIEW)
            if by is None or by == self.submitted_by:
                raise ValidationError("A second person publishes what one has submitted; alone it takes a reason.")
            self.check_doubts()
        self.check_complete()
        self._take_id()
        self.state, self.reviewed_by, self.published_at = State.PUBLISHED, by, timezone.now()
        self.forced, self.forced_reason, self.withdrawn_at = bool(forced_reason), forced_reason, None
        self.sent_back_at = None
        self.save()
        Change.objects.record(self, ChangeKind.PUBLICATION, by=by, public_note=note or forced_reason)

    def withdraw(self, by: Any = None, *, note: str) -> list[Any]:
        """Take a published row back. One person may; the note is public. The address is kept for ever.

        Returns the other rows that could not stay public without it.
        """
        self.check_state(State.PUBLISHED)
        if not note.strip():
            raise ValidationError("A withdrawal needs a public note that says why.")
        self.state, self.withdrawn_at = State.WITHDRAWN, timezone.now()
        self.save()
        Change.objects.record(self, ChangeKind.WITHDRAWAL, by=by, public_note=note.strip())
        return []

    def _take_id(self) -> None:
        """Give the row its id for good, where it has that of a draft."""
        if ids.is_for_draft(self.slug):  # type: ignore[has-type]
            self.slug = ids.free(type(self), self.lasting_id())

    def lasting_id(self) -> str:
        """The id wanted for the row when it is first published."""
        return str(self.slug)

    def check_state(self, wanted: str) -> None:
        """Raise ValidationError unless the row is in this state."""
        if self.state != wanted:
            raise ValidationError(f"This is {self.get_state_display().lower()}, not {State(wanted).label.lower()}.")

    def check_complete(self) -> None:
        """Raise ValidationError while the row lacks what publication demands; each model says what that is."""

    def check_doubts(self) -> None:
        """Raise ValidationError while something of the row takes a reason that nobody has given; see ``Doubt``."""


def editorial_constraints(model: str, complete: Q) -> list[models.BaseConstraint]:
    """What must always hold of an editorial table. ``complete`` is asked for from review on."""
    published, withdrawn = Q(state=State.PUBLISHED), Q(state=State.WITHDRAWN)
    reviewed = Q(reviewed_by__isnull=False) | Q(forced=True)
    rules = {
        "state_known": Q(state__in=State.values),
        "two_people": Q(forced=True)
        | ~Q(reviewed_by=F("submitted_by"))
        | Q(reviewed_by__isnull=True)
        | Q(submitted_by__isnull=True),
        "forced_says_why": Q(forced=False) | ~Q(forced_reason=""),
        "published_has_a_date": ~published | Q(published_at__isnull=False),
        "published_was_reviewed": ~published | reviewed,
        "withdrawn_has_a_date": ~withdrawn | Q(withdrawn_at__isnull=False),
        "complete": complete,
    }
    return [models.CheckConstraint(condition=rule, name=f"{model}_{name}") for name, rule in rules.items()]

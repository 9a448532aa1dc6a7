"""When and where. What is disputed about an event lives in claims about it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from actors.models import Actor
from claims.models.editorial import PERMISSIONS, Editorial, State, editorial_constraints, required
from claims.models.querysets import EditorialQuerySet
from claims.models.source import Source
from conflict_site.base.addresses import address
from conflict_site.base.fields import Fuzzy, in_order, one_of


class EventKind(models.TextChoices):
    """What sort of happening an event is."""

    CALL = "call", "Call"
    CONTACT = "contact", "Contact"
    DECISION = "decision", "Decision"
    DOCUMENT = "document", "Document"
    MEETING = "meeting", "Meeting"
    MILITARY_ACTION = "military_action", "Military action"
    POLICY_CHANGE = "policy_change", "Policy change"
    PRESS_CONFERENCE = "press_conference", "Press conference"
    SIGNING = "signing", "Signing"
    STATEMENT = "statement", "Statement"
    SUMMIT = "summit", "Summit"
    TALKS = "talks", "Talks"
    TRUCE = "truce", "Truce"
    VISIT = "visit", "Visit"


class Event(Editorial):
    """Something that happened, or is said to have, with its place and its fuzzy date."""

    slug = models.SlugField("id", max_length=80, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    date = Fuzzy("date")
    place = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    participants = models.ManyToManyField(Actor, blank=True, related_name="events")
    sources = models.ManyToManyField(Source, blank=True, related_name="events")

    objects = EditorialQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["-date_earliest", "slug"]
        constraints = [
            one_of("event", "kind", EventKind),
            in_order("event", "date"),
            *editorial_constraints(
                "event",
                required("title", "description", "date_edtf") & (Q(state=State.DRAFT) | Q(date_earliest__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("claims:event", self.slug)

    def check_complete(self) -> None:
        """A public event has a description, a dated beginning and a source."""
        if not (self.description and self.date_earliest):  # type: ignore[attr-defined]
            raise ValidationError("An event needs a description and a date before it can be published.")
        if not self.sources.exists():
            raise ValidationError("An event needs at least one source before it can be published.")

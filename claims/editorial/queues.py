"""The queues of the desk: which rows wait for whom. A list shows what the front page counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from claims.models import (
    LOST,
    Citation,
    Claim,
    Event,
    EvidenceRole,
    Merge,
    MergeState,
    Overruled,
    Position,
    PositionEvidence,
    Revision,
    RevisionState,
    Source,
    State,
)

type Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows that wait, and the ``permission`` of those who can do something about them.

    ``pick`` takes the rows of a model and a user and gives those that wait for that user.
    """

    name: str
    title: str
    permission: str
    pick: Callable[[Rows, Any], Rows]
    models: tuple[type[Model], ...]

    def is_for(self, user: Any, model: type[Model]) -> bool:
        """Whether this user can do something about the queue's rows of a model."""
        return bool(user.has_perm(f"claims.{get_permission_codename(self.permission, model._meta)}"))

    def rows(self, user: Any, model: type[Model]) -> Rows:
        """The rows that wait for a user."""
        return self.pick(model._default_manager.all(), user)


def _lost(claims: Rows, user: Any) -> Rows:
    """Published claims with words that do not stand in one place of the text held."""
    lost = Citation.objects.filter(status__in=LOST, source__taken_down_at=None)
    return claims.filter(state=State.PUBLISHED, pk__in=lost.values("claim"))


def _unshown(positions: Rows, user: Any) -> Rows:
    """Positions that are not withdrawn, and that no published claim shows."""
    shows = PositionEvidence.objects.filter(
        position=OuterRef("pk"), role=EvidenceRole.SHOWS, claim__state=State.PUBLISHED
    )
    return positions.exclude(state=State.WITHDRAWN).filter(~Exists(shows))


def _without_text(sources: Any, user: Any) -> Rows:
    """Sources of which no text is held, though one may be."""
    found: Rows = sources.missing_texts()
    return found


def _alike(claims: Rows, user: Any) -> Rows:
    """Claims that share the very words of a source, and the speaker, with another one, save where somebody has said
    why they are two.
    """
    other = Citation.objects.filter(
        source=OuterRef("source"), exact=OuterRef("exact"), claim__speaker=OuterRef("claim__speaker")
    ).exclude(claim__state=State.WITHDRAWN)
    shared = Citation.objects.filter(Exists(other.exclude(claim=OuterRef("claim")))).values("claim")
    about = ContentType.objects.get_for_model(Claim)
    told = Overruled.objects.filter(content_type=about, code="duplicate").values("object_id")
    return claims.exclude(state=State.WITHDRAWN).exclude(pk__in=told).filter(pk__in=shared)


EDITORIAL = (Claim, Position, Event)
QUEUES = {
    queue.name: queue
    for queue in (
        Queue(
            "sent-back",
            "sent back to me",
            "change",
            lambda rows, user: rows.filter(state=State.DRAFT, created_by=user, sent_back_at__isnull=False),
            EDITORIAL,
        ),
        Queue(
            "revisions-back",
            "sent back to me",
            "view",
            lambda rows, user: rows.filter(Q(proposed_by=user) | Q(edited_by=user), state=RevisionState.SENT_BACK),
            (Revision,),
        ),
        Queue(
            "mine",
            "of mine in draft",
            "change",
            lambda rows, user: rows.filter(state=State.DRAFT, created_by=user, sent_back_at=None),
            EDITORIAL,
        ),
        Queue(
            "review",
            "to review",
            "publish",
            lambda rows, user: rows.filter(state=State.IN_REVIEW).exclude(submitted_by=user),
            EDITORIAL,
        ),
        Queue("revisions", "to review", "approve", lambda rows, user: rows.pending().by_others(user), (Revision,)),
        Queue(
            "merges",
            "to review",
            "approve",
            lambda rows, user: rows.filter(state=MergeState.PROPOSED).exclude(proposed_by=user),
            (Merge,),
        ),
        Queue("lost", "with a passage lost", "change", _lost, (Claim,)),
        Queue("alike", "that may be duplicates", "change", _alike, (Claim,)),
        Queue("unshown", "without evidence", "change", _unshown, (Position,)),
        Queue("no-text", "without their text", "change", _without_text, (Source,)),
    )
}

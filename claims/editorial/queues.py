"""The queues of the desk: which rows wait for whom. A list shows what the front page counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from claims.models import (
    LOST,
    Citation,
    Claim,
    DeadLink,
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

MOST_ALIKE = 200  # passages that stand twice; the others come when these are dealt with

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
    is_counted: bool = True  # on the front page: not what takes long where much is on file

    def is_for(self, user: Any, model: type[Model]) -> bool:
        """Whether this user can do something about the queue's rows of a model."""
        return bool(user.has_perm(f"claims.{get_permission_codename(self.permission, model._meta)}"))

    def rows(self, user: Any, model: type[Model]) -> Rows:
        """The rows that wait for a user."""
        return self.pick(model._default_manager.all(), user)


def _lost(claims: Rows, user: Any) -> Rows:
    """Published claims with words that do not stand in one place of the text held."""
    taken_down = Source.objects.filter(pk=OuterRef("source"), taken_down_at__isnull=False)
    lost = Citation.objects.filter(~Exists(taken_down), status__in=LOST)  # not joined: by status they are few
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


def _proposed(revisions: Any, user: Any) -> Rows:
    """Changes to public records that wait, and in which the user had no hand."""
    found: Rows = revisions.pending().by_others(user)
    return found


def _alike(claims: Rows, user: Any) -> Rows:
    """Claims that share the very words of a source, and the speaker, with another one, save where somebody has said
    why they are two. Reads every passage on file.
    """
    twice = Citation.objects.order_by().values("source", "exact").annotate(number=Count("pk")).filter(number__gt=1)
    words = {(row["source"], row["exact"]) for row in twice[:MOST_ALIKE]}
    cited = Citation.objects.filter(exact__in={exact for _, exact in words}).exclude(claim__state=State.WITHDRAWN)
    sharing: dict[tuple[int, int, str], set[int]] = {}
    for source, exact, speaker, claim in cited.values_list("source", "exact", "claim__speaker", "claim"):
        if (source, exact) in words:
            sharing.setdefault((source, speaker, exact), set()).add(claim)
    found = {claim for several in sharing.values() if len(several) > 1 for claim in several}
    about = ContentType.objects.get_for_model(Claim)
    told = Overruled.objects.filter(content_type=about, code="duplicate").values("object_id")
    return claims.filter(pk__in=found).exclude(pk__in=told)


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
        Queue("revisions", "to review", "approve", _proposed, (Revision,)),
        Queue(
            "merges",
            "to review",
            "approve",
            lambda rows, user: rows.filter(state=MergeState.PROPOSED).exclude(proposed_by=user),
            (Merge,),
        ),
        Queue("lost", "with a passage lost", "change", _lost, (Claim,)),
        Queue("alike", "that may be duplicates", "change", _alike, (Claim,), is_counted=False),
        Queue("unshown", "without evidence", "change", _unshown, (Position,)),
        Queue("no-text", "without their text", "change", _without_text, (Source,)),
        Queue(
            "dead-link",
            "whose link is dead",
            "change",
            lambda rows, user: rows.filter(pk__in=DeadLink.objects.current().values("source")),
            (Source,),
        ),
    )
}

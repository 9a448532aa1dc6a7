"""The published evidence behind "who stands where", as plain values: one query, however many actors and issues."""

from collections import Counter
from collections.abc import Sequence

from actors.models import Actor, Kind
from claims.charts.standing import ActorHead, Statement
from claims.models import Issue, PositionEvidence, State


def statements() -> list[Statement]:
    """Each published claim that shows a published position."""
    evidence = PositionEvidence.objects.filter(
        role="shows", position__state=State.PUBLISHED, claim__state=State.PUBLISHED
    ).select_related("claim", "position__actor", "position__stance__issue")
    return [_statement(row) for row in evidence]


def most_discussed(found: Sequence[Statement], number: int) -> list[Issue]:
    """The issues with the most statements, in their own order."""
    counted = Counter(statement.issue for statement in found)
    slugs = [slug for slug, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:number]]
    return list(Issue.objects.filter(slug__in=slugs).order_by("order"))


def actor_heads(found: Sequence[Statement]) -> list[ActorHead]:
    """The actors of these statements."""
    actors = Actor.objects.filter(slug__in={statement.actor for statement in found})
    return [
        ActorHead(actor.slug, actor.name, actor.sort_key, actor.kind == Kind.PERSON, actor.get_absolute_url())
        for actor in actors
    ]


def _statement(row: PositionEvidence) -> Statement:
    claim, stance = row.claim, row.position.stance
    return Statement(
        actor=row.position.actor.slug,
        issue=stance.issue.slug,
        stance=stance.slug,
        day=claim.said.earliest,
        claim=claim.slug,
        order=stance.order,
        label=stance.label,
        when=claim.said.short(),
        form=claim.form,
        form_label=claim.get_form_display(),
        issue_title=stance.issue.title,
        url=claim.get_absolute_url(),
    )

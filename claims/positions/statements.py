"""The published evidence behind "who stands where", as plain values: one query, however many actors and issues."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Q

from actors.models import Actor, Kind
from claims.charts import ActorHead, Statement
from claims.models import Form, Issue, PositionEvidence, State
from conflict_site.base.addresses import address

FORMS = dict(Form.choices)
COLUMNS = (
    "position__actor__slug",
    "position__stance__issue__slug",
    "position__stance__slug",
    "claim__said_earliest",
    "claim__slug",
    "position__stance__order",
    "position__stance__label",
    "claim__said_edtf",
    "claim__form",
    "position__stance__issue__title",
)


def statements(which: Q | None = None) -> list[Statement]:
    """Each published claim that shows a published position; ``which`` is a condition on the evidence."""
    evidence = PositionEvidence.objects.filter(
        which or Q(), role="shows", position__state=State.PUBLISHED, claim__state=State.PUBLISHED
    )
    return [
        Statement(
            *(actor, issue, stance, day, claim, order, label, said, form),
            form_label=FORMS[form],
            issue_title=title,
            url=address("claims:detail", claim),
        )
        for actor, issue, stance, day, claim, order, label, said, form, title in evidence.values_list(*COLUMNS)
    ]


def most_discussed(found: Sequence[Statement], number: int) -> list[Issue]:
    """The issues with the most statements, in their own order."""
    counted = Counter(statement.issue for statement in found)
    slugs = [slug for slug, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:number]]
    return list(Issue.objects.filter(slug__in=slugs).order_by("order"))


def actor_heads(found: Iterable[Statement]) -> list[ActorHead]:
    """The actors of these statements."""
    actors = Actor.objects.filter(slug__in={statement.actor for statement in found})
    return [
        ActorHead(actor.slug, actor.name, actor.sort_key, actor.kind == Kind.PERSON, actor.get_absolute_url())
        for actor in actors
    ]

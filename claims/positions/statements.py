"""The evidence behind "who stands where" as plain values, and what else is on file beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from actors.models import Kind
from claims.charts import ActorHead, OnFile, Statement
from claims.filtering import Horizon, totals
from claims.models import Form, Issue
from claims.positions.evidence import Evidence
from claims.readmodel import SPOKEN, Found, Having

FORMS = dict(Form.choices)


def statements(found: Iterable[Evidence]) -> list[Statement]:
    """The evidence that shows a position, as the table of who stands where has it."""
    return [_statement(item) for item in found if item.shows]


def most_discussed(found: Sequence[Evidence], number: int) -> list[Issue]:
    """The issues with the most statements of a stance, in their own order."""
    issues = {item.issue.pk: item.issue for item in found if item.shows}
    counted = Counter(item.issue.pk for item in found if item.shows)
    first = sorted(counted, key=lambda key: (-counted[key], issues[key].slug))[:number]
    return sorted((issues[key] for key in first), key=lambda issue: (issue.order, issue.slug))


def actor_heads(found: Iterable[Evidence], claims: Mapping[int, int]) -> list[ActorHead]:
    """The actors with a stance; ``claims`` has how many claims each of them made, by key."""
    actors = {item.actor.pk: item.actor for item in found if item.shows}
    return [
        ActorHead(
            slug=actor.slug,
            name=actor.name,
            sort_key=actor.sort_key,
            is_person=actor.kind == Kind.PERSON,
            url=actor.get_absolute_url(),
            note=actor.description,
            claims=claims.get(key, 0),
        )
        for key, actor in actors.items()
    ]


def days_on_file(found: Iterable[Evidence], horizon: Horizon, published: Found) -> OnFile:
    """The days on which actors with a stance spoke on these issues, or had somebody speak, whether it is coded or not.

    However far the horizon reaches in what was said: the table itself leaves out what came later.
    """
    actors = {item.actor.slug: item.actor.pk for item in found if item.shows}
    issues = {item.issue.slug: item.issue.pk for item in found if item.shows}
    known = Horizon(known=horizon.known)
    key = ("days on file", known, frozenset(actors.items()), frozenset(issues.items()))
    kept: OnFile = published.snapshot.for_page(key, lambda: OnFile(_days(actors, issues, known, published)))
    return kept


def _days(
    actors: Mapping[str, int], issues: Mapping[str, int], known: Horizon, published: Found
) -> dict[tuple[str, str], list[int]]:
    days: dict[tuple[str, str], list[int]] = {}
    for issue, key in issues.items():
        on_issue = totals.within(known, Having("issue", key), published=published).found()
        days |= {(actor, issue): on_issue.having_any(SPOKEN, pk).first_days("said") for actor, pk in actors.items()}
    return days


def _statement(item: Evidence) -> Statement:
    return Statement(
        actor=item.actor.slug,
        issue=item.issue.slug,
        stance=str(item.order),
        day=item.first,
        claim=item.slug,
        order=item.order,
        label=item.label,
        said=item.said,
        form=item.form,
        form_label=FORMS[item.form],
        issue_title=item.issue.title,
        url=item.url,
        via=item.via,
    )

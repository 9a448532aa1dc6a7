"""Rows for tests: each function makes one valid row and takes what the test cares about."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model

from actors.models import Actor, ActorName, Affiliation
from claims.models import (
    AttributionStep,
    Citation,
    Claim,
    ClaimRelation,
    Event,
    Issue,
    Permit,
    Position,
    PositionEvidence,
    Snapshot,
    Source,
    Stance,
    State,
    permitted,
)
from claims.search.index import derive

numbers = count(1)
MADE = "Made by a test."


@contextmanager
def unreviewed() -> Iterator[None]:
    """Within the block what readers see may be changed without a second person, as a load of a data package does."""
    with permitted(reason=MADE):
        yield


def made[**P, R](make: Callable[P, R]) -> Callable[P, R]:
    """A factory that also adds to what readers see already; of factories that call others only the first asks."""

    @wraps(make)
    def making(*args: P.args, **given: P.kwargs) -> R:
        if Permit.objects.filter(model="").exists():
            return make(*args, **given)
        with unreviewed():
            return make(*args, **given)

    return making


def a_user(**given: Any) -> Any:
    return get_user_model().objects.create_user(**{"username": f"user-{next(numbers)}", **given})


def an_actor(name: str = "", **given: Any) -> Actor:
    number = next(numbers)
    return Actor.objects.create(
        **{"slug": f"actor-{number}", "name": name or f"Actor {number}", "kind": "person", **given}
    )


@made
def a_name(actor: Actor, name: str, **given: Any) -> ActorName:
    return ActorName.objects.create(actor=actor, name=name, **given)


@made
def an_affiliation(person: Actor, organisation: Actor, role: str = "president", **given: Any) -> Affiliation:
    return Affiliation.objects.create(person=person, organisation=organisation, role=role, **given)


def an_issue(title: str = "", **given: Any) -> Issue:
    number = next(numbers)
    title = title or f"Issue {number}"
    return Issue.objects.create(
        **{"slug": f"issue-{number}", "title": title, "question": f"What of {title}?", "order": number, **given}
    )


@made
def a_stance(issue: Issue | None = None, label: str = "", **given: Any) -> Stance:
    issue = issue or an_issue()
    order = issue.stances.count() + 1
    label = label or f"Answer {order}"
    return Stance.objects.create(**{"issue": issue, "slug": f"answer-{order}", "label": label, "order": order, **given})


def a_source(**given: Any) -> Source:
    number = next(numbers)
    return Source.objects.create(
        **{
            "slug": f"source-{number}",
            "kind": "transcript",
            "title": f"Source {number}",
            "publisher": given.get("publisher") or an_actor(f"Publisher {number}", kind="media"),
            "url": f"https://example.org/{number}",
            "language": "en",
            "published_edtf": "2024-01-15",
            "rights": "short quotations only",
            **given,
        }
    )


def a_snapshot(source: Source, text: str, **given: Any) -> Snapshot:
    return Snapshot.objects.create(source=source, text=text, **given)


def published(**given: Any) -> dict[str, Any]:
    """The columns that make a row public, as a load of a data package sets them."""
    from django.utils import timezone

    return {
        "state": State.PUBLISHED,
        "published_at": timezone.now(),
        "forced": True,
        "forced_reason": "made by a test",
        **given,
    }


@made
def a_citation(claim: Claim, source: Source | None = None, exact: str = "", **given: Any) -> Citation:
    return Citation.objects.create(
        claim=claim,
        source=source or a_source(),
        exact=exact or f"the quoted words number {next(numbers)}",
        **{"language": "en", "locator": "par 1", **given},
    )


@made
def a_step(claim: Claim, actor: Actor, **given: Any) -> AttributionStep:
    return AttributionStep.objects.create(
        claim=claim, actor=actor, **{"order": claim.steps.count() + 1, "identification": "named", **given}
    )


def a_claim(content: str = "", **given: Any) -> Claim:
    """A published claim with one issue and one citation; ``issues``, ``addressees``, ``source`` may be given."""
    return _claim(content, published(), given)


def a_draft(content: str = "", **given: Any) -> Claim:
    """The same, not published."""
    return _claim(content, {}, given)


@made
def _claim(content: str, state: dict[str, Any], given: dict[str, Any]) -> Claim:
    number = next(numbers)
    issues = given.pop("issues", None) or [an_issue()]
    addressees, events = given.pop("addressees", ()), given.pop("events", ())
    source, exact = given.pop("source", None), given.pop("exact", "")
    claim = Claim.objects.create(
        **{
            "slug": f"claim-{number}",
            "speaker": given.get("speaker") or an_actor(),
            "as_stated": "MR. SPEAKER",
            "act": "asserts",
            "form": "verbatim",
            "content": content or f"matter {number} should be settled",
            "said_edtf": "2024-01-15",
            **state,
            **given,
        }
    )
    claim.issues.set(issues)
    claim.addressees.set(addressees)
    claim.events.set(events)
    a_citation(claim, source, exact)
    derive([claim])
    return claim


@made
def a_relation(from_claim: Claim, to_claim: Claim, kind: str = "contradicts", **given: Any) -> ClaimRelation:
    return ClaimRelation.objects.create(
        from_claim=from_claim, to_claim=to_claim, kind=kind, **{"basis": "curator", "note": "both seen", **given}
    )


@made
def an_event(title: str = "", **given: Any) -> Event:
    """A published event with a source; ``participants`` and ``sources`` may be given, and ``state``."""
    number = next(numbers)
    participants, sources = given.pop("participants", ()), given.pop("sources", None)
    event = Event.objects.create(
        **{
            "slug": f"event-{number}",
            "title": title or f"Event {number}",
            "kind": "talks",
            "date_edtf": "2024-01-15",
            "description": "Two delegations met.",
            **published(),
            **given,
        }
    )
    event.participants.set(participants)
    event.sources.set(sources if sources is not None else [a_source()])
    return event


@made
def a_position(actor: Actor | None = None, stance: Stance | None = None, shown_by: Any = (), **given: Any) -> Position:
    """A published position with the claims that show it."""
    number = next(numbers)
    position = Position.objects.create(
        **{
            "slug": f"position-{number}",
            "actor": actor or an_actor(),
            "stance": stance or a_stance(),
            "summary": f"In 2024 the actor said thing {number}",
            **published(),
            **given,
        }
    )
    for claim in shown_by:
        PositionEvidence.objects.create(position=position, claim=claim, role="shows")
    return position

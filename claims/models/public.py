"""Which records and entries of the log are public: those that something published leads to. One place for it.

An actor is public when it appears in any capacity in a published row, or is the organisation of one that does;
a source when a published row cites it; an issue when a published row is filed under it or answers it; an entry of the
log when its row is, or was withdrawn.
"""

from collections.abc import Callable, Iterable
from functools import cache, wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from actors.models import Actor, Affiliation
from actors.querysets import ActorQuerySet
from claims.models.change import Change
from claims.models.claim import AttributionStep, Citation, Claim
from claims.models.editorial import State
from claims.models.event import Event
from claims.models.issue import Issue
from claims.models.position import Position
from claims.models.source import Source


def _once[S: QuerySet[Any]](make: Callable[[], S]) -> Callable[[], S]:
    """Put together once, and copied: Django takes tens of milliseconds for a query, which is the same each time."""
    kept = cache(make)

    @wraps(make)
    def copied() -> S:
        return kept().all()

    return copied


@_once
def sources() -> QuerySet[Source]:
    """Sources that a published claim or event cites."""
    of_events = Event.sources.through.objects.filter(_of_published(Event, "event"), source=OuterRef("pk"))
    cited = Citation.objects.filter(_of_published(Claim, "claim"), source=OuterRef("pk"))
    return Source.objects.filter(Exists(cited) | Exists(of_events))


def sources_of_events() -> Iterable[int]:
    """The keys of the sources that published events cite."""
    cited = Event.sources.through.objects.filter(event__state=State.PUBLISHED)
    return cited.values_list("source", flat=True).distinct()


@_once
def issues() -> QuerySet[Issue]:
    """Issues under which a published claim is filed, or to which a published position answers."""
    filed = Claim.issues.through.objects.filter(_of_published(Claim, "claim"), issue=OuterRef("pk"))
    answered = Position.objects.filter(state=State.PUBLISHED, stance__issue=OuterRef("pk"))
    return Issue.objects.filter(Exists(filed) | Exists(answered))


def shows(thing: Model) -> bool:
    """Whether readers see this record now."""
    if isinstance(thing, Actor | Issue | Source):
        rows: Any = {Actor: actors, Issue: issues, Source: sources}[type(thing)]()
        return bool(rows.filter(pk=thing.pk).exists())
    return bool(getattr(thing, "state", None) == State.PUBLISHED)


@_once
def actors() -> ActorQuerySet:
    """Actors that appear in a published row, and the organisations that those persons belong to."""
    members = Affiliation.objects.filter(_appears("person"), organisation=OuterRef("pk"))
    return Actor.objects.filter(_appears("pk") | Exists(members))


@_once
def speakers() -> ActorQuerySet:
    """Actors that speak in a published claim: most of the public ones, and quicker asked for than these."""
    return Actor.objects.filter(Exists(Claim.objects.published().filter(speaker=OuterRef("pk"))))


@_once
def changes() -> QuerySet[Change]:
    """Entries of the log about what readers see, or saw until it was withdrawn; not about what is a draft again."""
    seen = Q()
    for model in (Claim, Event, Position):
        rows = [model.objects.published(), model.objects.filter(state=State.WITHDRAWN)]
        published, withdrawn = (Exists(found.filter(pk=OuterRef("object_id"))) for found in rows)
        seen |= _is_about(model) & (published | withdrawn)
    for other, shown in ((Source, sources()), (Issue, issues()), (Actor, actors())):
        seen |= _is_about(other) & Exists(shown.filter(pk=OuterRef("object_id")))
    return Change.objects.filter(seen)


def _is_about(model: type[Model]) -> Exists:
    """Asked row by row: with a join, or an equality, SQLite would read the whole log instead of its newest entries."""
    about = {"app_label": model._meta.app_label, "model": model._meta.model_name}
    return Exists(ContentType.objects.filter(pk=OuterRef("content_type"), **about))


def _appears(actor: str) -> Q:
    """Whether the actor under this name in the row asked about appears in a published row.

    Asked actor by actor, of which there are few: the first row found is enough, where a list of all who appear would
    be read from every claim there is.
    """
    of_claim, of_event = _of_published(Claim, "claim"), _of_published(Event, "event")
    capacities = (
        Claim.objects.published().filter(speaker=OuterRef(actor)),
        Claim.objects.published().filter(on_behalf_of=OuterRef(actor)),
        Claim.addressees.through.objects.filter(of_claim, actor=OuterRef(actor)),
        Claim.mentions.through.objects.filter(of_claim, actor=OuterRef(actor)),
        AttributionStep.objects.filter(of_claim, actor=OuterRef(actor)),
        Event.participants.through.objects.filter(of_event, actor=OuterRef(actor)),
        Position.objects.published().filter(actor=OuterRef(actor)),
        sources().filter(publisher=OuterRef(actor)),
    )
    seen = Q()
    for capacity in capacities:
        seen |= Q(Exists(capacity))
    return seen


def _of_published(model: type[Model], name: str) -> Exists:
    """Whether the row's claim or event, which it has under this name, is published."""
    published: Any = model._default_manager
    return Exists(published.published().filter(pk=OuterRef(name)))

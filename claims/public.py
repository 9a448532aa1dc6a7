"""Which actors, sources and entries of the log are public: those that something published leads to. One place for it.

An actor is public when it appears in any capacity in a published row, or is the organisation of one that does;
a source when a published row cites it; an entry of the log when its row is, or was withdrawn.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from actors.models import Actor, Affiliation
from actors.querysets import ActorQuerySet
from claims.models import AttributionStep, Change, Citation, Claim, Event, Position, Source, State


def sources() -> QuerySet[Source]:
    """Sources that a published claim or event cites."""
    cited = Citation.objects.filter(claim__in=Claim.objects.published().values("pk")).values("source")
    of_events = Event.sources.through.objects.filter(event__in=Event.objects.published().values("pk")).values("source")
    return Source.objects.filter(Q(pk__in=cited) | Q(pk__in=of_events))


def actors() -> ActorQuerySet:
    """Actors that appear in a published row, and the organisations that those persons belong to."""
    seen = Actor.objects.filter(_appears())
    organisations = Affiliation.objects.filter(person__in=seen.values("pk")).values("organisation")
    return Actor.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=organisations))


def changes() -> QuerySet[Change]:
    """Entries of the log about what readers see, or saw until it was withdrawn; not about what is a draft again."""
    seen = Q()
    for model in (Claim, Event, Position):
        rows = [model.objects.published(), model.objects.filter(state=State.WITHDRAWN)]
        published, withdrawn = (Exists(found.filter(pk=OuterRef("object_id"))) for found in rows)
        seen |= _is_about(model) & (published | withdrawn)
    seen |= _is_about(Source) & Exists(sources().filter(pk=OuterRef("object_id")))
    return Change.objects.filter(seen)


def _is_about(model: type[Model]) -> Exists:
    """Asked row by row: with a join, or an equality, SQLite would read the whole log instead of its newest entries."""
    about = {"app_label": model._meta.app_label, "model": model._meta.model_name}
    return Exists(ContentType.objects.filter(pk=OuterRef("content_type"), **about))


def _appears() -> Q:
    claims = Claim.objects.published().values("pk")
    events = Event.objects.published().values("pk")
    capacities = (
        Claim.objects.published().values("speaker"),
        Claim.objects.published().filter(on_behalf_of__isnull=False).values("on_behalf_of"),
        Claim.addressees.through.objects.filter(claim__in=claims).values("actor"),
        Claim.mentions.through.objects.filter(claim__in=claims).values("actor"),
        AttributionStep.objects.filter(claim__in=claims).values("actor"),
        Event.participants.through.objects.filter(event__in=events).values("actor"),
        Position.objects.published().values("actor"),
        sources().values("publisher"),
    )
    seen = Q()
    for capacity in capacities:
        seen |= Q(pk__in=capacity)
    return seen

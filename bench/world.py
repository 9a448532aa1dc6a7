"""The people, issues, sources and events of the invented record: the small tables, the same at every size.

Rank 1 is the first row of each table; how often a row is used falls with its rank after Zipf's law.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from actors.models import Actor, ActorName, Affiliation, Kind
from bench import vocabulary
from claims.models import Event, EventKind, Issue, Source, SourceKind, Stance

SEED = 2014
SPEAKERS, PUBLISHERS, ISSUES, SOURCES, EVENTS = 500, 40, 60, 5_000, 300
FIRST_DAY, DAYS = date(2014, 1, 1), 4_383  # to the end of 2025
KIND_SHARES = {
    "person": 0.45,
    "state": 0.2,
    "government_body": 0.15,
    "international_organisation": 0.07,
    "armed_force": 0.05,
    "party": 0.03,
    "media": 0.02,
    "company": 0.01,
    "collective": 0.01,
    "unnamed": 0.01,
}
PUBLISHED = {
    "state": "published",
    "published_at": datetime(2026, 1, 1, tzinfo=UTC),
    "forced": True,
    "forced_reason": "invented for a measurement",
}


@dataclass(frozen=True, slots=True)
class World:
    """The rows of the small tables, by rank, with primary keys from 1; speakers come before publishers."""

    actors: list[Actor]
    names: list[ActorName]
    affiliations: list[Affiliation]
    issues: list[Issue]
    stances: list[Stance]
    sources: list[Source]
    events: list[Event]


def zipf(size: int) -> list[float]:
    """The share of each rank: 1, a half, a third ... of the first one's. They add up to 1."""
    whole = sum(1 / rank for rank in range(1, size + 1))
    return [1 / rank / whole for rank in range(1, size + 1)]


def world() -> World:
    """The rows of the small tables, not saved; the same ones at every call."""
    chance = Random(SEED)
    kinds = [*_kinds(), *[Kind.MEDIA.value] * PUBLISHERS]
    actors = [_actor(number, kind) for number, kind in enumerate(kinds, 1)]
    issues = [_issue(number) for number in range(1, ISSUES + 1)]
    return World(
        actors,
        [name for actor in actors for name in _other_names(actor)],
        _affiliations(actors),
        issues,
        [_stance(issue, order) for issue in issues for order in (1, 2, 3)],
        [_source(chance, number) for number in range(1, SOURCES + 1)],
        [_event(chance, number) for number in range(1, EVENTS + 1)],
    )


def save(made: World) -> None:
    """Save the rows, with who took part in the events and what tells of them."""
    for rows in (made.actors, made.names, made.affiliations, made.issues, made.stances, made.sources, made.events):
        type(rows[0])._default_manager.bulk_create(rows)  # type: ignore[arg-type]
    took_part, told_by = Event.participants.through, Event.sources.through
    pairs = [(event.pk, event.pk % SPEAKERS + 1) for event in made.events]
    took_part._default_manager.bulk_create(took_part(event_id=event, actor_id=actor) for event, actor in pairs)
    told_by._default_manager.bulk_create(told_by(event_id=event, source_id=actor) for event, actor in pairs)


def _kinds() -> list[str]:
    """A kind for each speaker by rank, so that the kinds' shares of all claims come out as they are set."""
    missing, kinds = dict(KIND_SHARES), []
    for share in zipf(SPEAKERS):
        kind = max(missing, key=lambda name: missing[name])
        missing[kind] -= share
        kinds.append(kind)
    return kinds


def _actor(number: int, kind: str) -> Actor:
    name = vocabulary.name(kind, number).main
    actor = Actor(pk=number, slug=name.lower().replace(" ", "-"), name=name, kind=kind)
    actor.fill_sort_name()
    return actor


def _other_names(actor: Actor) -> list[ActorName]:
    name = vocabulary.name(actor.kind, actor.pk)
    return [
        ActorName(actor_id=actor.pk, name=name.latin, language="en"),
        ActorName(actor_id=actor.pk, name=name.cyrillic, language="uk"),
    ]


def _affiliations(actors: list[Actor]) -> list[Affiliation]:
    bodies = [actor.pk for actor in actors if actor.kind in (Kind.STATE, Kind.GOVERNMENT_BODY)]
    persons = [actor.pk for actor in actors if actor.kind == Kind.PERSON]
    return [
        Affiliation(person_id=person, organisation_id=bodies[place % len(bodies)], role="minister", start_edtf="2014")
        for place, person in enumerate(persons)
    ]


def _issue(number: int) -> Issue:
    title = f"{vocabulary.word(30_000 + number)} {vocabulary.word(number)}".capitalize()
    return Issue(
        pk=number, slug=title.lower().replace(" ", "-"), title=title, question=f"What of {title}?", order=number
    )


def _stance(issue: Issue, order: int) -> Stance:
    return Stance(issue_id=issue.pk, slug=f"answer-{order}", label=f"Answer {order}", order=order)


def _source(chance: Random, number: int) -> Source:
    publisher = SPEAKERS + chance.choices(range(1, PUBLISHERS + 1), zipf(PUBLISHERS))[0]
    words = [vocabulary.word(chance.randrange(20_000)) for _ in range(4)]
    return Source(
        pk=number,
        slug=f"{'-'.join(words)}-{number}",
        kind=chance.choice(SourceKind.values),
        title=" ".join(words).capitalize(),
        publisher_id=publisher,
        url=f"https://example.org/{number}",
        language=chance.choice(["en", "en", "ru", "uk"]),
        published_edtf=_day(chance),
        rights="short quotations only",
    )


def _event(chance: Random, number: int) -> Event:
    title = f"Meeting {vocabulary.word(60_000 + number)}"
    return Event(
        pk=number,
        slug=title.lower().replace(" ", "-"),
        title=title,
        kind=chance.choice(EventKind.values),
        date_edtf=_day(chance),
        description="Two delegations met.",
        **(PUBLISHED if number % 20 else {}),
    )


def _day(chance: Random) -> str:
    return (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()

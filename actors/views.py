"""The directory of actors, and the page of one, as HTML and as data."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from actors.models import Actor, Affiliation, Kind
from claims import public, sections
from claims.browser.vocabulary import language_name
from claims.charts import positions
from claims.entries import Link, entries
from claims.exports import Absolute, actor_record, thing_record
from claims.models import Claim
from claims.querysets import ClaimQuerySet
from claims.sections import Section, Tally
from claims.views.addresses import moved
from claims.views.lists import ActorListForm
from claims.views.records import answer, office_record, position_records, tally_record

NEWEST = 10
PLURALS = {
    Kind.PERSON: "People",
    Kind.STATE: "States",
    Kind.GOVERNMENT_BODY: "Government bodies",
    Kind.ARMED_FORCE: "Armed forces",
    Kind.INTERNATIONAL_ORGANISATION: "International organisations",
    Kind.PARTY: "Parties",
    Kind.COMPANY: "Companies",
    Kind.MEDIA: "Media",
    Kind.COLLECTIVE: "Groups",
    Kind.UNNAMED: "Unnamed voices",
}
# The capacities in which an actor appears: the title of the section, its short form, and the browser's parameters.
CAPACITIES = {
    "by": ("Claims by {}", "Claims", {"speaker": "{}"}),
    "on_behalf_of": ("Said on behalf of {}", "On behalf", {"actor": "{}", "role": "on_behalf_of"}),
    "mentioned": ("Said about {}", "Said about", {"actor": "{}", "role": "mentioned"}),
    "addressee": ("Addressed to {}", "Addressed to", {"actor": "{}", "role": "addressee"}),
    "attribution": ("Passed on by {}", "Passed on", {"actor": "{}", "role": "attribution"}),
}


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The public actors by kind and name, with how many claims of theirs are on file."""
    form = ActorListForm(request.GET)
    found = list(form.apply(public.actors()).in_order()) if form.is_valid() else []
    context = {
        "section": "actors",
        "form": form,
        "total": len(found),
        "groups": _groups(found, sections.tallies("speaker")) if found else [],
    }
    return render(request, "actors/directory.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One public actor; a redirect from an old address, else 404."""
    actor = public.actors().filter(slug=slug).first()
    if actor is None:
        return moved(public.actors(), slug, "actors:detail")
    return render(request, "actors/actor.html", {"section": "actors", **_page(actor)})


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One public actor as data: names, roles, figures, and the evidence of each position."""
    actor = public.actors().filter(slug=slug).first()
    if actor is None:
        return moved(public.actors(), slug, "actors:json")
    return answer(_record(actor, request.build_absolute_uri))


def _groups(actors: list[Actor], tallies: dict[int, Tally]) -> list[tuple[str, list[tuple[Actor, Tally]]]]:
    of_kind: dict[str, list[tuple[Actor, Tally]]] = {kind: [] for kind in Kind.values}
    for actor in actors:
        of_kind[actor.kind].append((actor, tallies.get(actor.pk, Tally())))
    return [(PLURALS[Kind(kind)], rows) for kind, rows in of_kind.items() if rows]


def _capacities(actor: Actor) -> dict[str, ClaimQuerySet]:
    claims = Claim.objects.published().newest_first()
    return {
        "by": claims.spoken_by(actor),
        "on_behalf_of": claims.spoken_for(actor),
        "mentioned": claims.mentioning(actor),
        "addressee": claims.addressed_to(actor),
        "attribution": claims.passed_on_by(actor),
    }


def _page(actor: Actor) -> dict[str, Any]:
    """What the page of an actor prints."""
    capacities = _capacities(actor)
    newest = sections.newest(capacities, NEWEST)
    evidence = positions.rows(Q(position__actor=actor) | Q(claim__speaker=actor))
    claims = sections.load([*(pk for pks in newest.values() for pk in pks), *(row.claim_id for row in evidence)])
    counts = sections.counts(capacities)
    shown = {name: _section(name, actor, counts[name], sections.pick(claims, newest[name])) for name in capacities}
    own = positions.evidence([row for row in evidence if row.position.actor_id == actor.pk], claims)
    return {
        "actor": actor,
        "crumbs": _crumbs(actor),
        "names": [(name.name, name.language, language_name(name.language)) for name in actor.names.all()],
        "tally": sections.tally(capacities["by"]),
        "about": counts["mentioned"],
        "chart": positions.chart(own, positions.by_issue),
        "silent_on": positions.silent_on(own),
        "shows_for": positions.shown_for(evidence, actor),
        "own": shown.pop("by"),
        "others": [section for section in shown.values() if section.count],
        "events": actor.events.published()[:NEWEST],
        **_offices(actor),
    }


def _section(name: str, actor: Actor, count: int, claims: list[Claim]) -> Section:
    title, short, query = CAPACITIES[name]
    address = urlencode({key: value.format(actor.slug) for key, value in query.items()})
    url = f"{reverse('claims:list')}?{address}"
    return Section(title.format(actor.sentence_name), count, entries(claims), url, short)


def _crumbs(actor: Actor) -> list[Link]:
    directory = reverse("actors:list")
    return [Link("Actors", directory), Link(PLURALS[Kind(actor.kind)], f"{directory}?kind={actor.kind}")]


def _offices(actor: Actor) -> dict[str, list[Affiliation]]:
    """The actor's own roles, and those who speak for it: holders of roles in it of whom a claim is on file."""
    held = sections.offices(actor)
    return {
        "roles": [office for office in held if office.person_id == actor.pk],
        "members": [office for office in held if office.organisation_id == actor.pk and office.claims],  # type: ignore[attr-defined]
    }


def _record(actor: Actor, absolute: Absolute) -> dict[str, Any]:
    evidence = positions.rows(Q(position__actor=actor))
    claims = sections.load(row.claim_id for row in evidence)
    capacities = _capacities(actor)
    offices = _offices(actor)
    return {
        **actor_record(actor, absolute),
        "description": actor.description,
        "wikidata": actor.wikidata_id,
        "names": [{"name": name.name, "language": name.language} for name in actor.names.all()],
        "roles": [office_record(office, office.organisation, absolute) for office in offices["roles"]],
        "members": [office_record(office, office.person, absolute) for office in offices["members"]],
        "claims": {**tally_record(sections.tally(capacities["by"])), "by_capacity": sections.counts(capacities)},
        "claims_url": absolute(f"{reverse('claims:json')}?{urlencode({'speaker': actor.slug})}"),
        "positions": position_records(positions.evidence(evidence, claims), absolute),
        "events": [thing_record(event, absolute) for event in actor.events.published()],
    }

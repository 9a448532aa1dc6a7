"""The directory of actors, and the page of one, as HTML and as data."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Actor, Affiliation, Kind
from claims.filtering import AsOfForm, Horizon, Tally, ending, totals
from claims.formats import actor_record, linked_data, thing_record
from claims.models import public
from claims.positions import stances
from claims.readmodel import Found, Having, Selection, current
from claims.views.chart_table import ChartForm, claims_of, printed
from claims.views.list_forms import ActorListForm
from claims.views.records import answer, filing_records, office_record, position_records, tally_record
from claims.views.redirects import moved
from claims.wording import ClaimLine, Link, Section, claim_lines, pick, sections
from conflict_site.base.addresses import Absolute
from conflict_site.base.languages import language_name

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
ROLES = {"by": "speaker"}  # as the read model names a capacity, where that is another name


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The public actors by kind and name, with how many claims of theirs are on file."""
    form = ActorListForm(request.GET)
    found = list(form.apply(public.actors()).in_order()) if form.is_valid() else []
    context = {
        "section": "actors",
        "form": form,
        "total": len(found),
        "groups": _groups(found, totals.of_each("speaker")) if found else [],
    }
    return render(request, "actors/directory.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One public actor, also as of a day; a redirect from an old address, else 404."""
    actor = _public(slug)
    if actor is None:
        return moved(public.actors(), slug, "actors:detail")
    form = ChartForm(request.GET, request.path)
    context = {
        "section": "actors",
        "form": form,
        "canonical_url": request.build_absolute_uri(form.url()),
        **_head(actor, request.build_absolute_uri),
        **(_page(actor, form) if form.is_valid() else {}),
    }
    return render(request, "actors/actor.html", context)


@require_safe
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One public actor as data, also as of a day: names, roles, figures, and the evidence of each position."""
    actor = _public(slug)
    if actor is None:
        return moved(public.actors(), slug, "actors:json")
    form = AsOfForm(request.GET, request.path)
    if not form.is_valid():
        return answer({"errors": form.errors}, status=400)
    return answer(_actor_record(actor, form.horizon, request.build_absolute_uri))


def _public(slug: str) -> Actor | None:
    """The public actor with this slug."""
    return public.speakers().filter(slug=slug).first() or public.actors().filter(slug=slug).first()


def _groups(actors: list[Actor], tallies: dict[int, Tally]) -> list[tuple[str, list[tuple[Actor, Tally]]]]:
    of_kind: dict[str, list[tuple[Actor, Tally]]] = {kind: [] for kind in Kind.values}
    for actor in actors:
        of_kind[actor.kind].append((actor, tallies.get(actor.pk, Tally())))
    return [(PLURALS[Kind(kind)], rows) for kind, rows in of_kind.items() if rows]


def _capacities(actor: Actor, horizon: Horizon, published: Found) -> dict[str, Selection]:
    """The claims within the horizon by the capacity in which the actor appears."""
    return {
        name: totals.within(horizon, Having("actor", (actor.pk, ROLES.get(name, name))), published=published)
        for name in CAPACITIES
    }


def _head(actor: Actor, absolute: Absolute) -> dict[str, Any]:
    """Who the actor is."""
    names = [(name.name, name.language, language_name(name.language)) for name in actor.names.all()]
    data = linked_data.actor(actor, (name for name, _, _ in names), absolute)
    return {"actor": actor, "crumbs": _crumbs(actor), "names": names, "json_ld": linked_data.in_html(data)}


def _page(actor: Actor, form: ChartForm) -> dict[str, Any]:
    """What the page of an actor prints of the claims within the horizon."""
    horizon, published = form.horizon, current()
    capacities = _capacities(actor, horizon, published)
    newest = {name: totals.newest(selection, NEWEST) for name, selection in capacities.items()}
    drawn = published.snapshot.for_page(("actor", actor.pk, horizon), lambda: _drawn(actor, horizon, published))
    chart = drawn["chart"]
    table = form.page_of(chart)
    claims = claim_lines([*(pk for pks in newest.values() for pk in pks), *claims_of(table)])
    counts = _counts(capacities)
    roles, members = _offices(actor, horizon, published)
    shown = {name: _section(name, actor, counts[name], pick(claims, newest[name]), horizon) for name in capacities}
    return {
        "tally": totals.of(capacities["by"].found()),
        "about": counts["mentioned"],
        **drawn,
        "silence_days": settings.SILENCE_DAYS,
        "table": printed(table, claims),
        "own": shown.pop("by"),
        "others": [section for section in shown.values() if section.count],
        "events": actor.events.published().filter(horizon.holds(day="date"))[:NEWEST],
        "roles": roles,
        "members": members,
    }


def _drawn(actor: Actor, horizon: Horizon, published: Found) -> dict[str, Any]:
    """The chart of an actor, the issues on which nothing is on file, and those whose positions rest on its words."""
    found = stances.found((Q(position__actor=actor) | Q(claim__speaker=actor)) & horizon.evidence())
    own = stances.supported([item for item in found if item.actor.pk == actor.pk])
    charted = stances.with_filings(stances.Scope(actors=(actor,)), horizon, own, published)
    return {
        "chart": stances.drawn(charted, stances.by_issue, published),
        "silent_on": stances.silent_on(charted.issues),
        "shows_for": stances.shown_for(found, actor),
    }


def _counts(capacities: Mapping[str, Selection]) -> dict[str, int]:
    return {name: selection.found().size for name, selection in capacities.items()}


def _section(name: str, actor: Actor, count: int, newest: list[ClaimLine], horizon: Horizon) -> Section:
    title, short, query = CAPACITIES[name]
    asked = {key: value.format(actor.slug) for key, value in query.items()}
    url = reverse("claims:list") + ending(asked | horizon.parameters)
    return Section(title.format(actor.sentence_name), count, newest, url, short)


def _crumbs(actor: Actor) -> list[Link]:
    directory = reverse("actors:list")
    return [Link("Actors", directory), Link(PLURALS[Kind(actor.kind)], f"{directory}?kind={actor.kind}")]


def _offices(
    actor: Actor, horizon: Horizon, published: Found
) -> tuple[list[Affiliation], list[tuple[Affiliation, int]]]:
    """The actor's own roles, and those who speak for it: holders of roles in it with the number of their claims."""
    held = sections.offices(actor, horizon.said.last if horizon.said else None)
    spoken = totals.numbers(totals.within(horizon, published=published).found(), "speaker")
    roles = [office for office in held if office.person_id == actor.pk]
    members = [office for office in held if office.organisation_id == actor.pk and office.person_id in spoken]
    return roles, [(office, spoken[office.person_id]) for office in members]


def _actor_record(actor: Actor, horizon: Horizon, absolute: Absolute) -> dict[str, Any]:
    published = current()
    charted = stances.charted(stances.Scope(actors=(actor,)), horizon, published)
    evidence = stances.printed(charted.evidence, claim_lines(item.claim for item in charted.evidence))
    capacities = _capacities(actor, horizon, published)
    roles, members = _offices(actor, horizon, published)
    events = actor.events.published().filter(horizon.holds(day="date"))
    return {
        **actor_record(actor, absolute),
        **horizon.record,
        "description": actor.description,
        "wikidata": actor.wikidata_id,
        "names": [{"name": name.name, "language": name.language} for name in actor.names.all()],
        "roles": [office_record(office, office.organisation, absolute) for office in roles],
        "members": [office_record(office, office.person, absolute) for office, _ in members],
        "claims": {**tally_record(totals.of(capacities["by"].found())), "by_capacity": _counts(capacities)},
        "claims_url": absolute(reverse("claims:json") + ending({"speaker": actor.slug} | horizon.parameters)),
        "positions": position_records(evidence, absolute),
        "without_stance": filing_records(evidence, charted.others, absolute),
        "events": [thing_record(event, absolute) for event in events],
    }

"""Two actors compared, as a page, as JSON and as CSV; and the page on which they are chosen."""

from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Actor
from claims.charts import most_shared
from claims.filtering import AsOfForm, Horizon
from claims.formats import actor_record
from claims.models import OldSlug, public
from claims.positions import Comparison, Side, all_of, compare, issues_held, table
from claims.views import charts
from claims.views.pair_form import PairForm
from claims.views.records import answer, claim_record, tally_record
from claims.wording import Link
from conflict_site.base.addresses import Absolute

PAGE = "claims:compare-pair"
PAIRS, NAMES = 20, 500  # so many are offered


@require_safe
def picker(request: HttpRequest) -> HttpResponse:
    """Names of two actors, and pairs worth comparing; on to the comparison where it is clear who is meant."""
    form = PairForm(request.GET)
    if form.is_valid() and form.pair:
        return redirect(PAGE, *(actor.slug for actor in form.pair))
    held = issues_held()
    context = {
        "section": "compare",
        "form": form,
        "names": [actor.name for actor in islice(held, NAMES)],
        "one": form.one,
        "pairs": most_shared(held, PAIRS, form.one),
    }
    return render(request, "compare/picker.html", context)


@require_safe
def pair(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """Two public actors, also as of a day; a redirect from old addresses, else 404."""
    if first == second:
        return redirect(f"{reverse('claims:compare')}?a={first}&b={second}")
    actors = actors_of(first, second)
    if [actor.slug for actor in actors] != [first, second]:
        return moved(actors, PAGE)
    form = AsOfForm(request.GET, request.path)
    canonical = reverse(PAGE, args=sorted((first, second))) + form.horizon.query
    context = {
        "section": "compare",
        "form": form,
        "actors": actors,
        "canonical_url": request.build_absolute_uri(canonical),
        "crumbs": [Link("Compare", reverse("claims:compare"))],
        **(_page(actors, form.horizon) if form.is_valid() else {}),
    }
    return render(request, "compare/pair.html", context)


@require_safe
def pair_json(request: HttpRequest, first: str, second: str) -> HttpResponseBase:
    """The same as data: a record for each piece of evidence, and the relations between claims of the two."""
    return _data(request, first, second, "json")


@require_safe
def pair_csv(request: HttpRequest, first: str, second: str) -> HttpResponseBase:
    """The same as a table, a row for each piece of evidence."""
    return _data(request, first, second, "csv")


def actors_of(first: str, second: str) -> tuple[Actor, Actor]:
    """The public actors that have, or once had, these slugs; raises Http404 where one of them is nobody's."""
    known = {actor.slug: actor for actor in public.speakers().filter(slug__in=(first, second))}
    if len(known) < 2:
        known |= {actor.slug: actor for actor in public.actors().filter(slug__in={first, second} - known.keys())}
    return (known.get(first) or _renamed(first)), (known.get(second) or _renamed(second))


def moved(actors: tuple[Actor, Actor], page: str) -> HttpResponsePermanentRedirect:
    """A permanent redirect to such a page under the names that the two have now."""
    return HttpResponsePermanentRedirect(reverse(page, args=[actor.slug for actor in actors]))


def _data(request: HttpRequest, first: str, second: str, kind: str) -> HttpResponseBase:
    """A comparison as JSON or CSV; 400 for wrong days, and for one actor twice."""
    if first == second:
        return answer({"errors": {"b": ["This is the first actor again. Choose another one."]}}, status=400)
    actors = actors_of(first, second)
    if [actor.slug for actor in actors] != [first, second]:
        return moved(actors, f"{PAGE}-{kind}")
    form = AsOfForm(request.GET, request.path)
    if not form.is_valid():
        return answer({"errors": form.errors}, status=400)
    compared, absolute = compare(*actors, form.horizon), request.build_absolute_uri
    records = table.records(compared.evidence, compared.claims, absolute)
    if kind == "csv":
        whole = chain(records, table.of_lanes(compared.unlisted, absolute))
        return charts.sent(request, whole, f"compare-{first}-{second}")
    record = _comparison_record(compared, form.horizon, absolute)
    return answer({**form.horizon.record, **record, "evidence": list(records)})


def _renamed(slug: str) -> Actor:
    old = OldSlug.target(Actor, slug)
    actor = public.actors().filter(pk=old.pk).first() if old else None
    if actor is None:
        raise Http404
    return actor


def _page(actors: tuple[Actor, Actor], horizon: Horizon) -> dict[str, Any]:
    """What the page prints of the claims within the horizon."""
    first, second = (actor.slug for actor in actors)
    return {
        "compared": compare(*actors, horizon),
        "silence_days": settings.SILENCE_DAYS,
        "turned": reverse(PAGE, args=(second, first)) + horizon.query,
        "files": [
            Link(kind.upper(), reverse(f"{PAGE}-{kind}", args=(first, second)) + horizon.query)
            for kind in ("csv", "json")
        ],
    }


def _comparison_record(compared: Comparison, horizon: Horizon, absolute: Absolute) -> dict[str, Any]:
    common, claims = compared.window, compared.claims
    return {
        "actors": [
            {
                **actor_record(side.actor, absolute),
                "claims": tally_record(side.tally),
                "left_out": side.left_out,
                **({"without_stance": _counted(side, horizon, absolute)} if compared.is_counted else {}),
            }
            for side in compared.sides
        ],
        "from": common.first.isoformat() if common else None,
        "to": common.last.isoformat() if common else None,
        "relations": [
            {
                "from": claim_record(claims[relation.from_claim_id], absolute),
                "kind": relation.kind,
                "to": claim_record(claims[relation.to_claim_id], absolute),
                "basis": relation.basis,
                "note": relation.note,
            }
            for relation in compared.related
        ],
    }


def _counted(side: Side, horizon: Horizon, absolute: Absolute) -> dict[str, Any]:
    """How many claims of one of the two take no coded stance, whenever they were said, and where they are listed."""
    return {"claims": side.without, "claims_url": absolute(all_of(side.actor, horizon, "claims:json"))}

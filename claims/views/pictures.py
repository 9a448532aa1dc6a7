"""Cards of claims, actors, issues and comparisons, 1200 by 630 as shared links have them.

A claim's is there as SVG, too. Who has the newest is told so before anything is drawn.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from actors.models import Actor
from claims.filtering import Horizon, Tally, totals
from claims.formats import picture, records
from claims.models import Claim, public
from claims.readmodel import Found, Having, current
from claims.views import claim_page, compare
from claims.views.etags import etag_of
from claims.views.records import answer, without_parameters
from claims.views.redirects import moved
from claims.wording import Card, ClaimLine, card
from conflict_site.models import Site

type Drawing = Callable[[HttpRequest, Card], HttpResponse]


@require_safe
@without_parameters
def claim_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """The attribution sentence of a published claim as SVG."""
    return _of_claim(request, slug, "claims:card", svg)


@require_safe
@without_parameters
def claim_png(request: HttpRequest, slug: str) -> HttpResponse:
    """The attribution sentence of a published claim as PNG."""
    return _of_claim(request, slug, "claims:picture", png)


@require_safe
@without_parameters
def actor_png(request: HttpRequest, slug: str) -> HttpResponse:
    """What is on file of a public actor, in numbers; a redirect from an old address, else 404."""
    actor = public.actors().filter(slug=slug).first()
    if actor is None:
        return moved(public.actors(), slug, "claims:actor-picture")
    words = f"What {actor.sentence_name} is on file as having said, when, and according to which source"
    return png(request, card.drawn(words, _spoken(actor, current()).words, Site.of(request).title))


@require_safe
@without_parameters
def issue_png(request: HttpRequest, slug: str) -> HttpResponse:
    """The question of an issue, and what is on file of it in numbers; a redirect from an old address, else 404."""
    issue = public.issues().filter(slug=slug).first()
    if issue is None:
        return moved(public.issues(), slug, "claims:issue-picture")
    words = totals.of(totals.within(Horizon(), Having("issue", issue.pk)).found()).words
    below = ": ".join(filter(None, ["Who answered what, and by which source", words]))
    return png(request, card.drawn(issue.question, below, Site.of(request).title))


@require_safe
@without_parameters
def pair_png(request: HttpRequest, first: str, second: str) -> HttpResponseBase:
    """Two public actors and what is on file of each in numbers; a redirect from old addresses, else 404."""
    if first == second:
        raise Http404
    actors = compare.actors_of(first, second)
    if [actor.slug for actor in actors] != [first, second]:
        return compare.moved(actors, "claims:pair-picture")
    one, other = (actor.sentence_name for actor in actors)
    words = f"{one} and {other}, issue by issue: what each is on file as having said, and according to which source"
    published = current()
    numbers = (Tally(_spoken(actor, published).claims).words or "0 claims" for actor in actors)
    below = " · ".join(f"{actor.name}: {number}" for actor, number in zip(actors, numbers, strict=True))
    return png(request, card.drawn(words, below, Site.of(request).title))


def svg(request: HttpRequest, drawn: Card) -> HttpResponse:
    """A card as SVG, for programs on any site."""
    return HttpResponse(picture.svg(drawn), content_type="image/svg+xml; charset=utf-8")


@cache_control(public=True, no_cache=True)
@condition(etag_func=lambda request, drawn: etag_of(drawn))
def png(request: HttpRequest, drawn: Card) -> HttpResponse:
    """A card as PNG, for programs on any site."""
    return HttpResponse(picture.png(drawn), content_type="image/png")


def _of_claim(request: HttpRequest, slug: str, name: str, drawing: Drawing) -> HttpResponse:
    """The card of a published claim; 410 with date and reason for a withdrawn one, else a redirect or 404."""
    claim = Claim.objects.ever_published().for_list().filter(slug=slug).first()
    if claim is None:
        return moved(Claim.objects.ever_published(), slug, name)
    if not claim.is_public:
        return answer(records.tombstone(claim, claim_page.withdrawal(claim)), status=410)
    return drawing(request, card.card(ClaimLine.of(claim), Site.of(request).title))


def _spoken(actor: Actor, published: Found) -> Tally:
    return totals.of(totals.within(Horizon(), Having("actor", (actor.pk, "speaker")), published=published).found())

"""The claims browser and the page of one claim, each with its JSON."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django_htmx.http import push_url

from claims.filtering import ClaimFilter
from claims.filtering import results as browser
from claims.formats import embedded, linked_data, records
from claims.models import Claim
from claims.views import claim_formats, claim_page, oembed
from claims.views.etags import etag, published
from claims.views.records import answer, without_parameters
from claims.views.redirects import moved
from claims.wording import ClaimLine, references

TEMPLATE = "claims/claim_list.html"
HTML = "text/html"


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=etag)
def browse(request: HttpRequest) -> HttpResponse:
    """Published claims under the reader's filter; to htmx the part that changes, to everyone else the page."""
    claim_filter = ClaimFilter(request.GET, published=published(request))
    valid = claim_filter.is_valid()
    canonical = claim_filter.url(page=claim_filter.cleaned_data["after"]) if valid else claim_filter.path
    context = {
        "section": "claims",
        "filter": claim_filter,
        "canonical_url": request.build_absolute_uri(canonical),
        **(browser.context if valid else browser.refused)(claim_filter),
    }
    htmx = request.htmx  # type: ignore[attr-defined]
    partial = htmx and not htmx.boosted and not htmx.history_restore_request
    template = f"{TEMPLATE}#results" if partial else TEMPLATE
    response = render(request, template, {**context, "partial": partial})
    patch_vary_headers(response, ["HX-Request"])
    return push_url(response, claim_filter.url()) if partial and valid else response


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=etag)
def browse_json(request: HttpRequest) -> JsonResponse:
    """The same claims as data, a page at a time, with the counts of every facet; 400 for an invalid filter."""
    claim_filter = ClaimFilter(request.GET, reverse("claims:json"), published(request))
    if not claim_filter.is_valid():
        return answer(records.refusal(claim_filter), status=400)
    return answer(records.page_record(claim_filter, request.build_absolute_uri))


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One published claim as its reader prefers it: as a page, as JSON, or as linked data (RFC 9110, section 12)."""
    wanted = request.get_preferred_type([*FORMATS]) or HTML
    response: HttpResponseBase = FORMATS[wanted](request, slug)
    patch_vary_headers(response, ["Accept"])
    return response


def _page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; a tombstone for a withdrawn one, a redirect from an old address, else 404."""
    claim = Claim.objects.ever_published().for_list().filter(slug=slug).first()
    if claim is None:
        return moved(Claim.objects.ever_published(), slug, "claims:detail")
    if not claim.is_public:
        context = {"section": "claims", "claim": claim, "change": claim_page.withdrawal(claim)}
        return render(request, "claims/claim_withdrawn.html", context, status=410)
    context = claim_page.context(claim, request.build_absolute_uri)
    return render(request, "claims/claim_detail.html", {"section": "claims", **context, **_cited(claim, request)})


@without_parameters
def _linked_data(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as linked data; of a withdrawn one what the JSON tells."""
    claim = Claim.objects.published().for_list().filter(slug=slug).first()
    if claim is None:
        return detail_json(request, slug)
    data = linked_data.schema_claim(ClaimLine.of(claim), request.build_absolute_uri)
    return HttpResponse(linked_data.text(data), content_type="application/ld+json; charset=utf-8")


@require_safe
@without_parameters
def detail_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One published claim as data, with how it stands to other published claims."""
    claim = Claim.objects.ever_published().for_page().filter(slug=slug).first()
    if claim is None:
        return moved(Claim.objects.ever_published(), slug, "claims:detail-json")
    if not claim.is_public:
        return answer(records.tombstone(claim, claim_page.withdrawal(claim)), status=410)
    relations = records.relations(claim_page.relations(claim))
    return answer({**records.record(claim, request.build_absolute_uri), "relations": relations})


def _cited(claim: Claim, request: HttpRequest) -> dict[str, Any]:
    """How a claim is cited, in words and by reference managers, and shown by other sites."""
    reference = claim_formats.reference(claim, request)
    return {
        "citation": references.plain(reference),
        "embedded": embedded.of_claim(ClaimLine.of(claim), reference),
        "oembed": oembed.address(request, reference.url),
    }


FORMATS: dict[str, Callable[..., HttpResponseBase]] = {
    HTML: _page,
    "application/json": detail_json,
    "application/ld+json": _linked_data,
}

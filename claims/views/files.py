"""The claims that a filter finds as files: the same claims in the same order as on its page."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from claims.filtering import ClaimFilter, facets
from claims.formats import ClaimFeed, citations, files, linked_data, records, xlsx_file
from claims.views.described import described_by
from claims.views.etags import etag, published
from claims.views.records import answer
from conflict_site.models import Site

CSV = "text/csv; charset=utf-8; header=present"
TOO_MANY = "A sheet holds {most:,} claims here; this filter finds {found:,}. Take them as CSV, or narrow the filter."

type Written = Callable[[ClaimFilter, HttpRequest], Iterator[str] | Iterator[bytes]]


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=etag)
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """All claims of a filter as a table, streamed; 400 for an invalid filter."""
    return _streamed(request, "claims.csv", CSV, _csv)


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=etag)
def citations_as_csv(request: HttpRequest) -> HttpResponseBase:
    """The citations of all claims of a filter as a table, streamed; 400 for an invalid filter."""
    return _streamed(request, "claims-citations.csv", CSV, _citations)


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=etag)
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    """All claims of a filter as a workbook, streamed; 400 for an invalid filter, and for more than a sheet holds."""
    return _streamed(request, "claims.xlsx", xlsx_file.MEDIA, _xlsx, xlsx_file.MOST_ROWS)


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=etag)
def as_json_ld(request: HttpRequest) -> HttpResponseBase:
    """All claims of a filter as schema.org data, streamed; 400 for an invalid filter."""
    return _streamed(request, "claims.jsonld", "application/ld+json; charset=utf-8", _json_ld)


@require_safe
def as_atom(request: HttpRequest) -> HttpResponse:
    """The claims of a filter as a feed, a page at a time (RFC 5005); 400 for an invalid filter."""
    claim_filter = ClaimFilter(request.GET, reverse("claims:atom"))
    if not claim_filter.is_valid():
        return answer(records.refusal(claim_filter), status=400)
    return ClaimFeed()(request, claim_filter)


def _streamed(
    request: HttpRequest, name: str, content_type: str, written: Written, most: int | None = None
) -> HttpResponseBase:
    claim_filter = ClaimFilter(request.GET, reverse("claims:list"), published(request))
    if not claim_filter.is_valid():
        return answer(records.refusal(claim_filter), status=400)
    if most is not None and (found := facets.counts(claim_filter)[1]) > most:
        return answer({"errors": {"__all__": [TOO_MANY.format(found=found, most=most)]}}, status=400)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        **(described_by(request) if content_type == CSV else {}),
    }
    # A server reads what it may not send: for HEAD, that would be the whole file.
    body = () if request.method == "HEAD" else written(claim_filter, request)
    return StreamingHttpResponse(body, content_type=content_type, headers=headers)


def _csv(claim_filter: ClaimFilter, request: HttpRequest) -> Iterator[str]:
    return files.csv_lines(claim_filter, request.build_absolute_uri)


def _xlsx(claim_filter: ClaimFilter, request: HttpRequest) -> Iterator[bytes]:
    return files.xlsx(claim_filter, request.build_absolute_uri)


def _citations(claim_filter: ClaimFilter, request: HttpRequest) -> Iterator[str]:
    return citations.csv_lines(claim_filter, request.build_absolute_uri)


def _json_ld(claim_filter: ClaimFilter, request: HttpRequest) -> Iterator[str]:
    head = linked_data.feed(request.build_absolute_uri(claim_filter.url()), Site.of(request).title)
    return files.json_ld(claim_filter, head, request.build_absolute_uri)

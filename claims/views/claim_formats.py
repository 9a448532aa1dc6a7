"""One claim for reference managers (BibTeX, CSL-JSON, RIS) and as web annotations of the passages it rests on."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.evidence import in_context
from claims.formats import linked_data, records
from claims.models import Claim
from claims.views import claim_page
from claims.views.records import answer, without_parameters
from claims.views.redirects import moved
from claims.wording import ClaimLine, Reference, references
from conflict_site.models import Site

BIBTEX = "application/x-bibtex; charset=utf-8"
RIS = "application/x-research-info-systems; charset=utf-8"
CSL = "application/vnd.citationstyles.csl+json; charset=utf-8"
ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"; charset=utf-8'


@require_safe
@without_parameters
def as_bibtex(request: HttpRequest, slug: str) -> HttpResponse:
    """One published claim as an entry of BibTeX."""
    return _format(slug, "claims:detail-bib", BIBTEX, lambda claim: references.bibtex(reference(claim, request)))


@require_safe
@without_parameters
def as_csl(request: HttpRequest, slug: str) -> HttpResponse:
    """One published claim as CSL-JSON."""
    return _format(slug, "claims:detail-csl", CSL, lambda claim: _json(references.csl(reference(claim, request))))


@require_safe
@without_parameters
def as_ris(request: HttpRequest, slug: str) -> HttpResponse:
    """One published claim in RIS."""
    return _format(slug, "claims:detail-ris", RIS, lambda claim: references.ris(reference(claim, request)))


@require_safe
@without_parameters
def as_annotations(request: HttpRequest, slug: str) -> HttpResponse:
    """The passages of one published claim as W3C Web Annotations, in JSON-LD."""
    return _format(slug, "claims:detail-jsonld", ANNOTATIONS, lambda claim: _json(_annotations(claim, request)))


def reference(claim: Claim, request: HttpRequest) -> Reference:
    """What a reference to a claim, fetched with ``for_list()``, consists of for who reads it today."""
    line = ClaimLine.of(claim)
    return Reference(
        slug=claim.slug,
        sentence=line.sentence,
        speaker=line.speaker.sentence_name,
        said=line.when,
        source=line.passages[0].source.cited_as if line.passages else "",
        publisher=Site.of(request).title,
        version=claim.version,
        recorded=claim.created_at.date(),
        url=_url(claim, request),
        accessed=timezone.now().date(),
    )


def _format(slug: str, name: str, content_type: str, written: Callable[[Claim], str]) -> HttpResponse:
    """A published claim as written; 410 with date and reason for a withdrawn one, else a redirect or 404."""
    claim = Claim.objects.ever_published().for_list().filter(slug=slug).first()
    if claim is None:
        return moved(Claim.objects.ever_published(), slug, name)
    if not claim.is_public:
        return answer(records.tombstone(claim, claim_page.withdrawal(claim)), status=410)
    return HttpResponse(written(claim), content_type=content_type)


def _annotations(claim: Claim, request: HttpRequest) -> dict[str, Any]:
    """Each document by its own address, or where it has none by that of its page here."""
    sources = {citation.source_id: citation.source for citation in claim.citations.all()}
    urls = {key: source.url or request.build_absolute_uri(source.get_absolute_url()) for key, source in sources.items()}
    return linked_data.annotations(claim, _url(claim, request), urls, in_context.captured(claim))


def _url(claim: Claim, request: HttpRequest) -> str:
    return request.build_absolute_uri(claim.get_absolute_url())


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)

"""A claim to be shown within the pages of other sites."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from claims.models import Claim
from claims.views import claim_page
from claims.views.records import without_parameters
from claims.views.redirects import moved
from claims.wording import ClaimLine

SCRIPTLESS = {"script-src": [CSP.NONE], "connect-src": [CSP.NONE]}
ANYWHERE: dict[str, Any] = {**settings.SECURE_CSP, **SCRIPTLESS, "frame-ancestors": ["*"]}


@require_safe
@xframe_options_exempt
@csp_override(ANYWHERE)
@without_parameters
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """One published claim with its attribution and a link to its page, for a frame on any site; it takes no script.

    A withdrawn claim says so, with the reason and status 410, wherever it is embedded.
    """
    claim = Claim.objects.ever_published().for_list().filter(slug=slug).first()
    if claim is None:
        return moved(Claim.objects.ever_published(), slug, "claims:embed")
    shown = {"e": ClaimLine.of(claim)} if claim.is_public else {"change": claim_page.withdrawal(claim)}
    whole_url = request.build_absolute_uri(claim.get_absolute_url())
    context = {"claim": claim, "whole_url": whole_url, **shown}
    return render(request, "claims/embed.html", context, status=200 if claim.is_public else 410)

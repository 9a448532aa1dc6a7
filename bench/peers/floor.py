"""The floor: the page of the browser with nothing left to find, from what the site's view once gave its template."""

from typing import Any
from unittest.mock import patch

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from claims.views import claims
from conflict_site import context
from conflict_site import urls as site
from conflict_site.models import Site

HELD: dict[str, tuple[str, dict[str, Any]]] = {}
SITES: dict[str, Site] = {}


def browse(request: HttpRequest) -> HttpResponse:
    """The same HTML as the site's. The first request for an address asks the site's view, and keeps what it found."""
    address = request.get_full_path()
    if address not in HELD:
        HELD[address] = _found(request)
    template, values = HELD[address]
    return render(request, template, values)


def words(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to know of the site, from memory: in the place of ``conflict_site.context.site``."""
    if not SITES:
        SITES["current"] = Site.current()
    return {**context.site(request), "site": SITES["current"]}


def _found(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """The template that the site's view renders for a request, and the values it gives it."""
    with patch.object(claims, "render", return_value=HttpResponse()) as rendered:
        claims.browse(request)
    (_, template, values), _ = rendered.call_args
    return template, values


urlpatterns = [path("claims/", browse), *site.urlpatterns]
handler404 = site.handler404

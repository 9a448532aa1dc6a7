"""The pages for what went wrong. They ask nothing of the request, the database or the settings that can fail as well.

Only the page for an unknown address offers more, a search and what is near; where that fails, it does without.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

from claims.filtering import near
from conflict_site.base.problems import problem
from conflict_site.operation.numbers import number
from conflict_site.programs import WORDS, is_data

TITLES = {
    400: "This request could not be understood",
    403: "This page is not open to you",
    404: "There is no page at this address",
    408: "Not all of this request came",
    413: "This form holds too much",
    415: "This form could not be read",
    429: "Too many attempts",
    500: "Something went wrong on this server",
    503: "This could not be answered in time",
}
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A malformed request, or one that holds too much."""
    return too_much() if isinstance(exception, TOO_MUCH) else page(400)


def too_much() -> HttpResponse:
    """A form beyond the limits, which the page names."""
    limits = {
        "megabytes": f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000:.3g}",
        "with_files": f"{settings.UPLOAD_MAX_BYTES / 1_000_000:.3g}",
        "fields": f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,}",
        "files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
    return page(413, context=limits)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that is closed to this reader."""
    return page(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not sent from a page of this site, or from one that is too old."""
    return page(403, "errors/csrf.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An unknown address: a search, and what has nearly the same address."""
    if is_data(request):
        return problem(404, detail=WORDS[404])
    return page(404, render=lambda: render_to_string("404.html", {"near": near(request.path)}, request))


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return page(500)


def page(
    status: int, name: str = "", render: Callable[[], str] | None = None, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a status, by ``render`` or by its template ``name``; where that fails, a line of plain HTML."""
    for attempt in filter(None, [render, lambda: bare(name or f"errors/{status}.html", context)]):
        try:
            return HttpResponse(attempt(), status=status)
        except Exception:  # whatever it is: the reader is to have an answer, and the log the reason
            log.exception("The page for %s could not be made.", status)
    return HttpResponse(f"<!doctype html><title>{status}</title><h1>{escape(TITLES[status])}</h1>", status=status)


def bare(name: str, context: dict[str, Any] | None = None) -> str:
    """A page in the frame that needs nothing; it gives the number by which the request is found in the log."""
    return render_to_string(name, {"request_id": number.get(), **(context or {})})

"""A line in the log for each request, and a number by which it is found again. No line names a reader."""

import json
import logging
import re
import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from conflict_site.base import clients
from conflict_site.operation import metrics
from conflict_site.operation.numbers import number

HEADER = "X-Request-ID"
NUMBER = re.compile(r"[A-Za-z0-9_-]{8,64}")  # as proxies give them
TEXT = "{time} {client} {method} {route} {status} {ms} ms {request_id}"

log = logging.getLogger("attributed.access")


class Access:
    """The middleware. It stands before all others but health, so that it sees what all of them answer."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer
        metrics.make_folder()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request.request_id = given if NUMBER.fullmatch(given) else secrets.token_hex(8)  # type: ignore[attr-defined]
        token = number.set(request.request_id)  # type: ignore[attr-defined]
        start = perf_counter()
        try:
            response = self.answer(request)
            response.headers[HEADER] = number.get()
            _note(request, response, perf_counter() - start)
        finally:
            number.reset(token)
        return response


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Count the request, and write its line where lines are asked for."""
    metrics.count(request.method or "-", route(request), response.status_code, seconds)
    if settings.ACCESS_LOG != "off":
        log.info(_line(request, response, seconds))


def route(request: HttpRequest) -> str:
    """The pattern of the address asked for, never the address itself: what readers look for stays theirs."""
    found = request.resolver_match
    return f"/{found.route}" if found else "-"


def _line(request: HttpRequest, response: HttpResponse, seconds: float) -> str:
    said: dict[str, Any] = {
        "time": timezone.now().isoformat(timespec="milliseconds"),
        "client": clients.network(request),
        "method": request.method,
        "route": route(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "request_id": number.get(),
    }
    return json.dumps(said) if settings.ACCESS_LOG == "json" else TEXT.format(**said)

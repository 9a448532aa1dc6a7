"""Who has an answer already is told so (304) before it is made again, at every public address.

A process remembers which validator an answer had, and the newest entry of the journal of changes at that time. As long
as that entry is the newest one, so is the answer: the journal knows of all that public pages show. Whatever has
changed, the answer is made again, and told as unchanged once more if its words are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from claims.readmodel import freshness
from conflict_site.programs import is_desk

MOST = 4_096  # answers that are remembered before all are let go, some hundred bytes each
TOLD_AGAIN = ("Cache-Control", "Content-Location", "ETag", "Vary")  # RFC 9110, section 15.4.5
CHOSEN_BY = ("Accept", "HX-Request", "HX-Boosted", "HX-History-Restore-Request")  # what one address answers apart by

type Moment = tuple[freshness.Mark, date]  # the newest entry of the journal, and the day: pages say "until today"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of somebody who has an answer, and the moment before it is looked at."""

    key: bytes
    moment: Moment


class Unchanged:
    """The middleware, around the one that gives validators. Where somebody may be signed in, it does nothing."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer
        self._known: dict[bytes, tuple[Moment, dict[str, str]]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.answer(request)
        asked = vars(request).get("asked_again")
        if asked and "ETag" in response.headers and response.status_code in (200, 304) and not response.cookies:
            if len(self._known) >= MOST:
                self._known.clear()
            told = {name: response.headers[name] for name in TOLD_AGAIN if name in response.headers}
            self._known[asked.key] = asked.moment, told
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """The answer that nothing has changed, where that is known; one query."""
        asked = _asked(request) if _may_be_told(request) else None
        if asked is None:
            return None
        moment, told = self._known.get(asked.key, (None, {}))
        if moment == asked.moment and _has(request, told["ETag"]):
            return HttpResponseNotModified(headers=told)
        vars(request)["asked_again"] = asked
        return None


def _may_be_told(request: HttpRequest) -> bool:
    """Whether somebody has an answer that all readers get. With DEBUG, templates change as one writes them."""
    return (
        request.method in ("GET", "HEAD")
        and "If-None-Match" in request.headers
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not is_desk(request.path_info)
        and not settings.DEBUG
    )


def _asked(request: HttpRequest) -> Asked | None:
    """None where nothing can be said: the journal is empty, or the database does not answer."""
    try:
        mark = freshness.mark()
    except Error:
        return None
    chosen = [request.headers.get(name) for name in CHOSEN_BY]
    said = repr((request.scheme, request.get_host(), request.get_full_path(), chosen))
    return Asked(blake2b(said.encode(), digest_size=16).digest(), (mark, timezone.localdate())) if mark else None


def _has(request: HttpRequest, tag: str) -> bool:
    """Whether a reader has the answer with this validator, compressed (then it is a weak one) or not."""
    return tag in {given.removeprefix("W/") for given in parse_etags(request.headers["If-None-Match"])}

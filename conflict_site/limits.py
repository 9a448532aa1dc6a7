"""How much a request may take: of the database's time, and of the threads that also answer readers.

A save that has to wait holds a thread. So at the desk only some may be under way at once in a process; one more is
told to try again, with what was typed at hand, and readers always find a thread.
"""

import logging
import sys
from collections.abc import Callable
from threading import Semaphore
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from conflict_site import again, errors
from conflict_site.base import limits
from conflict_site.errors import page
from conflict_site.programs import is_desk

UNANSWERED = (OperationalError, InterfaceError)
RETRY_AFTER = 5  # seconds

log = logging.getLogger(__name__)


class Limits:
    """The middleware. It stands after the one that checks forms, since it gives them back."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer
        self.room = Semaphore(settings.DESK_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at_desk = is_desk(request.path_info)
        limits.allow(settings.DESK_SECONDS if at_desk else settings.PUBLIC_SECONDS)
        if not at_desk or request.method != "POST":
            return self.answer(request)
        entered = self.room.acquire(blocking=False)
        vars(request)["is_one_too_many"] = not entered
        try:
            return self.answer(request)
        finally:
            if entered:
                self.room.release()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        return busy(request) if vars(request).get("is_one_too_many") else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The database did not answer, or not in time; or the sender of a form left."""
        if isinstance(exception, UnreadablePostError):
            return page(408)
        if isinstance(exception, UNANSWERED) or is_taken(exception):
            return unanswered(request, exception)
        return None


def is_taken(fault: Exception) -> bool:
    """Whether two have saved the same at once, and this one came second: sent again, the form says what is taken."""
    return isinstance(fault, IntegrityError) and "unique" in str(fault).lower()


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to a fault outside the views: the database's, as one asks who is signed in, or ours."""
    fault = sys.exception()
    return unanswered(request, fault) if isinstance(fault, UNANSWERED) else errors.server_error(request)


def unanswered(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Log that the database did not answer, and say to try again."""
    log.error("The database did not answer %s %r: %s", request.method, request.path, str(fault).strip())
    answer = busy(request)
    vars(answer)["fault"] = fault
    return answer


def fault_of(answer: HttpResponse) -> Exception | None:
    """Why the database did not give an answer; None where it did."""
    fault = vars(answer).get("fault")
    return fault if isinstance(fault, UNANSWERED) else None


def busy(request: HttpRequest) -> HttpResponse:
    """A page that says so; after a form at the desk with all that was typed, to be sent again."""
    if is_desk(request.path_info) and request.method == "POST" and not request.FILES:
        answer = again.given_back(request, 503)
    else:
        answer = page(503)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    answer._has_been_logged = True  # type: ignore[attr-defined] # by us, or it is no fault of anybody
    return answer

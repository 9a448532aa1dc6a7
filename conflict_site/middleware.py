"""Requests that cannot be served as they come: refused in words before anything else looks at them."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

from conflict_site.errors import page, too_much
from conflict_site.programs import is_public

UNTOLD = (
    "HTTPS=1 is set, but the proxy before this site does not say by which protocol it was asked: "
    "it has to send X-Forwarded-Proto. Without that, every address would lead to itself for ever.\n"
)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")  # the last: of a request that sends nothing
DIGITS = 18  # of a length; Python reads no more than some thousand, and no stream can be so long


def told_by_which_protocol(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Says what is missing (503) where the site is to lead to TLS and its proxy does not tell what was asked for."""

    def told(request: HttpRequest) -> HttpResponse:
        if settings.HTTPS and "X-Forwarded-Proto" not in request.headers:
            return HttpResponse(UNTOLD, status=503, content_type="text/plain; charset=utf-8")
        return answer(request)

    return told


def is_utf_8(content_type: str) -> bool:
    """Whether a Content-Type can be read, and names no other charset than UTF-8."""
    try:
        _, given = parse_header_parameters(content_type)
    except ValueError:
        return False
    return given.get("charset", "utf-8").lower() == "utf-8"


def forms_that_can_be_read(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuses a body that is no form in UTF-8 (415), and one longer than any form of ours, before it is read (413)."""

    def checked(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or is_public(request.path_info):  # there any form is refused, whatever it holds
            return answer(request)
        if request.content_type not in FORMS or not is_utf_8(request.META.get("CONTENT_TYPE", "")):
            return page(415)
        files = settings.UPLOAD_MAX_BYTES if request.content_type == FORMS[1] else 0
        return too_much() if _is_too_long(request.META.get("CONTENT_LENGTH") or "", files) else answer(request)

    return checked


def _is_too_long(length: str, files: int) -> bool:
    """Django measures the fields, but takes files of any length; with them, a form may have so many bytes."""
    if not length.isdecimal():
        return False
    return len(length) > DIGITS or int(length) > max(files, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def nobody_is_signed_in(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Where there is no desk, everybody is a reader."""

    def answered(request: HttpRequest) -> HttpResponse:
        request.user = AnonymousUser()
        return answer(request)

    return answered

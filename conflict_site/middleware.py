"""What is refused before any page is asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from conflict_site import errors


def only_utf8(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuses forms that are sent in anything but UTF-8 by 415: browsers send it, and Django reads nothing else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        return get_response(request) if charset.lower() == "utf-8" else errors.page(415)

    return middleware

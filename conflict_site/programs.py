"""What all answers to programs have in common, whichever view gives them, or none: before and after all else.

Data may be read from any site (CORS), errors of its addresses are problem details, and whoever uses a method that a
public address does not have is told which ones it has.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import Resolver404, resolve

from conflict_site.base import problems

DATA = re.compile(r"(?s:/(?!admin/).*\.(json|jsonld|csv|xlsx|atom|bib|ris|svg|png|xml)|/oembed)")
READABLE = re.compile(rf"{DATA.pattern}|/claims/[-\w]+/(embed/)?")
CLAIM = re.compile(r"/claims/[-\w]+/")  # a page that is data to whoever prefers them
MEDIA = ("text/html", "application/json", "application/ld+json", problems.MEDIA)
READING = ("GET", "HEAD", "OPTIONS")
EXPOSED = "ETag, Link"
PREFLIGHT = {"Access-Control-Allow-Methods": ", ".join(READING), "Access-Control-Max-Age": "86400"}
WORDS = {
    400: "This request could not be understood.",
    404: "There is nothing at this address.",
    405: "This address can only be read.",
    500: "Something went wrong on this server.",
    503: "This could not be answered in time. Please try again in a few seconds, or ask for less.",
}
REFUSED = re.compile(r"q\s*=\s*0(\.0*)?$")

type View = Callable[..., HttpResponseBase]


class Programs:
    """The middleware. It stands first, so that it has the answers of all others."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _forget_refused_codings(request.META)
        response: HttpResponseBase = self.answer(request)
        if is_data(request):
            response = _told_as_problem(response)
            _link_page(request, response)
        if READABLE.fullmatch(request.path):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Which methods a public address has, before a form is missed that nobody can send there."""
        if request.method in ("GET", "HEAD") or not is_public(request.path_info):
            return None
        if request.method != "OPTIONS":
            return HttpResponseNotAllowed(READING)
        asked = request.headers.get("Access-Control-Request-Headers")
        allowed = {"Access-Control-Allow-Headers": "*"} if asked else {}
        return HttpResponse(status=204, headers={"Allow": ", ".join(READING), **PREFLIGHT, **allowed})


def is_data(request: HttpRequest) -> bool:
    """Whether data are asked for: by the ending of the address, or of a claim by preference."""
    if CLAIM.fullmatch(request.path):
        return request.get_preferred_type(MEDIA) not in (None, MEDIA[0])
    return bool(DATA.fullmatch(request.path))


def is_public(path: str) -> bool:
    """Whether there is an address like this beside those of the desk, which alone takes forms."""
    try:
        return "admin" not in resolve(path).app_names
    except Resolver404:
        return False


def is_desk(path: str) -> bool:
    """Whether an address is one of the desk, or of none that it could be."""
    return path.startswith("/admin/")


def _told_as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or where it is an error in HTML the same as a problem, with what its headers say."""
    if response.status_code < 400 or "json" in response.headers.get("Content-Type", ""):
        return response
    told = problems.problem(response.status_code, detail=WORDS.get(response.status_code, ""))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            told.headers[name] = response.headers[name]
    told._has_been_logged = getattr(response, "_has_been_logged", False)  # type: ignore[attr-defined]
    return told


def _link_page(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say at which address people read the same (RFC 8288), where there is one."""
    page = re.sub(r"\.\w+$", "/", request.path_info)
    if response.status_code != 200 or not is_public(page):
        return
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    link = f'<{request.build_absolute_uri(page + query)}>; rel="alternate"; type="text/html"'
    response.headers["Link"] = ", ".join(filter(None, [response.headers.get("Link"), link]))


def _forget_refused_codings(headers: dict[str, Any]) -> None:
    """Leave out the codings that a reader refuses ("gzip;q=0"), which Django takes for asked for."""
    codings = headers.get("HTTP_ACCEPT_ENCODING")
    if codings:
        kept = [coding for coding in codings.split(",") if not REFUSED.search(coding.strip())]
        headers["HTTP_ACCEPT_ENCODING"] = ",".join(kept)

"""Forms of the desk that could not be taken: given back with all that was typed, to be sent again."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import add_never_cache_headers

from conflict_site import errors
from conflict_site.errors import bare, page
from conflict_site.programs import is_desk

AGAIN = "_again"  # a field by which a form says that it was given back before
OURS = ("csrfmiddlewaretoken", AGAIN)  # fields that a form gets anew


def given_back(request: HttpRequest, status: int, name: str = "errors/again.html") -> HttpResponse:
    """A page of this status, by its template, with what was typed unless that is a secret or has files."""
    answer = page(status, render=lambda: bare(name, _typed(request)))
    add_never_cache_headers(answer)
    return answer


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form of somebody who was signed in as it was opened; None to strangers, and to what is empty."""
    was_in = settings.SESSION_COOKIE_NAME in request.COOKIES or AGAIN in request.POST
    if request.method == "POST" and was_in and _typed(request)["fields"]:
        return given_back(request, 403, "errors/signed_out.html")
    return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was not sent from a page of this site; or from one that was opened before somebody signed in."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"  # no other site can say so
    if is_ours and is_desk(request.path_info) and _typed(request)["fields"]:
        return given_back(request, 403, "errors/stale.html")
    return errors.csrf_failure(request)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form, for a form that sends them again; none where one of them is a secret or a file."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in OURS]
    secret = any("password" in name or name == "code" for name, _ in fields)
    left_out = secret or bool(request.FILES)
    return {"path": request.get_full_path(), "fields": [] if left_out else fields, "csrf_token": get_token(request)}

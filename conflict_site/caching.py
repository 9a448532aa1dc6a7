"""What a cache on the way may do with a public answer: keep it, and ask each time whether it still holds.

Where SHARED_CACHE_SECONDS is set, shared caches need not ask for so long. They are told the key by which to let go of
all that is made of the record; ``manage.py purge_caches`` tells them to, as soon as anything in it has changed.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from conflict_site.programs import is_desk

KEY = "record"
ASK = "public, no-cache"
KEEP = "public, max-age=0, must-revalidate, s-maxage={}"


def stated_policy(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware that gives every public answer a policy, errors and redirects too. It stands before all that
    may make an answer: by HTTP's own rules a cache may keep one without a policy as long as it thinks fit.
    """

    def stated(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if is_desk(request.path_info):
            return response
        response.headers.setdefault("Cache-Control", ASK)
        if response.headers["Cache-Control"] == ASK and response.status_code == 200 and settings.SHARED_CACHE_SECONDS:
            response.headers["Cache-Control"] = KEEP.format(settings.SHARED_CACHE_SECONDS)
            response.headers["Surrogate-Key"] = KEY
        return response

    return stated

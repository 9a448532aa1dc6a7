"""Tells the database which account a request acts for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.who import acting

READS = ("GET", "HEAD", "OPTIONS")


def acting_account(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Notes what a request writes as done by its account. Who only reads, or has no session, is not looked up."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.method in READS or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return answer(request)
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return answer(request)
        with acting(user.pk, user.get_username()):
            return answer(request)

    return answered

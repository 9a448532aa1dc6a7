"""One request, and its answer without what differs from run to run."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.cache import set_response_etag

from scripts.same_answers.world import CURATOR

# The ways to ask: a method and headers. "AGAIN" is a request for what one has, with the validators that came with it.
HTMX = {"HX-Request": "true"}
WAYS: dict[str, tuple[str, dict[str, str]]] = {
    "GET": ("GET", {}),
    "HEAD": ("HEAD", {}),
    "POST": ("POST", {}),
    "HTMX": ("GET", HTMX),
    "BACK": ("GET", HTMX | {"HX-History-Restore-Request": "true"}),
    "AGAIN": ("GET", {}),
}
NUMBER = {"X-Request-ID": "the-same-each-time"}  # which pages for what went wrong show
OF_THE_RUN = ("Expires", "X-Request-ID", "Content-Length")  # the last says no more than the body
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')


class Request(NamedTuple):
    """An address, a way to ask for it, and whether a curator asks, who is signed in, or a reader."""

    url: str
    way: str = "GET"
    curator: bool = False

    def __str__(self) -> str:
        return f"{self.way} {self.url}" + (" (signed in)" if self.curator else "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of an answer."""

    status: int
    headers: dict[str, str]
    body: str


class Asker:
    """Asks, and remembers the URL patterns of what it was asked."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.client: Any = Client(raise_request_exception=False)
        signed_in: Any = Client()
        signed_in.force_login(get_user_model()._default_manager.get(username=CURATOR))
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={signed_in.cookies[settings.SESSION_COOKIE_NAME].value}"

    def ask(self, request: Request) -> Answer:
        """The answer."""
        self._note(request.url)
        method, headers = WAYS[request.way]
        if request.way == "AGAIN":
            headers = _validators(self._send("GET", request, {}))
        with taken_back() if method == "POST" else nullcontext():
            return kept(self._send(method, request, headers))

    def _send(self, method: str, request: Request, headers: dict[str, str]) -> Any:
        cookie = self.cookie if request.curator else ""
        return self.client.generic(method, request.url, headers=headers | NUMBER, HTTP_COOKIE=cookie)

    def _note(self, url: str) -> None:
        with suppress(Resolver404):
            self.asked.add(resolve(url.partition("?")[0]).route)


@contextmanager
def taken_back() -> Iterator[None]:
    """Nothing that the block writes stays in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kept(response: Any) -> Answer:
    """What is kept of an answer of Django's test client."""
    body = response.getvalue()
    headers = {name: value for name, value in sorted(response.headers.items()) if name not in OF_THE_RUN}
    if "ETag" in headers:
        headers["ETag"] = "of the body" if headers["ETag"] == _of(body) else "of something else"
    if response.cookies:
        headers["Set-Cookie"] = ", ".join(sorted(response.cookies))
    return Answer(response.status_code, headers, TOKEN.sub(r"\1masked", body.decode(errors="backslashreplace")))


def _of(body: bytes) -> str:
    """The validator that Django makes of a body; others are made of the program's files, which change."""
    return str(set_response_etag(HttpResponse(body)).headers.get("ETag"))  # None for an empty body


def _validators(response: Any) -> dict[str, str]:
    names = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    return {names[name]: response.headers[name] for name in names if name in response.headers}

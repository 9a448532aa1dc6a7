"""Somebody who works at the desk of a site, as a browser would: signs in, opens forms, saves them."""

import http.client
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import lxml.html

from soak.places import HOST

PATIENCE = 300  # seconds, as in deploy/nginx.conf
NAME, PASSWORD = "keeper", "correct horse battery"
ACCOUNT = f"from django.contrib.auth.models import User; User.objects.create_superuser({NAME!r}, password={PASSWORD!r})"
SIGN_IN, SIGNED_OUT = "/admin/login/", 401  # the latter in place of a 302 that leads to the former


class Answer(NamedTuple):
    """Of a site: its status, where it leads, and its body."""

    status: int
    to: str
    body: bytes


class Desk:
    """The account of ``ACCOUNT`` at a site on a port of this machine, over TLS as a proxy passes it on."""

    def __init__(self, port: int) -> None:
        self._host, self._account = f"{HOST}:{port}", {"username": NAME, "password": PASSWORD}
        self._cookies: dict[str, str] = {}

    def saved(self, path: str, **typed: str) -> int:
        """Open a form, type into it and save; the status of what came, as ``sent`` has it."""
        try:
            status, _, form = self.opened(path)
        except (OSError, http.client.HTTPException):
            return 0
        return self.sent(path, form, **typed) if status == 200 else status

    def opened(self, path: str) -> Answer:
        """Open a form, and sign in where one has to."""
        answer = self.ask("GET", path)
        if answer.status != 302:
            return answer
        self._submit(SIGN_IN, self.ask("GET", SIGN_IN).body, self._account)
        return self.ask("GET", path)

    def sent(self, path: str, form: bytes, **typed: str) -> int:
        """Type into a form and save; 302 where it was saved, 401 where one has to sign in, 0 where nothing came."""
        try:
            status, to, _ = self._submit(path, form, typed)
        except (OSError, http.client.HTTPException):
            return 0
        return SIGNED_OUT if status == 302 and urlsplit(to).path == SIGN_IN else status

    def _submit(self, path: str, page: bytes, typed: dict[str, str]) -> Answer:
        (form,) = (form for form in lxml.html.fromstring(page).forms if {*typed} <= {*form.fields.keys()})
        return self.ask("POST", path, urlencode({**dict(form.form_values()), **typed}))

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        """An answer; its cookies are kept for the next."""
        connection = http.client.HTTPConnection(self._host, timeout=PATIENCE)
        headers = {"X-Forwarded-Proto": "https", "Referer": f"https://{self._host}{urlsplit(path).path}"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            for line in answer.msg.get_all("Set-Cookie", []):
                self._cookies |= {name: kept.value for name, kept in SimpleCookie(line).items()}
            return Answer(answer.status, answer.getheader("Location", ""), answer.read())
        finally:
            connection.close()


def page(port: int, path: str) -> int:
    """The status of one answer; 0 where there was none."""
    try:
        return Desk(port).ask("GET", path).status
    except (OSError, http.client.HTTPException):
        return 0

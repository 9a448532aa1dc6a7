"""Somebody who works at the desk of a site, as a browser would: signs in, opens forms, saves them."""

import http.client
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import lxml.html

from soak.places import HOST

PATIENCE = 300  # seconds, as in deploy/nginx.conf
NAME, PASSWORD = "keeper", "correct horse battery"
ACCOUNT = f"from django.contrib.auth.models import User; User.objects.create_superuser({NAME!r}, password={PASSWORD!r})"


class Desk:
    """The account of ``ACCOUNT`` at a site on a port of this machine, over TLS as a proxy passes it on."""

    def __init__(self, port: int) -> None:
        self._host, self._account = f"{HOST}:{port}", {"username": NAME, "password": PASSWORD}
        self._cookies: dict[str, str] = {}

    def saved(self, path: str, **typed: str) -> int:
        """Open a form, type into it and save; the status of what came: 302 where it was saved, 0 where nothing came."""
        try:
            status, page = self.ask("GET", path)
            if status == 302:
                self._sign_in()
                status, page = self.ask("GET", path)
            return self._submit(path, page, typed) if status == 200 else status
        except (OSError, http.client.HTTPException):
            return 0

    def _sign_in(self) -> None:
        path = "/admin/login/"
        self._submit(path, self.ask("GET", path)[1], self._account)

    def _submit(self, path: str, page: bytes, typed: dict[str, str]) -> int:
        (form,) = (form for form in lxml.html.fromstring(page).forms if {*typed} <= {*form.fields.keys()})
        return self.ask("POST", path, urlencode({**dict(form.form_values()), **typed}))[0]

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """Status and body of an answer; cookies are kept for the next."""
        connection = http.client.HTTPConnection(self._host, timeout=PATIENCE)
        headers = {"X-Forwarded-Proto": "https", "Referer": f"https://{self._host}{urlsplit(path).path}"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            for line in answer.msg.get_all("Set-Cookie", []):
                self._cookies |= {name: kept.value for name, kept in SimpleCookie(line).items()}
            return answer.status, answer.read()
        finally:
            connection.close()


def page(port: int, path: str) -> int:
    """The status of one answer; 0 where there was none."""
    try:
        return Desk(port).ask("GET", path)[0]
    except (OSError, http.client.HTTPException):
        return 0

"""A site with the opening dossier at a fixed moment, and its answers."""

import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

HEADERS = (
    "Content-Type", "Content-Disposition", "Location", "Link", "Allow", "Vary", "Cache-Control", "Content-Language",
    "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options", "HX-Push-Url",
    "Access-Control-Allow-Origin",
)  # fmt: skip
PRESENT = ("ETag", "Last-Modified")  # of which the value tells of the program's files, or of the clock
MASKED = re.compile(
    r'(name="csrfmiddlewaretoken" value=|X-CSRFToken[^:]*: *)"[^"]*"|T[0-9:]{8}\.[0-9]{6}\+00:00'
)  # moments of another clock
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
OPENING = Path(__file__).resolve().parents[2] / "data" / "opening"
HTMX = {"HX-Request": "true"}


class Stopped(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        """The same moment for ever."""
        return NOW


class Site:
    """Asks a site by Django's own client."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def answers(self) -> Iterator[dict[str, Any]]:
        """The answer to every address, each as a record."""
        import addresses
        from django.test import Client

        reader, curator = Client(raise_request_exception=False), Client(raise_request_exception=False)
        curator.force_login(_somebody())
        for number, address in enumerate(dict.fromkeys(addresses.public())):
            yield self.answer(reader, address)
            if number % 10 == 0:
                yield self.answer(reader, address, "HEAD")
            if address.startswith("/claims/?"):
                yield self.answer(reader, address, headers=HTMX)
        for address in addresses.desk():
            yield self.answer(curator, address)
            if address.endswith("/add/"):
                yield self.answer(curator, address, "POST")  # an empty form: refused, with the reasons

    def unasked(self) -> list[str]:
        """The URL patterns of which no address was asked."""
        import addresses

        return [pattern for pattern in addresses.patterns() if pattern not in self.asked]

    def answer(self, client: Any, address: str, method: str = "GET", headers: Any = None) -> dict[str, Any]:
        """The answer to one request, without what differs from run to run."""
        response = client.generic(method, address, headers=headers)
        self._note(address.partition("?")[0])
        body = response.getvalue().decode(errors="backslashreplace")
        return {
            "asked": f"{method} {address}{' (htmx)' if headers else ''}",
            "status": response.status_code,
            "headers": {
                **{name: response.headers[name] for name in HEADERS if name in response.headers},
                **{name: "present" for name in PRESENT if name in response.headers},
            },
            "body": MASKED.sub("masked", body),
        }

    def _note(self, path: str) -> None:
        from django.urls import Resolver404, resolve

        with suppress(Resolver404):
            self.asked.add(resolve(path).route)


@contextmanager
def site() -> Iterator[Site]:
    """A site that lives as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/site.sqlite3")
        import django
        from django.core.management import call_command

        django.setup()
        logging.disable()  # what is refused is part of the answers
        with patch("django.utils.timezone.datetime", Stopped):
            call_command("migrate", verbosity=0)
            call_command("load_dossier", OPENING, verbosity=0)
            yield Site()


def _somebody() -> Any:
    from django.contrib.auth.models import User

    return User.objects.create(username="curator", password="!", is_staff=True, is_superuser=True)  # noqa: S106 (no password)

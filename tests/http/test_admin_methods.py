"""Methods and hosts that no page of the desk is asked with: refused, and never an error of the server."""

from itertools import cycle
from typing import Any

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, reverse

from tests.http.desk import a_row_of_each_kind, signed_in

pytestmark = pytest.mark.django_db
OTHERS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
METHODS = [["GET"], ["POST"], pytest.param(OTHERS, marks=pytest.mark.run_once)]
GIVEN = {"app_label": "claims", "name": "publish", "url": "x"}  # what addresses leave open; the rest is a number


def patterns(urls: Any) -> list[URLPattern]:
    """All addresses of the desk."""
    nested = [patterns(one.url_patterns) if hasattr(one, "url_patterns") else [one] for one in urls]
    return [one for several in nested for one in several if one.name]


def address(pattern: URLPattern) -> str:
    """One that fits; "" where none is known."""
    names = [*pattern.pattern.converters] or [*pattern.pattern.regex.groupindex]
    try:
        return reverse(f"admin:{pattern.name}", kwargs={name: GIVEN.get(name, 1) for name in names})
    except NoReverseMatch:
        return ""


@pytest.mark.parametrize("methods", METHODS, ids=["GET", "POST", "others"])
def test_no_method_is_an_error_of_the_server_at_any_address_of_the_desk(client, methods):
    """A page for reading that is sent a form, as the history of a row, shows itself or refuses. The methods that no
    form has are tried in turn: nothing at the desk asks which of them it is.
    """
    a_row_of_each_kind()
    signed_in(client)
    client.raise_request_exception = False
    asked = {address(pattern) for pattern in patterns(admin.site.urls[0])} - {""}
    assert len(asked) > 70
    turns = zip(cycle(methods), sorted(asked), strict=False)
    answers = {each: client.generic(method, each).status_code for method, each in turns}
    assert {each: status for each, status in answers.items() if status >= 500} == {}


@pytest.mark.run_once
@pytest.mark.parametrize(
    "host", ["evil.example", "testserver@evil.example", "a" * 5000, "", "\x00", "[::1", "тест", "a b"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("address", ["/", "/claims/", "/changes.json", "/admin/login/", "/healthz"])
def test_a_forged_host_is_refused_and_printed_nowhere(client, address, host, method):
    client.raise_request_exception = False
    answer = client.generic(method, address, headers={"Host": host})
    assert answer.status_code < 500
    assert "evil.example" not in answer.text

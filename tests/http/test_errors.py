"""The pages for what went wrong come whatever else fails, and odd requests are refused in words."""

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.test import Client

from conflict_site import errors
from tests.factories import a_claim, an_actor
from tests.http.desk import signed_in

pytestmark = pytest.mark.django_db

WORDS = {
    400: "could not be understood",
    403: "not open to you",
    404: "no page at this address",
    415: "This form could not be read",
    500: "Something went wrong",
}
HOSTS = ["evil.example", "", "a b", "[::1", "testserver:abc", "x" * 300, "[::1]:80", "é", "testserver, evil"]
MULTIPART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--'


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/nowhere/", "/admin/", "/claims.json", "/admin/login/"])
def test_an_unknown_host_is_a_plain_400(reader, host, path):
    answer = reader.get(path, HTTP_HOST=host)
    assert answer.status_code == 400
    assert WORDS[400] in answer.text


@pytest.mark.parametrize("charset", ["utf-7", "nonsense", "base64", "utf-16", "idna", "é", "x" * 900])
@pytest.mark.parametrize("path", ["/admin/login/", "/admin/claims/claim/add/", "/nowhere/"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_in_other_letters_is_refused_in_words(reader, charset, path, kind):
    signed_in(reader)
    answer = reader.generic("POST", path, MULTIPART, content_type=f"{kind}; charset={charset}")
    assert answer.status_code == 415
    assert WORDS[415] in answer.text


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf_8_is_read_however_it_is_spelt(client, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.generic("POST", "/admin/login/", b"username=a", content_type=kind).status_code == 200


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=", "text/plain", ""])
@pytest.mark.parametrize("body", [b"", b"\xff", MULTIPART, b"--x\r\nbroken", b"a=1&" * 6000])
def test_a_broken_form_is_no_fault_of_the_server(reader, content_type, body):
    signed_in(reader)
    for path in ("/admin/login/", "/admin/actors/actor/add/", "/admin/claims/claim/"):
        assert reader.generic("POST", path, body, content_type=content_type).status_code < 500


def broken(*args, **kwargs):
    raise DatabaseError("gone")


def failing(what, monkeypatch, settings):
    """Makes one thing fail that a page may ask."""
    if what == "the database":
        monkeypatch.setattr(connection, "cursor", broken)
    elif what == "the request":
        monkeypatch.setattr(HttpRequest, "get_host", broken)
    elif what == "the static files":
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
        }
    elif what == "the context":
        monkeypatch.setattr("conflict_site.context.Site.of", broken)
    elif what == "the templates":
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}, settings.TEMPLATES[1]]


@pytest.mark.parametrize("what", ["the database", "the request", "the static files", "the context", "the templates"])
@pytest.mark.parametrize(
    ("status", "page"),
    [
        (400, lambda request: errors.bad_request(request, ValueError())),
        (403, errors.forbidden),
        (404, lambda request: errors.not_found(request, ValueError())),
        (500, errors.server_error),
    ],
)
def test_a_page_for_what_went_wrong_comes_whatever_fails(rf, monkeypatch, settings, what, status, page):
    request = rf.get("/actors/nobody-here/")
    failing(what, monkeypatch, settings)
    answer = page(request)
    assert answer.status_code == status
    assert WORDS[status] in answer.text


def test_a_form_from_elsewhere_is_told_what_to_do(reader):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/admin/login/", {"username": "a"})
    assert answer.status_code == 403
    assert "This form could not be accepted" in answer.text


def test_where_nothing_near_can_be_found_the_plain_page_comes(client, monkeypatch, caplog):
    a_claim(speaker=an_actor("Sergei Lavrov", slug="sergei-lavrov"))
    monkeypatch.setattr(errors, "near", broken)
    answer = client.get("/actors/sergey-lavrov/")
    assert (answer.status_code, WORDS[404] in answer.text) == (404, True)
    assert "The page for 404 could not be made." in caplog.text

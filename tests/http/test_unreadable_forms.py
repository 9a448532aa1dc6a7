"""Forms that cannot be read: refused in words, by every page that takes a form."""

from collections.abc import Iterable, Iterator

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.urls import reverse

from claims.models import Claim
from conflict_site.wsgi import application
from tests import shared
from tests.factories import a_claim, a_source
from tests.http.desk import list_of, move, page_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]  # no query is made of what cannot be read

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
CHARSETS = [
    "utf-7", "utf8", "utf-16", "latin-1", "unicode_escape", "hex", "rot13", "zip", "bz2", "idna", "punycode",
    "undefined", "nope", "\xff", "\0", "x" * 20_000,
]  # fmt: skip
NO_FORMS = [
    "application/json", "text/plain", "multipart/mixed; boundary=b", "application/octet-stream", "x", "/",
    f"{URLENCODED}; charset*=nope''utf-8", f"{URLENCODED}; x*=\0''x", f"{URLENCODED}; x={'x' * 20_000}",
    *(f"{URLENCODED}; charset={charset}" for charset in CHARSETS),
    *(f"{MULTIPART}; boundary=b; charset={charset}" for charset in CHARSETS),
]  # fmt: skip
FIELD = b'--b\r\nContent-Disposition: form-data; name="a"'
BROKEN = {
    "no boundary": (MULTIPART, FIELD),
    "an empty boundary": (f"{MULTIPART}; boundary=", FIELD),
    "a boundary that is too long": (f"{MULTIPART}; boundary={'b' * 300}", FIELD),
    "base64 that is none": (
        f"{MULTIPART}; boundary=b",
        FIELD + b'; filename="f"\r\nContent-Transfer-Encoding: base64\r\n\r\n!a!\r\n--b--\r\n',
    ),
    "too many fields": (URLENCODED, b"a=1&" * 6000),
    "too many parts": (f"{MULTIPART}; boundary=b", (FIELD + b"\r\n\r\nx\r\n") * 6000 + b"--b--\r\n"),
    "too long a field": (URLENCODED, b"a=" + b"x" * 3_000_000),
    "too long a part": (f"{MULTIPART}; boundary=b", FIELD + b"\r\n\r\n" + b"x" * 3_000_000 + b"\r\n--b--\r\n"),
    "too long a file": (
        f"{MULTIPART}; boundary=b",
        FIELD + b'; filename="f"\r\n\r\n' + b"x" * 3_000_000 + b"\r\n--b--\r\n",
    ),
}
LIMITS = "A form may hold 2.5 million bytes beside its files and {} million with them, 5,000 fields and 100 files."


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keeps the test's connection where a request begins: Django's own test client does the same."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@shared.of_module()
def pages() -> list[str]:
    """The addresses of forms."""
    claim, source = a_claim(), a_source()
    takedown = reverse("admin:claims_source_takedown", args=[source.pk])
    return ["/admin/login/", list_of(Claim), page_of(claim), page_of(source), move(claim, "withdraw"), takedown]


def sent(method: str, url: str, content_type: str, body: bytes = b"a=1", **environ: str) -> tuple[int, str]:
    """The status and the text of what the site's server is answered, with the headers as they are given."""
    request = RequestFactory().generic(method, url, body, content_type="text/plain").environ
    statuses: list[str] = []

    def start(status: str, headers: Iterable[tuple[str, str]]) -> None:
        statuses.append(status)

    answer = application({**request, "CONTENT_TYPE": content_type, **environ}, start)
    return int(statuses[0][:3]), b"".join(answer).decode()


@pytest.mark.parametrize("content_type", NO_FORMS, ids=lambda given: ascii(given)[:60])
def test_what_is_no_form_is_an_unsupported_type(content_type, pages):
    for url in pages:
        status, text = sent("POST", url, content_type)
        assert status == 415
        assert "<h1>This form could not be read</h1>" in text


@pytest.mark.parametrize("content_type", NO_FORMS, ids=lambda given: ascii(given)[:60])
def test_the_type_of_a_request_that_sends_nothing_does_not_matter(content_type):
    a_claim("talks should begin")
    status, text = sent("GET", "/claims/?q=begin+%D1%8F", content_type, b"")
    assert status == 200
    assert 'value="begin я"' in text


@pytest.mark.parametrize("charset", ["utf-7", "hex", "nope"])
@pytest.mark.parametrize("form", [URLENCODED, f"{MULTIPART}; boundary=b"])
def test_another_charset_is_refused_by_every_server(client, form, charset):
    answer = client.generic("POST", "/admin/login/", b"a=1", content_type=f"{form}; charset={charset}")
    assert answer.status_code == 415


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
@pytest.mark.parametrize("form", [URLENCODED, URLENCODED.upper()])
def test_a_form_in_utf_8_is_read(client, form, charset):
    answer = client.post("/admin/login/", b"username=anna%D1%8F", content_type=f"{form}; charset={charset}")
    assert answer.status_code == 200
    assert 'value="annaя"' in answer.text


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("checked", [True, False])
def test_a_broken_form_is_a_bad_request_and_one_that_holds_too_much_is_told_the_limits(
    broken, checked, settings, pages
):
    settings.UPLOAD_MAX_BYTES = 2_900_000
    client = Client(raise_request_exception=False, enforce_csrf_checks=checked)
    client.cookies["csrftoken"] = "a" * 32
    signed_in(client)
    content_type, body = BROKEN[broken]
    for url in pages:
        answer = client.post(url, body, content_type=content_type)
        if broken.startswith("too"):
            assert (answer.status_code, LIMITS.format("2.9") in " ".join(answer.text.split())) == (413, True)
        else:
            assert (answer.status_code, "This request could not be understood" in answer.text) == (400, True)


@pytest.mark.parametrize("length", ["9" * 10, "9" * 20, "9" * 5000])
@pytest.mark.parametrize("content_type", [URLENCODED, f"{MULTIPART}; boundary=b"])
def test_a_length_that_no_form_has_is_too_much(content_type, length):
    status, text = sent("POST", "/admin/login/", content_type, CONTENT_LENGTH=length)
    assert (status, LIMITS.format(25) in " ".join(text.split())) == (413, True)


def test_a_form_may_be_as_long_as_its_files_make_it():
    long = {"CONTENT_LENGTH": "24000000"}
    assert sent("POST", "/admin/login/", f"{MULTIPART}; boundary=b", **long)[0] != 413
    assert sent("POST", "/admin/login/", URLENCODED, **long)[0] == 413


@pytest.mark.parametrize("length", ["x", "-1", "1.5", "", "\xb2", "0"])
@pytest.mark.parametrize("content_type", [URLENCODED, f"{MULTIPART}; boundary=b"])
def test_a_length_that_is_none_is_a_form_that_was_not_sent(content_type, length):
    assert sent("POST", "/admin/login/", content_type, CONTENT_LENGTH=length)[0] in (400, 403)


@pytest.mark.parametrize("fields", [b"\xff=\xfe&%ff=%fe", b"username=%00&password=%00", b"next=//[&username=%ed%a0%80"])
def test_fields_that_cannot_be_decoded_are_wrong_and_no_fault_of_the_server(client, fields, pages):
    client.raise_request_exception = False
    assert client.post("/admin/login/", fields, content_type=URLENCODED).status_code == 200
    signed_in(client)
    for url in pages:
        assert client.post(url, fields, content_type=URLENCODED).status_code in (200, 302, 400)

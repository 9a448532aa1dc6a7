"""A form whose sender is no longer signed in is given back: nothing that was typed is lost, with scripts or without."""

import lxml.html
import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from conflict_site.doors.models import Session

pytestmark = pytest.mark.django_db

ADD, SIGN_IN = "/admin/auth/group/add/", "/admin/login/"
ACCOUNT = {"username": "ada", "password": "correct horse battery"}
HERE = {"Origin": "http://testserver"}
TYPED = "<typed> at length\n& more"


@pytest.fixture
def ada(settings):
    """A browser in which somebody has signed in, and which is asked for the tokens of forms."""
    settings.SECOND_FACTOR = False
    User.objects.create_superuser(**ACCOUNT)
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser)
    return browser


def sign_in(browser):
    assert browser.post(SIGN_IN, form_of(browser.get(SIGN_IN)) | ACCOUNT).status_code == 302


def form_of(page, **typed):
    """What a browser sends of a page's last form; a textarea begins after its first line break."""
    found = lxml.html.fromstring(page.text).forms[-1].form_values()
    return {name: value.removeprefix("\n") for name, value in found} | typed


def test_who_was_signed_out_meanwhile_signs_in_elsewhere_and_sends_it_again(ada):
    form = form_of(ada.get(ADD), name=TYPED)
    Session.objects.all().delete()
    for sent in (form, form_of(ada.post(ADD, form, headers=HERE))):  # the second time without a cookie of the session
        page = ada.post(ADD, sent, headers=HERE)
        assert (page.status_code, form_of(page)["name"]) == (403, TYPED)
        assert "you are no longer signed in" in page.text
        assert "no-store" in page.headers["Cache-Control"]
        assert '<a href="/admin/login/" target="_blank" rel="noopener">' in page.text
    sign_in(ada)
    page = ada.post(ADD, form_of(page), headers=HERE)  # whose token is of before
    assert (page.status_code, form_of(page)["name"]) == (403, TYPED)
    assert "this form was opened before you signed in" in page.text
    assert not Group.objects.filter(name__contains="typed").exists()
    assert ada.post(ADD, form_of(page), headers=HERE).status_code == 302
    assert Group.objects.filter(name__contains="typed").count() == 1


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example", ""])
def test_what_another_site_sends_is_not_given_a_token(ada, origin):
    sent = {"name": TYPED, "_again": "1", "csrfmiddlewaretoken": "a" * 32}
    page = ada.post(ADD, sent, headers={"Origin": origin} if origin else {})
    assert (page.status_code, "This form could not be accepted" in page.text) == (403, True)
    assert ("typed" in page.text, "csrfmiddlewaretoken" in page.text) == (False, False)


def test_a_stranger_is_asked_who_they_are(client):
    assert client.post(ADD, {"name": TYPED}).url == f"{SIGN_IN}?next={ADD}"


def test_a_password_is_not_given_back(ada):
    form = form_of(ada.get("/admin/password_change/"), new_password1="typed")
    Session.objects.all().delete()
    assert ada.post("/admin/password_change/", form, headers=HERE).url.startswith(SIGN_IN)
    assert "typed" not in ada.post(SIGN_IN, ACCOUNT | {"password": "typed"}, headers=HERE).text

"""What a site answers that is to be served over TLS."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]


@pytest.fixture(autouse=True)
def over_tls(settings):
    settings.HTTPS, settings.SECURE_SSL_REDIRECT = True, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def test_a_proxy_that_does_not_say_how_it_was_asked_is_told_so_instead_of_being_led_in_circles(client):
    answer = client.get("/about/")
    assert (answer.status_code, "it has to send X-Forwarded-Proto" in answer.text) == (503, True)


def test_one_that_says_it_is_served_or_led_to_tls(client):
    assert client.get("/about/", headers={"x-forwarded-proto": "https"}).status_code == 200
    plain = client.get("/about/", headers={"x-forwarded-proto": "http"})
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/about/")

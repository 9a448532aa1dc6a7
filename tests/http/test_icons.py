"""The icons of the site, and what a phone is told that puts it on its home screen."""

import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from conflict_site.models import Site
from scripts import icons

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]


def test_who_asks_at_the_root_is_led_to_the_icon(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/icons/favicon.ico")


def test_every_page_names_them(client):
    page = client.get("/privacy/").text
    assert '<link rel="icon" href="/static/icons/favicon.ico" sizes="32x32">' in page
    assert '<link rel="icon" href="/static/icons/icon.svg" type="image/svg+xml">' in page
    assert '<link rel="apple-touch-icon" href="/static/icons/icon-180.png">' in page
    assert '<link rel="manifest" href="/site.webmanifest">' in page


def test_the_manifest_names_the_site_as_it_is_called_and_icons_that_are_there(client):
    Site.objects.create(pk=1, title="The <Record>")
    response = client.get("/site.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    data = response.json()
    assert (data["name"], data["start_url"], data["display"]) == ("The <Record>", "/", "browser")
    for icon in data["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
    assert [icon["sizes"] for icon in data["icons"]] == ["any", "192x192", "512x512"]


@pytest.mark.parametrize("size", [180, 192, 512])
def test_each_is_as_large_as_its_name_says(size):
    png = Path(finders.find(f"icons/icon-{size}.png")).read_bytes()
    assert struct.unpack(">II", png[16:24]) == (size, size)


def test_the_one_for_old_browsers_holds_three_sizes_each_where_it_says():
    data = Path(finders.find("icons/favicon.ico")).read_bytes()
    assert struct.unpack("<HHH", data[:6]) == (0, 1, 3)
    for number, size in enumerate((16, 32, 48)):
        width, height, *_, length, place = struct.unpack("<BBBBHHII", data[6 + 16 * number : 22 + 16 * number])
        png = data[place : place + length]
        assert (width, height) == struct.unpack(">II", png[16:24]) == (size, size)


def test_they_are_drawn_from_the_one_that_is_kept():
    drawn = {size: icons.drawn(size) for size in icons.SMALL}
    assert Path(finders.find("icons/favicon.ico")).read_bytes() == icons.ico(drawn)

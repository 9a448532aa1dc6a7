"""Pictures for shared links: what they are made of, for whom they are there, and when they are drawn anew."""

import re
import struct
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from actors.models import Actor
from claims.formats import picture
from claims.models import Claim, Issue, OldSlug
from claims.wording import card
from tests import shared
from tests.factories import a_claim, a_draft, a_position, a_stance, a_user, an_actor, an_issue

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

PAGES = {
    "/claims/anna-talks/": "/claims/anna-talks.png",
    "/actors/anna/": "/actors/anna.png",
    "/issues/talks/": "/issues/talks.png",
    "/issues/talks/anna/": "/issues/talks/anna.png",
    "/compare/anna/boris/": "/compare/anna/boris.png",
}


@shared.of_module()
def archive():
    issue = an_issue("Talks", slug="talks", question="Should there be talks?")
    for name in ("Anna", "Boris"):
        speaker = an_actor(name, slug=name.lower())
        claim = a_claim("talks may resume", slug=f"{name.lower()}-talks", speaker=speaker, issues=[issue])
        a_position(speaker, a_stance(issue), [claim])


def size(png):
    """Width and height of a PNG picture, which stand in its first chunk."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("address", PAGES.values())
def test_it_is_a_png_of_the_size_that_shared_links_have(client, archive, address):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert size(response.content) == (1200, 630)
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("place", "address"), PAGES.items())
def test_its_page_names_it_with_its_size_and_what_it_shows(client, archive, place, address):
    meta = dict(
        re.findall(r'<meta (?:property|name)="((?:og:image|twitter)[^"]*)" content="([^"]*)">', client.get(place).text)
    )
    assert re.search("Anna|Should there be talks", meta.pop("og:image:alt"))
    assert meta == {
        "og:image": f"http://testserver{address}",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }


@pytest.mark.parametrize("address", PAGES.values())
def test_who_has_it_is_told_that_nothing_has_changed(client, archive, address):
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_correction_makes_another_picture(client, archive):
    first = client.get("/actors/anna.png").headers["ETag"]
    a_claim(speaker=an_actor("Carla"))
    assert client.get("/actors/anna.png").headers["ETag"] == first
    a_claim(speaker=Actor.objects.get(slug="anna"))
    assert client.get("/actors/anna.png").headers["ETag"] != first


def test_drafts_have_no_picture_and_do_not_count_in_one(client):
    issue = an_issue("Talks", slug="talks")
    before = client.get("/issues/talks.png").headers["ETag"]
    a_draft("a canary matter", slug="anna-talks", speaker=an_actor("Anna", slug="anna"), issues=[issue])
    for address in ("/claims/anna-talks.png", "/actors/anna.png", "/issues/talks/anna.png", "/compare/anna/boris.png"):
        assert client.get(address).status_code == 404
    assert client.get("/issues/talks.png").headers["ETag"] == before


def test_a_withdrawn_claim_counts_no_more(client, archive):
    before = client.get("/issues/talks.png").headers["ETag"]
    Claim.objects.get(slug="anna-talks").withdraw(by=a_user(), note="It was somebody else.")
    assert client.get("/issues/talks.png").headers["ETag"] != before
    assert client.get("/issues/talks/anna.png").status_code == 404
    assert client.get("/actors/anna.png").status_code == 404


@pytest.mark.parametrize("address", PAGES.values())
def test_a_parameter_is_refused(client, archive, address):
    assert client.get(f"{address}?size=9").status_code == 400


@pytest.mark.parametrize("slug", ["%00", "a%0d%0ab", "x" * 5000, "..%2f..", "%E2%80%AE"])
@pytest.mark.parametrize("kind", ["actors", "issues", "issues/talks", "compare/anna"])
def test_a_hostile_address_is_not_found(client, archive, kind, slug):
    assert client.get(f"/{kind}/{slug}.png").status_code == 404


def test_nobody_is_compared_with_themselves(client, archive):
    assert client.get("/compare/anna/anna.png").status_code == 404


def test_old_addresses_lead_to_the_new_ones(client, archive):
    OldSlug.keep(Actor.objects.get(slug="anna"), "anja")
    OldSlug.keep(Issue.objects.get(slug="talks"), "peace")
    for old, new in [
        ("actors/anja", "actors/anna"),
        ("issues/peace", "issues/talks"),
        ("compare/anja/boris", "compare/anna/boris"),
    ]:
        response = client.get(f"/{old}.png")
        assert (response.status_code, response.headers["Location"]) == (301, f"/{new}.png")


@pytest.mark.parametrize(
    "words", ["Київ і Львів", "Їжак, ґанок, є", "Съезд и ёлка", "Łódź – Çeşme", "“quoted” — 15 °C №"]
)
def test_the_site_s_own_letters_draw_every_script_of_its_names(words):
    """A letter without a shape is drawn as a box, the same for all of them."""
    plain = picture.png(card.drawn(words, "", "Attributed"))
    boxes = picture.png(card.drawn("".join(letter if letter.isspace() else "中" for letter in words), "", "Attributed"))
    assert size(plain) == (1200, 630)
    assert plain != boxes


def test_every_letter_on_the_cards_of_the_opening_dossier_has_a_shape():
    known = set()
    for path in Path(ROOT, "static", "fonts").glob("*.woff2"):
        known |= set(TTFont(path).getBestCmap())
    tables = [Path(ROOT, "data", "opening", f"{name}.csv") for name in ("actors", "claims", "issues", "sources")]
    rows = "".join(path.read_text(encoding="utf-8") for path in tables)
    assert {letter for letter in rows if letter.isprintable() and ord(letter) not in known} == set()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("/actors/anna.png", 3), ("/issues/talks.png", 3), ("/compare/anna/boris.png", 3)]
)
def test_they_take_the_same_queries_however_much_is_on_file(
    client, archive, address, queries, rows, django_assert_num_queries
):
    for _ in range(rows):
        a_claim(speaker=Actor.objects.get(slug="anna"))
    client.get("/")
    with django_assert_num_queries(queries):
        client.get(address)

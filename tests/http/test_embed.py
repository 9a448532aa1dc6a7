"""A claim within another site's page, and as a picture."""

import xml.etree.ElementTree as ET

import pytest

from claims.models import OldSlug
from conflict_site.models import Site
from tests.factories import a_citation, a_claim, a_draft, a_source, a_user, an_actor, an_issue

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

ADDRESSES = ["/claims/anna/embed/", "/claims/anna.svg", "/claims/anna.png"]
SVG = "{http://www.w3.org/2000/svg}"


def anna(**given):
    return a_claim(**{"content": "talks may resume", "slug": "anna", "speaker": an_actor("Anna"), **given})


def lines(client):
    return [node.text for node in ET.fromstring(client.get("/claims/anna.svg").content).iter(f"{SVG}text")]


def test_the_frame_shows_the_claim_with_its_voice_and_the_way_to_its_page(client):
    anna(exact="the very words")
    text = client.get("/claims/anna/embed/").text
    assert '<b class="lead">Anna</b> said that talks may resume.' in text
    assert "the very words" in text
    assert '<a href="http://testserver/claims/anna/" target="_blank" rel="noopener">' in text


def test_any_site_may_frame_it_and_no_other_page(client):
    anna()
    frame, page = client.get("/claims/anna/embed/"), client.get("/claims/anna/")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "script-src 'none'" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_frame_takes_no_script(client):
    anna(content="<script>alert(1)</script>")
    assert "<script" not in client.get("/claims/anna/embed/").text


def test_a_withdrawn_claim_says_so_wherever_it_is_framed(client):
    anna().withdraw(by=a_user(), note="It was somebody else.")
    response = client.get("/claims/anna/embed/")
    assert response.status_code == 410
    assert "It was somebody else." in response.text
    assert "talks may resume" not in response.text


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_withdrawn_claim_has_no_picture_any_more(client, ending):
    anna().withdraw(by=a_user(), note="It was somebody else.")
    response = client.get(f"/claims/anna.{ending}")
    assert response.status_code == 410
    assert (response.json()["id"], response.json()["reason"]) == ("anna", "It was somebody else.")


@pytest.mark.parametrize("address", ADDRESSES)
def test_programs_on_any_site_may_read_it(client, address):
    anna()
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"


def test_a_frame_that_was_sent_a_parameter_says_so_within_the_other_site(client):
    anna()
    response = client.get("/claims/anna/embed/?theme=dark")
    assert (response.status_code, "theme" in response.text) == (400, True)
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_draft_is_not_there(client, address):
    a_draft("a canary matter", slug="anna")
    response = client.get(address)
    assert (response.status_code, "canary" in response.text) == (404, False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_old_slug_leads_to_the_new_one(client, address):
    OldSlug.keep(anna(slug="new"), "anna")
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (301, address.replace("anna", "new"))


@pytest.mark.parametrize("slug", ["%00", "a%0d%0ab", "x" * 5000, "..%2f..", "%E2%80%AE"])
def test_a_hostile_address_is_not_found(client, slug):
    anna()
    assert client.get(f"/claims/{slug}/embed/").status_code == 404
    assert client.get(f"/claims/{slug}.svg").status_code == 404
    assert client.get(f"/claims/{slug}.png").status_code == 404


def test_the_picture_has_the_sentence_its_day_and_its_source(client):
    anna(source=a_source(publisher=an_actor("Gazette", kind="media")))
    assert lines(client)[:3] == [
        "Anna said that talks may resume.",
        "15 January 2024 · Verbatim · Gazette, transcript",
        "Attributed",
    ]


def test_signs_that_xml_knows_are_text(client):
    Site.objects.create(pk=1, title="The <Record>\x0b & co")
    anna(content='a <b> & "c" \x0b]]> matter')
    assert lines(client)[:2] == ['Anna said that a <b> & "c" ]]>', "matter."]
    assert lines(client)[-2] == "The <Record> & co"


@pytest.mark.parametrize("length", [1, 20, 60, 400])
def test_no_sentence_is_too_long_for_the_card(client, length):
    anna(content=" ".join(["word"] * length))
    root = ET.fromstring(client.get("/claims/anna.svg").content)
    group = root.find(f"{SVG}g")
    sizes = {34: 56, 44: 44, 56: 35}
    letters = {size: most for most, size in sizes.items()}[int(group.get("font-size"))]
    drawn = [(node.text, int(node.get("y"))) for node in group]
    assert all(len(text) <= letters for text, _ in drawn)
    assert max(y for _, y in drawn) <= 510 - 24


def test_the_page_offers_the_frame_and_names_the_picture(client):
    anna()
    text = client.get("/claims/anna/").text
    assert '&lt;iframe src="http://testserver/claims/anna/embed/"' in text
    assert '<meta property="og:image" content="http://testserver/claims/anna.png">' in text


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ADDRESSES)
def test_they_take_the_same_queries_however_much_hangs_on_a_claim(client, django_assert_num_queries, address, rows):
    claim = anna(issues=[an_issue() for _ in range(rows)])
    for _ in range(rows - 1):
        a_citation(claim)
    client.get("/")
    with django_assert_num_queries(5):
        client.get(address)

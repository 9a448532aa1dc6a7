"""What other sites are told of a page here that they show (oEmbed 1.0)."""

import html
import re
from urllib.parse import quote

import pytest

from claims.models import OldSlug
from conflict_site.models import Site
from tests.factories import a_claim, a_draft, a_position, a_stance, a_user, an_actor, an_issue

pytestmark = [pytest.mark.django_db, pytest.mark.run_once]

SITE = "http://testserver"
COMMON = {"version": "1.0", "provider_name": "Attributed", "provider_url": f"{SITE}/", "cache_age": 3600}


def anna(**given):
    return a_claim(**{"content": "talks may resume", "slug": "anna", "speaker": an_actor("Anna", slug="anna"), **given})


def asked(client, url, query=""):
    return client.get(f"/oembed?url={quote(url, safe='')}{query}")


def test_a_claim_is_a_frame_with_its_attribution_and_picture(client):
    anna()
    response = asked(client, f"{SITE}/claims/anna/", "&format=json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.json() == {
        **COMMON,
        "type": "rich",
        "title": "Anna said that talks may resume.",
        "html": f'<iframe src="{SITE}/claims/anna/embed/" title="Anna said that talks may resume." width="600" '
        'height="260" loading="lazy"></iframe>',
        "width": 600,
        "height": 260,
        "thumbnail_url": f"{SITE}/claims/anna.png",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def test_a_story_is_a_link_with_its_picture(client):
    issue, speaker = an_issue("Talks", slug="talks"), an_actor("Anna", slug="anna")
    a_position(speaker, a_stance(issue), [a_claim(speaker=speaker, issues=[issue])])
    data = asked(client, f"{SITE}/issues/talks/anna/?as_of=2025#turns").json()
    assert (data["type"], data["thumbnail_url"]) == ("link", f"{SITE}/issues/talks/anna.png")
    assert data["title"].startswith("Anna on “Talks”: 1 statement")
    assert "html" not in data


@pytest.mark.parametrize(
    ("query", "size", "has_picture"),
    [
        ("&maxwidth=320", (320, 260), False),
        ("&maxheight=100", (600, 100), False),
        ("&maxwidth=5000&maxheight=5000", (600, 260), True),
        ("&maxwidth=&maxheight=", (600, 260), True),
    ],
)
def test_it_is_no_larger_than_asked_for(client, query, size, has_picture):
    anna()
    data = asked(client, f"{SITE}/claims/anna/", query).json()
    assert (data["width"], data["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in data["html"]
    assert ("thumbnail_url" in data) == has_picture


@pytest.mark.parametrize("path", ["/claims/anna/", "/issues/talks/anna/"])
def test_the_page_says_where_it_is_described(client, path):
    anna(issues=[an_issue(slug="talks")])
    links = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', client.get(path).text)
    assert [html.unescape(link) for link in links] == [f"{SITE}/oembed?url={quote(SITE + path, safe='')}&format=json"]
    assert client.get(html.unescape(links[0]).removeprefix(SITE)).status_code == 200


def test_xml_is_not_given(client):
    anna()
    assert asked(client, f"{SITE}/claims/anna/", "&format=xml").status_code == 501


@pytest.mark.parametrize(
    "query",
    [
        *("", "?url=", "?url=a&url=b", f"?url={'x' * 3000}", "?url=a&format=yaml", "?url=a&x=1", "?url=a&maxwidth=0"),
        *("?url=a&maxwidth=-1", "?url=a&maxwidth=abc", "?url=a&maxheight=1e9", "?url=a&maxwidth=²"),
        f"?url=a&maxwidth={'9' * 60_000}",
    ],
)
def test_a_wrong_parameter_is_refused_in_words(client, query):
    response = client.get(f"/oembed{query}")
    assert (response.status_code, list(response.json())) == (400, ["type", "title", "status", "errors"])


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/claims/anna/",
        "http://localhost/claims/anna/",
        "http://testserver@evil.example/claims/anna/",
        "http://evil.example@testserver/claims/anna/",
        "http://testserver.evil.example/claims/anna/",
        "http://testserver:8000/claims/anna/",
        "file:///etc/passwd",
        "gopher://testserver/claims/anna/",
        "javascript:alert(1)//testserver/claims/anna/",
        "//testserver/claims/anna/",
        "/claims/anna/",
        "http://[",
        "http://[::1/claims/anna/",
        "http://testserver",
        "http://testserver/claims/anna/../../admin/",
        "http://testserver/claims/%00/",
        "http://testserver/claims/anna\x00/",
        "http://testserver/admin/",
        "http://testserver/claims/nobody/",
        "http://testserver/claims/anna.json",
        "http://testserver/issues/nothing/anna/",
        "\ud83d\ude00" * 20,
    ],
)
def test_every_other_address_is_not_found_and_nothing_is_fetched(client, url, monkeypatch):
    def no_connection(*_, **__):
        raise AssertionError("Something was fetched.")

    monkeypatch.setattr("socket.socket.connect", no_connection)
    anna()
    response = asked(client, url.encode("utf-16", "surrogatepass").decode("utf-16"))
    assert (response.status_code, list(response.json())) == (404, ["type", "title", "status", "detail"])


def test_a_title_cannot_leave_its_attribute(client):
    anna(content='"><script>alert(1)</script>')
    markup = asked(client, f"{SITE}/claims/anna/").json()["html"]
    assert "<script" not in markup
    assert markup.count('"') == 10


def test_a_draft_is_not_there(client):
    a_draft("a canary matter", slug="anna", speaker=an_actor("Anna", slug="anna"), issues=[an_issue(slug="talks")])
    for path in ("/claims/anna/", "/issues/talks/anna/"):
        response = asked(client, f"{SITE}{path}")
        assert (response.status_code, "canary" in response.text) == (404, False)


def test_an_old_address_of_a_draft_is_not_there_either(client):
    OldSlug.keep(a_draft("a canary matter", slug="new"), "old")
    assert asked(client, f"{SITE}/claims/old/").status_code == 404


def test_of_a_withdrawn_claim_it_says_so(client):
    anna().withdraw(by=a_user(), note="It was somebody else.")
    response = asked(client, f"{SITE}/claims/anna/")
    assert (response.status_code, response.json()["reason"]) == (410, "It was somebody else.")
    assert "talks may resume" not in response.text


def test_an_old_address_is_described_as_the_new_one(client):
    OldSlug.keep(anna(slug="new"), "old")
    assert f'src="{SITE}/claims/new/embed/"' in asked(client, f"{SITE}/claims/old/").json()["html"]


def test_it_bears_the_name_of_the_site(client):
    Site.objects.create(pk=1, title="The <Record>")
    anna()
    assert asked(client, f"{SITE}/claims/anna/").json()["provider_name"] == "The <Record>"


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_queries_however_much_hangs_on_a_claim(client, rows, django_assert_num_queries):
    anna(issues=[an_issue() for _ in range(rows)])
    with django_assert_num_queries(5):
        asked(client, f"{SITE}/claims/anna/")

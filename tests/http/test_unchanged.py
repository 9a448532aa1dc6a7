"""An answer of the claims browser that has not changed is not made again."""

import pytest

from claims.models import Claim, Source
from conflict_site.models import Site
from tests.factories import a_claim, a_draft, an_actor

pytestmark = pytest.mark.django_db

PATHS = ["/claims/?speaker=anna", "/claims.json?speaker=anna"]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def claim():
    return a_claim(speaker=an_actor("Anna", slug="anna"))


def again(client, path, tag, **headers):
    return client.get(path, headers={"If-None-Match": tag, **headers})


@pytest.mark.parametrize("path", PATHS)
def test_what_is_unchanged_is_told_without_a_page(client, django_assert_num_queries, path):
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    with django_assert_num_queries(2):
        second = again(client, path, first.headers["ETag"])
    assert (second.status_code, second.content) == (304, b"")


CHANGES = {
    "a claim published": lambda claim: a_claim(),
    "a claim withdrawn": lambda claim: claim.withdraw(note="It was wrong."),
    "a passage in bulk": lambda claim: claim.citations.update(locator="par 9"),
    "content in bulk": lambda claim: Claim.objects.update(content="something else was meant"),
    "the title of a source": lambda claim: Source.objects.update(title="Renamed"),
    "the site's own words": lambda claim: Site.objects.create(pk=1, title="Another name"),
    "a draft": lambda claim: a_draft(),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", PATHS)
def test_after_a_change_it_is_made_again(client, claim, path, change):
    tag = client.get(path).headers["ETag"]
    CHANGES[change](claim)
    assert again(client, path, tag).status_code != 304


def test_another_filter_a_fragment_and_another_host_have_tags_of_their_own(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    tags = [
        client.get(PATHS[0]).headers["ETag"],
        client.get("/claims/?not_speaker=anna").headers["ETag"],
        client.get(PATHS[0], headers=HTMX).headers["ETag"],
        client.get(PATHS[0], headers={**HTMX, "HX-Boosted": "true"}).headers["ETag"],
        client.get(PATHS[0], headers={"Host": "example.org"}).headers["ETag"],
    ]
    assert len(set(tags)) == 5


def test_a_refusal_can_be_told_as_unchanged_too(client):
    first = client.get("/claims/?speaker=nobody")
    assert again(client, "/claims/?speaker=nobody", first.headers["ETag"]).status_code == 304

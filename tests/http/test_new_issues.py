"""An issue under which nothing is published: one person can enter it, so readers find no trace of it anywhere."""

import pytest

from claims.models import OldSlug
from tests.factories import a_claim, a_draft, a_stance, an_actor, an_issue

pytestmark = pytest.mark.django_db
WORD = "wordsofcanary"
ADDRESSES = [
    "/", "/start/", "/issues/", "/issues.json", "/issues/canary/", "/issues/canary.json", "/issues/canary.csv",
    "/issues/canary.png", "/issues/canary/ada/", "/issues/canary/ada.json", "/issues/canary/ada.atom", "/issues/canar/",
    "/issues/old-canary/", "/suggest/?q=wordsof", "/claims/", "/claims.json", "/claims/?issue=canary",
    "/claims.json?issue=canary", "/claims/?not_issue=canary", "/claims/?q=wordsofcanary", "/actors/ada/",
    "/actors/ada.json", "/timeline/?lanes=issue", "/sitemap-issues.xml", "/sitemap-stories.xml", "/openapi.json",
    "/oembed?url=http://testserver/issues/canary/ada/", "/about/", "/api/", "/changes/", "/compare/?a=ada",
]  # fmt: skip


@pytest.fixture(autouse=True)
def canary():
    ada = an_actor("Ada", slug="ada")
    a_claim(speaker=ada, issues=[an_issue("Talks", slug="talks")])
    issue = an_issue(f"Whether {WORD}", slug="canary", question=f"Is {WORD}?")
    a_stance(issue, f"Yes, {WORD}")
    a_draft(speaker=ada, issues=[issue])
    OldSlug.keep(issue, "old-canary")
    return issue


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_address_tells_of_it(client, path):
    answer = client.get(path)
    asked = path.partition("?")[2]
    assert answer.status_code in (200, 400, 404)
    said = answer.getvalue().decode(errors="replace").replace(asked, "").replace("q=wordsofcanary", "")
    assert f"Whether {WORD}" not in said
    assert f"Is {WORD}?" not in said
    assert f"Yes, {WORD}" not in said


def test_its_own_addresses_are_not_there_until_something_is_published_under_it(client, canary):
    own = ["/issues/canary/", "/issues/canary.json", "/issues/canary.csv", "/issues/canary.png", "/issues/old-canary/"]
    assert [client.get(path).status_code for path in own] == [404] * 5
    a_claim(issues=[canary])
    assert [client.get(path).status_code for path in own] == [200] * 4 + [301]

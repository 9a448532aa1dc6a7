"""What pages keep of their charts and tables: it stands until something changes, whoever changes it and however."""

import pytest

from claims.models import Claim, ClaimRelation, Position, PositionEvidence, Stance
from tests.factories import a_claim, a_position, a_relation, a_stance, an_actor, an_issue
from tests.guards import deletable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def talks():
    """Ada and Bo are ready to talk, and he denies what she said."""
    issue = an_issue("Talks", slug="talks")
    ready = a_stance(issue, label="Ready to talk")
    claims = [
        a_claim(speaker=an_actor(slug, slug=slug), said_edtf="2024-01-10", issues=[issue]) for slug in ("ada", "bo")
    ]
    for claim in claims:
        a_position(claim.speaker, ready, shown_by=[claim])
    a_relation(*reversed(claims), "denies", note="names it")


@pytest.mark.parametrize("path", ["/", "/issues/", "/issues/talks/", "/actors/ada/", "/compare/ada/bo/"])
def test_the_next_reader_sees_the_new_name_of_a_stance(client, path):
    assert "Ready to talk" in client.get(path).text
    Stance.objects.update(label="Open to talks")
    page = client.get(path).text
    assert "Ready to talk" not in page
    assert "Open to talks" in page


@pytest.mark.parametrize("path", ["/", "/actors/ada/", "/compare/ada/bo/"])
@pytest.mark.parametrize(
    "change",
    [lambda: PositionEvidence.objects.all().delete(), lambda: Position.objects.all().delete()],
    ids=["evidence", "positions"],
)
def test_the_next_reader_sees_no_position_that_is_gone(client, path, change):
    assert "Ready to talk" in client.get(path).text
    with deletable():
        change()
    assert "Ready to talk" not in client.get(path).text


def test_the_next_reader_sees_no_relation_that_is_gone(client):
    assert "names it" in client.get("/compare/ada/bo/").text
    ClaimRelation.objects.all().delete()
    assert "names it" not in client.get("/compare/ada/bo/").text


def test_the_next_reader_sees_a_newer_neighbour(client):
    ada = Claim.objects.get(speaker__slug="ada")
    path = ada.get_absolute_url()
    assert "a later word" not in client.get(path).text
    a_claim("a later word is on file", speaker=ada.speaker, said_edtf="2024-02-10", issues=ada.issues.all())
    assert "a later word" in client.get(path).text

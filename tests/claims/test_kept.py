"""What was ever submitted or published stays on file, whoever tries to delete it and however."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims.models import Claim, State
from tests.factories import a_claim, a_draft, a_position, a_user, an_event
from tests.http.desk import chosen, in_review, list_of, page_of, signed_in

pytestmark = pytest.mark.django_db


def sent_back(claim, by=None):
    claim = in_review(claim, by)
    claim.send_back()
    return claim


def put_aside(claim):
    """A published claim that raw SQL made a draft again."""
    Claim.objects.filter(pk=claim.pk).update(state=State.DRAFT, published_at=None)
    return claim


def unsubmitted(claim):
    """A claim in review that was put there by a bulk update, and whose date of submission was taken out."""
    Claim.objects.filter(pk=claim.pk).update(state=State.IN_REVIEW)
    Claim.objects.filter(pk=claim.pk).update(state=State.DRAFT, first_submitted_at=None)
    return claim


KEPT = {
    "in review": lambda: in_review(a_draft()),
    "sent back": lambda: sent_back(a_draft()),
    "published": a_claim,
    "published once": lambda: put_aside(a_claim()),
    "submitted in bulk": lambda: unsubmitted(a_draft()),
    "an event": an_event,
    "a position": a_position,
}
WAYS = {
    "delete": lambda row: row.delete(),
    "bulk": lambda row: type(row).objects.filter(pk=row.pk).delete(),
    "raw": lambda row: type(row).objects.filter(pk=row.pk)._raw_delete("default"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", KEPT)
def test_the_database_refuses_to_delete_it(what, way):
    row = KEPT[what]()
    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        WAYS[way](row)
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_draft_that_nobody_has_submitted_goes():
    a_draft().delete()
    assert not Claim.objects.exists()


def test_when_it_was_first_submitted_stays_and_when_it_was_sent_back_is_known_until_it_is_submitted_again():
    curator, claim = a_user(), a_draft()
    claim.submit(curator)
    first = Claim.objects.get().first_submitted_at
    claim.send_back()
    assert Claim.objects.get().sent_back_at is not None
    claim.submit(curator)
    assert (Claim.objects.get().first_submitted_at, Claim.objects.get().sent_back_at) == (first, None)
    claim.first_submitted_at = timezone.now()
    claim.save()
    assert Claim.objects.get().first_submitted_at == first


def test_its_curator_deletes_no_draft_that_was_sent_back(client):
    curator = signed_in(client, "Curator")
    claim = sent_back(a_draft(created_by=curator), by=curator)
    assert client.post(page_of(claim, "delete"), {"post": "yes"}).status_code == 403
    client.post(list_of(Claim), {**chosen(client, "delete_selected", claim), "post": "yes"})
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_nor_do_those_who_may_do_everything(client):
    signed_in(client)
    claim = sent_back(a_draft())
    assert client.post(page_of(claim, "delete"), {"post": "yes"}).status_code == 403
    client.post(list_of(Claim), {**chosen(client, "delete_selected", claim), "post": "yes"})
    assert Claim.objects.filter(pk=claim.pk).exists()

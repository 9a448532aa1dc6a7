"""The benchmark's record is made in bulk; what the site derives from it must be what the site itself would write."""

from collections import Counter

import pytest
from django.db import connection

from bench.generate import fill
from claims.models import Claim, ClaimWords
from claims.search.index import derive, matching
from tests import shared

SIZE = 300

pytestmark = pytest.mark.django_db


@shared.of_module(autouse=True)
def record():
    fill(SIZE)


def words():
    return {claim: found for claim, *found in ClaimWords.objects.values_list("claim_id", "text", "forms")}


def mentions():
    return Counter(Claim.mentions.through.objects.values_list("claim_id", "actor_id"))


def test_its_words_and_mentions_are_those_that_the_site_derives():
    made = words(), mentions()

    derive(Claim.objects.all())

    assert (words(), mentions()) == made
    assert len(made[0]) == SIZE
    assert len(made[1]) > 20


def test_every_claim_can_be_searched_by_words_of_a_set_share():
    assert matching("agreement").count() == 96
    assert matching("territory").count() == 30
    assert matching("observers").count() == 3
    assert matching("amnesty").count() == 1
    assert matching("mediat*").count() > matching('"mediators"').count() == 9


def test_most_claims_are_published_and_complete_and_some_are_not_published():
    states = Counter(Claim.objects.values_list("state", flat=True))

    assert 280 < states["published"] < 300 == states.total()
    for claim in Claim.objects.published()[:20]:
        claim.full_clean()
        claim.check_complete()


def test_the_tables_have_their_triggers_and_indexes_again_and_count_on():
    claim = Claim.objects.order_by("pk").last()
    claim.pk, claim.slug = None, "added-afterwards"
    claim.save()
    derive([claim])
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, "claims_claim").keys()

    assert claim.pk == SIZE + 1
    assert "claim_in_order" in names
    assert claim in matching(claim.speaker.name)

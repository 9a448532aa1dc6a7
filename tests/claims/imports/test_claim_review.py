"""ClaimReview: a claim of whom it checks, one of who checks it, and how the second assesses the first."""

import json
from random import Random

import pytest

from claims.imports import keep_spellings
from claims.models import Claim, ClaimRelation
from tests.claims.imports.files import a_review, as_json, bring, whats
from tests.factories import a_user, an_actor

pytestmark = pytest.mark.django_db
REVIEWS = "reviews.jsonld"


@pytest.fixture
def by():
    return a_user(username="anna")


@pytest.fixture(autouse=True)
def people():
    an_actor("Ann Lee", slug="ann-lee")
    an_actor("The Checkers", slug="the-checkers", kind="media")


def test_it_becomes_two_drafts_of_which_one_assesses_the_other(by):
    assert bring(as_json(a_review()), by, REVIEWS).counts == {"new": 2}
    claimed, assessed = Claim.objects.order_by("pk")
    assert (claimed.speaker.slug, claimed.act, claimed.form) == ("ann-lee", "asserts", "paraphrase")
    assert (claimed.content, claimed.said_edtf) == ("North was always ready to talk", "2024-01-15")
    assert (assessed.speaker.slug, assessed.act, assessed.form) == ("the-checkers", "evaluates", "partial_quote")
    assert assessed.content == "“North was always ready to talk”, as said by Ann Lee, is rated “Mostly false”"
    assert assessed.said_edtf == "2024-02-01"
    assert [one.exact for one in assessed.citations.all()] == ["Mostly false"]
    assert claimed.citations.get().source == assessed.citations.get().source
    relation = ClaimRelation.objects.get()
    assert (relation.from_claim, relation.to_claim, relation.kind) == (assessed, claimed, "assesses")
    assert (relation.basis, relation.note) == ("stated_in_source", "")
    assert {one.state for one in Claim.objects.all()} == {"draft"}


def test_it_is_known_again_and_a_new_rating_is_a_change(by):
    bring(as_json(a_review()), by, REVIEWS)
    assert bring(as_json(a_review(), a_review()), by, REVIEWS).counts == {"same": 4}
    rated = a_review(reviewRating={"alternateName": "True"})
    assert whats(bring(as_json(rated), by, REVIEWS)) == ["same", "changed"]
    assert Claim.objects.get(act="evaluates").citations.get().exact == "True"
    assert ClaimRelation.objects.count() == 1


def test_one_that_stands_twice_in_a_file_is_related_once(by):
    assert bring(as_json(a_review(), a_review()), by, REVIEWS).counts == {"new": 2, "same": 2}
    relation = ClaimRelation.objects.get()
    assert (relation.from_claim.act, relation.to_claim.act) == ("evaluates", "asserts")


def test_one_that_comes_again_with_other_details_takes_the_first_nothing(by):
    dated = a_review(itemReviewed={"author": {"name": "Ann Lee"}, "datePublished": "2024-01-16"})
    rated = a_review(reviewRating={"alternateName": "True"})
    report = bring(as_json(a_review(), dated, rated), by, REVIEWS, leaves_out=True)
    assert whats(report) == ["new", "new", "refused", "same", "same", "refused"]
    assert ClaimRelation.objects.count() == 1


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda one: {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, one]},
        lambda one: {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]}]},
        lambda one: {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one}]},
        lambda one: [{**one, "@type": ["ClaimReview", "Review"]}],
        lambda one: {**one, "@type": "https://schema.org/ClaimReview"},
    ],
    ids=["graph", "feed", "list of items", "two types", "full type"],
)
def test_it_is_found_wherever_it_stands(by, wrapped):
    assert bring(json.dumps(wrapped(a_review())).encode(), by, REVIEWS).counts == {"new": 2}


def test_one_may_stand_on_each_line(by):
    lines = [json.dumps(a_review(claimReviewed=f"Sentence {number}.")) for number in range(3)]
    report = bring("\n".join([*lines[:2], "", lines[2]]).encode(), by, "reviews.jsonl")
    assert [row[:2] for row in report.rows] == [[line, "new"] for line in (1, 1, 2, 2, 4, 4)]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"url": ""}, "line 2, column url: it must not be empty"),
        ({"claimReviewed": None}, "line 2, column claimReviewed: it must not be empty"),
        ({"itemReviewed": {"author": []}}, "line 2, column itemReviewed.author: it must not be empty"),
        ({"reviewRating": {"ratingValue": True}}, "line 2, column reviewRating.alternateName: it must not be empty"),
        ({"author": {"name": {"a": "b"}}, "publisher": 7.0}, "line 2, column author: “7.0” is nobody on file"),
        ({"datePublished": "soon"}, "line 2, column datePublished: 'soon' is not a date"),
        ({"@type": "Review"}, "line 2, column @type: it is no ClaimReview"),
    ],
)
def test_one_that_lacks_something_is_refused_whole_with_line_and_property(by, given, fault):
    report = bring(as_json(a_review(**given), a_review(url="https://checks.example/2")), by, REVIEWS)
    refused = [row for row in report.rows if row[1] == "refused"]
    assert f"reviews.jsonld, {fault}" in " ".join(row[5] for row in refused)
    assert whats(report)[-2:] == ["new", "new"]
    assert len(refused) == len(report.rows) - 2
    assert not Claim.objects.exists()


def test_of_three_hundred_items_as_they_are_found_each_is_in_or_explained(by):
    """They vary as those on the web do: names as texts, objects or lists, dates with times, properties left out."""
    random = Random(7)
    items = [varied(random, number) for number in range(300)]
    data = json.dumps({"@graph": items}, indent=1).encode()
    for question in bring(data, by, REVIEWS, dry_run=True).questions:
        keep_spellings(question["spellings"], question["name"], by=by, kind="person")
    report = bring(data, by, REVIEWS, leaves_out=True)
    written, refused = report.counts["new"], report.counts["refused"]
    assert (len(report.rows), written + refused) == (600, 600)
    assert Claim.objects.count() == written == 2 * ClaimRelation.objects.count()
    assert (written, refused) == (2 * sum(map(is_whole, items)), 2 * sum(not is_whole(one) for one in items))
    explained = [row[5] for row in report.rows if row[1] == "refused"]
    assert all(f"{REVIEWS}, line " in why and ", column " in why for why in explained)
    assert bring(data, by, REVIEWS, leaves_out=True).counts == {"same": written, "refused": refused}


def varied(random, number):
    """One of many ClaimReviews, each with oddities of its own."""
    name = random.choice(["Ann Lee", "LEE, Ann", "Carl Moss", "Moss, Carl", "Facebook posts", "Ольга Коваль"])
    author = random.choice([name, {"@type": "Person", "name": name}, [{"name": name, "sameAs": "x"}]])
    day = random.choice(["2024-03-05", "2024-03-05T10:00:00+02:00", "March 5, 2024", "2024"])
    rating = random.choice(["False", "Pants on Fire!", "Напівправда", "⭐⭐"])
    given = a_review(
        url=f"https://checks.example/{number}/",
        claimReviewed=f"Statement number {number} of the {random.choice(['talks', 'border', 'aid'])}",
        itemReviewed={"@type": random.choice(["Claim", "CreativeWork"]), "author": author, "datePublished": day},
        author=random.choice([{"name": "The Checkers"}, [{"name": "the checkers"}], "The Checkers"]),
        datePublished=day,
        reviewRating=random.choice([{"alternateName": rating}, [{"alternateName": rating}], {"ratingValue": 1}]),
    )
    for lost in ("url", "claimReviewed", "itemReviewed", "author", "reviewRating", "datePublished"):
        if random.random() < 0.03:
            del given[lost]
    return given


def is_whole(item):
    return {"url", "claimReviewed", "itemReviewed", "author", "reviewRating"} <= {*item}

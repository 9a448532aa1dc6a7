"""No page, feed, file or search prints a word of a source that was taken down; auditors see it on its page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.editorial.takedown import take_down
from claims.evidence.anchoring import anchor
from claims.models import Change, Citation, Claim
from tests.factories import (
    a_claim,
    a_position,
    a_snapshot,
    a_source,
    a_stance,
    an_actor,
    an_event,
    an_issue,
    unreviewed,
)
from tests.http.desk import approved, page_of, review_of, save, signed_in
from tests.http.test_no_leak import VARIANTS, crawl, written

pytestmark = pytest.mark.django_db

CANARY = "canary sings at dawn"
FEW = 2  # variants of each page: who is signed in is shown the same ones
REASON = "The author asked for it."
ALL_OVER = [
    "/claims/", "/claims.json", "/claims/birds-heard/", "/claims/birds-heard.json", "/sources/nest/",
    "/sources/nest.json", "/changes/", "/changes.atom", "/issues/birds/", "/actors/ada/",
]  # fmt: skip


@pytest.fixture
def source():
    return a_source(slug="nest", title="A nest", text_is_public=True, publisher=an_actor("The Gazette", kind="media"))


@pytest.fixture
def claim(source):
    """A claim that rests on the passage, in every place that quotes one: an issue, a position, an event, the log."""
    ada, issue = an_actor("Ada Abel", slug="ada"), an_issue("Birds", slug="birds")
    stance = a_stance(issue)
    event = an_event("Dawn", slug="dawn", sources=[source])
    common = {"speaker": ada, "issues": [issue], "events": [event], "source": source}
    claim = a_claim("birds should be heard", slug="birds-heard", exact=f"the {CANARY}", **common)
    with unreviewed():
        claim.citations.update(
            prefix="before the canary", suffix="after the canary", translation="dawn canary, translated"
        )
    a_snapshot(source, f"Once the {CANARY} it is day. Another canary listens.")
    anchor(Citation.objects.filter(source=source))
    a_position(ada, stance, shown_by=[claim])
    edited = {"source": "nest", "exact": "a former canary", "locator": "", "translation": ""}
    Change.objects.record(
        claim,
        "correction",
        public_note="The words were wrong.",
        before={"citations": [edited]},
        after={"citations": []},
    )
    return claim


def printed(client, most=VARIANTS):
    """The addresses whose answer holds a word of the source, and all that there are."""
    answers = crawl(client, most)
    return [path for path, (answer, _) in answers.items() if "canary" in written(answer).lower()], {*answers}


def test_before_it_is_taken_down_its_words_are_all_over_the_site(client, claim):
    assert [path for path in ALL_OVER if "canary" not in written(client.get(path)).lower()] == []


def test_once_it_is_taken_down_no_address_prints_a_word_of_it(client, source, claim):
    take_down(source, reason=REASON)
    paths, asked = printed(client)
    assert paths == []
    assert asked >= {*ALL_OVER}
    assert len(asked) > 30


@pytest.mark.run_once
def test_nobody_else_who_is_signed_in_sees_more(client, source, claim):
    take_down(source, reason=REASON)
    signed_in(client, "Curator", "Reviewer", "Managing editor")
    assert printed(client, FEW)[0] == []


@pytest.mark.parametrize(
    "groups", [pytest.param(["Auditor"], marks=pytest.mark.run_once), []], ids=["auditor", "superuser"]
)
def test_an_auditor_sees_text_and_passages_on_its_page(client, source, claim, groups):
    take_down(source, reason=REASON)
    signed_in(client, *groups)
    page = client.get("/sources/nest/").text
    assert f"the {CANARY}</mark> it is day. Another canary listens." in page
    assert "dawn canary, translated" in page
    assert "You see them as an auditor; nobody else does." in page
    if groups:
        assert {path.partition("?")[0] for path in printed(client, FEW)[0]} == {"/sources/nest/"}


def test_its_entry_its_hash_and_the_reason_stay(client, source, claim):
    take_down(source, reason=REASON)
    page = client.get("/sources/nest/").text
    for words in ("A nest", "The Gazette", source.snapshots.get().sha256, REASON, "1 from this source"):
        assert words in page
    assert 'id="claim-birds-heard"' in page
    assert "<b>taken down</b>" in page
    assert '<a href="/claims/birds-heard/"><b>Ada Abel</b> said that birds should be heard.</a>' in page


def test_its_json_says_when_and_why(client, source, claim):
    take_down(source, reason=REASON)
    record = client.get("/sources/nest.json").json()
    assert record["taken_down"] == {"at": source.taken_down_at.isoformat(), "reason": REASON}
    assert (record["text_shown"], record["sha256"]) == ("taken_down", source.snapshots.get().sha256)
    [citation] = record["citations"]
    assert (citation["exact"], citation["translation"], citation["status"]) == (None, None, "taken_down")


@pytest.mark.parametrize("path", ["/claims.json", "/claims/birds-heard.json"])
def test_exports_have_nothing_in_the_place_of_its_words(client, source, claim, path):
    take_down(source, reason=REASON)
    record = client.get(path).json()
    [citation] = record.get("results", [record])[0]["citations"]
    assert [citation[name] for name in ("exact", "prefix", "suffix", "translation")] == [None] * 4
    assert citation["status"] == "taken_down"


def test_a_search_for_its_words_finds_nothing(client, source, claim):
    take_down(source, reason=REASON)
    assert client.get("/claims.json", {"q": "canary"}).json()["count"] == 0
    assert client.get("/claims.json", {"q": "birds"}).json()["count"] == 1


def test_the_desk_hides_its_words_from_curators(client, source, claim):
    take_down(source, reason=REASON)
    signed_in(client, "Curator")
    for row in (source, source.snapshots.get(), claim, Change.objects.get(kind="correction")):
        assert "canary" not in client.get(page_of(row)).text, row


def test_the_desk_shows_them_to_auditors(client, source, claim):
    take_down(source, reason=REASON)
    signed_in(client, "Auditor")
    for row in (source, source.snapshots.get(), claim):
        assert "canary" in client.get(page_of(row)).text, row


def test_a_curator_can_still_edit_a_claim_that_rests_on_it(client, source, claim):
    take_down(source, reason=REASON)
    signed_in(client, "Curator")
    save(client, page_of(claim), occasion="at dawn", change_kind="edit", public_note="The occasion is known.")
    signed_in(client, "Reviewer")
    assert "canary" not in client.get(review_of(claim)).text
    approved(client, claim)
    assert Claim.objects.get(pk=claim.pk).occasion == "at dawn"
    assert claim.citations.get().exact == f"the {CANARY}"


def takedown_of(source):
    return reverse("admin:claims_source_takedown", args=[source.pk])


def step(client, source, words):
    """Open the page of the step that a source is open to, type, and press its button."""
    offered = client.get(takedown_of(source)).context["form"].initial
    return client.post(takedown_of(source), {"words": words, **offered})


def test_a_managing_editor_takes_a_source_down_and_shows_it_again(client, source, claim):
    signed_in(client, "Managing editor")
    assert takedown_of(source) in client.get(page_of(source)).text
    assert "Take down, with a public reason" in client.get(takedown_of(source)).text
    assert step(client, source, REASON)["Location"] == page_of(source)
    source.refresh_from_db()
    assert source.taken_down_reason == REASON
    assert "Taken down" in client.get(page_of(source)).text
    step(client, source, "The author agreed.")
    source.refresh_from_db()
    assert not source.is_taken_down


def test_a_second_equal_step_is_told_that_it_is_done_and_changes_nothing(client, source, claim):
    editor = signed_in(client, "Managing editor")
    offered = client.get(takedown_of(source)).context["form"].initial
    steps = [client.post(takedown_of(source), {"words": REASON, **offered}, follow=True) for _ in range(2)]
    told = [str(message) for message in steps[1].context["messages"]]
    source.refresh_from_db()
    assert source.taken_down_reason == REASON
    assert [change.kind for change in Change.objects.about(source)] == ["takedown"]
    assert len(told) == 1
    assert f"by {editor}; nothing has changed." in told[0]


def test_a_step_that_was_taken_back_is_not_made_by_an_equal_one(client, source, claim):
    editor = signed_in(client, "Managing editor")
    sent = {"words": REASON, **client.get(takedown_of(source)).context["form"].initial}
    client.post(takedown_of(source), sent)
    step(client, source, "The author agreed.")
    told = [str(message) for message in client.post(takedown_of(source), sent, follow=True).context["messages"]]
    source.refresh_from_db()
    assert not source.is_taken_down
    assert [change.kind for change in Change.objects.about(source)] == ["restoration", "takedown"]
    assert told[-1].startswith("“A nest” was shown again on ")
    assert told[-1].endswith(f"by {editor}; nothing has changed.")


def test_a_source_is_locked_while_it_is_edited_so_that_it_stays_taken_down(client, source):
    signed_in(client)
    with CaptureQueriesContext(connection) as asked:
        save(client, page_of(source), title="Another nest")
    locked = [query for query in asked if "FOR UPDATE" in query["sql"] and "claims_source" in query["sql"]]
    assert bool(locked) == connection.features.has_select_for_update


def test_a_step_that_says_not_what_it_means_to_do_is_refused(client, source):
    signed_in(client, "Managing editor")
    assert client.post(takedown_of(source), {"words": REASON}).status_code == 200
    source.refresh_from_db()
    assert not source.is_taken_down


def test_it_asks_for_a_reason(client, source):
    signed_in(client, "Managing editor")
    page = step(client, source, "  ")
    assert "This field is required." in page.text
    source.refresh_from_db()
    assert not source.is_taken_down


@pytest.mark.parametrize("words", ["x" * 1_001, "a\0b", "x" * 60_000])
def test_it_refuses_what_is_no_reason(client, source, words):
    signed_in(client, "Managing editor")
    assert step(client, source, words).status_code == 200
    source.refresh_from_db()
    assert not source.is_taken_down


@pytest.mark.parametrize("group", ["Curator", "Reviewer", "Auditor"])
def test_nobody_else_takes_a_source_down(client, source, group):
    signed_in(client, group)
    assert takedown_of(source) not in client.get(page_of(source)).text
    assert client.post(takedown_of(source), {"words": REASON}).status_code == 403


def test_what_is_not_there_is_not_taken_down(client):
    signed_in(client, "Managing editor")
    assert client.get(reverse("admin:claims_source_takedown", args=[999])).status_code == 404

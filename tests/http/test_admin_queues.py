"""What waits at the desk and for whom, and how its lists are narrowed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.editorial import QUEUES
from claims.models import (
    Citation,
    Claim,
    Comment,
    DeadLink,
    Event,
    Overruled,
    Position,
    Presence,
    Revision,
    Source,
    State,
)
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_snapshot,
    a_source,
    a_user,
    an_actor,
    an_event,
)
from tests.http.desk import in_review, list_of, signed_in

pytestmark = pytest.mark.django_db


def waiting(client):
    """What the front page says: labels and counts."""
    return [(task.label, task.count) for task in client.get("/admin/").context["tasks"]]


def listed(client, model, **query):
    """The keys of the rows that a list shows."""
    return {row.pk for row in client.get(list_of(model), query).context["cl"].result_list}


def lost(claim, status="not_found"):
    Citation.objects.filter(claim=claim).update(status=status)
    return claim


def one_of_each(person):
    """In each queue rows that are this person's to act on, beside others that are not."""
    other = a_user()
    source = a_source()
    a_snapshot(source, "Some text.")
    rows = {"speaker": an_actor(), "source": source}
    a_draft(created_by=other, source=source), a_draft(created_by=person, source=source)
    for who in (person, other):
        in_review(a_draft(created_by=who, source=source), by=who)
        in_review(a_draft(created_by=who, source=source), by=who).send_back()
    lost(a_claim(source=source)), lost(a_draft(source=source)), lost(a_claim(source=source), "ambiguous")
    for _ in range(2):
        a_claim(speaker=rows["speaker"], source=source, exact="the very same words")
    a_position(shown_by=[a_claim(source=source)]), a_position()
    an_event(state=State.IN_REVIEW, published_at=None, forced=False, submitted_by=other, sources=[source])


ALIKE = ("Claims that may be duplicates", None)
CURATORS = [
    ("Claims sent back to me", 1),
    ("Claims of mine in draft", 1),
    ("Claims with a passage lost", 2),
    ALIKE,
    ("Positions without evidence", 1),
]
REVIEWERS = [("Claims to review", 1), ("Events to review", 1)]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["Curator"], CURATORS),
        (["Reviewer"], REVIEWERS),
        (["Curator", "Reviewer"], [*CURATORS[:2], *REVIEWERS, *CURATORS[2:]]),
        (["Managing editor"], []),
        (["Auditor"], []),
        ([], [*CURATORS[:2], *REVIEWERS, *CURATORS[2:]]),
    ],
)
def test_the_front_page_tells_each_what_they_can_act_on_and_its_lists_show_as_many(client, groups, expected):
    one_of_each(signed_in(client, *groups))
    assert waiting(client) == expected
    tasks = client.get("/admin/").context["tasks"]
    shown = {task.label: client.get(task.url).context["cl"].result_count for task in tasks}
    assert shown == {label: 2 if count is None else count for label, count in expected}


def a_revision(thing, by, **given):
    return Revision.objects.create(
        thing=thing, base_version=1, before={}, after={}, kind="edit", public_note="typo", proposed_by=by, edited_by=by,
        **given,
    )  # fmt: skip


def test_changes_to_public_records_wait_for_a_second_person_and_come_back_to_their_author(client):
    person = signed_in(client, "Curator", "Reviewer")
    source, other = a_source(), a_user()
    a_snapshot(source, "Some text.")
    back = {"state": "sent_back", "review_note": "Which edition?"}
    mine, theirs = a_revision(source, person, **back), a_revision(source.publisher, other)
    a_revision(an_actor(), other, **back), a_revision(an_actor(), person)
    assert waiting(client) == [("Proposed changes sent back to me", 1), ("Proposed changes to review", 1), ALIKE]
    assert listed(client, Revision, queue="revisions-back") == {mine.pk}
    assert listed(client, Revision, queue="revisions") == {theirs.pk}


def test_where_nothing_waits_it_says_so(client):
    signed_in(client, "Reviewer")
    assert "Nothing waits." in client.get("/admin/").text


def test_a_source_without_its_text_waits_for_curators_unless_it_was_taken_down(client):
    signed_in(client, "Curator")
    source, taken_down = a_source(), a_source()
    taken_down.take_down(reason="Its author asked for it.")
    assert waiting(client) == [ALIKE, ("Sources without their text", 1)]
    assert listed(client, Source, queue="no-text") == {source.pk}


def test_a_source_whose_address_was_found_dead_waits_until_it_has_another(client):
    signed_in(client, "Curator")
    source = a_source()
    a_snapshot(source, "Some text.")
    DeadLink.objects.note(source, is_dead=True)
    assert waiting(client) == [ALIKE, ("Sources whose link is dead", 1)]
    assert listed(client, Source, queue="dead-link") == {source.pk}
    Source.objects.filter(pk=source.pk).update(url="https://example.org/elsewhere")
    assert waiting(client) == [ALIKE]
    DeadLink.objects.note(source, is_dead=False)
    assert not DeadLink.objects.exists()


def test_what_somebody_called_no_duplicate_waits_no_more(client):
    signed_in(client, "Curator")
    speaker, source = an_actor(), a_source()
    claims = [a_claim(speaker=speaker, source=source, exact="the very same words") for _ in range(2)]
    a_claim(source=source, exact="the very same words"), a_claim(speaker=speaker, exact="the very same words")
    assert listed(client, Claim, queue="alike") == {claim.pk for claim in claims}
    Overruled.objects.create(thing=claims[0], code="duplicate", reason="Two demands in one sentence.")
    assert listed(client, Claim, queue="alike") == {claims[1].pk}


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_page_asks_the_same_number_of_queries_whatever_waits(client, number):
    person = signed_in(client)
    for _ in range(number):
        one_of_each(person)
        a_source()
    client.get("/admin/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/")
    counted = [query for query in asked.captured_queries if query["sql"].startswith("SELECT COUNT(")]
    assert sum(len(queue.models) for queue in QUEUES.values() if queue.is_counted) == len(counted) == 16
    assert len(asked) == 16 + 6


@pytest.mark.parametrize("queue", ["nonsense", "review", "lost", "\0"])
def test_a_queue_that_the_reader_does_not_have_is_no_filter(client, queue):
    signed_in(client, "Auditor")
    response = client.get(list_of(Event), {"queue": queue}, follow=True)
    assert "There is no such filter; this is the whole list." in response.text


# Lists


def test_a_list_shows_who_is_at_a_row_and_how_many_comments_it_has(client):
    signed_in(client, "Reviewer")
    claim, carla = in_review(a_draft()), a_user(first_name="Carla")
    Presence.objects.take(claim, carla)
    for _ in range(2):
        Comment.objects.create(thing=claim, by=carla, text="Is this right?")
    page = client.get(list_of(Claim), {"queue": "review"}).text
    assert '<td class="field-beside"><strong>Carla</strong> is at it. 2 comments</td>' in page


def test_claims_are_narrowed_by_what_one_has_entered_speaker_source_date_and_text(client):
    person = signed_in(client, "Curator")
    zelensky = an_actor("Zelensky")
    a_name(zelensky, "Зеленський")
    held = a_source(title="A speech of spring")
    a_snapshot(held, "Some text.")
    mine = a_draft(created_by=person, speaker=zelensky, source=held)
    other = a_claim(created_at=timezone.now() - timezone.timedelta(days=400))
    both = a_claim(source=held)
    a_citation(both, a_source())
    assert listed(client, Claim, queue="own") == {mine.pk}
    assert listed(client, Claim, by="зеленський") == listed(client, Claim, by=zelensky.slug) == {mine.pk}
    assert listed(client, Claim, **{"in": "of Spring"}) == {mine.pk, both.pk}
    assert listed(client, Claim, held="yes") == {mine.pk}
    assert listed(client, Claim, held="no") == {other.pk, both.pk}
    assert listed(client, Claim, created_at__gte=str(timezone.now() - timezone.timedelta(days=7))) == {mine.pk, both.pk}
    assert listed(client, Claim, held="no", state__exact="published", by=both.speaker.name) == {both.pk}


def test_sources_are_found_by_publisher_date_and_text(client):
    signed_in(client, "Curator")
    source = a_source(publisher=an_actor("The Herald"), published_edtf="2024-03-05")
    other = a_source(published_edtf="2023")
    a_snapshot(other, "Some text.")
    assert listed(client, Source, **{"from": "herald"}) == {source.pk}
    assert listed(client, Source, held="no") == {source.pk}
    for typed in ("2024-03-05", "5 March 2024", "05.03.2024", "March 2024", "2024"):
        assert listed(client, Source, q=typed) == {source.pk}, typed
    assert listed(client, Source, q="herald") == {source.pk}


def test_what_was_typed_into_a_filter_stays_beside_the_other_filters(client):
    signed_in(client, "Curator")
    page = client.get(list_of(Claim), {"by": "<b>", "state__exact": "draft", "q": "talks"}).text
    assert 'name="by" value="&lt;b&gt;"' in page
    assert page.count('<input type="hidden" name="state__exact" value="draft">') == 3
    assert page.count('<input type="hidden" name="q" value="talks">') == 2


@pytest.mark.parametrize("typed", ["\0", "a" * 201])
@pytest.mark.parametrize("name", ["by", "in"])
def test_words_that_cannot_be_are_no_filter(client, name, typed):
    signed_in(client, "Curator")
    response = client.get(list_of(Claim), {name: typed}, follow=True)
    assert "There is no such filter; this is the whole list." in response.text


def test_a_position_that_a_published_claim_shows_has_evidence(client):
    signed_in(client, "Curator")
    shown, by_a_draft, bare = a_position(shown_by=[a_claim()]), a_position(shown_by=[a_draft()]), a_position()
    assert listed(client, Position, queue="unshown") == {by_a_draft.pk, bare.pk}
    assert shown.pk not in listed(client, Position, queue="unshown")

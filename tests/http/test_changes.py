"""The public log of changes, as a page and as data."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from claims.changes import revisions
from claims.models import Change, Claim
from tests.factories import (
    a_claim,
    a_draft,
    a_position,
    a_source,
    a_stance,
    a_step,
    an_actor,
    an_event,
    an_issue,
)
from tests.guards import rewritten

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LOGS = ["/changes/", "/changes/?at=2026-03-01T12:00", "/changes.json", "/changes.atom"]
HOSTILE = ["\x00", "‮withdrawal", "w" * 60_000, "' OR 1=1 --", "<script>alert(1)</script>", "9" * 25, "publication,edit"]
PLACES = ["2026-03-01T12:00:00~0", "2026-03-01T12:00:00~" + "9" * 25, "2026-13-01T12:00:00~1", "~", "1", "٢٠٢٦-٠٣-٠١~1"]
MINUTES = ["2026-03-01", "2026-03-01T12:00:30", "2026-03-01T12:00+05:00", "2026-02-30T12:00", "now", "٢٠٢٦-٠٣-٠١T12:00"]


def logged(thing, kind="publication", note="", at=NOON, **given):
    return Change.objects.record(thing, kind, public_note=note, at=at, **given)


def edited(claim, kind="correction", note="Misread.", at=NOON, **columns):
    """Edit a claim as the desk does."""
    before = revisions.values(claim)
    for name, value in columns.items():
        setattr(claim, name, value)
    claim.save()
    revisions.record(claim, before, by=None, kind=kind, note=note)
    rewritten(Change.objects.filter(pk=Change.objects.first().pk), at=at)


def lavrov(content="talks should resume", **given):
    return a_claim(content, speaker=an_actor("Sergei Lavrov"), **given)


def entries(page):
    """The entries of a page as plain text."""
    articles = re.findall(r"<article.*?</article>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", article).split()) for article in articles]


def test_it_lists_what_was_published_with_its_attribution(client):
    logged(lavrov())
    page = client.get("/changes/").text
    assert entries(page) == ["New claim 1 Mar 2026, 12:00 UTC Sergei Lavrov said that talks should resume."]
    assert '<time datetime="2026-03-01T12:00:00Z">' in page


def test_it_lists_events_and_positions_by_their_titles(client):
    issue = an_issue("Direct talks")
    claim = lavrov(issues=[issue])
    logged(an_event("Istanbul round"), at=NOON)
    logged(a_position(claim.speaker, a_stance(issue, "Ready to talk"), [claim]), at=NOON + timedelta(hours=1))
    assert entries(client.get("/changes/").text) == [
        "New position 1 Mar 2026, 13:00 UTC Sergei Lavrov on Direct talks: Ready to talk",
        "New event 1 Mar 2026, 12:00 UTC Istanbul round, 15 January 2024",
    ]


@pytest.mark.parametrize(
    ("kind", "word"),
    [("publication", "New"), ("edit", "Edited"), ("correction", "Corrected"), ("clarification", "Clarified")],
)
def test_it_tells_the_kinds_of_change_apart(client, kind, word):
    logged(lavrov(), kind, "So that it is clear.")
    assert entries(client.get("/changes/").text)[0].startswith(word)


def test_the_newest_comes_first(client):
    one, two = a_claim("one"), a_claim("two")
    logged(two, at=NOON)
    logged(one, at=NOON + timedelta(days=1))
    page = client.get("/changes/").text
    assert page.index("that one.") < page.index("that two.")


def test_a_correction_shows_its_note_and_the_words_before_and_after(client):
    edited(lavrov(), note="We had misread the verb.", content="talks should begin")
    page = client.get("/changes/").text
    assert "We had misread the verb." in page
    assert (
        "Sergei Lavrov said that talks should "
        '<del><span class="sr">[removed: </span>resume<span class="sr">]</span></del>'
        '<ins><span class="sr">[added: </span>begin<span class="sr">]</span></ins>.'
    ) in page


def test_a_title_that_was_corrected_is_shown_as_it_was_and_is(client):
    event = an_event("Talks in Istanbul")
    logged(event, "correction", "The wrong city.", before={"title": "Talks in Ankara"}, after={"title": event.title})
    assert entries(client.get("/changes/").text) == [
        "Corrected event 1 Mar 2026, 12:00 UTC Talks in Istanbul, 15 January 2024 The wrong city. "
        "Title Talks in [removed: Ankara][added: Istanbul]"
    ]


def test_it_filters_by_kind(client):
    logged(a_claim("something new"))
    edited(lavrov(), content="talks should begin")
    page = client.get("/changes/?kind=correction").text
    assert len(entries(page)) == 1
    assert "something new" not in page
    assert '<option value="correction" selected>' in page


def test_a_kind_of_which_there_is_none_says_so(client):
    logged(a_claim())
    assert "No such change is on file." in client.get("/changes/?kind=withdrawal").text


def load(number, note="Loaded from the data package opening, version 1."):
    for name in range(number):
        logged(a_claim(f"loaded {name}"), note=note, at=NOON + timedelta(seconds=name))


def test_what_was_published_all_at_once_is_one_line(client):
    load(4)
    logged(an_event(), note="Loaded from the data package opening, version 1.")
    page = client.get("/changes/").text
    assert entries(page) == [
        "New 1 Mar 2026, 12:00 UTC 4 claims and 1 event published "
        "Loaded from the data package opening, version 1. Show each of them"
    ]
    assert 'href="/changes/?kind=publication&amp;at=2026-03-01T12%3A00"' in page


def test_the_line_leads_to_each_of_them(client):
    load(4)
    logged(a_claim("of the next minute"), at=NOON + timedelta(minutes=1))
    page = client.get("/changes/?kind=publication&at=2026-03-01T12:00").text
    assert len(entries(page)) == 4
    assert "1 March 2026, 12:00 UTC</h2>" in page
    assert "of the next minute" not in page


@pytest.mark.parametrize("apart", [{"note": "another note"}, {"at": NOON + timedelta(minutes=1)}])
def test_another_note_or_minute_is_another_line(client, apart):
    load(4)
    logged(a_claim("by itself"), **{"note": "Loaded from the data package opening, version 1.", **apart})
    assert len(entries(client.get("/changes/").text)) == 2


def test_a_few_published_at_once_stand_each_by_itself(client):
    load(3)
    assert len(entries(client.get("/changes/").text)) == 3


def followed(client, address):
    """The entries of this page of the log and of all that follow it."""
    found = []
    while address:
        page = client.get(address).text
        found.append(entries(page))
        following = re.search(r'<a href="([^"]+)" rel="next">', page)
        address = following and following[1].replace("&amp;", "&")
    return found


def test_a_page_holds_25_lines_and_leads_to_the_next(client):
    for number in range(30):
        logged(a_claim(f"matter {number}."), at=NOON - timedelta(hours=number))
    load(5)
    pages = followed(client, "/changes/")
    assert [len(page) for page in pages] == [25, 6]
    assert [sum(f"that matter {number}." in line for page in pages for line in page) for number in range(30)] == [
        1
    ] * 30


def test_pages_of_one_minute_hold_every_change_once(client):
    load(30)
    pages = followed(client, "/changes/?at=2026-03-01T12:00")
    assert [len(page) for page in pages] == [25, 5]
    assert len({line for page in pages for line in page}) == 30


def test_lines_of_one_minute_are_parted_between_pages_without_loss(client):
    for number in range(30):
        logged(a_claim(f"matter {number}."), note=f"note {number}", at=NOON + timedelta(seconds=number))
    pages = followed(client, "/changes/")
    assert [len(page) for page in pages] == [25, 5]
    assert len({line for page in pages for line in page}) == 30


def archive(number):
    issue = an_issue()
    for index in range(number):
        at = NOON + timedelta(hours=index)
        claim = lavrov(f"matter {index}", issues=[issue])
        a_step(claim, an_actor())
        edited(claim, content=f"matter {index} again", at=at)
        logged(claim, at=at)
        logged(an_event(), at=at)
        position = a_position(claim.speaker, a_stance(issue), [claim])
        stances = {"before": {"stance": "answer-1"}, "after": {"stance": position.stance.slug}}
        logged(position, "correction", "Another answer.", at=at, **stances)
        for other in range(4):
            logged(a_claim(f"loaded {index} {other}"), note="Loaded.", at=at)


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_has_changed(client, number, django_assert_num_queries):
    archive(number)
    with django_assert_num_queries(14):
        client.get("/changes/")


@pytest.mark.parametrize("number", [1, 3])
def test_one_minute_takes_the_same_queries_however_much_was_done_in_it(client, number, django_assert_num_queries):
    load(number)
    with django_assert_num_queries(7):
        client.get("/changes/?at=2026-03-01T12:00")


@pytest.mark.parametrize("state", ["draft", "in_review"])
@pytest.mark.parametrize("address", ["/", *LOGS])
def test_nothing_is_told_of_a_draft_even_if_it_was_public_once(client, state, address):
    claim, event = a_draft("canary content", slug="canary-claim"), an_event("Canary event", state="draft")
    position = a_position(an_actor("Canary Holder"), a_stance(label="Canary stance"), [a_claim()], state="draft")
    hidden = a_position(an_actor("Canary Bearer"), a_stance(label="Canary answer"), [claim])
    Claim.objects.filter(pk=claim.pk).update(state=state)
    for thing in (claim, event, position, hidden):
        logged(thing, note="canary note")
        logged(thing, "correction", "canary note", before={"content": "canary"}, after={"content": "canaries"})
    assert "anar" not in client.get(address).text


@pytest.mark.parametrize("address", LOGS)
def test_of_what_was_withdrawn_only_the_id_and_the_reason_are_told(client, address):
    claim = lavrov("canary content", slug="lavrov-1")
    edited(claim, note="canary note", content="canary words")
    claim.withdraw(note="It was said by somebody else.")
    rewritten(Change.objects.all(), at=NOON)
    page = client.get(address).text
    assert "anary" not in page
    assert "Lavrov" not in page
    assert "lavrov-1" in page
    assert "It was said by somebody else." in page


def test_an_entry_on_what_was_withdrawn_leads_to_its_tombstone(client):
    claim = a_claim(slug="gone")
    logged(claim, "correction", "A date.", at=NOON - timedelta(hours=1))
    claim.withdraw(note="Not said.")
    rewritten(Change.objects.filter(kind="withdrawal"), at=NOON)
    page = client.get("/changes/").text
    assert entries(page) == [
        "Withdrawn claim 1 Mar 2026, 12:00 UTC gone Not said.",
        "Corrected claim 1 Mar 2026, 11:00 UTC gone Withdrawn since then. What stood here is no longer shown.",
    ]
    assert 'href="/claims/gone/"' in page


def test_no_content_stands_without_its_attribution(client):
    claim = lavrov(source=a_source(publisher=an_actor("Press Office", kind="media")), form="paraphrase")
    edited(claim, content="talks should begin")
    page = entries(client.get("/changes/").text)[0]
    attributed = re.findall(r"Sergei Lavrov, as paraphrased by Press Office, said that talks should", page)
    assert len(attributed) == page.count("talks should") == 2


def test_a_note_is_never_run_as_html(client):
    logged(lavrov("<img src=x onerror=alert(1)>"), "correction", "<script>alert(1)</script>")
    page = client.get("/changes/").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("kind", value) for value in HOSTILE),
        *(("at", value) for value in [*HOSTILE, *MINUTES]),
        *(("after", value) for value in [*HOSTILE, *PLACES]),
        *((value[:500], "1") for value in HOSTILE),
        ("page", "2"),
        ("kind__in", "edit"),
    ],
)
def test_it_answers_a_bad_parameter_with_an_error_and_no_rows(client, name, value):
    logged(lavrov())
    response = client.get("/changes/", {name: value})
    assert response.status_code == 200
    assert 'class="error"' in response.text
    assert "<script>alert" not in response.text
    assert entries(response.text) == []


def test_an_unknown_kind_is_refused_beside_the_field(client):
    page = client.get("/changes/?kind=corection").text
    assert "“corection” is none of the choices. Did you mean correction?" in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("query", ["kind=edit&kind=correction", "at=2026-03-01T12:00&at=2026-03-01T12:01"])
def test_it_refuses_a_parameter_given_twice(client, query):
    logged(lavrov())
    response = client.get(f"/changes/?{query}")
    assert "Give 1 at most." in response.text
    assert entries(response.text) == []


def test_it_lets_tracking_parameters_pass(client):
    logged(lavrov())
    assert len(entries(client.get("/changes/?utm_source=x&fbclid=y&gclid=z&kind=").text)) == 1


@pytest.mark.parametrize(
    "place", ["0001-01-01T00:00:00~1", "9999-12-31T23:59:59~1", "2026-03-01T12:00:00~9223372036854775807"]
)
def test_the_ends_of_time_are_places_in_the_list(client, place):
    logged(lavrov())
    assert client.get("/changes/", {"after": place}).status_code == 200
    assert client.get("/changes/", {"after": place, "at": "9999-12-31T23:59"}).status_code == 200


def test_an_empty_log_says_so(client):
    assert "No such change is on file." in client.get("/changes/").text


@pytest.mark.parametrize("address", ["/changes/", "/changes.json", "/changes.atom"])
def test_it_is_read_only(client, address):
    assert client.post(address).status_code == 405


def test_the_data_hold_every_change_by_itself(client):
    claim = lavrov(slug="lavrov-1")
    logged(claim, "correction", "A date.")
    load(4)
    data = client.get("/changes.json").json()
    assert len(data["results"]) == 5
    assert data["next"] is None
    assert data["results"][-1] == {
        "at": "2026-03-01T12:00:00+00:00",
        "kind": "correction",
        "object": {"type": "claim", "id": "lavrov-1"},
        "url": "http://testserver/claims/lavrov-1/",
        "note": "A date.",
    }


def test_the_data_are_the_list_of_what_was_withdrawn(client):
    issue = an_issue()
    claim = a_claim(slug="gone", issues=[issue])
    position = a_position(claim.speaker, a_stance(issue), [claim], slug="held")
    position.withdraw(note="It does not follow.")
    claim.withdraw(note="Not said.")
    found = client.get("/changes.json?kind=withdrawal").json()["results"]
    assert [(row["object"], row["url"], row["note"]) for row in found] == [
        ({"type": "claim", "id": "gone"}, "http://testserver/claims/gone/", "Not said."),
        ({"type": "position", "id": "held"}, None, "It does not follow."),
    ]


def test_the_data_come_in_pages(client):
    load(101)
    data = client.get("/changes.json?kind=publication").json()
    rest = client.get(data["next"]).json()
    assert (len(data["results"]), len(rest["results"]), rest["next"]) == (100, 1, None)
    assert len({row["object"]["id"] for row in [*data["results"], *rest["results"]]}) == 101


@pytest.mark.parametrize("query", ["kind=lost", "after=x", "page=2"])
def test_the_data_refuse_a_bad_parameter(client, query):
    response = client.get(f"/changes.json?{query}")
    assert response.status_code == 400
    assert list(json.loads(response.text)) == ["type", "title", "status", "errors"]


def test_unchanged_data_are_not_sent_twice(client):
    logged(lavrov())
    tag = client.get("/changes.json")["ETag"]
    assert client.get("/changes.json", headers={"If-None-Match": tag}).status_code == 304
    logged(a_claim())
    assert client.get("/changes.json", headers={"If-None-Match": tag}).status_code == 200


def test_it_tells_that_a_source_was_taken_down_and_shown_again_and_why(client):
    source = a_source(title="An interview")
    a_claim(source=source)
    source.take_down(reason="The author asked for it.")
    source.restore(reason="The author agrees.")
    rewritten(Change.objects.filter(kind="takedown"), at=NOON)
    rewritten(Change.objects.filter(kind="restoration"), at=NOON + timedelta(hours=1))
    page = client.get("/changes/").text
    assert entries(page) == [
        "Restored source 1 Mar 2026, 13:00 UTC An interview The author agrees.",
        "Taken down source 1 Mar 2026, 12:00 UTC An interview The author asked for it.",
    ]
    assert f'href="/sources/{source.slug}/"' in page


def test_a_source_that_only_drafts_cite_is_not_told_of(client):
    source = a_source(title="Canary")
    a_draft(source=source)
    source.take_down(reason="canary")
    assert "anary" not in client.get("/changes/").text

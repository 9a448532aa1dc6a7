"""Home, issues and actors as of a day, and with what was on file by a day."""

import pytest

from actors.models import Actor
from claims.models import Change, Claim, Event, Position
from tests import shared
from tests.factories import a_claim, a_draft, a_position, a_stance, an_actor, an_affiliation, an_event, an_issue
from tests.guards import rewritten

pytestmark = pytest.mark.django_db

PAGES = ["/", "/issues/", "/issues/talks/", "/actors/ada/"]
DATA = ["/issues/talks.json", "/actors/ada.json"]
HOSTILE = [
    "as_of=%00",
    "as_of=%E2%80%AE2024",
    "known_by=" + "9" * 60_000,
    "known_by=2024-13",
    "as_of=2024-02-30",
    "as_of=2023&as_of=2024",
    "known_by=%27%20OR%201=1",
    "as_of=<script>alert(1)</script>",
    "as_of=%D9%A2%D9%A0%D9%A2%D9%A4",
    "said_from=2023",
    "as_of__gte=2023",
    "%00=1",
]


@shared.of_module(autouse=True)
def archive():
    """An earlier claim that was published late, and a later one that was published early, by one actor on one issue."""
    ada, issue = an_actor("Ada Abel", slug="ada"), an_issue("Talks", slug="talks")
    ready, refuses = a_stance(issue, "Ready"), a_stance(issue, "Refuses")
    for words, day, stance, published in (
        ("earlier words", "2023-01", ready, "2025-06-02"),
        ("later words", "2024-01-15", refuses, "2025-06-01"),
    ):
        at = {"published_at": f"{published}T12:00Z"}
        claim = a_claim(words, speaker=ada, issues=[issue], said_edtf=day, **at)
        a_position(ada, stance, shown_by=[claim], **at)
        an_event(f"Event of {words}", date_edtf=day, participants=[ada], **at)
        Change.objects.record(claim, "correction", public_note=f"note on {words}", at=at["published_at"])
    an_affiliation(ada, an_actor("Utopia", kind="state"), "minister", start_edtf="2022", end_edtf="2023-06")


def holds(client, address, words):
    answer = client.get(address)
    assert answer.status_code == 200
    return words in answer.text


@pytest.mark.parametrize("address", ["/", "/actors/ada/", "/issues/talks/", *DATA])
def test_as_of_a_day_there_is_only_what_was_possibly_said_by_then(client, address):
    for day, earlier, later in (
        ("2022-12-31", False, False),
        ("2023-01-01", True, False),
        ("2023", True, False),
        ("2024-01-14", True, False),
        ("2024-01", True, True),
    ):
        assert holds(client, f"{address}?as_of={day}", "earlier words") == earlier, day
        assert holds(client, f"{address}?as_of={day}", "later words") == later, day


@pytest.mark.parametrize("address", ["/", "/actors/ada/", "/issues/talks/", *DATA])
def test_by_a_day_there_is_only_what_was_published_here_by_then(client, address):
    for day, earlier, later in (("2025-05-31", False, False), ("2025-06-01", False, True), ("2025-06-02", True, True)):
        assert holds(client, f"{address}?known_by={day}", "earlier words") == earlier, day
        assert holds(client, f"{address}?known_by={day}", "later words") == later, day


@pytest.mark.parametrize("address", [*PAGES, *DATA])
def test_the_two_axes_are_separate(client, address):
    assert not holds(client, f"{address}?as_of=2023&known_by=2025-06-01", "earlier words")
    assert not holds(client, f"{address}?as_of=2023&known_by=2025-06-01", "later words")


@pytest.mark.parametrize("address", ["/", "/actors/ada/"])
def test_events_are_held_to_the_same_days(client, address):
    assert not holds(client, f"{address}?as_of=2024-01-14", "Event of later words")
    assert holds(client, f"{address}?as_of=2024-01-15", "Event of later words")
    assert not holds(client, f"{address}?known_by=2025-06-01", "Event of earlier words")


def test_corrections_are_held_to_the_same_days(client):
    assert not holds(client, "/?as_of=2023", "note on later words")
    assert not holds(client, "/?known_by=2025-06-01", "note on earlier words")
    rewritten(Change.objects.filter(public_note="note on later words"), at="2025-07-01T00:00Z")
    assert not holds(client, "/?known_by=2025-06-30", "note on later words")
    assert holds(client, "/?known_by=2025-07", "note on later words")


def test_an_actor_has_the_roles_of_the_day(client):
    assert holds(client, "/actors/ada/?as_of=2023-06-30", "Minister")
    assert not holds(client, "/actors/ada/?as_of=2023-07", "Minister")
    assert holds(client, "/actors/ada/", "Minister")


def test_a_change_that_came_later_is_not_there(client):
    assert holds(client, "/issues/talks/?as_of=2024-01-15", 'id="changes"')
    assert not holds(client, "/issues/talks/?as_of=2024-01-14", 'id="changes"')
    assert client.get("/issues/talks.json?as_of=2023").json()["changes"] == []


def test_tallies_count_what_is_within(client):
    assert holds(client, "/actors/ada/?as_of=2023", "1 claim, 1 source, Jan 2023")
    assert holds(client, "/issues/talks/?as_of=2023", "1 claim, 1 source, Jan 2023")
    assert holds(client, "/issues/?as_of=2023", "1 claim, Jan 2023")
    assert client.get("/actors/ada.json?known_by=2025-06-01").json()["claims"]["count"] == 1


@pytest.mark.parametrize("address", PAGES)
def test_it_says_so_in_words_with_a_way_out(client, address):
    text = client.get(f"{address}?as_of=2024-03-03&known_by=2025").text
    assert "As of 3 March 2024, with what was on file by the end of 2025." in text
    assert f'<a href="{address}' in text
    assert f'<link rel="canonical" href="http://testserver{address}?as_of=2024-03-03&amp;known_by=2025">' in text
    assert "As of 3 March 2024" not in client.get(address).text


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/", "/claims/?as_of=2024-03&amp;known_by=2025-07"),
        ("/actors/ada/", "/claims/?speaker=ada&amp;as_of=2024-03&amp;known_by=2025-07"),
        ("/issues/talks/", "/claims/?issue=talks&amp;as_of=2024-03&amp;known_by=2025-07"),
        ("/issues/", "/issues/talks/?as_of=2024-03&amp;known_by=2025-07"),
        ("/actors/ada/", "/actors/ada.json?as_of=2024-03&amp;known_by=2025-07"),
        ("/issues/talks/", "/issues/talks.json?as_of=2024-03&amp;known_by=2025-07"),
    ],
)
def test_links_carry_the_days(client, address, link):
    assert holds(client, f"{address}?as_of=2024-03&known_by=2025-07", f'href="{link}"')


def test_the_browser_counts_what_the_page_counts(client):
    for query in ("as_of=2023", "known_by=2025-06-01", "as_of=2023&known_by=2025-06-01", "as_of=2024"):
        claims = client.get(f"/claims.json?speaker=ada&{query}").json()["count"]
        assert client.get(f"/actors/ada.json?{query}").json()["claims"]["count"] == claims


def test_the_data_says_how_far_it_looks(client):
    record = client.get("/actors/ada.json?as_of=2024-02").json()
    assert (record["as_of"], record["known_by"]) == ("2024-02-29", None)
    assert record["claims_url"] == "http://testserver/claims.json?speaker=ada&as_of=2024-02"


@pytest.mark.run_once
@pytest.mark.parametrize("query", HOSTILE)
def test_a_wrong_parameter_is_named_and_nothing_is_shown(client, query):
    for address in PAGES:
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 200
        assert 'class="error"' in answer.text
        assert "<script>alert" not in answer.text
        assert "words" not in answer.text.replace("Words", "")
    for address in DATA:
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert answer.json()["errors"]


def test_a_draft_and_what_was_withdrawn_are_on_no_day(client):
    ada = Actor.objects.get(slug="ada")
    a_draft("secret words", speaker=ada, said_edtf="2023")
    a_claim("withdrawn words", speaker=ada, said_edtf="2023").withdraw(note="not said")
    for address in [*PAGES, *DATA]:
        for words in ("secret words", "withdrawn words"):
            assert not holds(client, f"{address}?as_of=2024&known_by=2100", words)


@pytest.mark.parametrize(
    ("address", "number"), [("/", 12), ("/issues/", 5), ("/issues/talks/", 11), ("/actors/ada/", 14)]
)
def test_the_days_take_no_further_query(client, address, number, django_assert_num_queries):
    a_draft()  # so that nothing of what is on file now is kept yet
    with django_assert_num_queries(number):
        client.get(f"{address}?as_of=2024&known_by=2100")


def test_before_the_first_day_there_is_nothing_and_no_error(client):
    for address in PAGES:
        assert holds(client, f"{address}?as_of=1900&known_by=1900", "As of the end of 1900")
    assert Claim.objects.count() == Position.objects.count() == Event.objects.count() == 2

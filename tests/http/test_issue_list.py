"""The list of issues."""

import re

import pytest

from claims.models import Claim, Issue, Position
from tests.factories import a_claim, a_draft, a_position, a_stance, an_actor, an_issue

pytestmark = pytest.mark.django_db


def test_it_shows_questions_counts_and_answers_in_the_order_of_the_issues(client):
    second = an_issue("Truce", order=2, question="Should there be a truce?")
    first = an_issue("Talks", order=1, question="Should there be talks?")
    a_stance(first, "Ready to talk")
    a_claim(issues=[first], said_edtf="2022-02-24")
    a_claim(issues=[first, second], said_edtf="2024-05")
    page = client.get("/issues/").text
    assert page.index("Should there be talks?") < page.index("Ready to talk") < page.index("Should there be a truce?")
    assert "2 claims, Feb 2022 – May 2024" in page


def test_it_counts_no_drafts(client):
    talks = an_issue("Talks")
    a_claim(issues=[talks])
    a_draft(issues=[talks])
    page = client.get("/issues/").text
    assert "Talks · 1 claim" in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_issues_there_are(client, number, django_assert_num_queries):
    for _ in range(number):
        issue = an_issue()
        actor = an_actor()
        a_position(actor, a_stance(issue), shown_by=[a_claim(issues=[issue], speaker=actor)])
    with django_assert_num_queries(5):
        client.get("/issues/")


@pytest.mark.parametrize("query", ["?q=talks", "?page=2", "?%00=1", f"?{'x' * 60_000}=1", "?%E2%80%AE=1"])
def test_it_refuses_a_parameter_it_does_not_know_and_shows_no_rows(client, query):
    an_issue("Talks", slug="talks")
    answer = client.get(f"/issues/{query}")
    assert answer.status_code == 200
    assert "This page has no parameter" in answer.text
    assert "What of Talks?" not in answer.text


def test_an_empty_archive_says_what_to_do_first(client):
    assert "Nothing is published here yet." in client.get("/issues/").text


def stands(actor, stance, day, content="talks should begin"):
    a_position(actor, stance, shown_by=[a_claim(content, speaker=actor, said_edtf=day, issues=[stance.issue])])


@pytest.fixture
def standing():
    """A person who changes a stance on one issue, a state with one on another."""
    talks, truce = an_issue("Talks", slug="talks", order=1), an_issue("Truce", slug="truce", order=2)
    ada, utopia = an_actor("Ada Abel"), an_actor("Utopia", kind="state")
    stands(ada, a_stance(talks, "Ready"), "2023-01-15")
    stands(ada, a_stance(talks, "Refuses"), "2024-01-15")
    stands(utopia, a_stance(truce, "Wants one"), "2023-06")


def table(page):
    """The cells of "who stands where", each row with its actor."""
    rows = page.split("<tr>")[2:]
    return [
        re.findall(r'scope="row"><a[^>]*>([^<]*)|</svg></svg>([^<]*) <span|<span class="sr">(Nothing on file)', row)
        for row in rows
    ]


def words(page):
    return [["".join(cell) for cell in row] for row in table(page)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [["Utopia", "Nothing on file", "Wants one"], ["Ada Abel", "Refuses", "Nothing on file"]]),
        (
            "?as_of=2024-01-14",
            [["Utopia", "Nothing on file", "Wants one"], ["Ada Abel", "Ready", "Nothing on file"]],
        ),
        ("?as_of=2023-05-31", [["Ada Abel", "Ready", "Nothing on file"]]),
        ("?kind=state", [["Utopia", "Wants one"]]),
        ("?kind=state&kind=person&issue=talks", [["Ada Abel", "Refuses"]]),
        (
            "?issue=talks&issue=truce&as_of=2023",
            [["Utopia", "Nothing on file", "Wants one"], ["Ada Abel", "Ready", "Nothing on file"]],
        ),
    ],
)
def test_it_shows_who_stands_where_by_day_kind_of_actor_and_issue(client, standing, query, expected):
    assert words(client.get(f"/issues/{query}").text) == expected


def test_the_ways_to_other_days_keep_the_filter(client, standing):
    page = client.get("/issues/?as_of=2023-07&kind=person&issue=talks&known_by=2100&utm_source=x").text
    before, after = re.findall(r'<a href="([^"]*)" rel="(?:prev|next)">', page)
    kept = "known_by=2100&amp;kind=person&amp;issue=talks#stand"
    assert before == f"/issues/?as_of=2023-01-15&amp;{kept}"
    assert after == f"/issues/?as_of=2024-01-15&amp;{kept}"
    assert (
        '<link rel="canonical" href="http://testserver/issues/?as_of=2023-07&amp;known_by=2100&amp;kind=person&amp;issue=talks">'
        in page
    )


def test_what_was_not_on_file_by_a_day_is_in_no_cell_and_no_count(client, standing):
    Claim.objects.filter(said_edtf="2024-01-15").update(published_at="2025-03-04T00:00Z")
    Claim.objects.exclude(said_edtf="2024-01-15").update(published_at="2025-03-03T23:59Z")
    Position.objects.update(published_at="2025-01-01T00:00Z")
    page = client.get("/issues/?known_by=2025-03-03").text
    assert words(page)[1] == ["Ada Abel", "Ready", "Nothing on file"]
    assert "Talks · 1 claim, Jan 2023" in page
    assert "With what was on file by 3 March 2025." in page
    assert words(client.get("/issues/?known_by=2025-03-04").text)[1] == ["Ada Abel", "Refuses", "Nothing on file"]


def test_a_position_that_was_not_on_file_by_a_day_is_in_no_cell(client, standing):
    Claim.objects.update(published_at="2025-03-03T00:00Z")
    Position.objects.update(published_at="2025-03-04T00:00Z")
    assert words(client.get("/issues/?known_by=2025-03-03").text) == []


def test_it_shows_no_stance_that_a_draft_shows(client, standing):
    a_position(an_actor("Bea Hidden"), a_stance(an_issue(), "Secret"), shown_by=[a_draft()])
    a_position(an_actor("Cem Hidden"), a_stance(an_issue(), "Secret"), shown_by=[a_claim()], state="draft")
    page = client.get("/issues/").text
    assert "Hidden" not in page
    assert len(words(page)) == 2


def test_a_cell_says_what_is_on_file_later_or_without_a_stance_and_no_draft_does(client, standing):
    ada, truce = Claim.objects.filter(speaker__name="Ada Abel").first().speaker, Issue.objects.get(slug="truce")
    talks = Issue.objects.get(slug="talks")
    for issue, day in ((talks, "2023-05-01"), (talks, "2024-02-01"), (truce, "2023-03-01"), (truce, "2025-03-01")):
        a_claim(speaker=ada, issues=[issue], said_edtf=day)
    page = client.get("/issues/").text
    assert page.count("Later on file: 1<") == 1
    assert page.count(" 2 on file, no coded stance") == 1
    assert f'<a class="later" href="/issues/truce/{ada.slug}/">' in page
    for issue in (talks, truce):
        a_draft(speaker=ada, issues=[issue], said_edtf="2025-05-01")
    assert client.get("/issues/").text == page
    earlier = client.get("/issues/?as_of=2023-04-01").text
    assert (earlier.count("Later on file: "), earlier.count(" 1 on file, no coded stance")) == (0, 1)


@pytest.mark.parametrize(
    "query",
    [
        "?kind=robot",
        "?issue=nothing",
        "?as_of=2023-02-30",
        "?known_by=x",
        f"?issue={'x' * 60_000}",
        "?kind=%00",
        "?as_of=2023&as_of=2024",
    ],
)
def test_it_names_a_wrong_value_beside_its_field_and_shows_no_table(client, standing, query):
    answer = client.get(f"/issues/{query}")
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert "Refuses" not in answer.text

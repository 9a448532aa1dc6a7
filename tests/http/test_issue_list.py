"""The list of issues."""

import pytest

from tests.factories import a_claim, a_draft, a_stance, an_issue

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
    a_draft(issues=[an_issue("Talks")])
    page = client.get("/issues/").text
    assert "Talks · no claim" in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_many_issues_there_are(client, number, django_assert_num_queries):
    for _ in range(number):
        issue = an_issue()
        a_stance(issue)
        a_claim(issues=[issue])
    with django_assert_num_queries(4):
        client.get("/issues/")


@pytest.mark.parametrize("query", ["?q=talks", "?page=2", "?%00=1", f"?{'x' * 60_000}=1", "?%E2%80%AE=1"])
def test_it_refuses_a_parameter_it_does_not_know_and_shows_no_rows(client, query):
    an_issue("Talks")
    answer = client.get(f"/issues/{query}")
    assert answer.status_code == 200
    assert "This list has no parameter" in answer.text
    assert "Talks" not in answer.text


def test_an_empty_archive_says_what_to_do_first(client):
    assert "Nothing is published here yet." in client.get("/issues/").text

"""The page of an issue, and its JSON."""

import pytest

from claims.models import OldSlug
from tests.factories import a_claim, a_draft, a_position, a_source, a_stance, an_actor, an_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks():
    return an_issue("Talks", slug="talks", question="Should there be talks?", scope_note="statements on talks")


def held(actor, stance, day, content="peace is near", **given):
    claim = a_claim(content, speaker=actor, said_edtf=day, issues=[stance.issue], **given)
    a_position(actor, stance, shown_by=[claim])
    return claim


def change(issue, name="Ada Abel"):
    """An actor who was ready to talk in 2022 and refused in 2023."""
    actor = an_actor(name)
    ready = issue.stances.filter(label="Ready").first() or a_stance(issue, "Ready")
    refuses = issue.stances.filter(label="Refuses").first() or a_stance(issue, "Refuses")
    held(actor, ready, "2022-02-17", "talks should begin", exact="we are ready to talk today")
    held(actor, refuses, "2023-06-01", "talks are over", exact="there is nothing to talk about", form="paraphrase")


def test_it_asks_the_question_and_lists_the_answers(client, talks):
    change(talks)
    page = client.get("/issues/talks/").text
    assert "<h1>Should there be talks?</h1>" in page
    assert "Filed here: statements on talks." in page
    assert "2 claims, 2 sources, Feb 2022 – Jun 2023" in page
    legend = page[page.index('<dl class="legend') : page.index("</dl>")]
    assert legend.index("Ready") < legend.index("Refuses") < legend.index("No statement found")


def test_it_draws_every_actor_s_stances_in_one_chart_by_surname(client, talks):
    change(talks, "Ada Zimmer")
    change(talks, "Bea Abel")
    page = client.get("/issues/talks/").text
    assert page.index('aria-label="Bea Abel: 2 statements"') < page.index('aria-label="Ada Zimmer: 2 statements"')
    assert "Read this chart as a table (4 statements)" in page


def test_a_change_of_stance_is_two_attributed_quotes_with_their_sources(client, talks):
    change(talks)
    page = client.get("/issues/talks/").text
    changes = page[page.index('id="changes"') : page.index('id="claims"')]
    earlier, later = changes.split('class="arrow"')
    assert "469 days apart · A quote against a paraphrase" in earlier
    assert ">Ada Abel</b> said that talks should begin." in earlier
    assert "we are ready to talk today" in earlier
    assert "#claim-claim-" in earlier
    assert ">Ada Abel</b>, as paraphrased by" in later
    assert "there is nothing to talk about" in later


def test_an_issue_without_answers_says_so(client, talks):
    a_claim(issues=[talks])
    page = client.get("/issues/talks/").text
    assert "No answers are listed for this issue." in page
    assert "Changes on file" not in page


def test_an_issue_without_claims_says_so(client, talks):
    a_stance(talks)
    page = client.get("/issues/talks/").text
    assert "No position on this issue is on file." in page
    assert "Nothing on file on this issue" in page


def test_it_shows_the_newest_claims_and_leads_to_the_rest(client, talks):
    for day in range(1, 12):
        a_claim(f"day {day} was said", issues=[talks], said_edtf=f"2024-01-{day:02}")
    page = client.get("/issues/talks/").text
    assert "day 11 was said" in page
    assert "day 1 was said" not in page
    assert '<a href="/claims/?issue=talks">All 11 in the browser</a>' in page


def test_it_shows_neither_drafts_nor_what_was_withdrawn(client, talks):
    change(talks)
    stance, actor = talks.stances.first(), an_actor("Bea Hidden")
    a_draft("secret plans exist", issues=[talks])
    a_claim("withdrawn words", issues=[talks]).withdraw(note="not said")
    a_position(actor, stance, shown_by=[a_draft("hidden words", speaker=actor, issues=[talks])])
    a_position(actor, stance, shown_by=[a_claim()], state="draft", summary="hidden summary")
    for address in ("/issues/talks/", "/issues/talks.json"):
        page = client.get(address).text
        for words in ("secret plans", "withdrawn words", "Bea Hidden", "hidden words", "hidden summary"):
            assert words not in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_is_on_file(client, talks, number, django_assert_num_queries):
    for index in range(number):
        change(talks, f"Ada Abel{index}")
    with django_assert_num_queries(10):
        client.get("/issues/talks/")


@pytest.mark.parametrize("slug", ["nothing", "x" * 5_000, "9" * 400])
def test_an_unknown_address_is_not_found(client, slug):
    assert client.get(f"/issues/{slug}/").status_code == 404
    assert client.get(f"/issues/{slug}.json").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"), [("/issues/old/", "/issues/talks/"), ("/issues/old.json", "/issues/talks.json")]
)
def test_an_old_address_leads_to_the_new_one_for_ever(client, talks, old, new):
    OldSlug.keep(talks, "old")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


def test_the_json_holds_the_answers_the_positions_and_the_changes(client, talks):
    change(talks)
    record = client.get("/issues/talks.json").json()
    assert record["question"] == "Should there be talks?"
    assert [stance["label"] for stance in record["stances"]] == ["Ready", "Refuses"]
    assert [position["stance"] for position in record["positions"]] == ["Ready", "Refuses"]
    [changed] = record["changes"]
    assert changed["actor"]["name"] == "Ada Abel"
    assert changed["before"]["attribution"] == "Ada Abel said that talks should begin."
    assert (changed["before"]["stance"], changed["after"]["stance"]) == ("Ready", "Refuses")
    assert changed["notes"] == ["469 days apart", "A quote against a paraphrase"]


def test_two_statements_from_one_source_say_so(client, talks):
    actor, source = an_actor(), a_source()
    held(actor, a_stance(talks), "2023-01-01", source=source)
    held(actor, a_stance(talks), "2023-01-02", source=source)
    assert "1 day apart · Both from one source" in client.get("/issues/talks/").text

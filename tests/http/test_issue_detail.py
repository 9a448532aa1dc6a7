"""The page of an issue, and its JSON."""

import re

import pytest

from claims.models import OldSlug, PositionEvidence
from tests.factories import a_claim, a_draft, a_position, a_relation, a_source, a_stance, an_actor, an_issue

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
    assert legend.index("Ready") < legend.index("Refuses") < legend.index("Nothing on file")


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
    _, earlier, later = changes.split('<li class="turn">')
    assert "changes between 17 February 2022 and 1 June 2023. 469 days apart · A quote against a paraphrase." in later
    assert ">Ada Abel</b></a>" in earlier
    assert "> said that talks should begin.</a>" in earlier
    assert "we are ready to talk today" in earlier
    assert "#claim-claim-" in earlier
    assert ">Ada Abel</b></a>" in later
    assert ">, as paraphrased by" in later
    assert "there is nothing to talk about" in later


def test_the_changes_of_each_actor_are_one_row_of_which_the_latest_change_stands_open(client, talks):
    change(talks, "Ada Abel")
    change(talks, "Bea Brook")
    bea = talks.claims.filter(speaker__name="Bea Brook").first().speaker
    held(bea, talks.stances.get(label="Ready"), "2024-06-01", "talks should resume")
    page = client.get("/issues/talks/").text
    changes = page[page.index('id="changes"') : page.index('id="answers"')]
    first, second = changes.split(f'<h3 id="changes-{bea.slug}">')
    assert f'<a href="/issues/talks/{bea.slug}/">Bea Brook: the whole story</a>' in second
    assert '<details class="fold fold-narrow ui">' in first
    assert "2 turns, the latest change 1 Jun 2023: Ready → Refuses" in first
    assert '<details class="fold fold-narrow ui" open>' in second
    folded = second[second.index("1 earlier turn") : second.index("</details>")]
    assert ("talks should begin" in folded, "talks are over" in folded) == (True, False)
    assert "Turn 3" in second[second.index("</details>") :]
    assert changes.count("talks are over") == 4  # in two links each


def test_an_issue_without_answers_says_so(client, talks):
    a_claim(issues=[talks])
    page = client.get("/issues/talks/").text
    assert "No answers are listed for this issue." in page
    assert "Changes on file" not in page


def test_an_issue_without_claims_by_a_day_says_so(client, talks):
    a_stance(talks)
    a_claim(issues=[talks], said_edtf="2024-01-15")
    page = client.get("/issues/talks/?as_of=2020").text
    assert "Nothing is on file on this issue." in page
    assert "Nothing on file on this issue" in page


def test_it_shows_the_newest_claims_and_leads_to_the_rest(client, talks):
    for day in range(1, 12):
        a_claim(f"day {day} was said", issues=[talks], said_edtf=f"2024-01-{day:02}")
    page = client.get("/issues/talks/").text
    newest = page[page.index('id="claims"') :]
    assert "day 11 was said" in newest
    assert "day 1 was said" not in newest
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
    with django_assert_num_queries(11):
        client.get("/issues/talks/")


@pytest.mark.parametrize("slug", ["nothing", "x" * 5_000, "9" * 400])
def test_an_unknown_address_is_not_found(client, slug):
    assert client.get(f"/issues/{slug}/").status_code == 404
    assert client.get(f"/issues/{slug}.json").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"), [("/issues/old/", "/issues/talks/"), ("/issues/old.json", "/issues/talks.json")]
)
def test_an_old_address_leads_to_the_new_one_for_ever(client, talks, old, new):
    a_claim(issues=[talks])
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


def test_lanes_go_by_name_or_by_the_latest_change(client, talks):
    change(talks, "Ada Zimmer")
    held(an_actor("Bea Abel"), talks.stances.first(), "2024-01-01")
    by_name, by_change = client.get("/issues/talks/").text, client.get("/issues/talks/?order=latest").text
    assert by_name.index('aria-label="Bea Abel: 1') < by_name.index('aria-label="Ada Zimmer: 2')
    assert by_change.index('aria-label="Ada Zimmer: 2') < by_change.index('aria-label="Bea Abel: 1')
    assert '<a href="/issues/talks/?order=latest#stances">by latest change</a>' in by_name
    assert '<a href="/issues/talks/#stances">by name</a>' in by_change


def test_the_order_keeps_the_day(client, talks):
    change(talks)
    page = client.get("/issues/talks/?as_of=2024&order=latest&relations=1").text
    assert 'href="/issues/talks/?as_of=2024&amp;relations=1#stances">by name' in page
    assert '<input type="hidden" name="order" value="latest"><input type="hidden" name="relations" value="1">' in page


def test_who_answers_whom_is_shown_on_demand_as_pairs_of_attributed_sentences(client, talks):
    one = a_claim("talks should begin", speaker=an_actor("Ada Abel"), issues=[talks], said_edtf="2024-01-02")
    other = a_claim("talks are over", speaker=an_actor("Bea Brook"), issues=[talks], said_edtf="2023-05")
    a_relation(one, other, "denies", note="a day later", basis="stated_in_source")
    plain = client.get("/issues/talks/").text
    assert '<a href="/issues/talks/?relations=1#answers">Show who answers whom</a>' in plain
    assert "Denies" not in plain
    page = client.get("/issues/talks/?relations=1").text
    pairs = page[page.index('<ol class="list answers">') : page.index("</ol>")]
    words = " ".join(re.sub(r"<[^>]*>", "", pairs).split())
    assert words == (
        "Ada Abel said that talks should begin. 2 Jan 2024 Denies Stated in the source: a day later "
        "Bea Brook said that talks are over. May 2023"
    )


def test_no_pair_has_an_end_on_another_issue_in_a_draft_withdrawn_or_later_than_the_day(client, talks):
    on_issue = a_claim("kept words", issues=[talks], said_edtf="2023")
    others = [
        a_claim("foreign words", said_edtf="2023"),
        a_draft("draft words", issues=[talks], said_edtf="2023"),
        a_claim("withdrawn words", issues=[talks], said_edtf="2023"),
        a_claim("later words", issues=[talks], said_edtf="2024"),
    ]
    for other in others:
        a_relation(other, on_issue)
        a_relation(on_issue, other, "repeats")
    others[2].withdraw(note="not said")
    page = client.get("/issues/talks/?relations=1&as_of=2023").text
    assert "No relation between two claims on this issue is on file." in page
    assert client.get("/issues/talks/?relations=1").text.count('<li><div><div class="say-s">') == 2


@pytest.mark.parametrize("number", [1, 3])
def test_who_answers_whom_takes_one_query_however_many_do(client, talks, number, django_assert_num_queries):
    for _ in range(number):
        a_relation(a_claim(issues=[talks]), a_claim(issues=[talks]))
        change(talks)
    with django_assert_num_queries(12):
        client.get("/issues/talks/?relations=1")


def test_the_table_under_the_chart_is_given_in_pages_of_25(client, talks):
    stance, actor = a_stance(talks), an_actor()
    claims = [
        a_claim(f"number {n:02}", speaker=actor, said_edtf=f"2024-01-{n:02}", issues=[talks]) for n in range(1, 31)
    ]
    a_position(actor, stance, shown_by=claims)
    pages = [client.get(f"/issues/talks/?page={number}").text for number in (1, 2)]
    tables = [page[page.index("<tbody>") : page.index("</tbody>")] for page in pages]
    assert [re.findall(r"number (\d\d)", table) for table in tables] == [
        [f"{n:02}" for n in range(1, 26)],
        [f"{n:02}" for n in range(26, 31)],
    ]
    assert '<a href="/issues/talks/?page=2#table" rel="next">Next</a>' in pages[0]
    assert '<a href="/issues/talks/#table">Back to the first</a>' in pages[1]
    assert "26–30 of 30" in pages[1]
    assert '<details class="data ui" open>' in pages[1]
    assert '<link rel="canonical" href="http://testserver/issues/talks/?page=2">' in pages[1]


@pytest.fixture
def filed(talks):
    """Two statements of Ada with a stance, one without, and one of Bea without, told for the state."""
    change(talks)
    ada, state = talks.claims.first().speaker, an_actor("Utopia", kind="state")
    a_claim("talks are on", speaker=ada, issues=[talks], said_edtf="2022-10-01")
    told = a_claim("talks are off", speaker=an_actor("Bea Brook"), issues=[talks], said_edtf="2023-01-01")
    a_position(state, a_stance(talks, "Waits"), shown_by=[told])
    return talks


def test_a_stance_of_one_month_is_seen_and_drawn_as_open(client, talks):
    held(an_actor("Cem Cole"), a_stance(talks, "Ready"), "2022-07")
    held(an_actor("Bea Brook"), talks.stances.get(), "2025-01-01")
    page = client.get("/issues/talks/").text
    plot = page[page.index('aria-label="Cem Cole: 1 statement"') :].split("</div>")[0]
    assert '<path class="bar-open s1" d="M-7 0h14"/>' in plot
    assert '<line class="bar' not in plot


def test_what_takes_no_coded_stance_is_on_the_chart_in_the_table_and_in_a_count(client, filed):
    page = client.get("/issues/talks/").text
    assert "3 of 4 claims on this issue carry a coded" in page
    assert '<a href="/issues/talks/?rows=uncoded#table">the other is on file without' in " ".join(page.split())
    assert "On file without a coded stance: 1 more actor<" in page
    assert "<title>1 Oct 2022: Ada Abel, verbatim. On file; it takes no coded stance.</title>" in page
    assert "<title>1 Jan 2023: Bea Brook, verbatim. On file; its stance is recorded for Utopia.</title>" in page
    assert "Read this chart as a table (5 statements)" in page


def test_the_table_can_be_of_what_takes_no_coded_stance_alone(client, filed):
    page = client.get("/issues/talks/?rows=uncoded").text
    rows = page[page.index("<tbody>") : page.index("</tbody>")]
    assert [words in rows for words in ("talks are on", "talks are off", "talks are over")] == [True, True, False]
    assert '<details class="data ui" open>' in page


def test_the_json_tells_what_is_on_file_without_a_stance_apart(client, filed):
    record = client.get("/issues/talks.json").json()
    told = [(each["actor"]["name"], each["note"], each["said"]["text"]) for each in record["without_stance"]]
    assert told == [
        ("Ada Abel", "On file", "1 October 2022"),
        ("Bea Brook", "On file, recorded for Utopia", "1 January 2023"),
    ]


def test_a_draft_is_no_mark_breaks_no_silence_and_is_not_counted(client, talks):
    change(talks)
    before = client.get("/issues/talks/").text
    a_draft("hidden words", speaker=talks.claims.first().speaker, issues=[talks], said_edtf="2022-10-01")
    assert client.get("/issues/talks/").text == before


def test_marks_that_would_lie_upon_one_another_are_one_with_a_count_that_leads_to_the_table(client, talks):
    stance, actor = a_stance(talks, "Ready"), an_actor()
    a_position(
        actor, stance, shown_by=[a_claim(speaker=actor, said_edtf="2024-01-15", issues=[talks]) for _ in range(40)]
    )
    page = client.get("/issues/talks/?as_of=2024").text
    plot = page[page.index('<svg class="plot"') : page.index('<div class="lane-last')]
    assert plot.count('<rect class="hit"') == 4
    assert '<text class="mid letter" y="16">37</text><a href="/issues/talks/?as_of=2024&amp;page=1#table"' in plot
    assert "<title>37 statements, 15 Jan 2024 to 15 Jan 2024; of them show “Ready”: 37.</title>" in plot
    assert "Several, with their number" in page


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=3",
        "page=99999999999999999999",
        "page=%00",
        "order=side",
        "relations=yes",
        "order=name&order=latest",
        "rows=coded",
        "rows=%00",
        "rows=uncoded&rows=all",
        "rows=' OR 1=1 --",
        "page=1&page=2",
    ],
)
def test_a_wrong_order_or_page_is_named_and_nothing_is_shown(client, talks, query):
    change(talks)
    answer = client.get(f"/issues/talks/?{query}")
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert "talks should begin" not in answer.text


def test_what_qualifies_has_its_letter_its_notch_and_its_words(client, talks):
    stance, actor = a_stance(talks, "Ready"), an_actor("Ada Abel")
    claims = [
        a_claim(speaker=actor, said_edtf=day, issues=[talks]) for day in ("2024-01-01", "2024-03-01", "2024-05-01")
    ]
    position = a_position(actor, stance, shown_by=[claims[0], claims[2]])
    assert "Qualifies the stance" not in client.get("/issues/talks/").text
    PositionEvidence.objects.create(position=position, claim=claims[1], role="qualifies")
    page = client.get("/issues/talks/").text
    assert '<text class="mid letter" y="16">Q</text>' in page
    assert '<path class="notch notch-qualifies"' in page[page.index('<svg class="plot"') :]
    assert "<b>Q</b> Qualifies the stance" in page
    assert "<title>1 Mar 2024: Ada Abel, verbatim. Qualifies: Ready.</title>" in page

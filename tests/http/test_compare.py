"""Two actors compared: the page on which they are chosen, the comparison, and its data."""

import csv
import io

import pytest

from claims.models import OldSlug
from tests import shared
from tests.factories import (
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_relation,
    a_stance,
    an_actor,
    an_issue,
)

pytestmark = pytest.mark.django_db

NASTY = [
    "\x00", "\u202eabc", "\r\nSet-Cookie: a=b", "' OR 1=1 --", "%", "<script>alert(1)</script>", "9" * 40, "-1",
    "\u0301", "2023-02-30", "я" * 60_000, "💥" * 60, "\ud800", " ".join("abcdefghijklmnopqrstuvwxyz" * 2), "../..",
]  # fmt: skip


def public(name, **given):
    """An actor with a published claim."""
    actor = an_actor(name, **given)
    a_claim(speaker=actor)
    return actor


def held(actor, stance, day, **given):
    claim = a_claim(speaker=actor, said_edtf=day, issues=[stance.issue], **given)
    a_position(actor, stance, shown_by=[claim])
    return claim


@shared.of_module()
def two():
    """Ada and Bo, who both spoke of talks in 2022 and 2023; what he said denies what she said."""
    ada, bo = an_actor("Ada Abel", slug="ada"), an_actor("Bo Brown", slug="bo")
    issue = an_issue("Talks", slug="talks", question="Should there be talks?")
    ready, refuses = a_stance(issue, "Ready"), a_stance(issue, "Refuses")
    offer = held(ada, ready, "2022-02-10", content="talks should begin", exact="let us begin to talk")
    held(ada, ready, "2023-06-10")
    held(ada, ready, "2024-06-10", content="talks should go on")
    answer = held(bo, refuses, "2022-03-10", content="talks should wait", exact="this is not the time")
    held(bo, refuses, "2023-06-10")
    a_relation(answer, offer, "denies", note="names the offer")
    return ada, bo


def test_it_asks_for_two_actors_and_offers_pairs_worth_comparing(client, two):
    page = client.get("/compare/").text
    assert "<h1>Compare two actors</h1>" in page
    assert '<a href="/compare/ada/bo/">Ada Abel and Bo Brown</a> <span class="meta num">1 shared issue</span>' in page
    assert '<option value="Bo Brown">' in page
    assert 'class="error"' not in page


@pytest.mark.parametrize(
    ("a", "b"), [("ada", "bo"), ("ABEL", "brown"), ("Ада", "Bo  Brown"), ("ada abel", "бо"), ("ada-abel", "bo")]
)
def test_clear_names_in_any_spelling_lead_to_the_comparison(client, two, a, b):
    ada, bo = two
    a_name(ada, "Ада Абель", language="ru")
    a_name(ada, "Ada-Abel")
    a_name(bo, "Бо Браун", language="uk")
    response = client.get("/compare/", {"a": a, "b": b})
    assert (response.status_code, response["Location"]) == (302, "/compare/ada/bo/")


def test_the_order_is_the_reader_s(client, two):
    assert client.get("/compare/?a=bo&b=ada")["Location"] == "/compare/bo/ada/"


def test_a_whole_name_is_clear_though_others_hold_it(client, two):
    public("Bo Brown the Younger", slug="younger")
    assert client.get("/compare/?a=ada&b=Bo Brown")["Location"] == "/compare/ada/bo/"


def test_of_several_it_lets_choose_with_the_other_side_kept(client, two):
    public("Cy Brown", slug="cy", description="of Utopia")
    response = client.get("/compare/?a=ada&b=brown")
    assert response.status_code == 200
    assert "Several are so called. Choose one:" in response.text
    assert '<a href="?a=ada&amp;b=bo">Bo Brown</a>' in response.text
    assert '<a href="?a=ada&amp;b=cy">Cy Brown</a> <span class="meta">of Utopia</span>' in response.text


def test_where_both_are_several_each_has_its_choices_and_keeps_the_other_words(client):
    for name in ("Ada Abel", "Ada Bell", "Bo Cole", "Bo Dean"):
        public(name, slug=name.split()[1].lower())
    page = client.get("/compare/?a=ada&b=bo").text
    assert '<a href="?a=abel&amp;b=bo">Ada Abel</a>' in page
    assert '<a href="?a=ada&amp;b=dean">Bo Dean</a>' in page


def test_a_name_that_nobody_has_is_an_error_with_near_names(client, two):
    page = client.get("/compare/?a=ada&b=Browm").text
    assert 'aria-invalid="true" aria-describedby="id_b_help"' in page
    assert "No actor on file is called “Browm”." in page
    assert '<a href="?a=ada&amp;b=bo">Bo Brown</a>' in page


def test_the_same_actor_twice_is_an_error(client, two):
    assert "Both are Ada Abel. Choose another one to compare with." in client.get("/compare/?a=ada&b=Ada Abel").text
    assert client.get("/compare/ada/ada/")["Location"] == "/compare/?a=ada&b=ada"
    assert client.get("/compare/ada/ada.json").status_code == 400
    assert client.get("/compare/ada/ada.csv").status_code == 400


def test_with_one_actor_named_it_offers_that_one_s_pairs(client, two):
    issue = an_issue("Aid")
    for name in ("Cy Cole", "Di Dean"):
        held(an_actor(name), a_stance(issue), "2022-01-10")
    page = client.get("/compare/?a=ada").text
    assert "To compare with Ada Abel" in page
    assert 'value="Ada Abel"' in page
    assert "Ada Abel and Bo Brown" in page
    assert "Cy Cole and Di Dean" not in page
    assert 'class="error"' not in page


def test_an_unknown_or_repeated_parameter_is_an_error(client, two):
    assert "This list has no parameter “c”." in client.get("/compare/?a=ada&b=bo&c=1").text
    assert "Give 1 at most." in client.get("/compare/?a=ada&a=bo&b=bo").text


def test_only_public_actors_are_found(client, two):
    an_actor("Eve Hidden", slug="eve")
    a_draft(speaker=an_actor("Fay Hidden", slug="fay"))
    for words in ("eve", "Fay Hidden", "Hidde", "hidden"):
        page = client.get("/compare/", {"a": words}).text
        assert "No actor on file is called" in page
        assert "Fay Hidden</a>" not in page
        assert "Eve Hidden</a>" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_takes_the_same_queries_however_much_is_on_file(client, number, django_assert_num_queries):
    issue = an_issue()
    for index in range(number + 1):
        held(an_actor(f"Ada Abel{index}"), a_stance(issue), "2022-01-10")
        a_name(public(f"Bo Brown{index}"), f"Бо {index}")
    with django_assert_num_queries(10):
        client.get("/compare/?a=abel&b=Bbrown0")


def test_it_names_both_with_counts_and_spans_and_the_dates_compared(client, two):
    page = client.get("/compare/ada/bo/").text
    assert "<h1>Ada Abel and Bo Brown</h1>" in page
    assert '<a href="/actors/ada/">Ada Abel</a>: 3 claims, 3 sources, Feb 2022 – Jun 2024' in page
    assert '<a href="/actors/bo/">Bo Brown</a>: 2 claims, 2 sources, Mar 2022 – Jun 2023' in page
    assert "Compared over the dates where both have claims: 10 March 2022 to 10 June 2023." in page


def test_what_is_left_out_is_counted_and_linked(client, two):
    page = " ".join(client.get("/compare/ada/bo/").text.split())
    assert "2 statements of Ada Abel, or behind its positions, lie outside these dates and are left out here" in page
    assert '<a href="/actors/ada/#positions">all positions of Ada Abel</a>' in page
    assert "talks should go on" not in page


def test_each_issue_has_two_lanes_and_a_table(client, two):
    page = client.get("/compare/ada/bo/").text
    on_talks = page[page.index('id="issue-talks"') : page.index('id="answers"')]
    assert on_talks.index('aria-label="Ada Abel: 1 statement"') < on_talks.index('aria-label="Bo Brown: 2 statements"')
    assert "Read this chart as a table (3 statements)" in on_talks
    assert 'id="table-talks"' in on_talks
    assert "Ready" in on_talks
    assert '<a href="#answer-1-2">10 Mar 2022, denies</a>' in on_talks


def test_an_issue_on_which_one_is_silent_says_so(client, two):
    held(two[1], a_stance(an_issue("Aid", slug="aid")), "2022-06-10")
    page = client.get("/compare/ada/bo/").text
    on_aid = page[page.index('id="issue-aid"') : page.index('id="answers"')]
    assert 'aria-label="Ada Abel: 0 statements"' in on_aid
    assert ">nothing on file</text>" in on_aid
    assert page.index('id="issue-talks"') < page.index('id="issue-aid"')


def test_related_statements_stand_in_a_row_with_their_sources(client, two):
    page = client.get("/compare/ada/bo/").text
    answers = page[page.index('id="answers"') :]
    assert '<b>Denies <a href="#answer-1-1">no. 1</a></b>. Seen by the curator: names the offer.' in answers
    _, first, second = answers.split('<li class="turn" id="answer-1-')
    assert ">Ada Abel</b></a>" in first
    assert "> said that talks should begin.</a>" in first
    assert "let us begin to talk" in first
    assert ">Bo Brown</b></a>" in second
    assert "> said that talks should wait.</a>" in second
    assert "#claim-" in second


def test_without_common_dates_it_says_so(client):
    stance = a_stance()
    held(an_actor("Ada Abel", slug="ada"), stance, "2022-01-10")
    held(an_actor("Bo Brown", slug="bo"), stance, "2023-01-10")
    page = " ".join(client.get("/compare/ada/bo/").text.split())
    assert "There are no dates on which both have claims, so nothing can be compared on one axis." in page
    assert "1 statement of Ada Abel, or behind its positions, is left out here" in page


def test_one_who_is_public_without_a_claim_can_be_compared_too(client, two):
    a_claim(addressees=[an_actor("Cy Cole", slug="cy")])
    page = client.get("/compare/ada/cy/").text
    assert ">Cy Cole</a>: no claim on file" in page


def test_either_order_has_one_canonical_address(client, two):
    for address in ("/compare/ada/bo/", "/compare/bo/ada/"):
        assert '<link rel="canonical" href="http://testserver/compare/ada/bo/">' in client.get(address).text
    assert '<a href="/compare/bo/ada/">The other way round</a>' in client.get("/compare/ada/bo/").text


@pytest.mark.parametrize("ending", ["/", ".json", ".csv"])
def test_old_addresses_lead_to_the_new_ones_for_ever(client, two, ending):
    ada, bo = two
    OldSlug.keep(ada, "old-ada")
    OldSlug.keep(bo, "old-bo")
    for old, new in (("old-ada/bo", "ada/bo"), ("bo/old-ada", "bo/ada"), ("old-ada/old-bo", "ada/bo")):
        answer = client.get(f"/compare/{old}{ending}")
        assert (answer.status_code, answer["Location"]) == (301, f"/compare/{new}{ending}")


@pytest.mark.parametrize("ending", ["/", ".json", ".csv"])
def test_whoever_is_not_public_is_not_found(client, two, ending):
    hidden = an_actor("Eve Hidden", slug="eve")
    OldSlug.keep(hidden, "old-eve")
    for pair in ("ada/eve", "eve/ada", "ada/old-eve", "ada/nobody", "ada/" + "x" * 5_000):
        assert client.get(f"/compare/{pair}{ending}").status_code == 404


def test_as_of_a_day_it_shows_what_had_been_said_by_then(client, two):
    response = client.get("/compare/ada/bo/?as_of=2022")
    page = response.text
    assert "As of the end of 2022" in page
    assert ">Ada Abel</a>: 1 claim, 1 source, Feb 2022" in page
    assert '<a href="/compare/bo/ada/?as_of=2022">The other way round</a>' in page
    assert "http://testserver/compare/ada/bo/?as_of=2022" in page


def test_what_was_not_known_by_a_day_is_left_out(client, two):
    assert client.get("/compare/ada/bo.json?known_by=2001").json()["evidence"] == []
    assert ">Ada Abel</a>: no claim on file" in client.get("/compare/ada/bo/?known_by=2001").text


def test_wrong_days_and_unknown_parameters_are_errors_and_nothing_is_shown(client, two):
    for query in ("as_of=2023-02-30", "known_by=soon", "as_of=2022&as_of=2023", "speaker=ada"):
        page = client.get(f"/compare/ada/bo/?{query}")
        assert page.status_code == 200
        assert 'class="error"' in page.text
        assert 'id="issue-talks"' not in page.text
        for ending in ("json", "csv"):
            answer = client.get(f"/compare/ada/bo.{ending}?{query}")
            assert (answer.status_code, list(answer.json())) == (400, ["type", "title", "status", "errors"])


def test_it_shows_neither_drafts_nor_what_was_withdrawn(client, two):
    ada, bo = two
    stance = a_stance(an_issue("Aid"))
    draft = a_draft("secret plans exist", speaker=ada, said_edtf="2022-06-10", issues=[stance.issue])
    a_position(ada, stance, shown_by=[draft])
    gone = a_claim("withdrawn words", speaker=bo, said_edtf="2022-06-10", issues=[stance.issue])
    a_position(bo, stance, shown_by=[gone])
    a_relation(gone, a_claim(speaker=ada, said_edtf="2022-06-10"), note="hidden note")
    a_relation(draft, a_claim(speaker=bo, said_edtf="2022-06-10"), note="hidden note")
    gone.withdraw(note="not said")
    for ending in ("/", ".json", ".csv"):
        text = client.get(f"/compare/ada/bo{ending}").getvalue().decode()
        for words in ("secret plans", "withdrawn words", "hidden note", "Aid"):
            assert words not in text, ending


@pytest.mark.parametrize("number", [1, 3])
def test_comparing_takes_the_same_queries_however_much_is_on_file(client, number, django_assert_num_queries):
    ada, bo = an_actor("Ada Abel", slug="ada"), an_actor("Bo Brown", slug="bo")
    for _ in range(number):
        stance = a_stance()
        a_relation(held(ada, stance, "2022-01-10"), held(bo, stance, "2022-01-10"))
    with django_assert_num_queries(13):
        client.get("/compare/ada/bo/")
    with django_assert_num_queries(9):
        client.get("/compare/ada/bo.json")


def test_the_json_holds_the_evidence_and_the_relations(client, two):
    record = client.get("/compare/ada/bo.json").json()
    assert (record["from"], record["to"], record["as_of"]) == ("2022-03-10", "2023-06-10", None)
    assert [(a["slug"], a["claims"]["count"], a["left_out"]) for a in record["actors"]] == [("ada", 3, 2), ("bo", 2, 0)]
    first = record["evidence"][0]
    assert {name: first[name] for name in ("issue_id", "actor_id", "stance_order", "stance", "role", "said")} == {
        "issue_id": "talks", "actor_id": "ada", "stance_order": 1, "stance": "Ready", "role": "shows",
        "said": "2023-06-10",
    }  # fmt: skip
    [relation] = record["relations"]
    assert (relation["kind"], relation["basis"], relation["note"]) == ("denies", "curator", "names the offer")
    assert relation["from"]["attribution"] == "Bo Brown said that talks should wait."
    assert relation["to"]["attribution"] == "Ada Abel said that talks should begin."


def test_the_csv_holds_the_evidence_of_the_charts_in_their_order(client, two):
    response = client.get("/compare/bo/ada.csv")
    assert response["Content-Disposition"] == 'attachment; filename="compare-bo-ada.csv"'
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))
    assert [(row["actor"], row["said"]) for row in rows] == [
        ("Bo Brown", "2022-03-10"),
        ("Bo Brown", "2023-06-10"),
        ("Ada Abel", "2023-06-10"),
    ]


@pytest.mark.parametrize("parameter", ["a", "b", "c", ""])
def test_no_name_makes_choosing_fail(client, two, parameter):
    for value in NASTY:
        page = client.get("/compare/", {"a": "ada", parameter: value.encode("utf-8", "surrogatepass")})
        assert page.status_code == 200, value
        assert "\x00" not in page.text
        assert "<script>alert" not in page.text


@pytest.mark.run_once
@pytest.mark.parametrize("parameter", ["as_of", "known_by", "page", ""])
def test_no_day_makes_comparing_fail(client, two, parameter):
    for value in NASTY:
        sent = {parameter: value.encode("utf-8", "surrogatepass")}
        assert client.get("/compare/ada/bo/", sent).status_code == 200, value
        assert client.get("/compare/ada/bo.json", sent).status_code == 400, value
        assert client.get("/compare/ada/bo.csv", sent).status_code == 400, value

"""The page of an actor, and its JSON."""

import pytest

from claims.models import OldSlug
from tests.factories import (
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_stance,
    a_step,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db


def ada(**given):
    return an_actor("Ada Abel", slug="ada-abel", **given)


def with_everything(number):
    """An actor with so many of each thing that the page shows."""
    actor = ada()
    for index in range(number):
        issue = an_issue()
        state = an_actor(f"Utopia {index}", kind="state")
        a_name(actor, f"Ада {index}")
        an_affiliation(actor, state, f"minister {index}")
        claim = a_claim(speaker=actor, issues=[issue], on_behalf_of=state)
        a_position(actor, a_stance(issue), shown_by=[claim])
        a_position(state, a_stance(issue), shown_by=[claim])
        a_claim("Ada Abel should speak", speaker=an_actor())
        a_claim(addressees=[actor])
        a_claim(on_behalf_of=actor)
        a_step(a_claim(), actor)
        an_event(participants=[actor])
        an_affiliation(claim.speaker, an_actor(kind="state"))
    return actor


def test_it_shows_names_roles_and_how_far_the_record_reaches(client):
    actor = ada(description="minister of Utopia", wikidata_id="Q1")
    a_name(actor, "Ада Абель", language="ru")
    an_affiliation(actor, an_actor("Utopia", kind="state"), "minister", start_edtf="2019-05-20")
    a_claim(speaker=actor, said_edtf="2022-02-24")
    a_claim(speaker=actor, said_edtf="2024-05")
    page = client.get("/actors/ada-abel/").text
    assert '<span lang="ru">Ада Абель</span> <small>Russian</small>' in page
    assert "since 20 May 2019" in page
    assert "2 claims, 2 sources, Feb 2022 – May 2024" in page
    assert 'href="https://www.wikidata.org/wiki/Q1"' in page


def test_it_draws_positions_over_time_with_the_table_they_can_be_read_from(client):
    actor, issue = ada(), an_issue("Talks")
    claim = a_claim("talks should begin", speaker=actor, issues=[issue], said_edtf="2023-06-01")
    a_position(actor, a_stance(issue, "Ready to talk"), shown_by=[claim])
    page = client.get("/actors/ada-abel/").text
    assert 'aria-label="Talks: 1 statement"' in page
    assert "<title>1 Jun 2023: Ada Abel, verbatim. Shows: Ready to talk.</title>" in page
    assert '<text class="mid gap-some"' in page
    assert "Read this chart as a table (1 statement)" in page


def test_it_names_the_issues_on_which_nothing_is_on_file(client):
    a_claim(addressees=[ada()])
    actor_with_position, issue = an_actor(), an_issue("Talks")
    a_position(actor_with_position, a_stance(issue), shown_by=[a_claim(issues=[issue])])
    truce = an_issue("Truce")
    a_stance(truce)
    a_claim(issues=[truce])
    assert "Nothing that Ada Abel said is on file under an issue." in client.get("/actors/ada-abel/").text
    page = client.get(actor_with_position.get_absolute_url()).text
    assert page[page.index("Nothing on file on") :].split(".")[0].count("Truce") == 1


def test_an_official_s_page_leads_to_the_state_whose_positions_rest_on_the_words(client):
    actor, state = ada(), an_actor("Utopia", slug="utopia", kind="state")
    an_affiliation(actor, an_actor("Ministry", kind="government_body"), "minister")
    a_position(state, a_stance(), shown_by=[a_claim(speaker=actor)])
    page = client.get("/actors/ada-abel/").text
    assert "those of other officials under the state or body for which they speak" in page
    assert '<a href="/actors/utopia/#positions">Utopia</a>' in page


def test_an_official_s_page_without_evidence_leads_to_where_the_role_is(client):
    actor = ada()
    an_affiliation(actor, an_actor("Ministry", slug="ministry", kind="government_body"), "minister")
    a_claim(speaker=actor)
    assert '<a href="/actors/ministry/#positions">Ministry</a>' in client.get("/actors/ada-abel/").text


def test_a_state_s_page_shows_who_speaks_for_it(client):
    person, state = an_actor("Bea Brook"), an_actor("Utopia", slug="utopia", kind="state")
    an_affiliation(person, state, "president")
    an_affiliation(an_actor("Cem Hidden"), state, "minister")
    a_claim(speaker=person)
    page = client.get("/actors/utopia/").text
    assert "Who speaks for it" in page
    assert "Bea Brook" in page
    assert "Cem Hidden" not in page


def test_each_capacity_has_its_claims_and_a_way_into_the_browser(client):
    actor = ada()
    for _ in range(11):
        a_claim("Ada Abel should speak", speaker=an_actor("Bea Brook", slug=f"bea-{an_actor().pk}"))
    a_claim("peace is near", speaker=actor)
    a_claim("help is needed", addressees=[actor])
    a_step(a_claim("war is over"), actor)
    page = client.get("/actors/ada-abel/").text
    assert "Ada Abel</b></a>" in page
    assert "> said that peace is near.</a>" in page
    assert page.count("> said that Ada Abel should speak.</a>") == 10
    assert 'href="/claims/?speaker=ada-abel"' in page
    assert 'href="/claims/?actor=ada-abel&amp;role=mentioned">All 11 in the browser' in page
    assert "said that help is needed." in page
    assert "Passed on by Ada Abel" in page


def test_it_shows_neither_drafts_nor_what_was_withdrawn(client):
    actor, issue = ada(), an_issue()
    a_claim("peace is near", speaker=actor)
    a_draft("secret plans exist", speaker=actor, issues=[issue])
    a_claim("withdrawn words", speaker=actor).withdraw(note="not said")
    a_draft("Ada Abel is hidden")
    an_event("Secret meeting", participants=[actor], state="draft")
    a_position(actor, a_stance(issue, "Secret stance"), shown_by=[a_draft(speaker=actor)])
    for address in ("/actors/ada-abel/", "/actors/ada-abel.json"):
        page = client.get(address).text
        for words in ("secret plans", "withdrawn words", "Ada Abel is hidden", "Secret meeting", "Secret stance"):
            assert words not in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_however_much_is_on_file(client, number, django_assert_num_queries):
    with_everything(number)
    with django_assert_num_queries(14):
        client.get("/actors/ada-abel/")


@pytest.mark.parametrize("address", ["/actors/ada-abel/", "/actors/ada-abel.json"])
def test_whoever_only_drafts_lead_to_is_not_found(client, address):
    a_draft(speaker=ada())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("slug", ["nobody", "x" * 5_000, "-", "0" * 400])
def test_an_unknown_address_is_not_found(client, slug):
    assert client.get(f"/actors/{slug}/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"), [("/actors/ada/", "/actors/ada-abel/"), ("/actors/ada.json", "/actors/ada-abel.json")]
)
def test_an_old_address_leads_to_the_new_one_for_ever(client, old, new):
    actor = ada()
    a_claim(speaker=actor)
    OldSlug.keep(actor, "ada")
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


def test_an_old_address_does_not_betray_whoever_is_not_public(client):
    OldSlug.keep(ada(), "ada")
    assert client.get("/actors/ada/").status_code == 404


def test_the_json_holds_names_figures_and_positions(client):
    actor, issue = ada(), an_issue("Talks")
    a_name(actor, "Ада")
    claim = a_claim("talks should begin", speaker=actor, issues=[issue], said_edtf="2023-06", slug="ada-2023")
    a_position(actor, a_stance(issue, "Ready to talk"), shown_by=[claim], slug="ada-talks", summary="Ada said so")
    record = client.get("/actors/ada-abel.json").json()
    assert record["names"] == [{"name": "Ада", "language": ""}]
    assert record["claims"] == {
        "count": 1,
        "sources": 1,
        "first": "2023-06-01",
        "last": "2023-06-30",
        "by_capacity": {"by": 1, "on_behalf_of": 0, "mentioned": 0, "addressee": 0, "attribution": 0},
    }
    [position] = record["positions"]
    assert (position["stance"], position["begins"], position["ends"]) == ("Ready to talk", "2023-06-01", "2023-06-30")
    assert position["evidence"] == [
        {
            "role": "shows",
            "id": "ada-2023",
            "url": "http://testserver/claims/ada-2023/",
            "attribution": "Ada Abel said that talks should begin.",
            "said": {"text": "June 2023", "earliest": "2023-06-01", "latest": "2023-06-30"},
        }
    ]


def test_the_table_under_the_chart_is_given_in_pages(client):
    actor, issue = ada(), an_issue()
    claims = [a_claim(speaker=actor, issues=[issue], said_edtf="2024-01-15") for _ in range(26)]
    a_position(actor, a_stance(issue), shown_by=claims)
    assert "1–25 of 26" in client.get("/actors/ada-abel/?as_of=2024").text
    page = client.get("/actors/ada-abel/?as_of=2024&page=2").text
    assert "26–26 of 26" in page
    assert 'href="/actors/ada-abel/?as_of=2024#table"' in page
    assert "The last page of the table is 2." in client.get("/actors/ada-abel/?page=3").text


def test_what_takes_no_coded_stance_is_on_the_chart_and_a_draft_is_not(client):
    actor, talks = ada(), an_issue("Talks")
    a_position(actor, a_stance(talks, "Ready"), shown_by=[a_claim(speaker=actor, issues=[talks])])
    a_claim("aid should come", speaker=actor, issues=[an_issue("Aid")], said_edtf="2023-02")
    a_claim(
        "a state is speaking", on_behalf_of=actor, speaker=an_actor("Bea Brook"), issues=[talks], said_edtf="2024-08-01"
    )
    page = client.get("/actors/ada-abel/").text
    assert "1 of 3 claims on the issues below carries a coded" in page
    assert 'aria-label="Talks: 2 statements"' in page
    assert 'aria-label="Aid: 1 statement"' in page
    assert "<title>1 Aug 2024: Bea Brook, verbatim. On file; it takes no coded stance.</title>" in page
    a_draft("hidden words", speaker=actor, issues=[an_issue("Hidden")], said_edtf="2023-09-01")
    assert client.get("/actors/ada-abel/").text == page


@pytest.mark.parametrize(
    "query", ["rows=coded", "rows=%00", "rows=uncoded&rows=all", "rows=%3Cscript%3E", "rows=" + "9" * 60_000]
)
def test_a_wrong_choice_of_rows_is_named_and_nothing_is_shown(client, query):
    a_claim("peace is near", speaker=ada())
    answer = client.get(f"/actors/ada-abel/?{query}")
    assert answer.status_code == 200
    assert 'class="error"' in answer.text
    assert "peace is near" not in answer.text
    assert "<script>" not in answer.text


def test_whoever_does_not_speak_takes_no_more_queries(client, django_assert_num_queries):
    a_claim(addressees=[ada()])
    with django_assert_num_queries(15):
        assert "Not on file as a speaker." in client.get("/actors/ada-abel/").text


def test_it_leads_to_comparisons_with_others(client):
    a_claim(speaker=an_actor("Ada Abel", slug="ada"))
    text = client.get("/actors/ada/").text
    assert '<a href="/compare/?a=ada">Compare with another actor</a>' in text
    assert client.get("/compare/?a=ada").status_code == 200

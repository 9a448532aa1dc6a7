"""Actors, sources, issues, events and positions at the desk."""

import pytest
from django.contrib.messages import get_messages

from actors.models import Actor
from claims.models import Change, Citation, Claim, Event, Issue, Position, Source, State, ids
from claims.search.index import derive
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_snapshot,
    a_source,
    a_stance,
    a_user,
    an_actor,
    an_event,
    an_issue,
)
from tests.http.desk import approved, blank, errors, list_of, page_of, save, signed_in, take

pytestmark = pytest.mark.django_db

NOTE = {"public_note": "The claim shows something else."}


@pytest.fixture(autouse=True)
def a_curator(client):
    return signed_in(client, "Curator")


def found(client, model, words):
    return {*client.get(list_of(model), {"q": words}).context["cl"].result_list}


def reviewed(client, record):
    """A second person approves the change that waits."""
    signed_in(client, "Reviewer")
    return approved(client, record)


# Actors


def test_an_actor_is_found_in_any_spelling(client):
    actor = an_actor("Volodymyr Zelenskyy", slug="volodymyr-zelensky")
    a_name(actor, "Зеленський")
    an_actor("Ada Abel")
    for words in ("ЗЕЛЕНСЬКИЙ", "zelenskyy volod", "volodymyr-zel"):
        assert found(client, Actor, words) == {actor}


def test_an_actor_is_entered_with_names_and_roles(client):
    state = an_actor("Utopia", kind="state")
    role = {"role": "minister", "organisation": state.pk, "start_edtf": "2019~"}
    names = ("names", {"name": "Ада Абель", "language": "ru"})
    save(client, blank(Actor), names, ("affiliations", role), name="Ada Abel", slug="ada-abel", kind="person")
    actor = Actor.objects.get(slug="ada-abel")
    assert actor.sort_name == "Abel, Ada"
    assert [name.name for name in actor.names.all()] == ["Ада Абель"]
    assert [role.dates for role in actor.affiliations.all()] == ["since about 2019"]


def test_a_wrong_date_of_a_role_is_refused(client):
    role = {"role": "minister", "organisation": an_actor(kind="state").pk, "start_edtf": "2019-02-30"}
    page = save(client, page_of(an_actor()), ("affiliations", role))
    assert "February 2019 has no day 30" in errors(page)[0]


def test_nobody_is_a_member_of_oneself(client):
    actor = an_actor()
    page = save(client, page_of(actor), ("affiliations", {"role": "minister", "organisation": actor.pk}))
    assert "Nobody is a member of oneself." in page.text


def test_a_new_name_finds_the_claims_of_the_actor_and_those_that_mention_it(client):
    actor = an_actor("Ada Abel")
    spoken, heard = a_claim(speaker=actor), a_claim("Adah should speak")
    save(client, page_of(actor), ("names", {"name": "Adah"}), **NOTE)
    reviewed(client, actor)
    assert "adah" in spoken.words.__class__.objects.get(claim=spoken).text.split()
    assert [*heard.mentions.all()] == [actor]


@pytest.mark.parametrize("name", ["Adah Abel", "Berta Brown"])
def test_one_person_brings_no_actor_before_readers_and_takes_nobody_s_name(client, name):
    """By a name that published claims hold already: neither a new actor, nor a new name of one whom nobody sees."""
    seen = a_claim(speaker=an_actor("Vera Adah", slug="vera-adah")).speaker
    heard = a_claim("Vera Adah and Adah Abel should speak with Berta Brown")
    assert [*heard.mentions.all()] == [seen]
    new = an_actor("Somebody Adah", slug="somebody", description="wordsofcanary")
    save(client, page_of(new), ("names", {"name": name}))
    assert [*heard.mentions.all()] == [seen]
    assert client.get("/actors/somebody/").status_code == 404
    assert "wordsofcanary" not in client.get("/actors/").text + client.get(heard.get_absolute_url()).text


def test_an_actor_comes_before_readers_with_a_claim_that_two_people_publish(client):
    new = an_actor("Adah Abel", slug="adah-abel")
    claim = a_draft("Adah Abel should speak")
    assert [*claim.mentions.all()] == [new]
    assert client.get("/actors/adah-abel/").status_code == 404
    claim.submit(a_user())
    claim.publish(a_user())
    derive([claim])
    assert [*claim.mentions.all()] == [new]
    assert client.get("/actors/adah-abel/").status_code == 200


def test_a_renamed_actor_is_no_longer_mentioned_by_the_old_name(client):
    actor = an_actor("Ada Abel")
    heard = a_claim("Ada Abel should speak")
    assert [*heard.mentions.all()] == [actor]
    save(client, page_of(actor), name="Berta Brown", sort_name="Brown, Berta", **NOTE)
    reviewed(client, actor)
    assert not heard.mentions.exists()


# Sources


def test_a_source_is_found_by_its_publisher_in_any_spelling(client):
    publisher = an_actor("The Daily", kind="media")
    a_name(publisher, "Щоденник")
    source = a_source(publisher=publisher)
    a_source()
    assert found(client, Source, "щоденник") == found(client, Source, source.slug) == {source}


def test_a_text_that_is_held_is_only_listed_and_read_on_a_page_of_its_own(client):
    snapshot = a_snapshot(a_source(), "Words that are held.")
    page = client.get(page_of(snapshot.source)).text
    assert "Words that are held." not in page
    assert page_of(snapshot) in page
    assert "Words that are held." in client.get(page_of(snapshot)).text


def test_a_claim_is_found_by_the_new_title_of_its_source(client):
    source = a_source()
    claim = a_claim(source=source)
    save(client, page_of(source), title="Remarks in Samarkand", **NOTE)
    reviewed(client, source)
    assert found(client, type(claim), "samarkand") == {claim}


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_source_asks_the_same_number_of_queries_for_any_number_of_passages(
    client, number, django_assert_num_queries
):
    source = a_source()
    for index in range(number):
        a_snapshot(source, f"Text {index}")
        a_citation(a_claim(), source)
    client.get(page_of(source))
    with django_assert_num_queries(23):
        client.get(page_of(source))


def test_a_language_is_chosen_from_the_list_of_iso_639(client):
    page = save(client, page_of(a_source()), language="ua")
    assert errors(page) == ["“ua” is no language’s code of ISO 639. Write two or three small letters, as en, ru, uk."]
    assert 'list="languages"' in page.text
    assert page.text.count('<datalist id="languages">') == page.text.count('<option value="crh">Crimean Tatar') == 1


# Issues


def test_an_issue_is_entered_with_its_answers(client):
    answers = ("stances", {"order": 1, "label": "Only after talks", "slug": "after-talks"})
    save(client, blank(Issue), answers, title="Ceasefire", slug="ceasefire", question="When should it begin?", order=1)
    assert [stance.label for stance in Issue.objects.get().stances.all()] == ["Only after talks"]


def test_there_are_at_most_eight_answers(client):
    issue = an_issue()
    page = save(client, page_of(issue), ("stances", {"order": 9, "label": "Ninth", "slug": "ninth"}))
    assert "Answers are numbered from 1 to 8." in page.text


def test_an_answer_that_a_position_rests_on_can_not_be_deleted(client):
    stance = a_position().stance
    page = save(client, page_of(stance.issue), **{"stances-0-DELETE": "on"})
    assert "would require deleting the following protected related objects" in page.text


def test_a_claim_is_found_by_the_new_title_of_its_issue(client):
    claim = a_claim()
    save(client, page_of(claim.issues.get()), title="Samarkand", **NOTE)
    reviewed(client, claim.issues.get())
    assert found(client, type(claim), "samarkand") == {claim}


# Events


def test_an_event_is_a_draft_until_it_has_a_source(client):
    fields = {"title": "Talks", "slug": "talks", "kind": "talks", "date_edtf": "2024-01", "description": "They met."}
    save(client, blank(Event), **fields, _submit="1")
    event = Event.objects.get()
    assert (event.state, event.date.words()) == (State.DRAFT, "January 2024")
    save(client, page_of(event), sources=[a_source().pk], _submit="1")
    assert Event.objects.get().state == State.IN_REVIEW


def test_a_clarified_event_is_recorded_with_its_participants(client):
    ada = an_actor(slug="ada")
    event = an_event()
    note = {"change_kind": "clarification", "public_note": "Who took part."}
    save(client, page_of(event), participants=[ada.pk], **note)
    reviewed(client, event)
    change = Change.objects.get()
    assert (change.kind, change.before, change.after) == (
        "clarification",
        {"participants": []},
        {"participants": ["ada"]},
    )


def test_a_published_event_keeps_a_source_and_a_beginning(client):
    note = {"change_kind": "edit", "public_note": "Less is known."}
    page = save(client, page_of(an_event()), sources=[], date_edtf="../2024", **note)
    assert page.context["adminform"].form.errors == {
        "sources": ["This field is required."],
        "date_edtf": ["From review on, the beginning must be known."],
    }


# Positions


def test_a_position_gets_its_id_from_actor_and_issue_when_it_is_first_published(client):
    signed_in(client, "Curator")
    actor, stance, claim = an_actor(slug="ada-abel"), a_stance(an_issue(slug="ceasefire")), a_claim()
    for _ in range(2):
        evidence = ("evidence", {"claim": claim.pk, "role": "shows"})
        save(client, blank(Position), evidence, actor=actor.pk, stance=stance.pk, summary="In 2024 Ada demanded talks")
    for position in Position.objects.order_by("pk"):
        assert ids.is_for_draft(position.slug)
        position.publish(forced_reason="only one of us is left")
    assert [position.slug for position in Position.objects.order_by("pk")] == [
        "ada-abel-ceasefire",
        "ada-abel-ceasefire-2",
    ]


def test_a_position_is_submitted_once_a_published_claim_shows_it(client):
    actor, stance = an_actor(), a_stance()
    fields = {"actor": actor.pk, "stance": stance.pk, "summary": "In 2024 Ada demanded talks", "_submit": "1"}
    save(client, blank(Position), ("evidence", {"claim": a_draft().pk, "role": "shows"}), **fields)
    position = Position.objects.get()
    assert position.state == State.DRAFT
    save(client, page_of(position), ("evidence", {"claim": a_claim().pk, "role": "shows"}), _submit="1")
    assert Position.objects.get().state == State.IN_REVIEW


TOLD = "is withdrawn too: no published claim shows it any more."


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("change", [{"evidence-0-role": "qualifies"}, {"evidence-0-DELETE": "on"}])
def test_a_published_position_is_withdrawn_with_the_last_evidence_that_shows_it(client, change):
    position = a_position(shown_by=[a_claim()])
    save(client, page_of(position), **change, **NOTE)
    response = reviewed(client, position)
    position.refresh_from_db()
    assert position.state == State.WITHDRAWN
    assert TOLD in told(response)[-1]
    assert list(Change.objects.about(position).values_list("kind", "public_note")) == [
        ("withdrawal", "Its evidence was changed, and no published claim shows it any more."),
        ("correction", "The claim shows something else."),
    ]


def test_a_published_position_whose_evidence_is_replaced_stays(client):
    position, other = a_position(shown_by=[a_claim()]), a_claim()
    changed = {"evidence-0-DELETE": "on", **NOTE}
    save(client, page_of(position), ("evidence", {"claim": other.pk, "role": "shows"}), **changed)
    response = reviewed(client, position)
    position.refresh_from_db()
    assert (position.state, [row.claim for row in position.evidence.all()]) == (State.PUBLISHED, [other])
    assert not any(TOLD in words for words in told(response))


def test_a_change_of_a_draft_s_evidence_withdraws_nothing(client):
    position = a_position(shown_by=[a_claim()], state="draft", published_at=None)
    save(client, page_of(position), **{"evidence-0-DELETE": "on"})
    position.refresh_from_db()
    assert position.state == State.DRAFT


def test_whoever_withdraws_a_claim_is_told_of_the_positions_that_go_with_it(client):
    signed_in(client, "Managing editor")
    claim = a_claim()
    position = a_position(an_actor("Ada Abel"), a_stance(label="Ready"), shown_by=[claim])
    response = take(client, claim, "withdraw", words="quoted the wrong speaker")
    assert told(response)[1] == "The position “Ada Abel: Ready” is withdrawn too: no published claim shows it any more."
    position.refresh_from_db()
    assert position.state == State.WITHDRAWN


def test_the_actions_for_several_claims_take_none_from_the_public(client):
    """There is no action that withdraws or deletes: what would take a claim away goes through its own page."""
    signed_in(client)
    claim = a_claim()
    position = a_position(shown_by=[claim])
    page = client.get(list_of(Claim))
    assert {name for name, _ in page.context["action_form"].fields["action"].choices if name} == {
        "delete_selected", "export_csv", "export_package", "export_xlsx", "merge_selected", "publish_selected",
        "submit_selected",
    }  # fmt: skip
    for action in ("merge_selected", "delete_selected", "submit_selected", "publish_selected"):
        client.post(list_of(Claim), {"action": action, "_selected_action": [claim.pk], "post": "yes"})
    position.refresh_from_db()
    assert (Claim.objects.get().state, position.state) == (State.PUBLISHED, State.PUBLISHED)


def test_a_position_is_found_by_its_actor_in_any_spelling_and_by_its_issue(client):
    position = a_position(stance=a_stance(an_issue("Ceasefire")))
    a_name(position.actor, "Зеленський")
    a_position()
    assert found(client, Position, "зеленський") == found(client, Position, "ceasef") == {position}


def test_citations_follow_their_texts_only():
    """A text that was captured elsewhere does not change a citation by itself."""
    citation = a_citation(a_claim())
    a_snapshot(citation.source, citation.exact)
    assert Citation.objects.get(pk=citation.pk).status == "text_not_held"


def test_a_position_is_shown_with_the_period_of_its_evidence(client):
    stance = a_stance(an_issue("Ceasefire"), "Only after talks")
    claims = [a_claim(said_edtf="2024-01-15"), a_claim(said_edtf="2024-03")]
    position = a_position(an_actor("Ada Abel"), stance, shown_by=claims)
    page = client.get(page_of(position)).text
    assert "Ada Abel on Ceasefire: Only after talks (15 January 2024 to 31 March 2024)" in page


def test_a_position_that_no_published_claim_shows_has_no_period(client):
    position = a_position(an_actor("Ada Abel"), a_stance(an_issue("Ceasefire"), "Only after talks"))
    assert "Ada Abel on Ceasefire: Only after talks</p>" in client.get(page_of(position)).text


def test_a_summary_is_one_line(client):
    position = a_position(state=State.DRAFT)
    save(client, page_of(position), summary="In 2024\r\n Ada  demanded talks")
    assert Position.objects.get().summary == "In 2024 Ada demanded talks"


def test_a_position_of_what_still_goes_on_is_open(client):
    position = a_position(shown_by=[a_claim(said_edtf="2024/..")])
    assert "(1 January 2024 onwards)" in client.get(page_of(position)).text


def test_an_account_that_did_something_at_the_desk_can_not_be_deleted(client):
    person = signed_in(client)
    save(client, page_of(an_actor("Ada")), name="Ada Abel")
    signed_in(client)
    page = client.post(page_of(person, "delete"), {"post": "yes"})
    assert (page.status_code, "Log of the desk" in page.text) == (200, True)
    assert type(person).objects.filter(pk=person.pk).exists()

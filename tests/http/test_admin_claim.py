"""Claims at the desk: entering, editing, reviewing, publishing, correcting, withdrawing."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages

from claims.models import Change, Citation, Claim, State
from tests.factories import (
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_relation,
    a_snapshot,
    a_source,
    a_step,
    a_user,
    an_actor,
    an_issue,
)
from tests.http.desk import another, blank, errors, filled, list_of, move, page_of, save, signed_in

pytestmark = pytest.mark.django_db


def typed(**given):
    """A claim as a curator types it."""
    return {
        "speaker": an_actor("Ada Abel").pk,
        "act": "demands",
        "form": "verbatim",
        "content": "talks should resume in spring",
        "said_edtf": "2024-01-15",
        "issues": [an_issue().pk],
        **given,
    }


def passage(source=None, exact="We demand talks in spring.", **given):
    return "citations", {"source": (source or a_source()).pk, "exact": exact, "language": "en", **given}


def said(response):
    """The messages that the next page shows."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def in_review(claim, by=None):
    claim.submit(by or a_user())
    return claim


# Entering


def test_a_new_claim_is_a_draft_of_whoever_enters_it(client):
    curator = signed_in(client, "Curator")
    save(client, blank(Claim), **typed())
    claim = Claim.objects.get()
    assert (claim.state, claim.created_by, claim.version) == (State.DRAFT, curator, 1)


def test_its_id_is_made_of_speaker_date_and_content(client):
    signed_in(client, "Curator")
    save(client, blank(Claim), **typed())
    assert Claim.objects.get().slug == "abel-2024-01-15-talks-should-resume"


def test_an_id_that_is_typed_is_taken(client):
    signed_in(client, "Curator")
    save(client, blank(Claim), **typed(slug="abel-2024-spring"))
    assert Claim.objects.get().slug == "abel-2024-spring"


def test_its_passage_is_found_in_the_text_held(client):
    signed_in(client, "Curator")
    source = a_source()
    a_snapshot(source, "She said:\nWe demand   talks in spring. And then she left.")
    save(client, blank(Claim), passage(source), **typed())
    citation = Citation.objects.get()
    assert (citation.status, citation.start, citation.end) == ("verified", 10, 38)


def test_it_is_found_by_its_words_and_mentions_whom_it_names(client):
    signed_in(client, "Curator")
    boris = an_actor("Boris Brown")
    save(client, blank(Claim), **typed(content="Boris Brown should resume talks"))
    claim = Claim.objects.get()
    assert [*claim.mentions.all()] == [boris]
    assert "resume" in client.get(list_of(Claim), {"q": "resu bori"}).text


def test_a_wrong_date_is_refused_beside_its_field(client):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(said_edtf="15.1.2024"))
    [message] = page.context["adminform"].form.errors["said_edtf"]
    assert message.startswith("'15.1.2024' is not a date: it has none of the forms that a date can have here.")
    assert not Claim.objects.exists()


def test_the_form_says_how_a_stored_date_reads(client):
    signed_in(client, "Curator")
    page = client.get(page_of(a_draft(said_edtf="[2024-01-11..2024-01-20]"))).text
    assert "Reads: <strong>between 11 and 20 January 2024, day not stated</strong>." in page


def test_a_draft_may_be_incomplete(client):
    signed_in(client, "Curator")
    save(client, blank(Claim), **typed(content="", said_edtf="", issues=[]))
    assert Claim.objects.get().slug == "abel"


@pytest.mark.parametrize("name", ["content", "as_stated", "slug", "occasion", "said_text"])
def test_it_refuses_nul_in_a_field(client, name):
    signed_in(client, "Curator")
    page = save(client, blank(Claim), **typed(**{name: "a\0b"}))
    assert "Null characters are not allowed." in page.context["adminform"].form.errors[name]


@pytest.mark.parametrize("key", ["x", "-1", "99999999999999999999", "\0", "9" * 5000])
@pytest.mark.parametrize("name", ["speaker", "issues", "on_behalf_of"])
def test_it_refuses_a_key_that_is_none(client, name, key):
    signed_in(client, "Curator")
    page = client.post(blank(Claim), filled(client.get(blank(Claim)), **typed(**{name: key})))
    assert (page.status_code, list(page.context["adminform"].form.errors)) == (200, [name])


# Editing


def test_the_id_of_a_claim_never_changes(client):
    signed_in(client)
    claim = a_draft(slug="given-once")
    save(client, page_of(claim), slug="another", content="talks should end")
    claim.refresh_from_db()
    assert (claim.slug, claim.content) == ("given-once", "talks should end")


def test_an_edit_raises_the_version_and_leaves_no_public_trace_of_a_draft(client):
    signed_in(client, "Curator")
    claim = a_draft()
    save(client, page_of(claim), content="talks should end")
    claim.refresh_from_db()
    assert (claim.version, Change.objects.count()) == (2, 0)


def test_saving_without_a_change_leaves_the_version(client):
    signed_in(client, "Curator")
    claim = a_draft()
    save(client, page_of(claim))
    claim.refresh_from_db()
    assert claim.version == 1


def test_an_edit_of_what_is_in_review_makes_it_a_draft_again(client):
    signed_in(client, "Curator")
    claim = in_review(a_draft())
    save(client, page_of(claim), content="talks should end")
    claim.refresh_from_db()
    assert (claim.state, claim.submitted_by) == (State.DRAFT, None)


def test_so_does_one_more_voice(client):
    signed_in(client, "Curator")
    claim, voice = in_review(a_draft()), an_actor()
    save(client, page_of(claim), ("steps", {"order": 1, "actor": voice.pk, "identification": "named"}))
    claim.refresh_from_db()
    assert (claim.state, claim.steps.count()) == (State.DRAFT, 1)


def test_what_is_in_review_can_not_lose_what_publication_needs(client):
    signed_in(client, "Curator")
    claim = in_review(a_draft())
    page = save(client, page_of(claim), said_edtf="../2024", content="", issues=[])
    assert page.context["adminform"].form.errors == {
        "content": ["This field is required."],
        "issues": ["This field is required."],
        "said_edtf": ["From review on, the beginning must be known."],
    }


def test_two_curators_do_not_overwrite_each_other(client):
    signed_in(client, "Curator")
    claim = a_draft("talks should resume", occasion="a speech")
    mine = client.get(page_of(claim))
    save(client, page_of(claim), content="talks should end")
    page = client.post(page_of(claim), filled(mine, occasion="an interview"))
    claim.refresh_from_db()
    assert (claim.content, claim.occasion, claim.version) == ("talks should end", "a speech", 2)
    assert "Somebody else has changed this since you opened it." in page.text
    assert page.context["adminform"].form.errors["content"] == ["Stored now: talks should end"]
    assert page.context["adminform"].form["occasion"].value() == "an interview"


def test_after_reading_what_is_stored_a_curator_can_save(client):
    signed_in(client, "Curator")
    claim = a_draft(issues=[an_issue(), an_issue()])
    mine = client.get(page_of(claim))
    save(client, page_of(claim), content="talks should end")
    page = client.post(page_of(claim), filled(mine, occasion="an interview"))
    client.post(page_of(claim), filled(page, content="talks should end"))
    claim.refresh_from_db()
    assert (claim.content, claim.occasion, claim.version) == ("talks should end", "an interview", 3)
    assert claim.issues.count() == 2


# From draft to publication


def test_one_button_saves_and_submits(client):
    curator = signed_in(client, "Curator")
    save(client, blank(Claim), passage(), **typed(_submit="1"))
    claim = Claim.objects.get()
    assert (claim.state, claim.submitted_by) == (State.IN_REVIEW, curator)


def test_an_incomplete_claim_is_saved_but_not_submitted(client):
    signed_in(client, "Curator")
    response = save(client, blank(Claim), **typed(content="", _submit="1"))
    claim = Claim.objects.get()
    assert (claim.state, response.url) == (State.DRAFT, page_of(claim))
    assert "Before it can be published, this claim needs content, a citation." in said(response)[0]


def test_a_second_person_publishes(client):
    reviewer = signed_in(client, "Reviewer")
    claim = in_review(a_draft())
    assert "Readers see it at once." in client.get(move(claim, "publish")).text
    client.post(move(claim, "publish"), {"seen_version": 1})
    claim.refresh_from_db()
    assert (claim.state, claim.reviewed_by, claim.forced) == (State.PUBLISHED, reviewer, False)
    assert Change.objects.get().kind == "publication"


def test_nobody_publishes_what_they_have_submitted_themselves(client):
    person = signed_in(client, "Curator", "Reviewer")
    claim = in_review(a_draft(), by=person)
    page = client.post(move(claim, "publish"), {"seen_version": 1})
    claim.refresh_from_db()
    assert claim.state == State.IN_REVIEW
    assert "A second person publishes what one has submitted; alone it takes a reason." in page.text
    assert move(claim, "publish") not in client.get(page_of(claim)).text


def test_a_managing_editor_publishes_alone_with_a_reason(client):
    signed_in(client, "Managing editor")
    claim = a_draft()
    page = client.post(move(claim, "publish-alone"), {"seen_version": 1, "words": " "})
    assert page.context["form"].errors == {"words": ["This field is required."]}
    client.post(move(claim, "publish-alone"), {"seen_version": 1, "words": "nobody else is here"})
    claim.refresh_from_db()
    assert (claim.state, claim.forced_reason) == (State.PUBLISHED, "nobody else is here")
    assert Change.objects.get().public_note == "nobody else is here"


def test_a_reason_may_not_be_longer_than_its_column(client):
    signed_in(client)
    page = client.post(move(a_draft(), "publish-alone"), {"seen_version": 1, "words": "a" * 301})
    assert page.context["form"].errors == {"words": ["Ensure this value has at most 300 characters (it has 301)."]}


def test_a_reviewer_sends_back(client):
    signed_in(client, "Reviewer")
    claim = in_review(a_draft())
    client.post(move(claim, "send-back"), {"seen_version": 1})
    claim.refresh_from_db()
    assert (claim.state, claim.submitted_by) == (State.DRAFT, None)


def test_a_withdrawal_needs_a_note(client):
    signed_in(client, "Managing editor")
    claim = a_claim()
    client.post(move(claim, "withdraw"), {"seen_version": 1, "words": ""})
    claim.refresh_from_db()
    assert claim.state == State.PUBLISHED
    client.post(move(claim, "withdraw"), {"seen_version": 1, "words": "quoted the wrong speaker"})
    claim.refresh_from_db()
    assert (claim.state, Change.objects.get().public_note) == (State.WITHDRAWN, "quoted the wrong speaker")


def test_what_was_edited_after_reading_is_not_published(client):
    signed_in(client, "Reviewer")
    claim = in_review(a_draft())
    Claim.objects.update(version=2)
    page = client.post(move(claim, "publish"), {"seen_version": 1})
    assert "Somebody has changed this since you opened the page." in page.text
    assert Claim.objects.get().state == State.IN_REVIEW


@pytest.mark.parametrize("name", ["submit", "publish", "publish-alone", "send-back"])
def test_a_step_that_the_state_does_not_allow_changes_nothing(client, name):
    signed_in(client)
    claim = a_claim()
    page = client.post(move(claim, name), {"seen_version": 1, "words": "because"})
    assert "This is published; the step is not possible." in page.text
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("group", "allowed"),
    [
        ("Curator", {"submit"}),
        ("Reviewer", {"publish", "send-back"}),
        ("Managing editor", {"publish-alone", "withdraw"}),
        ("Auditor", set()),
    ],
)
def test_each_group_may_do_its_own_steps_and_no_others(client, group, allowed):
    signed_in(client, group)
    claim = a_draft()
    names = ["submit", "publish", "publish-alone", "send-back", "withdraw"]
    assert {name for name in names if client.get(move(claim, name)).status_code == 200} == allowed
    refused = {name for name in names if client.post(move(claim, name), {"seen_version": 1}).status_code == 403}
    assert refused == {*names} - allowed


def test_several_are_submitted_and_published_at_once(client):
    signed_in(client, "Curator")
    ready, incomplete = a_draft(), a_draft(said_edtf="")
    chosen = {"_selected_action": [ready.pk, incomplete.pk], "index": "0"}
    response = client.post(list_of(Claim), {"action": "submit_selected", **chosen})
    assert said(response) == [
        f"“{ready}” is submitted for review.",
        f"“{incomplete}”: Before it can be published, this claim needs the date on which it was said.",
    ]
    signed_in(client, "Reviewer")
    client.post(list_of(Claim), {"action": "publish_selected", **chosen})
    assert [claim.state for claim in (Claim.objects.get(pk=pk) for pk in chosen["_selected_action"])] == [
        State.PUBLISHED,
        State.DRAFT,
    ]


# After publication


def test_an_edit_that_readers_see_needs_a_kind_and_a_note(client):
    signed_in(client, "Curator")
    page = save(client, page_of(a_claim()), content="talks should end")
    assert page.context["adminform"].form.errors == {
        "change_kind": ["Say what kind of change this is."],
        "public_note": ["Say what you changed and why. Readers see this."],
    }


def test_so_does_a_change_of_a_passage_alone(client):
    signed_in(client, "Curator")
    page = save(client, page_of(a_claim()), **{"citations-0-locator": "par 2"})
    assert "Readers see these: choose at the top what kind of change this is, and write a note." in page.text
    assert Citation.objects.get().locator == "par 1"


def test_a_correction_is_recorded_with_what_it_changed(client):
    curator = signed_in(client, "Curator")
    first, second = an_issue(slug="first"), an_issue(slug="second")
    claim = a_claim("talks should resume", issues=[first])
    note = {"change_kind": "correction", "public_note": "We misread the date."}
    save(client, page_of(claim), said_edtf="2024-01-16", issues=[first.pk, second.pk], **note)
    change = Change.objects.about(claim).get()
    assert (change.kind, change.by, change.public_note) == ("correction", curator, "We misread the date.")
    assert change.before == {"said_edtf": "2024-01-15", "issues": ["first"]}
    assert change.after == {"said_edtf": "2024-01-16", "issues": ["first", "second"]}
    claim.refresh_from_db()
    assert (claim.version, claim.state) == (2, State.PUBLISHED)


def test_a_corrected_passage_is_recorded_in_plain_values(client):
    signed_in(client, "Curator")
    claim = a_claim(source=a_source(slug="speech"), exact="We demand talks")
    note = {"change_kind": "correction", "public_note": "The quote was cut."}
    save(client, page_of(claim), **{"citations-0-exact": "We demand talks now"}, **note)
    change = Change.objects.get()
    assert [row["exact"] for row in change.before["citations"]] == ["We demand talks"]
    assert change.after["citations"] == [
        {
            "source": "speech",
            "exact": "We demand talks now",
            "prefix": "",
            "suffix": "",
            "locator": "par 1",
            "language": "en",
            "translation": "",
            "translator": "",
            "machine_translated": False,
        }
    ]


def test_a_published_claim_saved_without_a_change_records_nothing(client):
    signed_in(client, "Curator")
    claim = a_claim()
    response = save(client, page_of(claim))
    claim.refresh_from_db()
    assert (response.status_code, claim.version, Change.objects.count()) == (302, 1, 0)


def test_it_keeps_at_least_one_passage(client):
    signed_in(client, "Curator")
    note = {"change_kind": "edit", "public_note": "The passage is gone."}
    page = save(client, page_of(a_claim()), **{"citations-0-DELETE": "on"}, **note)
    assert "A published claim rests on at least one passage." in errors(page)
    assert Citation.objects.count() == 1


def test_it_has_no_relation_to_itself(client):
    signed_in(client, "Curator")
    claim = a_draft()
    relation = {"kind": "denies", "to_claim": claim.pk, "basis": "curator"}
    page = save(client, page_of(claim), ("relations_out", relation))
    assert "A claim has no relation to itself." in page.text


def test_what_is_withdrawn_is_only_read(client):
    signed_in(client)
    claim = a_claim()
    page = client.get(page_of(claim))
    claim.withdraw(note="wrong speaker")
    assert client.post(page_of(claim), filled(page, content="talks should end")).status_code == 403
    assert 'name="_save"' not in client.get(page_of(claim)).text


# Deleting


@pytest.mark.parametrize(("group", "status"), [("Curator", 302), ("Reviewer", 403), ("Auditor", 403)])
def test_only_curators_delete_drafts(client, group, status):
    person = signed_in(client, group)
    claim = a_draft(created_by=person)
    assert client.post(page_of(claim, "delete"), {"post": "yes"}).status_code == status


def test_a_curator_deletes_no_draft_of_others(client):
    signed_in(client, "Curator")
    assert client.post(page_of(a_draft(created_by=a_user()), "delete"), {"post": "yes"}).status_code == 403


def test_nobody_deletes_what_was_public(client):
    person = signed_in(client)
    published, withdrawn = a_claim(created_by=person), a_claim(created_by=person)
    withdrawn.withdraw(note="wrong speaker")
    assert client.post(page_of(published, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(page_of(withdrawn, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [published.pk], "post": "yes"}
    assert client.post(list_of(Claim), chosen).status_code == 403
    assert Claim.objects.count() == 2


# The list


def test_the_list_prints_attribution_and_state(client):
    signed_in(client, "Auditor")
    speaker = an_actor("Ada Abel")
    a_draft("talks should resume", speaker=speaker, act="demands", as_stated="")
    a_draft("", speaker=speaker)
    page = client.get(list_of(Claim)).text
    assert "Ada Abel said as a demand that talks should resume." in page
    assert "Draft" in page


def test_the_list_finds_a_speaker_in_any_spelling(client):
    signed_in(client, "Auditor")
    speaker = an_actor("Zelensky")
    a_name(speaker, "Зеленський")
    claim = a_draft(speaker=speaker)
    a_draft()
    page = client.get(list_of(Claim), {"q": "зеленський"})
    assert [*page.context["cl"].result_list] == [claim]
    assert [*client.get(list_of(Claim), {"q": claim.slug}).context["cl"].result_list] == [claim]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_queries_for_any_number_of_rows(client, number, django_assert_num_queries):
    signed_in(client, "Curator")
    for _ in range(number):
        a_step(a_claim(on_behalf_of=an_actor()), an_actor())
    client.get(list_of(Claim))
    with django_assert_num_queries(14):
        client.get(list_of(Claim))


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_asks_the_same_number_of_queries_for_any_number_of_related_rows(
    client, number, django_assert_num_queries
):
    signed_in(client, "Curator")
    claim = a_claim()
    for _ in range(number):
        a_relation(a_claim(), claim)
        a_position(shown_by=[claim])
    client.get(page_of(claim))
    with django_assert_num_queries(21):
        client.get(page_of(claim))


@pytest.mark.parametrize("number", [1, 3])
def test_suggestions_ask_the_same_number_of_queries_for_any_number_of_claims(client, number, django_assert_num_queries):
    signed_in(client, "Curator")
    for _ in range(number):
        a_step(a_claim("talks should resume"), an_actor())
    query = {"app_label": "claims", "model_name": "claimrelation", "field_name": "to_claim", "term": "talks"}
    client.get("/admin/autocomplete/", query)
    with django_assert_num_queries(9):
        found = client.get("/admin/autocomplete/", query).json()["results"]
    assert len(found) == number
    assert found[0]["text"].endswith("said that talks should resume.")


def test_there_are_four_groups():
    assert {*Group.objects.values_list("name", flat=True)} == {"Curator", "Reviewer", "Managing editor", "Auditor"}


def test_another_row_can_be_typed(client):
    """The helper of these tests numbers new rows as the page's script does."""
    signed_in(client, "Curator")
    page = client.get(page_of(a_draft()))
    assert another(page, "citations", exact="x") == {"citations-TOTAL_FORMS": 2, "citations-1-exact": "x"}


def test_reviewers_read_the_claim_as_readers_will(client):
    signed_in(client, "Reviewer")
    speaker = an_actor("Ada Abel")
    claim = a_draft("talks should resume", speaker=speaker, as_stated="", said_edtf="[2024-01-11..2024-01-20]")
    page = client.get(page_of(claim)).text
    assert "Ada Abel said that talks should resume. (between 11 and 20 January 2024, day not stated)" in page


def test_a_refused_form_still_shows_what_is_stored(client):
    signed_in(client, "Curator")
    page = save(client, page_of(a_draft("talks should resume")), said_edtf="soon", content="")
    assert "said that talks should resume. (15 January 2024)" in page.text

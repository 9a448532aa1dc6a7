"""The history of a claim, event or position, with what each edit changed."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.changes import revisions
from claims.changes.history import history, prepared
from claims.models import Change, Citation, Claim, Position
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_position,
    a_relation,
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


def edit(thing, act, kind="correction"):
    """Edit a published row as the desk does; an hour after the edit before."""
    before = revisions.values(thing)
    act()
    thing.save()
    revisions.record(type(thing).objects.get(pk=thing.pk), before, by=None, kind=kind, note="Because.")
    newest = Change.objects.order_by("-pk").first()
    rewritten(Change.objects.filter(pk=newest.pk), at=NOON + timedelta(hours=newest.pk))


def setting(thing, **columns):
    def act():
        for name, value in columns.items():
            setattr(thing, name, value)

    return act


def told(thing):
    """What each entry shows: the labels and the words, with what was removed and added marked."""
    rows = Claim.objects.for_list().get(pk=thing.pk) if isinstance(thing, Claim) else thing
    return [
        [
            (difference.label, "".join(marked(segment) for segment in difference.segments))
            for difference in entry.differences
        ]
        for entry in history(rows)
    ]


def marked(segment):
    return {"keep": "{}", "delete": "[-{}]", "insert": "[+{}]"}[segment.op].format(segment.text)


def test_a_change_of_content_is_a_change_of_the_whole_sentence():
    claim = a_claim("talks should resume", speaker=an_actor("Sergei Lavrov"))
    edit(claim, setting(claim, content="talks should begin"))
    assert told(claim) == [[("Reads", "Sergei Lavrov said that talks should [-resume][+begin].")]]


def test_an_older_change_reads_as_it_was_attributed_at_the_time():
    claim = a_claim("talks should resume", speaker=an_actor("Sergei Lavrov"))
    edit(claim, setting(claim, content="talks should begin"))
    edit(claim, setting(claim, speaker=an_actor("Dmitry Peskov"), act="demands"))
    assert told(claim) == [
        [("Reads", "[-Sergei Lavrov said][+Dmitry Peskov demanded] that talks should begin.")],
        [("Reads", "Sergei Lavrov said that talks should [-resume][+begin].")],
    ]


def test_a_voice_that_was_left_out_is_shown_in_the_sentence():
    source = a_source(publisher=an_actor("Press Office", kind="media"))
    claim = a_claim("talks should resume", speaker=an_actor("Western leaders"), source=source)
    edit(claim, lambda: a_step(claim, an_actor("Sergei Lavrov")))
    assert told(claim) == [
        [
            (
                "Reads",
                "[+Press Office, citing Sergei Lavrov, states that ]Western leaders said that talks should resume.",
            )
        ]
    ]


def test_dates_names_and_choices_read_as_on_the_page():
    claim = a_claim("talks should resume", said_edtf="2024-01-15", form="verbatim", addressees=[an_actor("Ukraine")])
    edit(
        claim,
        lambda: (
            setting(claim, said_edtf="2024-01", form="partial_quote", on_behalf_of=an_actor("Russia"))(),
            claim.addressees.set([an_actor("Kyiv")]),
            claim.issues.set([an_issue("Direct talks")]),
        ),
    )
    shown = dict(told(claim)[0])
    assert shown["Said"] == "[-15 ]January 2024"
    assert shown["Wording"] == "[-Verbatim][+Partial quote]"
    assert shown["For"] == "[+Russia]"
    assert shown["To"] == "[-Ukraine][+Kyiv]"
    assert shown["Issues"].endswith("[+Direct talks]")


def test_a_passage_is_shown_with_its_document():
    publisher = an_actor("Press Office", kind="media")
    claim = a_claim(source=a_source(publisher=publisher), exact="we are ready to talks")
    edit(claim, lambda: Citation.objects.update(exact="we are ready for talks"))
    assert told(claim) == [[("Passages", "“we are ready [-to][+for] talks” (Press Office, transcript, paragraph 1)")]]


def test_a_passage_of_a_source_that_is_not_public_is_not_shown():
    claim, hidden = a_claim(), a_source()
    lost = a_citation(claim, hidden, "canary words of the source")
    edit(claim, lost.delete)
    (entry,) = history(Claim.objects.for_list().get())
    assert "canary" not in str(entry.differences)
    assert entry.more == ["its passages"]


def test_other_rows_that_may_be_drafts_are_not_named():
    claim = a_claim()
    draft, event = a_draft(slug="canary-claim"), an_event(slug="canary-event", state="draft")
    edit(claim, lambda: (a_relation(claim, draft), claim.events.add(event)))
    (entry,) = history(Claim.objects.for_list().get(pk=claim.pk))
    assert "canary" not in str(entry)
    assert entry.more == ["its events", "its relations to other claims"]


def test_a_sentence_whose_speaker_is_no_longer_on_file_is_not_guessed():
    claim = a_claim(speaker=an_actor("Sergei Lavrov"))
    edit(claim, setting(claim, content="something else"))
    rewritten(Change.objects.all(), before={"content": "one thing", "speaker": "renamed"}, after={"content": "another"})
    assert told(claim) == [[]]


def test_an_event_shows_what_was_corrected():
    event = an_event("Talks", place="Ankara")
    edit(event, setting(event, place="Istanbul", kind="summit"))
    assert told(event) == [[("Kind", "[-Talks][+Summit]"), ("Place", "[-Ankara][+Istanbul]")]]


def test_a_position_shows_its_answer_by_the_label_of_its_own_issue():
    issue, other = an_issue(), an_issue()
    for label in ("Yes", "No"):
        a_stance(other, f"Elsewhere {label}")
        a_stance(issue, label)
    yes, no = issue.stances.all()
    position = a_position(stance=yes, shown_by=[a_claim()])
    edit(position, setting(position, stance=no))
    assert told(position) == [[("Answer", "[-Yes][+No]")]]


def test_a_role_is_told_with_its_dates_in_words():
    person, state = a_claim().speaker, an_actor("Utopia", kind="state")
    role = {"organisation": state, "role": "minister", "start_edtf": "2019-03", "end_edtf": "2021~"}
    edit(person, lambda: person.affiliations.create(**role))
    (roles,) = prepared(Change.objects.all())[0].differences
    words = "".join(marked(segment) for segment in roles.segments)
    assert (roles.label, words) == ("Roles", "[+minister, Utopia, March 2019, about 2021]")


def test_a_position_with_other_evidence_says_so_without_naming_it():
    position = a_position(shown_by=[a_claim()])
    edit(position, lambda: position.evidence.create(claim=a_draft(slug="canary"), role="qualifies"))
    (entry,) = history(Position.objects.get())
    assert (entry.differences, entry.more) == ([], ["the claims that it rests on"])


def test_a_publication_and_a_withdrawal_show_no_differences():
    claim = a_claim()
    for kind in ("publication", "withdrawal"):
        Change.objects.record(claim, kind, public_note="x", before={"content": "one"}, after={"content": "two"})
    assert told(claim) == [[], []]


def test_a_draft_has_no_history():
    draft = a_draft()
    Change.objects.record(draft, "publication")
    assert history(draft) == []


def test_a_withdrawn_claim_keeps_the_dates_and_the_last_note_alone():
    claim = a_claim("canary", slug="gone")
    edit(claim, setting(claim, content="canaries"))
    claim.withdraw(note="Not said.")
    rewritten(Change.objects.filter(kind="withdrawal"), at=NOON + timedelta(days=9999))
    found = history(claim)
    assert [(entry.kind, entry.note, entry.title, entry.differences) for entry in found] == [
        ("withdrawal", "Not said.", "claim gone", []),
        ("correction", "", "claim gone", []),
    ]
    assert "canar" not in str(found)


def test_entries_come_in_the_order_of_their_changes():
    one, two = a_claim(), an_event()
    changes = [Change.objects.record(thing, "publication", at=NOON) for thing in (one, two, one)]
    assert [entry.pk for entry in prepared(changes)] == [change.pk for change in changes]


@pytest.mark.parametrize("number", [1, 3])
def test_a_history_takes_the_same_queries_however_long(number, django_assert_num_queries):
    claim = a_claim()
    for index in range(number):
        edit(claim, setting(claim, content=f"matter {index}"))
    found = Claim.objects.for_list().get()
    with django_assert_num_queries(3):
        assert len(history(found)) == number


def test_a_passage_of_a_source_that_was_taken_down_is_not_shown():
    source = a_source()
    claim = a_claim(source=source, exact="canary of the document")
    edit(claim, lambda: Citation.objects.update(exact="canary of that document"))
    source.take_down(reason="The author asked for it.")
    (entry,) = history(Claim.objects.for_list().get())
    assert "canary" not in str(entry.differences)
    assert entry.more == ["its passages"]

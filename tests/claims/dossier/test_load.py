"""Loading: all or nothing, a second time nothing, and never against an editor."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorName, Affiliation
from claims.capture import capture
from claims.dossier import load_package, read_package
from claims.dossier.load.renames import Renames
from claims.editorial import merging
from claims.models import (
    AttributionStep,
    Change,
    Citation,
    Claim,
    ClaimRelation,
    Event,
    Issue,
    LoadedRow,
    OldSlug,
    Permit,
    Position,
    PositionEvidence,
    Snapshot,
    Source,
    Stance,
    permitted,
)
from claims.search import index
from tests.claims.dossier.packages import OPENING, TEXT, a_package, plus, small, with_column
from tests.factories import a_claim, a_stance, a_user
from tests.guards import deletable

pytestmark = pytest.mark.django_db

CONTENT = (
    Actor, ActorName, Affiliation, Issue, Stance, Source, Snapshot, Event, Claim, AttributionStep, Citation,
    ClaimRelation, Position, PositionEvidence, Change, LoadedRow, Claim.issues.through, Claim.addressees.through,
    Claim.events.through, Event.participants.through, Event.sources.through, Claim.mentions.through,
)  # fmt: skip
EDITED = "Two people agreed."
REASON = "Loaded from the data package small 1.0."


def sizes():
    return {model._meta.label: model._default_manager.count() for model in CONTENT}


@pytest.fixture
def put(tmp_path):
    """Loads the small package with some tables changed."""

    def put(*changes, texts=None, **options):
        tables = {name: text for change in changes for name, text in change.items()}
        folder = a_package(tmp_path / f"package-{len([*tmp_path.iterdir()])}", tables, texts)
        return load_package(read_package(folder), **options)

    return put


def changed(result):
    """What a load did that is worth a word: tables with rows that are neither unchanged nor absent."""
    kinds = ("new", "changed", "kept", "left_out")
    found = {name: {kind: counts[kind] for kind in kinds if counts[kind]} for name, counts in result.counts.items()}
    return {name: counts for name, counts in found.items() if counts}


def test_it_loads_the_opening_dossier_whole():
    result = load_package(read_package(OPENING))
    assert {name: counts["new"] for name, counts in result.counts.items()} == {
        "actors": 123, "affiliations": 55, "issues": 15, "stances": 53, "sources": 205, "events": 52, "claims": 388,
        "attributions": 47, "citations": 464, "relations": 243, "positions": 148, "evidence": 301, "site": 1,
        "texts": 1,
    }  # fmt: skip
    assert result.notes == []
    assert [Claim.objects.published().count(), Event.objects.published().count()] == [388, 52]
    assert Position.objects.published().count() == 148
    assert Change.objects.filter(kind="publication").count() == 388 + 52 + 148
    assert list(Issue.objects.values_list("order", flat=True)) == [*range(1, 16)]


def test_a_second_load_writes_nothing():
    load_package(read_package(OPENING))
    before = sizes()
    with CaptureQueriesContext(connection) as queries:
        result = load_package(read_package(OPENING))
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.split()[:3] for sql in written if '"claims_permit"' not in sql] == []  # the leave to write goes again
    assert not Permit.objects.exists()
    assert changed(result) == {}
    assert sizes() == before


def test_the_number_of_queries_does_not_grow_with_the_rows(put):
    with CaptureQueriesContext(connection) as few:
        put()
    claims = [f"more-{number},bob-ray,,,asserts,verbatim,thing {number},2024,,,,,talks," for number in range(100)]
    citations = [f"more-{number},herald-2,these words number {number},,,,en" for number in range(100)]
    with CaptureQueriesContext(connection) as many:
        put(plus("claims", *claims), plus("citations", *citations))
    assert Claim.objects.count() == 102
    assert len(many) <= len(few)


def test_what_it_loads_is_published_and_says_so(put):
    put()
    claim = Claim.objects.get(slug="lee-ready")
    assert (claim.state, claim.forced, claim.forced_reason) == ("published", True, REASON)
    assert claim.published_at is not None
    change = Change.objects.about(claim).get()
    assert (change.kind, change.public_note, change.by) == ("publication", REASON, None)


def test_every_cell_finds_its_place(put):
    put(with_column("actors", "name_in_text", "", "", "the North", "", ""))
    claim = Claim.objects.get(slug="lee-ready")
    assert (claim.speaker.slug, claim.on_behalf_of.slug, claim.as_stated) == ("ann-lee", "north", "Ms Lee")
    assert (claim.act, claim.form, claim.content) == ("offers", "verbatim", "North is ready to talk")
    assert (claim.said_edtf, claim.said_text, claim.occasion) == ("2024-01-15", "Monday", "meeting")
    assert [actor.slug for actor in claim.addressees.order_by("name")] == ["bob-ray", "south"]
    assert [issue.slug for issue in claim.issues.all()] == ["talks", "border"]
    assert [event.slug for event in claim.events.all()] == ["meeting"]
    assert str(Claim.objects.get(slug="ray-not-ready").said_latest) == "2024-01-20"
    assert Actor.objects.get(slug="north").sentence_name == "the North"
    assert Actor.objects.get(slug="ann-lee").sort_name == "Lee, Ann"
    assert [name.name for name in ActorName.objects.all()] == ["Anna Lee", "Анна Ли"]
    assert [actor.slug for actor in Event.objects.get().participants.order_by("slug")] == ["ann-lee", "bob-ray"]
    assert Position.objects.get().stance == Stance.objects.get(slug="ready")
    assert AttributionStep.objects.get().claim.slug == "ray-not-ready"


def test_claims_are_found_by_their_words_and_by_whom_they_mention(put):
    put()
    assert [claim.slug for claim in index.matching("анна ready")] == ["lee-ready"]
    assert [actor.slug for actor in Claim.objects.get(slug="lee-ready").mentions.all()] == ["north"]


def test_passages_are_looked_for_in_the_texts_of_the_package(put):
    put(texts={"texts/herald-2.md": TEXT})
    assert Snapshot.objects.get().text == TEXT
    found = {citation.exact: (citation.status, citation.start, citation.end) for citation in Citation.objects.all()}
    assert found == {
        "we are ready to talk at any time": ("text_not_held", None, None),
        "North, she said, is ready": ("verified", 27, 52),
        "the time has not come for any talks": ("verified", 58, 93),
    }


def test_a_new_text_is_another_capture_and_verifies_what_was_not_found(put):
    put(texts={"texts/herald-2.md": "Nothing of that kind.\n"})
    assert sorted(Citation.objects.values_list("status", flat=True)) == ["not_found", "not_found", "text_not_held"]
    result = put(texts={"texts/herald-2.md": TEXT})
    assert result.counts["texts"]["new"] == 1
    assert Snapshot.objects.count() == 2
    assert sorted(Citation.objects.values_list("status", flat=True)) == ["text_not_held", "verified", "verified"]


def test_a_draft_of_the_package_stays_a_draft(put):
    put(with_column("claims", "state", "", "draft"))
    assert dict(Claim.objects.values_list("slug", "state")) == {"lee-ready": "published", "ray-not-ready": "draft"}
    draft = Claim.objects.get(slug="ray-not-ready")
    assert (draft.forced, draft.published_at, Change.objects.about(draft).count()) == (False, None, 0)


def test_rows_are_updated_by_id_and_readers_are_told(put):
    put()
    result = put(small("claims", ("North is ready to talk", "North would talk"), ("bob-ray;south", "south")))
    assert changed(result) == {"claims": {"changed": 1}}
    claim = Claim.objects.get(slug="lee-ready")
    assert (claim.content, claim.version) == ("North would talk", 2)
    assert [actor.slug for actor in claim.addressees.all()] == ["south"]
    assert [actor.slug for actor in claim.mentions.all()] == ["north"]
    change = Change.objects.about(claim).first()
    assert (change.kind, change.public_note) == ("edit", "Updated from the data package small 1.0.")
    assert change.before == {"content": "North is ready to talk", "addressees": ["bob-ray", "south"]}
    assert change.after == {"content": "North would talk", "addressees": ["south"]}
    assert (
        changed(put(small("claims", ("North is ready to talk", "North would talk"), ("bob-ray;south", "south")))) == {}
    )


def test_dates_and_names_that_change_take_along_what_is_derived_from_them(put):
    put()
    put(small("claims", ("2024-01-15,Monday", "2024-02,Monday")), small("actors", ("Bob Ray", "Rob Day")))
    assert str(Claim.objects.get(slug="lee-ready").said_latest) == "2024-02-29"
    actor = Actor.objects.get(slug="bob-ray")
    assert (actor.sort_name, actor.folded, actor.sort_key) == ("Day, Rob", "rob day", "day, rob")
    assert [claim.slug for claim in index.matching("rob day")] == ["ray-not-ready"]


def test_a_new_passage_of_a_published_claim_is_an_edit_of_it(put):
    put()
    result = put(plus("citations", "lee-ready,herald-1,at any time and any place,,,par 9,en"))
    assert changed(result) == {"citations": {"new": 1}}
    change = Change.objects.about(Claim.objects.get(slug="lee-ready")).first()
    assert [row["exact"] for row in change.after["citations"]][-1] == "at any time and any place"


CURLY = TEXT.replace("has not", "has’nt\u00ad").replace("any talks", "“any talks”")
TYPED = ("the time has not come for any talks", '"the time has\'nt come for ""any talks"""')


def test_a_passage_is_quoted_as_its_text_spells_it_and_known_again_as_it_was_written(put):
    typed = small("citations", TYPED)
    put(typed, texts={"texts/herald-2.txt": CURLY})
    citation = Citation.objects.get(claim__slug="ray-not-ready")
    assert (citation.status, citation.exact) == ("verified", "the time has’nt\u00ad come for “any talks”")
    before = sizes()
    assert changed(put(typed, texts={"texts/herald-2.txt": CURLY})) == {}
    assert sizes() == before


def test_a_passage_that_was_captured_since_still_takes_what_the_package_changes(put):
    put(small("citations", TYPED))
    capture(Source.objects.get(slug="herald-2"), CURLY)
    result = put(small("citations", TYPED, (",par 3,", ",par 4,")))
    assert changed(result) == {"citations": {"changed": 1}}
    citation = Citation.objects.get(claim__slug="ray-not-ready")
    assert (citation.locator, citation.exact) == ("par 4", "the time has’nt come for “any talks”")


def test_stances_change_places(put):
    put()
    result = put(small("stances", ("talk,1", "talk,0"), ("talk,2", "talk,1"), ("talk,0", "talk,2")))
    assert changed(result) == {"stances": {"changed": 2}}
    assert dict(Stance.objects.values_list("slug", "order")) == {"ready": 2, "not-ready": 1}
    assert Position.objects.get().stance.slug == "ready"


def test_it_refuses_a_stance_whose_order_an_editors_stance_has(put):
    put()
    a_stance(Issue.objects.get(slug="talks"), slug="own-answer", order=3)
    with pytest.raises(Exception, match="would have two stances with the order 3"):
        put(plus("stances", "talks,never,Never,3"))
    assert Stance.objects.count() == 3


def test_an_editors_change_is_kept_and_reported(put):
    put()
    with permitted(reason=EDITED):
        Claim.objects.filter(slug="lee-ready").update(content="North is willing to talk")
    result = put()
    assert changed(result) == {"claims": {"kept": 1}}
    assert result.notes == ["claims.csv, line 2: kept; an editor has changed content since the last load"]
    result = put(small("claims", ("Ms Lee,north,offers", "Lee,north,offers")))
    assert result.notes == ["claims.csv, line 2: kept; an editor has changed as_stated, content since the last load"]
    assert Claim.objects.get(slug="lee-ready").content == "North is willing to talk"


def test_what_an_editor_added_in_a_column_that_the_package_lacks_stays_beside_its_changes(put):
    put()
    with permitted(reason=EDITED):
        Source.objects.filter(slug="herald-1").update(accessed="2024-03-01")
    result = put(small("sources", ("Ministers on talks", "Ministers on the talks")))
    assert changed(result) == {"sources": {"changed": 1}}
    source = Source.objects.get(slug="herald-1")
    assert (source.title, str(source.accessed)) == ("Ministers on the talks", "2024-03-01")
    result = put(with_column("sources", "accessed", "2024-02-02", ""))
    assert result.notes == ["sources.csv, line 2: kept; an editor has changed title, accessed since the last load"]


def test_what_an_editor_changed_just_so_is_the_packages_again(put):
    put()
    with permitted(reason=EDITED):
        Actor.objects.filter(slug="bob-ray").update(description="minister of the South")
    put(small("actors", ("minister of South", "minister of the South")))
    result = put(small("actors", ("minister of South", "foreign minister of South")))
    assert changed(result) == {"actors": {"changed": 1}}


def test_overwriting_takes_the_packages_values_but_not_its_states(put):
    put()
    claim = Claim.objects.get(slug="lee-ready")
    with permitted(reason=EDITED):
        Claim.objects.filter(pk=claim.pk).update(content="North is willing", state="draft")
    result = put(overwrite=True)
    assert result.notes == ["claims.csv, line 2: its state stays draft, an editor has set it"]
    claim.refresh_from_db()
    assert (claim.content, claim.state, claim.version) == ("North is ready to talk", "draft", 2)
    result = put(overwrite=True)
    assert result.notes == ["claims.csv, line 2: kept; an editor has changed state since the last load"]
    claim.refresh_from_db()
    assert claim.state == "draft"


def test_what_was_withdrawn_stays_as_it_was(put):
    put()
    claim = Claim.objects.get(slug="lee-ready")
    claim.withdraw(by=a_user(), note="Wrong speaker.")
    more = plus("citations", "lee-ready,herald-1,at any time and any place,,,par 9,en")
    result = put(small("claims", ("North is ready to talk", "North would talk")), more, overwrite=True)
    assert result.notes == [
        "claims.csv, line 2: kept; it is withdrawn",
        "citations.csv, line 5: kept; what it belongs to is withdrawn",
        "positions.csv, line 2: kept; it is withdrawn",
    ]
    claim.refresh_from_db()
    assert (claim.state, claim.content, claim.citations.count()) == ("withdrawn", "North is ready to talk", 2)


def test_what_an_editor_took_back_to_draft_stays_a_draft(put):
    put()
    with permitted(reason=EDITED):
        Claim.objects.filter(slug="lee-ready").update(state="draft")
    assert put().notes == ["claims.csv, line 2: kept; an editor has changed state since the last load"]
    assert Claim.objects.get(slug="lee-ready").state == "draft"


def test_a_draft_that_nobody_touched_follows_the_package_to_publication(put):
    put(with_column("claims", "state", "", "draft"))
    result = put()
    assert changed(result) == {"claims": {"changed": 1}}
    claim = Claim.objects.get(slug="ray-not-ready")
    assert (claim.state, claim.forced_reason) == ("published", REASON)
    assert Change.objects.about(claim).get().public_note == REASON


def test_a_published_row_follows_the_package_to_withdrawal_but_not_back_to_draft(put):
    put()
    result = put(with_column("claims", "state", "draft", "withdrawn"))
    assert result.notes == ["claims.csv, line 2: kept; a load can't take it from published to draft"]
    assert dict(Claim.objects.values_list("slug", "state")) == {"lee-ready": "published", "ray-not-ready": "withdrawn"}
    change = Change.objects.about(Claim.objects.get(slug="ray-not-ready")).first()
    assert (change.kind, change.public_note) == ("withdrawal", "Withdrawn by the data package small 1.0.")


def test_what_an_editor_removed_stays_out_with_all_that_belongs_to_it(put):
    put()
    with permitted(reason=EDITED), deletable():
        PositionEvidence.objects.filter(claim__slug="ray-not-ready").delete()
        ClaimRelation.objects.all().delete()
        Event.objects.all().delete()
        Claim.objects.filter(slug="ray-not-ready").delete()
    result = put(plus("citations", "ray-not-ready,herald-1,no talks in this year,,,par 9,en"))
    assert result.notes == [
        "events.csv, line 2: left out; an editor has removed it since the last load",
        "claims.csv, line 3: left out; an editor has removed it since the last load",
        "attributions.csv, line 2: left out; an editor has removed “ray-not-ready” of the table claims",
        "citations.csv, line 4: left out; an editor has removed “ray-not-ready” of the table claims",
        "citations.csv, line 5: left out; an editor has removed “ray-not-ready” of the table claims",
        "relations.csv, line 2: left out; an editor has removed “ray-not-ready” of the table claims",
        "evidence.csv, line 3: left out; an editor has removed “ray-not-ready” of the table claims",
    ]
    assert list(Claim.objects.values_list("slug", flat=True)) == ["lee-ready"]


def test_who_was_removed_is_no_longer_spoken_for(put):
    put()
    with permitted(reason=EDITED):
        Claim.objects.filter(slug="lee-ready").update(on_behalf_of=None)
        Affiliation.objects.all().delete()
        Actor.objects.filter(slug="north").delete()
    result = put()
    assert result.notes == [
        "actors.csv, line 4: left out; an editor has removed it since the last load",
        "affiliations.csv, line 2: left out; an editor has removed “north” of the table actors",
    ]
    assert changed(put()) == {"actors": {"left_out": 1}, "affiliations": {"left_out": 1}}


def test_a_position_is_not_published_before_a_claim_that_shows_it(put):
    drafts = with_column("claims", "state", "draft", "draft")
    put(drafts, with_column("positions", "state", "draft"))
    result = put(drafts)
    assert result.notes == [
        "positions, lee-talks: not published; A position needs a summary and a published claim that shows it."
    ]
    assert Position.objects.get().state == "draft"


def test_what_an_editor_renamed_is_known_by_its_old_id(put):
    put()
    actor = Actor.objects.get(slug="ann-lee")
    OldSlug.keep(actor, "ann-lee")
    with permitted(reason=EDITED):
        Actor.objects.filter(pk=actor.pk).update(slug="ann-lee-north")
    result = put(small("claims", ("North is ready to talk", "North would talk")))
    assert result.notes == []
    assert put(small("actors", ("minister of North", "foreign minister"))).notes == []
    assert Actor.objects.get(pk=actor.pk).description == "foreign minister"
    assert Actor.objects.count() == 5
    assert Claim.objects.get(slug="lee-ready").content == "North is ready to talk"


def test_what_editors_merged_stays_merged_and_is_taken_for_no_rename(put, tmp_path):
    put()
    kept, merged = Actor.objects.get(slug="ann-lee"), Actor.objects.get(slug="bob-ray")
    merging.carry_out(merging.propose(kept, merged, a_user(), note="They are one."), a_user())
    put()
    assert [*Actor.objects.filter(kind="person")] == [kept]
    renames = Renames(read_package(a_package(tmp_path / "again", {}, None)))
    assert (renames.first_ids["actors"], renames.current_ids["actors"]) == ({}, {})


def test_what_an_editor_entered_under_the_same_id_is_kept(put):
    a_claim(slug="lee-ready", content="other words")
    assert put().notes == [
        "claims.csv, line 2: kept; an editor has entered another speaker, as_stated, on_behalf_of, act, content, "
        "said_text, occasion, addressees, issues, events, and no load before this one"
    ]


TAKEN_DOWN = {"takedowns": "source,at,reason\nherald-2,2024-05-01T00:00:00Z,The author asked for it.\n"}


def test_a_new_source_that_was_taken_down_comes_hidden(put):
    put(TAKEN_DOWN, texts={"texts/herald-2.md": TEXT})
    source = Source.objects.get(slug="herald-2")
    assert (source.taken_down_at.isoformat(), source.taken_down_reason) == (
        "2024-05-01T00:00:00+00:00", "The author asked for it.",
    )  # fmt: skip


def test_a_source_is_taken_down_once_and_an_editor_may_show_it_again(put):
    put()
    assert put(TAKEN_DOWN).counts["takedowns"]["new"] == 1
    source = Source.objects.get(slug="herald-2")
    assert source.is_taken_down
    assert [change.public_note for change in Change.objects.about(source)] == ["The author asked for it."]
    source.restore(reason="The author changed her mind.")
    assert put(TAKEN_DOWN).counts["takedowns"]["new"] == 0
    source.refresh_from_db()
    assert not source.is_taken_down


def test_a_package_that_says_nothing_of_it_shows_no_source_again(put):
    put()
    Source.objects.get(slug="herald-2").take_down(reason="The author asked for it.")
    put(overwrite=True)
    assert Source.objects.get(slug="herald-2").is_taken_down


def test_rows_that_the_package_lacks_are_left_alone_and_counted(put):
    put()
    a_claim(slug="own")
    result = put()
    assert result.counts["claims"]["others"] == 1
    assert Claim.objects.filter(slug="own").exists()


def test_a_dry_run_reports_everything_and_writes_nothing(put):
    result = put(dry_run=True)
    assert result.counts["claims"]["new"] == 2
    assert set(sizes().values()) == {0}


class Stopped(Exception):
    """Stands for whatever ends a process in the middle of its work."""


def test_a_load_that_is_stopped_at_any_write_leaves_nothing(tmp_path):
    package = a_package(tmp_path / "package", texts={"texts/herald-2.md": TEXT})

    def run(stop_at):
        writes = 0

        def watch(execute, sql, params, many, context):
            nonlocal writes
            is_write = sql.startswith(("INSERT", "UPDATE", "DELETE"))
            writes += is_write
            if is_write and writes == stop_at:
                raise Stopped
            return execute(sql, params, many, context)

        with connection.execute_wrapper(watch):
            load_package(read_package(package), dry_run=stop_at == 0)
        return writes

    writes = run(0)
    assert writes > 20
    for stop_at in range(1, writes + 1):
        with pytest.raises(Stopped):
            run(stop_at)
        assert set(sizes().values()) == {0}


def test_the_command_says_what_it_does_in_plain_words(tmp_path, capsys):
    folder = a_package(tmp_path / "package")
    call_command("load_dossier", folder)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"Reading and checking {folder} ..."
    assert "claims                  2          0          0          0          0                   0" in said
    assert said[-1] == "Loaded. Data package small 1.0."


def test_the_command_refuses_what_is_no_folder(tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        call_command("load_dossier", tmp_path / "nowhere")

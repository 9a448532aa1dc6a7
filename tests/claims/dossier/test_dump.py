"""Dumping: what curators enter survives dump and load, byte by byte."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from actors.models import Actor, ActorName
from claims.dossier import dump_package, load_package, read_package
from claims.models import Change, Citation, Claim, Comment, Issue, OldSlug, Presence, Snapshot, Source, State
from conflict_site.models import Site
from tests.claims.dossier.packages import OPENING, TEXT, a_package
from tests.factories import (
    a_citation,
    a_claim,
    a_draft,
    a_name,
    a_position,
    a_relation,
    a_snapshot,
    a_source,
    a_stance,
    a_step,
    a_user,
    an_actor,
    an_affiliation,
    an_event,
    an_issue,
)

pytestmark = pytest.mark.django_db


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def dumped_then_undone(fill, folder):
    """The files of a dump of what ``fill`` makes; the database is as before."""
    with transaction.atomic():
        fill()
        dump_package(folder)
        transaction.set_rollback(True)
    assert Actor.objects.count() == 0
    return files(folder)


def everything():
    """At least one row with every optional thing, in every state."""
    ann = an_actor("Ann Lee", slug="ann-lee", sort_name="Ann of the Lees", name_in_text="Ms Lee", wikidata_id="Q1")
    for name, language in (("Лі; Анна", "uk"), ("Back\\slash", ""), ('"Lee", she', "en")):
        a_name(ann, name, language=language)
    north = an_actor("North", slug="North_1", kind="state")
    an_affiliation(ann, north, start_edtf="2020~", start_text="around 2020", end_edtf="../2022", end_text="later")
    talks, border = an_issue("Talks", order=20), an_issue("Border", order=10, scope_note="")
    source = a_source(accessed="2024-03-01", published_edtf="", published_text="lately", rights="", author="A\nB")
    other = a_source(
        kind="briefing", archive_url="https://archive.example/1", text_is_public=True, text_may_be_kept=True
    )
    a_snapshot(other, "\ufeffFirst\r\ncapture of any words here\r\n", captured_at=datetime(2024, 1, 1, tzinfo=UTC))
    a_snapshot(other, "Second capture, of these words here", captured_at=datetime(2024, 2, 1, 0, 0, 0, 7, UTC))
    a_snapshot(source, TEXT)
    hidden = a_source(slug="hidden")
    hidden.take_down(by=a_user(), reason="The author asked for it.")
    event = an_event(participants=[north, ann], sources=[other, source], date_text="then", place="Northtown")
    an_event(slug="event-draft", sources=[], description="", date_edtf="", **as_a_draft())
    claim = a_claim(
        "North, “as it says”, is\nready", slug="first", speaker=ann, on_behalf_of=north, issues=[border, talks],
        addressees=[north], events=[event], source=other, exact="any words here",
        about_edtf="2020/..", about_text="since 2020", occasion="talks", said_edtf="../2024~", **as_a_draft(),
    )  # fmt: skip
    a_citation(claim, other, exact="these words here", translation="слова", translator="A. B.", machine_translated=True)
    a_step(claim, north, cue="says", as_stated="the state", identification="collective")
    reviewed = a_draft("South may follow", slug="second", speaker=ann)
    reviewed.submit(by=a_user())
    reviewed.publish(by=a_user())
    a_citation(reviewed, exact="not held", checked_on="2026-11-23", checked_sha256="ab" * 32, status="checked")
    withdrawn = a_claim(slug="third", speaker=north)
    withdrawn.withdraw(note="Wrong “speaker”.", by=a_user())
    in_review = a_draft(slug="fourth", speaker=north)
    in_review.submit(by=a_user())
    a_relation(reviewed, withdrawn, note="=1+1")
    position = a_position(ann, a_stance(talks), shown_by=[reviewed])
    a_position(north, position.stance, slug="position-draft", summary="", **as_a_draft())
    Change.objects.record(reviewed, "correction", public_note="Typo.", before={"content": "ä", "b": 1}, after={"b": []})
    OldSlug.keep(claim, "first-before")
    OldSlug.keep(talks, "talks-before")
    Site.objects.create(pk=1, title="North & South", subtitle="Who", about="# About\n\n- us", contact="us@a.example")


def as_a_draft():
    return {"state": State.DRAFT, "published_at": None, "forced": False, "forced_reason": ""}


def test_the_opening_dossier_comes_out_as_it_went_in(tmp_path):
    load_package(read_package(OPENING))
    dump_package(tmp_path / "dump")
    given, got = files(OPENING), files(tmp_path / "dump")
    head, row = given["site.csv"].splitlines()
    given["site.csv"] = head + b",tag_authority\n" + row + b',"testserver,2026"\n'  # given by the first load
    assert {name: got[name] for name in given if name.endswith((".csv", ".md")) and name != "README.md"} == {
        name: text for name, text in given.items() if name.endswith((".csv", ".md")) and name != "README.md"
    }
    assert sorted(set(got) - set(given)) == ["changes.csv", "records.csv", "snapshots.csv"]


def test_the_opening_dossier_survives_a_dump_and_a_load(tmp_path):
    first = dumped_then_undone(lambda: load_package(read_package(OPENING)), tmp_path / "first")
    load_package(read_package(tmp_path / "first"))
    dump_package(tmp_path / "second")
    assert files(tmp_path / "second") == first


def test_every_optional_thing_survives_a_dump_and_a_load(tmp_path):
    first = dumped_then_undone(everything, tmp_path / "first")
    result = load_package(read_package(tmp_path / "first"))
    assert result.notes == []
    dump_package(tmp_path / "second")
    assert files(tmp_path / "second") == first


def test_what_is_loaded_from_a_dump_is_what_was_dumped(tmp_path):
    dumped_then_undone(everything, tmp_path / "dump")
    load_package(read_package(tmp_path / "dump"))
    ann = Actor.objects.get(slug="ann-lee")
    assert list(ActorName.objects.filter(actor=ann).values_list("name", "language")) == [
        ("Лі; Анна", "uk"), ("Back\\slash", ""), ('"Lee", she', "en"),
    ]  # fmt: skip
    assert (ann.sort_name, ann.name_in_text) == ("Ann of the Lees", "Ms Lee")
    assert [issue.title for issue in Issue.objects.filter(title__in=["Talks", "Border"])] == ["Border", "Talks"]
    assert dict(Claim.objects.values_list("slug", "state")) == {
        "first": "draft", "second": "published", "third": "withdrawn", "fourth": "in_review",
    }  # fmt: skip
    second = Claim.objects.get(slug="second")
    assert second.forced_reason == "Reviewed by two people before it was loaded from a data package."
    assert second.published_at < Change.objects.about(second).first().at
    assert Change.objects.about(Claim.objects.get(slug="third")).first().public_note == "Wrong “speaker”."
    assert OldSlug.target(Claim, "first-before") == Claim.objects.get(slug="first")
    assert Snapshot.objects.order_by("captured_at").first().text == "\ufeffFirst\r\ncapture of any words here\r\n"
    statuses = (
        Citation.objects.filter(claim__slug="first").order_by("pk").values_list("status", "snapshot__captured_at")
    )
    assert list(statuses) == [
        ("verified", datetime(2024, 1, 1, tzinfo=UTC)),
        ("verified", datetime(2024, 2, 1, 0, 0, 0, 7, UTC)),
    ]
    hidden = Source.objects.get(slug="hidden")
    assert (hidden.is_taken_down, hidden.taken_down_reason) == (True, "The author asked for it.")
    assert [change.kind for change in Change.objects.about(hidden)] == ["takedown"]
    assert Site.current().about == "# About\n\n- us"


def test_a_dump_loads_into_its_own_database_without_a_change(tmp_path):
    everything()
    dump_package(tmp_path / "first")
    result = load_package(read_package(tmp_path / "first"))
    assert result.notes == []
    assert {name: counts["new"] + counts["changed"] for name, counts in result.counts.items()} == dict.fromkeys(
        result.counts, 0
    )
    dump_package(tmp_path / "second")
    assert files(tmp_path / "second") == files(tmp_path / "first")


def test_a_dump_of_nothing_is_an_empty_package_that_loads(tmp_path):
    dump_package(tmp_path / "dump")
    assert (tmp_path / "dump/claims.csv").read_text().startswith("id,speaker,as_stated,on_behalf_of,act,form,content,")
    assert not (tmp_path / "dump/changes.csv").exists()
    assert load_package(read_package(tmp_path / "dump")).counts["claims"]["new"] == 0


def test_optional_columns_are_there_only_where_a_row_fills_them(tmp_path):
    load_package(read_package(a_package(tmp_path / "small")))
    a_name(Actor.objects.get(slug="ann-lee"), "Лі", language="uk")
    dump_package(tmp_path / "dump")
    header, lee, *_ = (tmp_path / "dump/actors.csv").read_text().splitlines()
    assert header == "id,name,kind,description,other_names,wikidata,other_names_lang"
    assert lee == "ann-lee,Ann Lee,person,minister of North,Anna Lee;Анна Ли;Лі,Q1,;;uk"


def test_it_names_no_accounts(tmp_path):
    curator = a_user(username="secret-name")
    claim = a_draft(created_by=curator, submitted_by=curator)
    a_snapshot(a_source(), TEXT, captured_by=curator)
    Change.objects.record(claim, "correction", by=curator, public_note="Typo.")
    dump_package(tmp_path / "dump")
    assert [name for name, text in files(tmp_path / "dump").items() if b"secret-name" in text] == []


def test_the_description_lists_every_file_with_its_columns(tmp_path):
    everything()
    dump_package(tmp_path / "dump")
    description = json.loads((tmp_path / "dump/datapackage.json").read_text())
    assert (description["name"], description["title"]) == ("north-south", "North & South")
    paths = [resource["path"] for resource in description["resources"]]
    assert sorted([*paths, "datapackage.json"]) == sorted(files(tmp_path / "dump"))
    for resource in description["resources"]:
        if "schema" in resource:
            header = (tmp_path / "dump" / resource["path"]).read_text().partition("\n")[0]
            assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_the_command_says_when_what_it_wrote_would_not_load(tmp_path):
    a_step(a_claim(slug="lee-ready"), an_actor(), order=2)
    with pytest.raises(CommandError, match="but it would not load as it is") as fault:
        call_command("dump_dossier", tmp_path / "dump", verbosity=0)
    assert "attributions.csv, line 2, column order: the voices of “lee-ready” are numbered" in str(fault.value)
    assert (tmp_path / "dump/claims.csv").exists()


def test_the_command_says_what_it_wrote(tmp_path, capsys):
    everything()
    call_command("dump_dossier", tmp_path / "dump")
    said = capsys.readouterr().out.splitlines()
    assert "claims               4" in said
    assert said[-1] == f"Written to {tmp_path / 'dump'}, and read back without a fault."


def test_it_refuses_a_folder_that_is_there(tmp_path):
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("dump_dossier", tmp_path)
    assert files(tmp_path) == {}


def test_no_comment_of_the_desk_is_dumped(tmp_path):
    claim = a_claim()
    for thing in (claim, claim.speaker, claim.citations.get().source, claim.issues.get(), an_event(), a_position()):
        Comment.objects.create(
            thing=thing, by=a_user(username=f"canary-of-{type(thing).__name__}"), text="A canary comment."
        )
        Presence.objects.take(thing, a_user())
    dump_package(tmp_path / "dump")
    assert not [name for name, content in files(tmp_path / "dump").items() if b"canary" in content]

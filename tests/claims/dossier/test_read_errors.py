"""Packages that can't be loaded: each is refused with file, line and column, and nothing is changed."""

import json
import re

import pytest
from django.core.management import CommandError, call_command

from actors.models import Actor
from claims.models import Claim, LoadedRow, Source
from tests.claims.dossier.packages import SMALL, TEXT, a_package, checked, plus, small, with_column

pytestmark = pytest.mark.django_db

BROKEN = {
    "a NUL": (
        {"claims": SMALL["claims"].replace("North is ready", "North\0is ready").encode()},
        "claims.csv, line 2, column content: it holds a NUL character",
    ),
    "bytes that are no UTF-8": (
        {"claims": SMALL["claims"].encode().replace(b"Mr Ray", b"Mr R\xe4y")},
        "claims.csv, line 3, column as_stated: it is not UTF-8 text",
    ),
    "UTF-16": (
        {"claims": SMALL["claims"].encode("utf-16")},
        "claims.csv, line 1, column 1: it is not UTF-8 text, perhaps UTF-16; save it as UTF-8",
    ),
    "UTF-16 without a mark": (
        {"claims": SMALL["claims"].encode("utf-16-le")},
        "claims.csv, line 1, column 1: it is not UTF-8 text, perhaps UTF-16; save it as UTF-8",
    ),
    "a cell of more than 1 MB": (
        small("claims", ("North is ready to talk", "x" * 1_000_001)),
        "claims.csv, line 2, column content: a cell is larger than 1 MB; perhaps a quotation mark is never closed",
    ),
    "an open quotation mark": (
        small("claims", ("South will not talk, for now\"", "South will not talk, for now")),
        "claims.csv, line 3, column content: a quotation mark is opened in this row and never closed",
    ),
    "text after a closing quotation mark": (
        small("claims", ('for now"', 'for now" x')),
        "claims.csv, line 3, column content: after a closing quotation mark there must be a comma; "
        "double the quotation marks within a cell",
    ),
    "a cell too few": (
        small("issues", (",whether to talk", "")),
        "issues.csv, line 2, column scope_note: 3 cells instead of 4",
    ),
    "a cell too many": (
        small("issues", ("whether to talk", "whether, to talk")),
        "issues.csv, line 2, column 5: 5 cells instead of 4",
    ),
    "an empty line": (
        small("issues", ("whether to talk\n", "whether to talk\n\n")),
        "issues.csv, line 3, column id: the line is empty",
    ),
    "a passage twice, with other signs": (
        plus("citations", "ray-not-ready,herald-2,the time  has not\u00a0come for any talks,,,par 4,en"),
        "citations.csv, line 5, column exact: claim “ray-not-ready” and source “herald-2” and "
        "exact “the time has not come for any talks” stands already on line 4",
    ),
    "an unknown column": (
        with_column("issues", "colour", "red", "blue"),
        "issues.csv, line 1, column colour: unknown column “colour”",
    ),
    "a missing column": (
        {"issues": "id,title,question\ntalks,Talks,Should they talk?\nborder,Border,Where?\n"},
        "issues.csv, line 1, column scope_note: the column is missing",
    ),
    "a column twice": (
        with_column("issues", "title", "a", "b"),
        "issues.csv, line 1, column title: the column stands there twice",
    ),
    "an empty file": ({"evidence": ""}, "evidence.csv, line 1, column position: the column is missing"),
    "a cell that must be filled": (
        small("actors", ("Bob Ray,person", ",person")),
        "actors.csv, line 3, column name: it must not be empty",
    ),
    "a published claim without content": (
        small("claims", ('"South will not talk, for now"', "")),
        "claims.csv, line 3, column content: it must not be empty; only a draft may leave it open",
    ),
    "no id": (
        small("actors", ("bob-ray,Bob", "bob ray,Bob")),
        "actors.csv, line 3, column id: “bob ray” is no id: letters a to z, digits, - and _ only",
    ),
    "a word that is too long": (
        small("actors", ("Bob Ray", "B" * 201)),
        "actors.csv, line 3, column name: Ensure this value has at most 200 characters (it has 201).",
    ),
    "a kind that is none": (
        small("events", (",meeting,2024", ",picnic,2024")),
        "events.csv, line 2, column kind: “picnic” is none of call, contact, ",
    ),
    "a number that is none": (
        small("stances", ("talk,2", "talk,second")),
        "stances.csv, line 3, column order: “second” is no whole number",
    ),
    "a stance beyond the eighth": (
        small("stances", ("talk,2", "talk,9")),
        "stances.csv, line 3, column order: it is more than 8",
    ),
    "two stances with one order": (
        small("stances", ("talk,2", "talk,1")),
        "stances.csv, line 3, column order: the issue has another stance with the order 1",
    ),
    "a switch that is none": (
        small("sources", (",true", ",yes")),
        "sources.csv, line 3, column text_is_public: “yes” is neither true nor false",
    ),
    "an address that is none": (
        small("sources", ("https://herald.example/2", "javascript:alert(1)")),
        "sources.csv, line 3, column url: “javascript:alert(1)” is not of the form https?://.+",
    ),
    "a month that is none": (
        small("claims", ("2024-01-15,Monday", "2023-13,Monday")),
        "claims.csv, line 2, column said: '2023-13' is not a date: there is no month 13.",
    ),
    "a day that is none": (
        small("affiliations", ("2020-01-01", "2021-02-29")),
        "affiliations.csv, line 2, column start: '2021-02-29' is not a date: February 2021 has no day 29.",
    ),
    "an inverted period": (
        small("claims", ("[2024-01-15..2024-01-20]", "[2024-01-20..2024-01-15]")),
        "claims.csv, line 3, column said: '[2024-01-20..2024-01-15]' is not a date: it ends before it begins.",
    ),
    "a claim without a beginning": (
        small("claims", ("[2024-01-15..2024-01-20]", "../2024")),
        "claims.csv, line 3, column said: the beginning of the period must be known; only a draft may leave it open",
    ),
    "an id twice": (
        plus("issues", "talks,Talks again,Why?,again"),
        "issues.csv, line 4, column id: id “talks” stands already on line 2",
    ),
    "a check of a passage without the text": (
        checked(("", ""), ("2026-11-23", ""), ("", "")),
        "citations.csv, line 3, column checked: the day and the SHA-256 of the text belong together; one of them is",
    ),
    "a check on no day": (
        checked(("2026-02-29", "a" * 64), ("", ""), ("", "")),
        "citations.csv, line 2, column checked: “2026-02-29” is no day; write it as 2024-01-15",
    ),
    "a hash that is none": (
        checked(("2026-11-23", "<b>" * 22), ("", ""), ("", "")),
        "citations.csv, line 2, column checked_sha256: “<b><b>",
    ),
    "a key of several columns twice": (
        plus("evidence", "lee-talks,lee-ready,shows"),
        "evidence.csv, line 4, column role: position “lee-talks” and claim “lee-ready” and role “shows” stands already",
    ),
    "an actor that is not there": (
        small("claims", ("bob-ray,Mr Ray", "bob,Mr Ray")),
        "claims.csv, line 3, column speaker: the table actors has no row with id “bob”",
    ),
    "an actor in a list that is not there": (
        small("claims", ("bob-ray;south", "bob-ray;sud")),
        "claims.csv, line 2, column addressees: the table actors has no row with id “sud”",
    ),
    "evidence that is no claim": (
        small("evidence", ("ray-not-ready", "ray-ready")),
        "evidence.csv, line 3, column claim: the table claims has no row with id “ray-ready”",
    ),
    "a stance of another issue": (
        small("positions", ("talks,ready", "border,ready")),
        "positions.csv, line 2, column stance: the table stances has no row with issue “border” and id “ready”",
    ),
    "an item twice": (
        small("claims", ("talks;border", "talks;talks")),
        "claims.csv, line 2, column issues: an item stands there twice",
    ),
    "an empty item": (
        small("claims", ("talks;border", "talks;")),
        "claims.csv, line 2, column issues: “” can't stand in this list, whose items are separated by ;",
    ),
    "languages that do not fit the names": (
        with_column("actors", "other_names_lang", "en", "", "", "", ""),
        "actors.csv, line 2, column other_names_lang: 1 languages for 2 other names",
    ),
    "a relation of a claim to itself": (
        small("relations", ("ray-not-ready,lee-ready", "lee-ready,lee-ready")),
        "relations.csv, line 2, column to: a claim has no relation to itself",
    ),
    "a person who is a member of oneself": (
        small("affiliations", ("ann-lee,north", "ann-lee,ann-lee")),
        "affiliations.csv, line 2, column organisation: nobody is a member of oneself",
    ),
    "voices with a gap": (
        plus("attributions", "ray-not-ready,3,herald,,,named"),
        "attributions.csv, line 3, column order: the voices of “ray-not-ready” are numbered "
        "without a gap; 2 is missing",
    ),
    "a position that no claim shows": (
        small("evidence", ("lee-ready,shows", "lee-ready,contradicts")),
        "positions.csv, line 2, column id: no claim shows the position “lee-talks”; only a draft may do without",
    ),
    "a claim without a citation": (
        small("citations", ("ray-not-ready,herald-2", "lee-ready,herald-1")),
        "claims.csv, line 3, column id: “ray-not-ready” has no citation; only a draft may do without",
    ),
    "a state that is none": (
        with_column("claims", "state", "public", ""),
        "claims.csv, line 2, column state: “public” is none of draft, in_review, published, withdrawn",
    ),
    "an entry of the log that says nothing": (
        {"changes": "table,id,at,kind,public_note,before,after\nclaims,lee-ready,2024-01-15T00:00:00Z,edit,,,\n"},
        "changes.csv, line 2, column public_note: it must not be empty; only a publication needs no reason",
    ),
    "an entry of the log about nothing": (
        {"old_slugs": "table,id,slug\nclaims,lee,lee-old\n"},
        "old_slugs.csv, line 2, column id: the table claims has no row with id “lee”",
    ),
    "a moment that is none": (
        {"changes": "table,id,at,kind,public_note,before,after\nclaims,lee-ready,yesterday,edit,why,,\n"},
        "changes.csv, line 2, column at: “yesterday” is no moment; write it as 2024-01-15T12:00:00Z",
    ),
    "values that are no JSON": (
        {"changes": "table,id,at,kind,public_note,before,after\nclaims,lee-ready,2024-01-15T00:00:00Z,edit,why,[1],\n"},
        "changes.csv, line 2, column before: it is no JSON object",
    ),
    "a moment of no day": (
        {"old_slugs": None, "changes": "table,id,at,kind,public_note,before,after\n"
         "claims,lee-ready,2024-02-30T00:00:00Z,edit,why,,\n"},
        "changes.csv, line 2, column at: “2024-02-30T00:00:00Z” is no moment; write it as 2024-01-15T12:00:00Z",
    ),
    "JSON that no database keeps": (
        {"changes": "table,id,at,kind,public_note,before,after\n"
         'claims,lee-ready,2024-01-15T00:00:00Z,edit,why,"{""a"": NaN}",\n'},
        "changes.csv, line 2, column before: it is no JSON object",
    ),
    "a day of no month": (
        with_column("sources", "accessed", "2024-02-30", ""),
        "sources.csv, line 2, column accessed: “2024-02-30” is no day; write it as 2024-01-15",
    ),
    "a stray backslash in a list": (
        small("actors", ("Anna Lee;", "Anna\\Lee;")),
        "actors.csv, line 2, column other_names: a backslash stands before a semicolon or a backslash only",
    ),
    "a source of an event twice": (
        with_column("events", "more_sources", "herald-1"),
        "events.csv, line 2, column more_sources: “herald-1” stands already under source",
    ),
    "a takedown without a reason": (
        {"takedowns": "source,at,reason\nherald-1,2024-01-15T00:00:00Z, \n"},
        "takedowns.csv, line 2, column reason: it must say why",
    ),
    "two rows for the site": (
        {"site": "title,subtitle,about,contact\nOne,,,\nTwo,,,\n"},
        "site.csv, line 3, column title: this table has one row only",
    ),
    "an unknown table": (
        {"people": "id\na\n"},
        "datapackage.json, line 1, column 2480: resource 13, “people”: unknown table; those known are ",
    ),
}  # fmt: skip


PLACED = re.compile(r"[^,:]+, line [0-9]+, column [^:]+: |datapackage.json: there is no such file|… and [0-9]+ more")


def refused(folder):
    """What the command says of a package that it refuses, line by line: each with file, line and column, where there is
    a file. Nothing may have changed."""
    with pytest.raises(CommandError) as refusal:
        call_command("load_dossier", folder, verbosity=0)
    assert refusal.value.returncode == 1
    assert [model.objects.count() for model in (Actor, Source, Claim, LoadedRow)] == [0, 0, 0, 0]
    first, *lines = str(refusal.value).splitlines()
    assert [line for line in lines if not PLACED.match(line)] == []
    assert first == "Nothing was changed. The package can't be loaded as it is:"
    return lines


@pytest.mark.parametrize(("tables", "fault"), BROKEN.values(), ids=BROKEN)
def test_it_refuses(tmp_path, tables, fault):
    lines = refused(a_package(tmp_path / "broken", tables))
    assert [line for line in lines if line.startswith(fault)], "\n".join(lines)


def test_it_lists_all_faults_in_one_run_by_file_and_line(tmp_path):
    tables = {
        **small("actors", ("Bob Ray,person", ",robot")),
        **small("claims", ("2024-01-15,Monday", "2023-13,Monday"), ("bob-ray,Mr", "bob,Mr")),
        **small("citations", ("ray-not-ready,herald-2", "lee-ready,herald-1")),
    }
    lines = refused(a_package(tmp_path / "broken", tables))
    assert [line.partition(":")[0] for line in lines] == [
        "actors.csv, line 3, column name",
        "actors.csv, line 3, column kind",
        "claims.csv, line 2, column said",
        "claims.csv, line 3, column speaker",
        "claims.csv, line 3, column id",
    ]


def test_a_row_is_named_by_the_line_on_which_it_begins(tmp_path):
    tables = small("claims", ("North is ready to talk", '"North\nis\nready"'), ("bob-ray,Mr Ray", "bob,Mr Ray"))
    assert refused(a_package(tmp_path / "broken", tables)) == [
        "claims.csv, line 5, column speaker: the table actors has no row with id “bob”"
    ]


def test_it_stops_listing_after_two_hundred_faults(tmp_path):
    rows = [f"a-{number},,person,,," for number in range(250)]
    lines = refused(a_package(tmp_path / "broken", plus("actors", *rows)))
    assert len(lines) == 201
    assert lines[-1] == "… and 50 more."


def test_a_table_that_cannot_be_read_is_no_fault_of_those_that_point_to_it(tmp_path):
    tables = {"actors": SMALL["actors"].encode("utf-16")}
    assert refused(a_package(tmp_path / "broken", tables)) == [
        "actors.csv, line 1, column 1: it is not UTF-8 text, perhaps UTF-16; save it as UTF-8"
    ]


def describe(folder, change):
    path = folder / "datapackage.json"
    description = json.loads(path.read_text())
    change(description)
    path.write_text(json.dumps(description))


DESCRIPTIONS = {
    "no name": (lambda given: given.pop("name"), "“name” must be up to 100 lower-case letters"),
    "a version that is no text": (lambda given: given.update(version=2), "“version” must be a short text"),
    "no files": (lambda given: given.update(resources=[]), "“resources” must list the files"),
    "an absolute path": (
        lambda given: given["resources"][0].update(path="/etc/passwd"),
        "resource 1, “actors”: the path “/etc/passwd” is no relative path within the folder",
    ),
    "a path out of the folder": (
        lambda given: given["resources"][0].update(path="texts/../../actors.csv"),
        "resource 1, “actors”: the path “texts/../../actors.csv” is no relative path within the folder",
    ),
    "an address": (
        lambda given: given["resources"][0].update(path="https://a.example/actors.csv"),
        "resource 1, “actors”: the path “https://a.example/actors.csv” is no relative path within the folder",
    ),
    "a file that is not there": (
        lambda given: given["resources"][0].update(path="people.csv"),
        "resource 1, “actors”: there is no file “people.csv”",
    ),
    "a table twice": (
        lambda given: given["resources"].append(given["resources"][0]),
        "resource 13: “actors” or its file is listed twice",
    ),
    "no columns": (lambda given: given["resources"][0].pop("schema"), "resource 1, “actors”: “schema” must list"),
    "another encoding": (
        lambda given: given["resources"][0].update(encoding="latin-1"),
        "resource 1, “actors”: “encoding” must be utf-8",
    ),
    "semicolons between cells": (
        lambda given: given["resources"][0].update(dialect={"delimiter": "|"}),
        "resource 1, “actors”: “dialect” must be commas",
    ),
    "a key of an unknown column": (
        lambda given: given["resources"][0]["schema"].update(primaryKey=["id", "colour"]),
        "actors.csv: a key has the unknown column “colour”",
    ),
    "a key that is no column": (
        lambda given: given["resources"][0]["schema"].update(primaryKey=5),
        "resource 1, “actors”: “primaryKey” must be a column or a list of columns",
    ),
    "a pointer to nowhere": (
        lambda given: given["resources"][0]["schema"].update(foreignKeys=[{"fields": "id"}]),
        "resource 1, “actors”: “foreignKeys” must be a list",
    ),
    "a resource that is no object": (lambda given: given["resources"].append("a"), "resource 13: “name” and “path”"),
    "a pattern that is none": (
        lambda given: given["resources"][0]["schema"]["fields"][0].update(constraints={"pattern": "("}),
        "actors.csv, id: pattern “(” makes no sense",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_it_refuses_a_description_with(tmp_path, change, fault):
    folder = a_package(tmp_path / "broken")
    describe(folder, change)
    lines = refused(folder)
    assert [
        line for line in lines if re.match(rf"datapackage\.json, line 1, column [0-9]+: {re.escape(fault)}", line)
    ], lines


def test_a_fault_of_the_description_is_named_by_the_line_and_column_of_what_is_wrong(tmp_path):
    folder = a_package(tmp_path / "broken")
    written = '{"name": "a",\n "resources": [\n  {"name": "actors",\n    "path": "/etc/passwd"}]}'
    (folder / "datapackage.json").write_text(written)
    assert refused(folder) == [
        "datapackage.json, line 4, column 5: resource 1, “actors”: the path “/etc/passwd” is no relative path within "
        "the folder"
    ]


def test_it_refuses_a_link_that_leads_out_of_the_folder(tmp_path):
    folder = a_package(tmp_path / "broken")
    (folder / "actors.csv").rename(tmp_path / "actors.csv")
    (folder / "actors.csv").symlink_to(tmp_path / "actors.csv")
    lines = refused(folder)
    assert [line for line in lines if "resource 1, “actors”: the path “actors.csv” leads out of the folder" in line]


@pytest.mark.parametrize("text", ["", "[", "[]", "{" * 100_000, '{"a": "\udce4"}'])
def test_it_refuses_a_description_that_is_no_json_object(tmp_path, text):
    folder = a_package(tmp_path / "broken")
    (folder / "datapackage.json").write_bytes(text.encode(errors="surrogateescape"))
    assert refused(folder)[0].startswith("datapackage.json")


def test_it_refuses_a_folder_without_a_description(tmp_path):
    assert refused(tmp_path) == [f"datapackage.json: there is no such file in {tmp_path}"]


def test_it_refuses_what_the_packages_own_description_forbids(tmp_path):
    folder = a_package(tmp_path / "broken")

    def demand(given):
        actors, claims = given["resources"][0]["schema"], given["resources"][6]["schema"]
        actors["fields"][5]["constraints"] = {"required": True}
        actors["fields"][1]["constraints"] = {"unique": True, "maxLength": 7}
        claims["fields"][4]["constraints"] = {"enum": ["offers"]}
        claims["foreignKeys"] = [{"fields": "occasion", "reference": {"resource": "events", "fields": "title"}}]

    describe(folder, demand)
    assert refused(folder) == [
        "actors.csv, line 3, column wikidata: it must not be empty",
        "actors.csv, line 4, column wikidata: it must not be empty",
        "actors.csv, line 5, column wikidata: it must not be empty",
        "actors.csv, line 6, column name: it is longer than 7",
        "actors.csv, line 6, column wikidata: it must not be empty",
        "claims.csv, line 2, column occasion: the table events has no row with title “meeting”",
        "claims.csv, line 3, column act: “refuses” is none of offers",
    ]


TEXTS = {
    "of an unknown source": (
        {"texts/times-1.txt": TEXT},
        "texts/times-1.txt, line 1, column 1: the table sources has no row with id",
    ),
    "with a NUL": (
        {"texts/herald-2.md": TEXT + "x" * 100 + "\0"},
        "texts/herald-2.md, line 5, column 101: there is a NUL, which no text may hold; take it out",
    ),
    "that is empty": ({"texts/herald-2.md": " \n"}, "texts/herald-2.md, line 1, column 1: it is empty"),
    "twice": (
        {"texts/herald-2.1.txt": TEXT, "texts/herald-2.2.txt": TEXT},
        "texts/herald-2.2.txt, line 1, column 1: it is the same as another text of its source",
    ),
}


@pytest.mark.parametrize(("texts", "fault"), TEXTS.values(), ids=TEXTS)
def test_it_refuses_a_text(tmp_path, texts, fault):
    assert refused(a_package(tmp_path / "broken", texts=texts))[0].startswith(fault)


def test_it_refuses_a_text_that_is_no_utf_8(tmp_path):
    folder = a_package(tmp_path / "broken", texts={"texts/herald-2.md": TEXT})
    (folder / "texts/herald-2.md").write_bytes(b"one\ntwo\xff\n")
    assert refused(folder) == ["texts/herald-2.md, line 2, column 4: it is not UTF-8 text"]


def test_it_refuses_a_text_that_was_altered_after_its_capture(tmp_path):
    captured = f"path,captured_at,sha256\ntexts/herald-2.md,2024-01-15T00:00:00Z,{'0' * 64}\n"
    folder = a_package(tmp_path / "broken", {"snapshots": captured}, {"texts/herald-2.md": TEXT})
    assert refused(folder) == [
        "snapshots.csv, line 2, column sha256: the text “texts/herald-2.md” has been altered since"
    ]

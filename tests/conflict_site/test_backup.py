"""A drill: the database goes into a file, and comes back elsewhere as it was."""

import json
import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from audit.who import acting
from conflict_site.backup import postgresql
from conflict_site.backup.note import beside
from conflict_site.backup.running import nobody_else
from tests.factories import a_claim, a_snapshot, a_source, a_user

pytestmark = pytest.mark.django_db(transaction=True)
SITE = {"DJANGO_SETTINGS_MODULE": "conflict_site.settings", "SECRET_KEY": "x" * 60}
SMALL = 100_000  # bytes; SQLite's own file beside a database takes 32,768
IS_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def kept(tmp_path):
    """A backup of a claim with a verified passage, and of an account."""
    source = a_source()
    a_snapshot(source, "She said that talks should resume.")
    a_claim(source=source, exact="talks should resume")
    a_user(username="ada")
    file = tmp_path / "site.backup"
    call_command("backup", file, verbosity=0)
    return file


@pytest.fixture
def place(tmp_path) -> Iterator[str]:
    """The URL of an empty database of the same kind."""
    if IS_SQLITE:
        yield f"sqlite:///{tmp_path / 'site.sqlite3'}"
        return
    given = connection.get_connection_params()
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE drill")
    yield f"postgresql://{given['user']}@{quote(given['host'], safe='')}/drill"
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE drill WITH (FORCE)")


def manage(place, *arguments, program=("manage.py",), **given):
    """Run a command on another database; its exit status and all that it says."""
    environment = os.environ | SITE | {"DATABASE_URL": place}
    command = [sys.executable, *program, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, **given)
    return done.returncode, done.stdout + done.stderr


def only_small_files():
    """Whoever writes more into a file is refused, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


@contextmanager
def a_site(place) -> Iterator[None]:
    """Somebody who has the database open."""
    if not IS_SQLITE:
        with psycopg.connect(place, application_name="desk"):
            yield
        return
    with nobody_else(Path(place.removeprefix("sqlite:///"))):
        yield


def test_a_drill(kept, place, tmp_path):
    status, said = manage(place, "restore", kept)
    assert (status, said.partition(":")[0][:10]) == (0, "Back as of"), said
    status, said = manage(place, "backup", tmp_path / "again.backup")
    assert status == 0, said
    first, second = (json.loads(beside(file).read_text()) for file in (kept, tmp_path / "again.backup"))
    assert (second["counts"], second["head"]) == (first["counts"], first["head"])
    assert (first["counts"]["claims_claim"], first["counts"]["auth_user"]) == (1, 1)

    status, said = manage(place, "restore", kept)
    assert (status, "With --overwrite" in said) == (1, True), said
    with a_site(place):
        status, said = manage(place, "restore", kept, "--overwrite")
        assert (status, "The site is running" in said) == (1, True), said
        assert IS_SQLITE or ": 1 by desk. Stop" in said
    assert manage(place, "restore", kept, "--overwrite")[0] == 0
    if IS_SQLITE:
        leftovers = {path.name.removeprefix("site.sqlite3") for path in tmp_path.glob("site.sqlite3*")}
        assert leftovers - {"", "-running", "-queue", "-wal", "-shm"} == set()


def test_what_would_be_gone_is_told_and_stays(kept, capsys):
    for key, name in ((7, "ada"), (7, "ada"), (8, "bob")):
        with acting(key, name):
            Group.objects.create(name=f"Of {name} {Group.objects.count()}")
    call_command("restore", kept, "--tell")
    assert capsys.readouterr().out.endswith(". Rows written at the desk since: 3, by accounts: 2.\n")
    assert Group.objects.filter(name__startswith="Of ").count() == 3


def test_where_there_is_no_room_a_sentence_is_said_and_no_part_of_a_file_left(kept, place, tmp_path):
    assert manage(place, "restore", kept)[0] == 0
    before = {*tmp_path.iterdir()}
    status, said = manage(place, "backup", tmp_path / "other.backup", preexec_fn=only_small_files)
    assert (status, said.startswith("CommandError: No backup was made. "), len(said.splitlines())) == (1, True, 1), said
    assert [path.name for path in {*tmp_path.iterdir()} - before if "other" in path.name] == []


def test_a_backup_is_its_owners_alone_and_replaces_none(kept):
    modes = {stat.S_IMODE(file.stat().st_mode) for file in (kept, beside(kept))}
    before = kept.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", kept)
    beside(kept).unlink()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", kept)
    assert (modes, kept.read_bytes()) == ({0o600}, before)


def test_a_backup_that_was_changed_or_has_no_note_is_refused(kept, place):
    with kept.open("ab") as file:
        file.write(b"\0")
    with pytest.raises(CommandError, match="its SHA-256 differs"):
        call_command("restore", kept)
    beside(kept).unlink()
    with pytest.raises(CommandError, match="can't be read, which says what"):
        call_command("restore", kept)


def run(place, sql):
    """Run SQL on another database; the rows."""
    opened = sqlite3.connect(place.removeprefix("sqlite:///")) if IS_SQLITE else psycopg.connect(place)
    with closing(opened):
        cursor = opened.execute(sql)
        opened.commit()
        return cursor.fetchall() if cursor.description else []


def test_what_does_not_come_back_as_it_was_leaves_all_as_it_was(kept, place):
    run(place, "CREATE TABLE former AS SELECT 7 AS number")
    note = json.loads(beside(kept).read_text())
    note["counts"]["claims_claim"] = 2
    beside(kept).write_text(json.dumps(note))
    status, said = manage(place, "restore", kept, "--overwrite")
    assert (status, "other counts" in said) == (1, True), said
    assert run(place, "SELECT * FROM former") == [(7,)]


if IS_SQLITE:

    def test_what_another_program_has_open_is_not_replaced(kept, place):
        """A file put in its place would be written to by nobody, and the old one go on unseen."""
        with closing(sqlite3.connect(place.removeprefix("sqlite:///"))) as other:
            other.execute("PRAGMA journal_mode = WAL")
            other.execute("CREATE TABLE former (number)")
            status, said = manage(place, "restore", kept, "--overwrite")
        assert (status, "is in use" in said) == (1, True), said

    def test_whenever_a_restore_is_killed_a_whole_database_is_in_the_place_and_the_next_start_says_what_to_do(
        kept, place
    ):
        run(place, "CREATE TABLE former AS SELECT 7 AS number")
        status, said = manage(place, kept, program=("-m", "tests.conflict_site.kill_restores"))
        assert status == 0, said
        told = json.loads(said.splitlines()[-1])
        assert (told["whole"], told["new"]) == ([True] * 6, [False] * 5 + [True])
        assert "former is the database before it. Run the restore again with --overwrite" in told["start"]
        assert "other counts" in told["again"]
        assert (told["then"], run(place, "SELECT * FROM former")) == ("", [(7,)])

    def test_a_server_says_that_it_runs(kept, place):
        run(place, "CREATE TABLE former (number)")
        script = "import conflict_site.wsgi, sys; print('up', flush=True); sys.stdin.read()"
        environment = os.environ | SITE | {"DATABASE_URL": place}
        with subprocess.Popen(
            [sys.executable, "-c", script], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout.readline() == "up\n"
            status, said = manage(place, "restore", kept, "--overwrite")
            server.communicate("")
        assert (status, "The site is running" in said) == (1, True), said


if not IS_SQLITE:

    def test_whoever_is_connected_is_seen_by_who_may_not_see_what_they_do(place):
        with psycopg.connect(place), psycopg.connect(place) as keeper:
            keeper.execute("CREATE ROLE keeper; SET LOCAL ROLE keeper")
            assert keeper.execute(postgresql.OTHERS).fetchall() == [(connection.settings_dict["USER"], 1)]
            keeper.rollback()

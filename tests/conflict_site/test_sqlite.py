"""The file of a SQLite database: its owner's alone, and written to by one after the other."""

import stat
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from conflict_site.base import limits
from conflict_site.base.databases import database

pytestmark = pytest.mark.django_db
WRITERS, EACH = 12, 8


@pytest.fixture
def opened(tmp_path):
    """Opens a connection of one's own, for each that asks."""
    made = []

    def another():
        made.append(ConnectionHandler({"default": database(f"sqlite:///{tmp_path / 'site.sqlite3'}")})["default"])
        made[-1].inc_thread_sharing()  # closed below, whatever thread has opened it
        return made[-1]

    yield another
    limits.allow(None)
    for connection in made:
        connection.close()


@pytest.fixture
def file(tmp_path, opened):
    """The file of a database that holds a number."""
    path = tmp_path / "site.sqlite3"
    connection = opened()
    connection.cursor().execute("CREATE TABLE counted (number INTEGER)")
    connection.cursor().execute("INSERT INTO counted VALUES (0)")
    return path


def begun(connection):
    """Begins a transaction, as atomic() does."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def ended(connection):
    connection.commit()
    connection.set_autocommit(True)


def test_only_its_owner_reads_a_new_file_and_what_goes_with_it(file, opened):
    connection = opened()
    begun(connection)
    connection.cursor().execute("UPDATE counted SET number = 1")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    names = ("site.sqlite3", "site.sqlite3-queue", "site.sqlite3-shm", "site.sqlite3-wal")
    assert modes == dict.fromkeys(names, 0o600)
    ended(connection)


def test_many_writers_take_turns_and_nothing_is_lost(file, opened):
    def write(_):
        connection = opened()
        for _ in range(EACH):
            begun(connection)
            cursor = connection.cursor()
            [(number,)] = cursor.execute("SELECT number FROM counted").fetchall()
            cursor.execute("UPDATE counted SET number = %s", [number + 1])
            ended(connection)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert opened().cursor().execute("SELECT number FROM counted").fetchall() == [(WRITERS * EACH,)]


def test_whoever_waits_too_long_for_a_turn_is_told_so_and_readers_do_not_wait(file, opened):
    writer, another = opened(), opened()
    begun(writer)
    limits.allow(0.2)
    begin = monotonic()
    with pytest.raises(OperationalError, match="database is locked"):
        begun(another)
    assert 0.2 <= monotonic() - begin < 1
    assert another.cursor().execute("SELECT number FROM counted").fetchall() == [(0,)]
    ended(writer)
    begun(another)
    ended(another)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_whatever_ends_a_transaction_lets_the_next_one_in(file, opened, end):
    writer, another = opened(), opened()
    begun(writer)
    getattr(writer, end)()
    limits.allow(0.2)
    begun(another)
    limits.allow(None)
    ended(another)


def test_a_statement_is_stopped_after_its_time_and_the_next_one_has_its_own(file, opened):
    connection = opened()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    limits.allow(0.3)
    begin = monotonic()
    with pytest.raises(OperationalError, match="interrupted"):
        connection.cursor().execute(endless)
    assert 0.3 <= monotonic() - begin < 0.8
    assert connection.cursor().execute("SELECT number FROM counted").fetchall() == [(0,)]


def test_what_is_worked_out_once_for_all_has_no_limit(file, opened):
    connection = opened()
    long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500000) SELECT max(i) FROM n"
    limits.allow(0.001)
    with limits.patiently():
        assert connection.cursor().execute(long).fetchall() == [(1_500_000,)]
    assert limits.allowed() == 0.001
    limits.allow(None)

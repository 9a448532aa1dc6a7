"""Through a pool of connections nothing is said to a session: what holds for a statement goes with it, and after it
nothing is left for whoever gets the same connection next.
"""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import (
    DataError,
    InternalError,
    NotSupportedError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.utils import ConnectionHandler

from audit.who import acting
from conflict_site.base import limits, pools
from conflict_site.base.databases import database, replicas

URL = "postgresql://me:secret@host:6432/record"


def test_an_address_says_that_it_leads_to_a_pool():
    pooled, plain = database(f"{URL}?pooled=1&sslmode=require", "gunicorn", True), database(URL, "gunicorn", True)
    assert (pooled["DISABLE_SERVER_SIDE_CURSORS"], pooled["READ_ONLY"], pooled["OPTIONS"]) == (
        True, True, {"connect_timeout": 3, "application_name": "gunicorn", "sslmode": "require"}
    )  # fmt: skip
    assert (plain["DISABLE_SERVER_SIDE_CURSORS"], plain["OPTIONS"]["options"]) == (
        False, "-c default_transaction_read_only=on"
    )  # fmt: skip


def test_replicas_are_read_only_and_numbered_as_they_are_named():
    found = replicas([URL, f"{URL}?pooled=1"], "gunicorn")
    assert [(alias, each["READ_ONLY"]) for alias, each in found.items()] == [("replica1", True), ("replica2", True)]
    with pytest.raises(ImproperlyConfigured, match="SQLite has no replicas"):
        replicas(["sqlite:///copy.sqlite3"], "gunicorn")


if connection.vendor == "postgresql":
    NAMES = ("statement_timeout", "lock_timeout", "attributed.who", "attributed.person")

    @pytest.fixture
    def opened(db):
        """Opens a connection of one's own that takes the server for a pool, perhaps for reading only."""
        made = []

        def another(read_only=False):
            given = connection.settings_dict | {"DISABLE_SERVER_SIDE_CURSORS": True, "READ_ONLY": read_only}
            made.append(ConnectionHandler({"default": given})["default"])
            return made[-1]

        limits.allow(None)  # what another test asked last may have left one
        yield another
        limits.allow(None)
        for each in made:
            each.close()

    def answer(pooled, sql, params=None):
        with pooled.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchone()

    def said(pooled):
        """What holds for a statement, and what is left in the session after it."""
        shown = ", ".join(f"current_setting('{name}', true)" for name in NAMES)
        return answer(pooled, f"SELECT {shown}"), pooled.connection.execute(f"SELECT {shown}").fetchone()

    def test_limits_and_who_is_at_work_hold_for_a_statement_and_not_for_the_session(opened):
        pooled = opened()
        nothing = ("0", "0", None, None)
        assert said(pooled) == (nothing, nothing)
        limits.allow(2)
        with acting(7, "O'Hara 100%"):
            assert said(pooled)[0] == ("2100ms", "2s", "O'Hara 100%", "7")
        assert said(pooled) == (("2100ms", "2s", "", ""), ("0", "0", "", ""))

    def test_a_statement_with_values_comes_with_all_that_holds_for_it(opened):
        limits.allow(2)
        with acting(7, "100%"):
            assert answer(opened(), "SELECT %s, '5%%', current_setting('attributed.who')", ["a"]) == ("a", "5%", "100%")

    def test_what_takes_too_long_is_ended(opened):
        limits.allow(0.1)
        with pytest.raises(OperationalError, match="statement timeout"):
            answer(opened(), "SELECT pg_sleep(20)")

    def test_a_transaction_goes_on_after_a_part_of_it_was_taken_back(opened):
        pooled = connections["pooled"] = opened()
        limits.allow(2)
        with transaction.atomic("pooled"):
            with pytest.raises(DataError), transaction.atomic("pooled"):
                answer(pooled, "SELECT 1 / 0")
            assert answer(pooled, "SELECT 5") == (5,)
        del connections["pooled"]

    def test_a_reader_can_only_read(opened):
        with pytest.raises(InternalError, match="read-only transaction"):
            answer(opened(read_only=True), "CREATE TABLE one (id int)")

    def test_what_would_be_said_for_one_of_many_rows_is_refused(opened):
        limits.allow(2)
        with opened().cursor() as cursor, pytest.raises(NotSupportedError):
            cursor.executemany("SELECT %s", [[1], [2]])

    def test_a_pool_that_is_not_named_one_is_not_used(opened, monkeypatch):
        monkeypatch.setattr(pools, "_is_another_process", lambda raw: True)
        unnamed = ConnectionHandler({"default": connection.settings_dict})["default"]
        with pytest.raises(ImproperlyConfigured, match=r"add \?pooled=1"):
            unnamed.ensure_connection()
        assert unnamed.connection is None

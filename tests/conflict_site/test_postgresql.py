"""A connection to PostgreSQL on which the server has hung up is opened anew, and nobody is asked for that."""

import pytest
from django.db import DataError, connection
from django.db.utils import ConnectionHandler

if connection.vendor == "postgresql":
    WHO, ASKED = "SELECT pg_backend_pid()", "SELECT query_start::text FROM pg_stat_activity WHERE pid = %s"

    def ask(connection, sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()[0]

    @pytest.fixture
    def other(db):
        """A connection of one's own, tried before a request uses it."""
        given = connection.settings_dict | {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": None}
        made = ConnectionHandler({"default": given})["default"]
        made.ensure_connection()
        yield made
        made.close()

    def begins(connection):
        """A request begins that will use the connection."""
        connection.close_if_unusable_or_obsolete()

    def test_whether_it_is_there_is_not_asked(other):
        who = ask(other, WHO)
        asked = ask(connection, ASKED, who)
        begins(other)
        other.close_if_health_check_failed()
        ask(connection, "SELECT pg_stat_clear_snapshot()::text")
        assert ask(connection, ASKED, who) == asked
        assert ask(other, WHO) == who

    def test_a_request_that_was_hung_up_on_before_opens_another_one(other):
        who = ask(other, WHO)
        assert ask(connection, "SELECT pg_terminate_backend(%s, 5000)", who)
        begins(other)
        assert ask(other, WHO) != who

    def test_one_that_was_closed_here_is_none_to_use(other):
        other.connection.close()
        assert not other.is_usable()

    def test_one_whose_transaction_has_failed_is_none_to_use(other):
        ask(other, "SELECT 1")
        other.set_autocommit(False)
        with pytest.raises(DataError):
            ask(other, "SELECT 1 / 0")
        assert not other.is_usable()

"""A site without a desk, asked for everything in every way: it cannot change a byte, and sets no cookie."""

import json
import os
import sqlite3
import subprocess
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from conflict_site.management.commands import make_reader
from tests.http.desk import a_row_of_each_kind

ROOT = Path(__file__).resolve().parents[2]
READER = "attributed_reader"


def walked(url):
    """What came of asking the site without a desk that has this database."""
    environment = os.environ | {"PUBLIC_ONLY": "1", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.public_walk"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["faults"], told["cookies"], told["refused"]) == ([], 0, [True] * 5)
    assert (told["asked"] > 500, told["found"] > 100) == (True, True)
    return told


if connection.vendor == "sqlite":

    @pytest.mark.django_db
    def test_no_request_changes_a_byte(tmp_path):
        a_row_of_each_kind()
        path = tmp_path / "site of readers?.sqlite3"
        path.write_bytes(connection.connection.serialize())
        copy = sqlite3.connect(path)
        copy.execute("PRAGMA journal_mode=WAL")
        copy.close()
        before = sha256(path.read_bytes()).hexdigest()
        walked(f"sqlite:///{quote(str(path))}")
        assert sha256(path.read_bytes()).hexdigest() == before
        assert [len(one.read_bytes()) for one in tmp_path.glob("*-wal")] in ([], [0])

    @pytest.mark.django_db
    def test_a_role_is_made_only_where_there_are_roles():
        with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
            call_command("make_reader", READER)

else:

    def contents():
        """A digest of all that is on file."""
        with connection.cursor() as cursor:
            digests = []
            for table in sorted(connection.introspection.table_names(cursor)):
                cursor.execute(
                    f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{table}\" t"
                )
                digests.append((table, *cursor.fetchone()))
        return digests

    @pytest.mark.django_db(transaction=True)
    def test_no_request_changes_a_byte():
        a_row_of_each_kind()
        written = StringIO()
        call_command("make_reader", READER, stdout=written)
        password = written.getvalue().split()[-6]
        assert "auth_user" not in make_reader.tables()
        given, before = connection.settings_dict, contents()
        host = quote(given["HOST"], safe="")
        assert walked(f"postgresql://{READER}:{password}@{host}/{given['NAME']}")["secrets"]
        assert contents() == before
        again = StringIO()
        call_command("make_reader", READER, stdout=again)
        assert again.getvalue() == f"{READER} can read {len(make_reader.tables())} tables.\n"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {READER}; DROP ROLE {READER}")

    @pytest.mark.django_db(transaction=True)
    def test_rights_that_cannot_be_renewed_stay_as_they_were():
        make_reader.make(READER)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE claims_claim RENAME TO away")
            try:
                with pytest.raises(ProgrammingError):
                    make_reader.make(READER)
                cursor.execute("SELECT has_table_privilege(%s, 'actors_actor', 'SELECT')", [READER])
                assert cursor.fetchone() == (True,)
            finally:
                cursor.execute("ALTER TABLE away RENAME TO claims_claim")
                cursor.execute(f"DROP OWNED BY {READER}; DROP ROLE {READER}")

    @pytest.mark.django_db
    def test_an_account_that_may_make_no_roles_says_who_does_and_gives_the_rights():
        with connection.cursor() as cursor:
            owned = [f'ALTER TABLE "{name}" OWNER TO keeper' for name in connection.introspection.table_names()]
            cursor.execute(
                "; ".join(
                    [
                        "SET CONSTRAINTS ALL IMMEDIATE",
                        "CREATE ROLE keeper",
                        "ALTER SCHEMA public OWNER TO keeper",
                        *owned,
                    ]
                )
            )
            cursor.execute("SET LOCAL ROLE keeper")
            with pytest.raises(CommandError, match=r"permission denied[^$]*CREATE ROLE attributed_reader LOGIN"):
                call_command("make_reader", READER)
            as_told = make_reader.MAY_NOT.format(error="", name=READER).splitlines()[-1]
            cursor.execute(f"RESET ROLE; {as_told} SET LOCAL ROLE keeper")
            written = StringIO()
            call_command("make_reader", READER, stdout=written)
        assert written.getvalue() == f"{READER} can read {len(make_reader.tables())} tables.\n"

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ["", "a b", "x;DROP", "x" * 60, "é"])
    def test_a_role_has_a_plain_name(name):
        with pytest.raises(CommandError, match="letters, digits and underscores"):
            call_command("make_reader", name)

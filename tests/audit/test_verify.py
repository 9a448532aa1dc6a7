"""Whoever gets past the triggers, and changes the audit or a table under it, is found out."""

import sqlite3
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from actors.models import Actor
from audit import heads
from audit.engines import engine
from audit.models import Entry
from audit.verify import faults
from claims.models import Change, OldSlug
from tests.factories import a_claim, an_actor
from tests.guards import unguarded
from tests.http.desk import page_of, save, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.AUDIT_HEADS = str(tmp_path / "heads")


@pytest.fixture
def actors():
    """Three actors and their entries, chained."""
    made = [an_actor(name) for name in ("Ada", "Bob", "Eve")]
    chain()
    return made


def chain():
    if connection.vendor == "postgresql":
        connection.check_constraints()


def of(actor):
    return Entry.objects.filter(table="actors_actor", key=str(actor.pk))


def tampered(sql, *values, table="audit_entry"):
    with unguarded(table), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return list(faults())


def test_all_is_well(actors):
    assert list(faults([heads.newest()])) == []


def test_an_edited_entry(actors):
    entry = of(actors[1]).get()
    edited = entry.after.replace("Bob", "Rob")
    found = tampered("UPDATE audit_entry SET after = %s WHERE seq = %s", edited, entry.seq)
    assert found == [f"Entry {entry.seq} is not what it was.", f"actors_actor {actors[1].pk} is not as it was noted."]


def test_another_person_or_moment(actors):
    entry = of(actors[1]).get()
    assert tampered("UPDATE audit_entry SET who = 'eve', person = 7 WHERE seq = %s", entry.seq) == [
        f"Entry {entry.seq} is not what it was."
    ]


def test_a_deleted_entry(actors):
    entry = of(actors[1]).get()
    found = tampered("DELETE FROM audit_entry WHERE seq = %s", entry.seq)
    gap = f"Entry {entry.seq + 1} follows entry {entry.seq - 1}: what stood between them is gone."
    assert found == [gap, f"actors_actor {actors[1].pk} was never noted."]


def test_a_tail_that_was_cut(actors):
    head = heads.newest()
    found = tampered("DELETE FROM audit_entry WHERE seq > %s", of(actors[0]).get().seq)
    assert found == [f"actors_actor {actor.pk} was never noted." for actor in actors[1:]]
    assert next(faults([head])) == f"Entry {head.seq}, a head that was kept, is gone."


def test_a_tail_that_was_cut_and_written_anew(actors):
    head = heads.newest()
    with unguarded("audit_entry"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq = %s", [head.seq])
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = 'audit_entry'", [head.seq - 1])
    with unguarded("actors_actor"):
        Actor.objects.filter(pk=actors[2].pk).delete()
    an_actor("Mallory")
    chain()
    assert list(faults()) == []
    told = [f"Entry {head.seq} is another one than the head that was kept."]
    assert list(faults([head])) == told
    assert list(faults([head, heads.newest()])) == told  # kept the day after, of what was written anew


def test_an_emptied_audit(actors):
    found = tampered("DELETE FROM audit_entry" if connection.vendor == "sqlite" else "TRUNCATE audit_entry")
    assert f"actors_actor {actors[0].pk} was never noted." in found


def test_a_replaced_entry(actors):
    entry = of(actors[1]).get()
    with unguarded("audit_entry"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq = %s", [entry.seq])
        cursor.execute(
            'INSERT INTO audit_entry (seq, at, who, "table", operation, key, before, after, prev, hash)'
            " VALUES (%s, %s, '', 'actors_actor', 'insert', %s, '', %s, %s, %s)",
            [entry.seq, entry.at, entry.key, entry.after, entry.prev, entry.hash],
        )
    assert list(faults()) == [f"Entry {entry.seq} is not what it was."]


def test_a_trigger_that_was_dropped(actors):
    """Even where nothing was written meanwhile."""
    name = "audit_noted" if connection.vendor == "postgresql" else "audit_actors_actor_update"
    with connection.cursor() as cursor:
        cursor.execute(engine("default").dropped("actors_actor", name))
    assert list(faults()) == [f"The trigger {name} of actors_actor is not as it has to be."]


def test_a_row_that_was_changed_or_deleted_past_the_triggers(actors):
    with unguarded("actors_actor"):
        Actor.objects.filter(pk=actors[0].pk).update(name="Rob")
        Actor.objects.filter(pk=actors[1].pk).delete()
    assert list(faults()) == [
        f"actors_actor {actors[0].pk} is not as it was noted.",
        f"actors_actor {actors[1].pk} is gone.",
    ]


if connection.vendor == "sqlite":

    def test_a_row_that_another_one_replaced_by_the_driver_alone(actors):
        """It leaves an entry of what came in its place; what else it deleted is found to be gone."""
        ada, bob = Group.objects.create(name="Ada"), Group.objects.create(name="Bob")
        replace = "INSERT OR REPLACE INTO auth_group (id, name) VALUES (?, 'Bob')"
        connection.connection.execute(replace, [ada.pk])
        assert Entry.objects.first().after == f'{{"id":{ada.pk},"name":"Bob"}}'
        assert list(faults()) == [f"auth_group {bob.pk} is gone."]

    @pytest.mark.parametrize("table", ["audit_entry", "django_admin_log", "claims_oldslug", "claims_change"])
    def test_no_entry_of_a_log_is_replaced_by_the_driver_alone(table, client):
        person = signed_in(client)
        claim = a_claim(slug="ada", submitted_by=person)
        OldSlug.keep(claim, "bob")
        Change.objects.record(claim, "edit", public_note="Why.")
        save(client, page_of(an_actor("Ada")), name="Ada Abel")
        with pytest.raises(sqlite3.DatabaseError, match="neither changed nor deleted"):
            connection.connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")

else:

    def test_a_trigger_that_was_switched_off(actors):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE actors_actor DISABLE TRIGGER audit_noted")
        assert list(faults()) == ["The trigger audit_noted of actors_actor is not as it has to be."]

    def test_a_function_that_does_nothing(actors):
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
            )
        assert list(faults()) == ["The function audit_note is not as it has to be."]

    def test_an_entry_that_is_not_yet_chained_is_not_changed_either():
        an_actor("Ada")
        with connection.cursor() as cursor, pytest.raises(Exception, match="neither changed nor deleted"):
            cursor.execute("UPDATE audit_entry SET who = 'eve' WHERE seq < 0")


def test_the_head_of_the_day_is_kept_once_and_checked(actors, settings):
    said = StringIO()
    call_command("audit_head", stdout=said)
    head = heads.newest()
    assert said.getvalue().splitlines()[0] == f"{head.seq} {head.hash}"
    an_actor()
    chain()
    call_command("audit_head", stdout=said)
    assert [*heads.kept().values()] == [head]
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert said.getvalue() == f"{head.seq + 1:,} entries and 1 heads checked: no faults.\n"


def test_the_command_says_what_is_wrong_and_fails(actors, capsys):
    with unguarded("actors_actor"):
        Actor.objects.filter(pk=actors[0].pk).update(name="Rob")
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stderr=said)
    assert said.getvalue() == f"actors_actor {actors[0].pk} is not as it was noted.\n"


def test_a_file_that_holds_no_head_is_named(tmp_path):
    (tmp_path / "heads").mkdir()
    (tmp_path / "heads" / "2026-01-01.json").write_text('{"seq": 1}')
    with pytest.raises(CommandError, match="The heads can't be read"):
        call_command("verify_audit")


def test_a_folder_that_was_named_and_holds_no_head_proves_nothing(tmp_path):
    with pytest.raises(CommandError, match="There is no head in"):
        call_command("verify_audit", heads=tmp_path / "copies")


if connection.vendor == "postgresql":

    def test_what_a_restore_keeps_beside_is_not_taken_for_what_is_there(actors):
        """Whichever of the two the database tells of first."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA public_former")
            cursor.execute("CREATE TABLE public_former.actors_actor (LIKE actors_actor)")
            cursor.execute("CREATE TABLE public_former.former (id int)")
            for name in ("audit_note", "audit_stay"):
                make = f"CREATE FUNCTION public_former.{name}() RETURNS trigger LANGUAGE plpgsql"
                cursor.execute(f"{make} AS 'BEGIN RETURN NULL; END'")
            for table in ("actors_actor", "former"):
                on = f"CREATE TRIGGER audit_noted AFTER DELETE ON public_former.{table}"
                cursor.execute(f"{on} EXECUTE FUNCTION public_former.audit_note()")
        assert list(faults()) == []

"""Whatever writes to a table, the database notes it: who, what stood there before, what stands there since."""

import json
import shutil
import subprocess
import sys

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import AutoField

from actors.models import Actor, ActorName
from audit.engines import engine
from audit.install import install, make_way, on_file, uninstall
from audit.models import Entry
from audit.tables import LEFT_OUT, NOISE, audited
from audit.verify import faults
from audit.who import acting
from claims.models import Change, OldSlug
from tests.claims.dossier.packages import a_package
from tests.factories import a_claim, a_name, a_snapshot, a_source, a_user, an_actor, an_event
from tests.http.desk import page_of, save, signed_in

pytestmark = pytest.mark.django_db


def noted(table, since=0):
    """The entries of a table: operation, key, and what differs between before and after."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # chains what this transaction has noted
    entries = Entry.objects.filter(table=table, seq__gt=since).order_by("seq")
    sides = ((one, one.before and changed(one), one.after and changed(one, 1)) for one in entries)
    return [(one.operation, int(one.key), before, after) for one, before, after in sides]


def changed(entry, side=0):
    both = [json.loads(text or "{}") for text in (entry.before, entry.after)]
    return {name: value for name, value in both[side].items() if both[1 - side].get(name) != value}


def last():
    if connection.vendor == "postgresql":
        connection.check_constraints()
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def test_saving_with_the_orm():
    actor, since = an_actor("Ada"), last()
    actor.name = "Ada Abel"
    actor.save(update_fields=["name"])
    assert noted("actors_actor", since) == [("update", actor.pk, {"name": "Ada"}, {"name": "Ada Abel"})]


def test_what_is_saved_as_it_stood_leaves_no_entry():
    actor, since = an_actor("Ada"), last()
    actor.save()
    assert noted("actors_actor", since) == []


def test_creating_in_bulk():
    ada, since = an_actor(), last()
    rows = ActorName.objects.bulk_create([ActorName(actor=ada, name="Ada"), ActorName(actor=ada, name="Адa")])
    entries = noted("actors_actorname", since)
    assert [(operation, key, after["name"]) for operation, key, _, after in entries] == [
        ("insert", rows[0].pk, "Ada"),
        ("insert", rows[1].pk, "Адa"),
    ]


def test_updating_in_bulk():
    actors, since = [an_actor("Ada"), an_actor("Bob")], last()
    for actor in actors:
        actor.kind = "state"
    Actor.objects.bulk_update(actors, ["kind"])
    assert noted("actors_actor", since) == [
        ("update", actor.pk, {"kind": "person"}, {"kind": "state"}) for actor in actors
    ]


def test_updating_a_queryset():
    actor, since = an_actor(), last()
    Actor.objects.filter(pk=actor.pk).update(kind="state")
    assert noted("actors_actor", since) == [("update", actor.pk, {"kind": "person"}, {"kind": "state"})]


def test_deleting():
    name = a_name(an_actor(), "Ada")
    since, key = last(), name.pk
    name.delete()
    ((operation, of, before, after),) = noted("actors_actorname", since)
    assert (operation, of, before["name"], after) == ("delete", key, "Ada", "")


def test_adding_to_a_list_and_setting_it_anew():
    event, ada, bob = an_event(), an_actor(), an_actor()
    since = last()
    event.participants.add(ada)
    event.participants.set([bob])
    entries = noted("claims_event_participants", since)
    sides = [(operation, (after or before)["actor_id"]) for operation, _, before, after in entries]
    assert sorted(sides) == sorted([("insert", ada.pk), ("delete", ada.pk), ("insert", bob.pk)])


def test_raw_sql():
    actor, since = an_actor("Ada"), last()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET name = 'Bob' WHERE id = %s", [actor.pk])
    assert noted("actors_actor", since) == [("update", actor.pk, {"name": "Ada"}, {"name": "Bob"})]


def test_replacing():
    """On SQLite `INSERT OR REPLACE` deletes what is in its way; PostgreSQL knows it as `ON CONFLICT`."""
    group, since = Group.objects.create(name="Ada"), last()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for replace in ("INSERT OR REPLACE INTO", "replace\ninto", "UPDATE OR REPLACE"):
                with pytest.raises(DatabaseError, match="REPLACE deletes rows in silence"):
                    cursor.execute(f"{replace} auth_group (id, name) VALUES (%s, 'Bob')", [group.pk])
        change = "INSERT INTO auth_group (id, name) VALUES (%s, 'Bob') ON CONFLICT (id) DO UPDATE SET name = 'Bob'"
        cursor.execute(change, [group.pk])
    assert noted("auth_group", since) == [("update", group.pk, {"name": "Ada"}, {"name": "Bob"})]


def test_a_form_of_the_desk_with_the_account_of_who_sent_it(client):
    person, actor = signed_in(client, username="ada"), an_actor("Ada")
    since = last()
    save(client, page_of(actor), name="Ada Abel")
    last()
    named, counted = Entry.objects.filter(table="actors_actor", seq__gt=since).order_by("seq")
    assert (named.person, named.who, changed(named)["name"]) == (person.pk, "ada", "Ada")
    assert (counted.person, counted.who, changed(counted)) == (person.pk, "ada", {"version": 1})
    assert Entry.objects.filter(seq__gt=since).exclude(person=person.pk).exists() is False


def test_a_command(tmp_path):
    since = last()
    call_command("load_dossier", a_package(tmp_path), verbosity=0)
    assert {operation for operation, *_ in noted("claims_claim", since)} == {"insert"}
    entry = Entry.objects.filter(seq__gt=since).first()
    assert entry.person is None
    assert "pytest" in entry.who or "__main__" in entry.who


def test_whoever_acts_is_noted_and_nobody_after_that():
    with acting(7, "ada"):
        first = an_actor()
        OldSlug.keep(first, "x")
        with pytest.raises(DatabaseError), transaction.atomic():
            OldSlug.objects.all().delete()
    second = an_actor()
    last()
    who = dict(Entry.objects.filter(table="actors_actor").values_list("key", "person"))
    assert (who[str(first.pk)], who[str(second.pk)]) == (7, None)


def test_no_entry_repeats_a_password_or_a_text_that_is_kept():
    user, _ = a_user(password="canary"), a_snapshot(a_source(), "canary words")
    user.set_password("another canary")
    user.save()
    last()
    entry = Entry.objects.filter(table="auth_user").latest("seq")
    assert changed(entry, 1) == {"password": "changed"}
    texts = "".join(f"{one.before}{one.after}" for one in Entry.objects.all())
    assert user.password not in texts
    assert "canary" not in texts


KEPT = "neither changed nor deleted"
OF_ITS_OWN = {"sqlite": {"replace": "REPLACE deletes rows"}, "postgresql": {"truncate": "No table is emptied at once"}}
ATTACKS = {"update": KEPT, "delete": KEPT, **OF_ITS_OWN[connection.vendor]}


@pytest.mark.parametrize("table", ["claims_change", "claims_oldslug", "django_admin_log", "audit_entry"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_log_is_rewritten(client, table, attack):
    signed_in(client)
    claim = a_claim(slug="ada")
    OldSlug.keep(claim, "bob")
    Change.objects.record(claim, "edit", public_note="Why.")
    save(client, page_of(an_actor("Ada")), name="Ada Abel")
    last()
    column = {"audit_entry": "who", "claims_change": "public_note", "claims_oldslug": "slug"}.get(table, "object_repr")
    with connection.cursor() as cursor:
        columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
        names = ", ".join(f'"{name}"' for name in columns)
        statement = {
            "update": f"UPDATE {table} SET {column} = 'x'",
            "delete": f"DELETE FROM {table}",
            "replace": f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table}",
            "truncate": f"TRUNCATE {table} CASCADE",
        }[attack]
        with pytest.raises(DatabaseError, match=ATTACKS[attack]), transaction.atomic():
            cursor.execute(statement)
    assert list(faults()) == []


def test_an_old_address_leads_on_to_whoever_had_it_last():
    first, second = an_actor(), an_actor()
    OldSlug.keep(first, "ada")
    OldSlug.keep(second, "ada")
    assert OldSlug.target(Actor, "ada") == second


def test_no_table_is_emptied_at_once():
    an_actor()
    last()  # chains what is noted so far: PostgreSQL empties no table about which something waits
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="No table is emptied at once"):
            cursor.execute("TRUNCATE actors_actor CASCADE")
        return
    name, since = a_name(an_actor(), "Ada"), last()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM actors_actorname")
    assert [(operation, key) for operation, key, *_ in noted("actors_actorname", since)] == [("delete", name.pk)]


def test_no_key_is_changed():
    actor = an_actor()
    with pytest.raises(DatabaseError, match="The key of a row is never changed"), transaction.atomic():
        Actor.objects.filter(pk=actor.pk).update(id=actor.pk + 1)


def test_every_table_is_audited_or_is_left_out_for_a_reason():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - {table.name for table in audited()} == {
        name for name in tables if name in LEFT_OUT or name.startswith(NOISE)
    }
    with connection.cursor() as cursor:
        there = engine("default").present(cursor)
    assert {table.name for table in audited()} - {table for table, _ in there} == set()
    keys = {model._meta.db_table: model._meta.pk for model in apps.get_models(include_auto_created=True)}
    whole = {name for name, key in keys.items() if isinstance(getattr(key, "target_field", key), AutoField)}
    assert {table.name for table in audited()} - whole == set()


def test_migrate_sets_up_what_a_remade_table_has_lost_and_notes_what_nobody_saw():
    actor = an_actor("Ada")
    since = last()
    uninstall("default", ["actors_actor"])
    Actor.objects.filter(pk=actor.pk).update(name="Bob")
    assert [sentence for sentence in faults() if sentence.startswith("The trigger")] != []
    install("default")
    assert noted("actors_actor", since) == [("found", actor.pk, {"name": "Ada"}, {"name": "Bob"})]
    assert list(faults()) == []
    install("default")
    assert len(noted("actors_actor", since)) == 1


def test_before_a_column_is_dropped_on_sqlite_nothing_names_it():
    class RemoveField:
        model_name = "actor"

    class Migration:
        app_label, operations = "actors", [RemoveField()]

    make_way("default", [(Migration, False)])
    with connection.cursor() as cursor:
        there = {table for table, _ in engine("default").present(cursor)}
    assert ("actors_actor" in there) == (connection.vendor == "postgresql")
    assert {table.name for table in on_file("default")} - there <= {"actors_actor"}
    install("default")
    last()
    assert list(faults()) == []


@pytest.mark.run_once
def test_a_program_that_cannot_say_who_it_is_writes_nothing_to_a_file(empty_site, tmp_path):
    file = shutil.copy(empty_site, tmp_path)
    write = "INSERT INTO auth_group (name) VALUES ('Ada')"
    script = f"import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute({write!r})"
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True)
    assert "no such function: attributed_" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_who_writes_is_known_also_once_their_connection_had_to_be_opened_anew():
    with acting(7, "ada"):
        connection.close()
        Group.objects.create(name="Readers")
    connection.close()
    Group.objects.create(name="Writers")
    *_, first, second = Entry.objects.filter(table="auth_group").order_by("seq")
    assert (first.person, first.who) == (7, "ada")
    assert (second.person, second.who == "ada") == (None, False)

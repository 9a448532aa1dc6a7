"""Which migrations a release that does not know them can live with."""

import io
import sys

import pytest
from django.core.management import call_command
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.state import ModelState, ProjectState

from conflict_site.way_back import does_more

STATE = [("id", models.BigAutoField(primary_key=True)), ("kind", models.CharField(max_length=10, choices=[("a", "A")]))]
LONGER = models.CharField(max_length=10, choices=[("a", "A"), ("b", "B")])
INDEX = models.Index(fields=["kind"], name="by_kind")
ONE = models.UniqueConstraint(fields=["kind"], name="one_of_a_kind")


def done(*steps, **said):
    """What a migration of these steps does beside adding, on a database with one table, ``thing``."""
    state = ProjectState()
    state.add_model(ModelState("claims", "Thing", STATE))
    migration = type("Migration", (Migration,), {"operations": [*steps], **said})("0001", "claims")
    return does_more(migration, state, set())


@pytest.mark.parametrize(
    "step",
    [
        operations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        operations.AddField("thing", "note", models.TextField(null=True)),
        operations.AddField("thing", "version", models.IntegerField(db_default=1)),
        operations.AddField("thing", "others", models.ManyToManyField("self")),
        operations.AlterField("thing", "kind", LONGER),
        operations.AddIndex("thing", INDEX),
        operations.AlterModelOptions("thing", {"ordering": ["id"]}),
        operations.RunPython(operations.RunPython.noop, print),
    ],
)
def test_what_only_adds_stands_in_nobodys_way(step):
    assert done(step) == []


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (operations.AddField("thing", "note", models.TextField(default="")), "Add field note to thing"),
        (operations.RemoveField("thing", "kind"), "Remove field kind from thing"),
        (operations.DeleteModel("Thing"), "Delete model Thing"),
        (operations.RenameField("thing", "kind", "sort"), "Rename field kind on thing to sort"),
        (operations.AlterField("thing", "kind", models.CharField(max_length=5)), "Alter field kind on thing"),
        (operations.AddConstraint("thing", ONE), "Create constraint one_of_a_kind on model thing"),
        (operations.RunPython(print), "Raw Python operation"),
        (operations.RunSQL("SELECT 1"), "Raw SQL operation"),
    ],
)
def test_what_an_older_program_may_not_stand_is_named(step, words):
    assert done(step) == [words]


def test_a_new_table_may_be_made_as_it_likes_and_a_migration_may_say_what_is_not_seen():
    new = operations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    assert done(new, operations.AddField("other", "note", models.TextField(default=""))) == []
    assert done(operations.RunPython(print), adds_only=True) == []
    assert done(new, adds_only=False) == ["what it says of itself"]


def told(monkeypatch, capsys, known):
    """What the command says where another release knows these migrations."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(known))
    call_command("way_back")
    return capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_compares_with_the_plan_of_another_release(monkeypatch, capsys):
    call_command("showmigrations", "--plan")
    plan = capsys.readouterr().out
    assert told(monkeypatch, capsys, plan) == ""
    before_the_audit = "".join(line for line in plan.splitlines(keepends=True) if " audit." not in line)
    assert (
        told(monkeypatch, capsys, before_the_audit).splitlines()[0] == "   audit.0001_initial: what it says of itself"
    )

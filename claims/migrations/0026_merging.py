"""Who may merge; and the one thing of a captured text that a merge may change: whose text it is.

Nothing else of it changes, and that only while a permit says so. A text is still never deleted.
"""

from importlib import import_module

from django.contrib.auth.management import create_permissions
from django.db import migrations

REFUSAL = import_module("claims.migrations.0006_snapshots_immutable").REFUSAL
KEPT = ("id", "captured_at", "captured_by_id", "text", "sha256")
GROUPS = {
    "Curator": ["view_merge", "add_merge"],
    "Reviewer": ["view_merge", "approve_merge"],
    "Managing editor": ["view_merge", "force_merge"],
    "Auditor": ["view_merge"],
}
CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
DISTINCT = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in KEPT)
PERMITTED = "EXISTS (SELECT 1 FROM claims_permit)"
REFUSE = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"


def sqlite(condition):
    return (
        f"CREATE TRIGGER claims_snapshot_unchanged BEFORE UPDATE ON claims_snapshot {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def postgresql(body):
    return (
        "CREATE OR REPLACE FUNCTION claims_snapshot_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {body} END $$"
    )


def set_up(schema_editor, condition, body):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS claims_snapshot_unchanged")
        schema_editor.execute(sqlite(condition), None)
    else:
        schema_editor.execute(postgresql(body), None)


def forwards(apps, schema_editor):
    may_move = f"IF TG_OP = 'UPDATE' AND {PERMITTED} AND NOT ({DISTINCT}) THEN RETURN NEW; END IF; {REFUSE};"
    set_up(schema_editor, f"WHEN {CHANGED} OR NOT {PERMITTED}", may_move)


def backwards(apps, schema_editor):
    set_up(schema_editor, "", f"{REFUSE};")


def grant(apps, schema_editor):
    """Give the groups of the desk their part; who has renamed one gives it by hand."""
    config = apps.get_app_config("claims")
    config.models_module = True  # a historical app has none; create_permissions skips apps without
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="claims")
    for name, codenames in GROUPS.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.add(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("claims", "0025_merges"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]

"""SQLite remade the table of actors for its new columns, which drops the triggers that note its changes."""

from importlib import import_module

from django.db import migrations

watch = import_module("claims.migrations.0009_changed_rows").watch
EVENTS = ("insert", "update", "delete")


def watch_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in EVENTS:  # there already, where all is set up at once
            schema_editor.execute(f"DROP TRIGGER IF EXISTS actors_actor_noted_{event}")
        watch(schema_editor, ["actors_actor"])


class Migration(migrations.Migration):
    dependencies = [("actors", "0003_name_starts"), ("claims", "0010_forms_of_words")]

    operations = [migrations.RunPython(watch_again, migrations.RunPython.noop)]

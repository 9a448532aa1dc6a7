"""Positions and relations are watched, too: what charts and tables work out from them is kept until something changes."""

from importlib import import_module

from django.db import migrations

watch = import_module("claims.migrations.0009_changed_rows").watch
TABLES = ["claims_stance", "claims_position", "claims_positionevidence", "claims_claimrelation"]
NAMES = ("locked", "noted_truncate", "noted_insert", "noted_update", "noted_delete")


def watch_positions(apps, schema_editor):
    on = " ON {0}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in TABLES:
        for name in NAMES:  # there already, where all is set up at once
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on.format(table)}")
    watch(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("claims", "0014_one_spelling")]

    operations = [migrations.RunPython(watch_positions, migrations.RunPython.noop)]

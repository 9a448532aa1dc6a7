"""What pages show beside the columns is watched, too: as long as the journal is the same, so is every page."""

from importlib import import_module

from django.db import migrations, models

changed_rows = import_module("claims.migrations.0009_changed_rows")
NAMES = import_module("claims.migrations.0015_watch_positions").NAMES


def watch_pages(apps, schema_editor):
    changed_rows.watch(schema_editor, changed_rows.PAGE_TABLES)


def unwatch_pages(apps, schema_editor):
    on = " ON {0}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in changed_rows.PAGE_TABLES:
        for name in NAMES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on.format(table)}")


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_versions"),
        ("claims", "0023_imports"),
        ("conflict_site", "0003_tag_authority"),
    ]

    operations = [
        migrations.AlterField(
            model_name="changedrow",
            name="kind",
            field=models.CharField(
                choices=[
                    ("claim", "A claim, or a row that hangs on it"),
                    ("source", "The sort, publisher or date of a source"),
                    ("term", "A row of a small table: actors, issues, sources, events"),
                    ("page", "What only pages show: names, roles, texts, the log"),
                    ("everything", "More than can be told"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(watch_pages, unwatch_pages),
    ]

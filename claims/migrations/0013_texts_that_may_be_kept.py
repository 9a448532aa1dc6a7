"""Whether a source's licence allows to keep a copy of its text."""

from importlib import import_module

from django.db import migrations, models

watch = import_module("claims.migrations.0009_changed_rows").watch


def watch_again(apps, schema_editor):
    """On SQLite the table was remade, which drops the triggers that note its changes."""
    if schema_editor.connection.vendor == "sqlite":
        watch(schema_editor, ["claims_source"])


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_checks_of_passages")]

    operations = [
        migrations.AddField(
            "source",
            "text_may_be_kept",
            models.BooleanField(
                default=False,
                help_text="Where its licence allows it, shown in full or not.",
                verbose_name="a copy of the text may be kept",
            ),
        ),
        migrations.RunPython(watch_again, migrations.RunPython.noop),
    ]

"""The table of the audit. Its triggers, and those of all other tables, are set up after each migrate: ``install``."""

from django.db import migrations, models

from audit.install import uninstall


def remove_triggers(apps, schema_editor):
    uninstall(schema_editor.connection.alias)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    adds_only = False  # a release without the audit cannot write to SQLite any more: see audit/sqlite.py

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("person", models.BigIntegerField(blank=True, db_index=True, null=True, verbose_name="account")),
                ("who", models.TextField()),
                ("table", models.TextField()),
                (
                    "operation",
                    models.TextField(
                        choices=[
                            ("insert", "Added"),
                            ("update", "Changed"),
                            ("delete", "Deleted"),
                            ("found", "Found"),
                        ]
                    ),
                ),
                ("key", models.TextField()),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("prev", models.TextField(blank=True)),
                ("hash", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "entry of the audit",
                "verbose_name_plural": "audit",
                "ordering": ["-seq"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["table", "key", "seq"], name="audit_of_row")],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, remove_triggers),
    ]

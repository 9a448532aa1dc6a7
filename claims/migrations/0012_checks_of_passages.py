"""When, and in which text, a passage was found before it came here; and that as its status where no text is held."""

from importlib import import_module

from django.db import migrations, models

watch = import_module("claims.migrations.0009_changed_rows").watch
STATUSES = [
    ("verified", "Verified"),
    ("checked", "Checked when recorded"),
    ("text_not_held", "Text not held"),
    ("not_found", "Not found"),
    ("ambiguous", "Ambiguous"),
]


def watch_again(apps, schema_editor):
    """On SQLite the table was remade, which drops the triggers that note its changes."""
    if schema_editor.connection.vendor == "sqlite":
        watch(schema_editor, ["claims_citation"])


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_watch_actors")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, watch_again),  # the last step on the way back
        migrations.AddField("citation", "checked_on", models.DateField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "citation",
            "checked_sha256",
            models.CharField(
                blank=True, default="", editable=False, max_length=64, verbose_name="SHA-256 of the text checked"
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("citation", "citation_status_known"),
        migrations.AlterField(
            "citation",
            "status",
            models.CharField(choices=STATUSES, db_index=True, default="text_not_held", editable=False, max_length=20),
        ),
        migrations.AddConstraint(
            "citation",
            models.CheckConstraint(
                condition=models.Q(status__in=[status for status, _ in STATUSES]), name="citation_status_known"
            ),
        ),
        migrations.AddConstraint(
            "citation",
            models.CheckConstraint(
                condition=(models.Q(checked_on__isnull=False) & ~models.Q(checked_sha256=""))
                | (models.Q(checked_on__isnull=True, checked_sha256="") & ~models.Q(status="checked")),
                name="citation_checked_in_a_text",
            ),
        ),
        migrations.RunPython(watch_again, migrations.RunPython.noop),
    ]

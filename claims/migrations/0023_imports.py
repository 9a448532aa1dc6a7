"""Files that are brought in, and who may."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

CURATOR = ["add_import", "view_import", "change_import"]


def grant(apps, schema_editor):
    """Let curators bring in files; who has renamed their group gives it by hand."""
    config = apps.get_app_config("claims")
    config.models_module = True  # a historical app has none; create_permissions skips apps without
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="claims")
    for group in apps.get_model("auth", "Group").objects.filter(name="Curator"):
        group.permissions.add(*permissions.filter(codename__in=CURATOR))


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0005_versions"),
        ("claims", "0022_comments_and_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("package", "Data package"),
                            ("table", "Table of statements"),
                            ("claim_review", "ClaimReview"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for its columns"),
                            ("checking", "Being checked"),
                            ("checked", "Checked"),
                            ("writing", "Being written"),
                            ("done", "Done"),
                        ],
                        db_index=True,
                        default="open",
                        max_length=20,
                    ),
                ),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("leaves_out", models.BooleanField(default=False, verbose_name="leave out what is refused")),
                ("report", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("token", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "header",
                    models.CharField(help_text="SHA-256 of the names of the columns.", max_length=64, unique=True),
                ),
                ("columns", models.JSONField(default=dict)),
                ("used_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="claims.import",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "claim",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="claims.claim"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="rows", to="claims.import"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, unique=True)),
                ("written", models.CharField(blank=True, help_text="The name of the new actor.", max_length=200)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "Person"),
                            ("state", "State"),
                            ("government_body", "Government body"),
                            ("armed_force", "Armed force"),
                            ("international_organisation", "International organisation"),
                            ("party", "Party"),
                            ("company", "Company"),
                            ("media", "Media"),
                            ("collective", "Collective"),
                            ("unnamed", "Unnamed"),
                        ],
                        max_length=30,
                    ),
                ),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="actors.actor",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["package", "table", "claim_review"])), name="import_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "checking", "checked", "writing", "done"])),
                name="import_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="nameanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("actor__isnull", False),
                    models.Q(models.Q(("kind", ""), _negated=True), models.Q(("written", ""), _negated=True)),
                    _connector="OR",
                ),
                name="name_answer_says_who",
            ),
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]

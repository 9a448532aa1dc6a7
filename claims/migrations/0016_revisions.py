"""What a change to a public record waits in until a second person approves it, and who may."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

AddVersion = import_module("actors.migrations.0005_versions").AddVersion
GROUPS = {
    "Curator": ["view_revision"],
    "Reviewer": ["view_revision", "approve_revision"],
    "Managing editor": ["view_revision", "force_revision"],
    "Auditor": ["view_revision"],
}


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
    dependencies = [
        ("actors", "0005_versions"),
        ("claims", "0015_watch_positions"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddVersion("issue"),
        AddVersion("source"),
        migrations.CreateModel(
            name="Permit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(blank=True, max_length=20)),
                ("object_id", models.PositiveBigIntegerField(default=0)),
                ("reason", models.CharField(max_length=300)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["model", "object_id"], name="permit_of_record")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="permit_says_why")
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("base_version", models.PositiveIntegerField()),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("edit", "Edited"), ("correction", "Corrected"), ("clarification", "Clarified")],
                        max_length=20,
                        verbose_name="kind of change",
                    ),
                ),
                ("public_note", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "To be reviewed"),
                            ("sent_back", "Sent back"),
                            ("approved", "Approved"),
                            ("withdrawn", "Withdrawn by its author"),
                        ],
                        db_index=True,
                        default="pending",
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("edited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("review_note", models.TextField(blank=True)),
                ("forced", models.BooleanField(default=False, editable=False)),
                ("forced_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
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
                "ordering": ["-edited_at", "-id"],
                "default_permissions": ("view", "approve", "force"),
                "indexes": [models.Index(fields=["content_type", "object_id"], name="revision_of_object")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "sent_back", "approved", "withdrawn"])),
                        name="revision_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("edit", "correction", "clarification"))),
                        name="revision_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("public_note", ""), _negated=True), name="revision_has_a_note"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forced", False), models.Q(("forced_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="revision_forced_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent_back"), _negated=True),
                            models.Q(("review_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="revision_sent_back_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("forced", True),
                            models.Q(
                                ("reviewed_by__isnull", False),
                                models.Q(("reviewed_by", models.F("proposed_by")), _negated=True),
                                models.Q(("reviewed_by", models.F("edited_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="revision_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("pending", "sent_back"))),
                        fields=("content_type", "object_id"),
                        name="revision_one_open_a_record",
                    ),
                ],
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]

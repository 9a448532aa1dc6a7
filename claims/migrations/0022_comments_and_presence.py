"""What those at the desk tell each other about a record, and who is at one just now.

A comment is neither changed nor deleted: the database refuses. A later migration that lets Django remake its table on
SQLite drops the triggers: it has to set them up again.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

REFUSAL = "A comment is neither changed nor deleted."
GROUPS = {
    "Curator": ["view_comment", "add_comment"],
    "Reviewer": ["view_comment", "add_comment"],
    "Managing editor": ["view_comment", "add_comment"],
    "Auditor": ["view_comment"],
}


def keep(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, event in {"unchanged": "UPDATE", "undeleted": "DELETE"}.items():
            schema_editor.execute(
                f"CREATE TRIGGER claims_comment_{name} BEFORE {event} ON claims_comment"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    schema_editor.execute(
        "CREATE FUNCTION claims_comment_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    schema_editor.execute(
        "CREATE TRIGGER claims_comment_unchanged BEFORE UPDATE OR DELETE ON claims_comment"
        " FOR EACH ROW EXECUTE FUNCTION claims_comment_refuse()"
    )


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("unchanged", "undeleted"):
            schema_editor.execute(f"DROP TRIGGER claims_comment_{name}")
        return
    schema_editor.execute("DROP TRIGGER claims_comment_unchanged ON claims_comment")
    schema_editor.execute("DROP FUNCTION claims_comment_refuse()")


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
        ("claims", "0021_judging_words"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "default_permissions": ("add", "view"),
                "indexes": [models.Index(fields=["content_type", "object_id"], name="comment_on_object")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("taken", models.BooleanField(default=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("content_type", "object_id", "by"), name="presence_once_a_person")
                ],
            },
        ),
        migrations.RunPython(keep, let_go),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]

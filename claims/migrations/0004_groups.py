"""The four groups of the desk. Created once; what an administrator changes about them later stays.

Permissions are otherwise created only after all migrations have run, so this asks for them first.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITORIAL = ["claim", "event", "position"]
PARTS = ["attributionstep", "citation", "claimrelation", "positionevidence", "stance", "actorname", "affiliation"]
TOPICS = ["actor", "issue", "source"]
LOGS = ["snapshot", "change", "oldslug"]


def named(verbs, models):
    return {f"{verb}_{model}" for verb in verbs for model in models}


EVERYTHING = named(["view"], EDITORIAL + PARTS + TOPICS + LOGS)
GROUPS = {
    "Curator": EVERYTHING
    | named(["add", "change", "delete"], EDITORIAL + PARTS + TOPICS)
    | named(["submit"], EDITORIAL)
    | {"add_snapshot"},
    "Reviewer": EVERYTHING | named(["publish"], EDITORIAL),
    "Managing editor": EVERYTHING
    | named(["withdraw", "publish_alone"], EDITORIAL)
    | named(["view", "add", "change"], ["site"]),
    "Auditor": EVERYTHING | {"view_site"},
}


def forwards(apps, schema_editor):
    for label in ("conflict_site", "actors", "claims"):
        config = apps.get_app_config(label)
        config.models_module = True  # a historical app has none; create_permissions skips apps without
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label__in=["conflict_site", "actors", "claims"]
    )
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions.filter(codename__in=codenames))


def backwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0003_permissions"),
        ("conflict_site", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]

"""Who may take down a source, and who sees it nevertheless.

Permissions are otherwise created only after all migrations have run, so this asks for them first.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GRANTED = {"Managing editor": "take_down_source", "Auditor": "audit_source"}


def forwards(apps, schema_editor):
    config = apps.get_app_config("claims")
    config.models_module = True  # a historical app has none; create_permissions skips apps without
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="claims")
    for name, codename in GRANTED.items():
        for group in apps.get_model("auth", "Group").objects.filter(name=name):
            group.permissions.add(permissions.get(codename=codename))


def backwards(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="claims", codename__in=GRANTED.values()
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_takedowns")]

    operations = [migrations.RunPython(forwards, backwards)]

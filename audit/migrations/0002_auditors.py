"""Auditors see the audit.

Permissions are otherwise created only after all migrations have run, so this asks for them first.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def forwards(apps, schema_editor):
    config = apps.get_app_config("audit")
    config.models_module = True  # a historical app has none; create_permissions skips apps without
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permission = apps.get_model("auth", "Permission").objects.get(content_type__app_label="audit")
    for group in apps.get_model("auth", "Group").objects.filter(name="Auditor"):
        group.permissions.add(permission)


def backwards(apps, schema_editor):
    apps.get_model("auth", "Permission").objects.filter(content_type__app_label="audit").delete()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("claims", "0004_groups")]

    operations = [migrations.RunPython(forwards, backwards)]

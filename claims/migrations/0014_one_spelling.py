"""Claims wait for `manage.py derive`, which writes anew whom they mention and the words by which they are found; the
data package's passages are known by their one spelling."""

from django.db import migrations

from conflict_site.base.spelling import spelling

LONGEST_KEY = 1500


def forget_words(apps, schema_editor):
    apps.get_model("claims", "ClaimWords").objects.update(forms="")


def spell_keys(apps, schema_editor):
    """A passage that was loaded twice with other signs keeps its own key."""
    rows = apps.get_model("claims", "LoadedRow").objects.filter(table="citations")
    keys = set(rows.values_list("key", flat=True))
    for row in rows.iterator():
        claim, source, exact = row.key.split("\n", 2)
        key = "\n".join([claim, source, spelling(exact)])[:LONGEST_KEY]
        if key not in keys:
            keys.add(key)
            row.key = key
            row.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_texts_that_may_be_kept"), ("actors", "0004_plain_letters")]

    operations = [
        migrations.RunPython(forget_words, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(spell_keys, migrations.RunPython.noop, elidable=True),
    ]

"""The first words of every name, by which a text's words are looked up among many names."""

from django.db import migrations

import conflict_site.base.fields

ADDED = {
    "actor": {"name_start": ("name", "name"), "surname_start": ("sort_name", "surname")},
    "actorname": {"name_start": ("name", "name"), "last_word": ("name", "last")},
}


def fill(apps, schema_editor):
    """Saving writes the new columns: they follow from the names."""
    for model, fields in ADDED.items():
        for row in apps.get_model("actors", model).objects.iterator():
            row.save(update_fields=list(fields))


class Migration(migrations.Migration):
    dependencies = [("actors", "0002_plain_messages")]

    operations = [
        *(
            migrations.AddField(model, name, conflict_site.base.fields.StartField(source=source, of=of))
            for model, fields in ADDED.items()
            for name, (source, of) in fields.items()
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]

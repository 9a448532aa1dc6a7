"""Names are folded anew: Latin letters that do not decompose, and names whose surname stands first or is none."""

from django.db import migrations

from conflict_site.base.names import surname_first

DERIVED = {
    "actor": ["sort_name", "folded", "sort_key", "name_start", "surname_start"],
    "actorname": ["folded", "name_start", "last_word"],
}


def first_rule(name):
    """The sort name of a person as it was made before."""
    words = name.split()
    start = next((i for i, word in enumerate(words) if i and word.islower()), len(words) - 1)
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}" if start > 0 else name


def fill(apps, schema_editor):
    """Saving writes the columns that follow from the names; a sort name that somebody typed stays."""
    for model, fields in DERIVED.items():
        for row in apps.get_model("actors", model).objects.iterator():
            if model == "actor" and row.kind == "person" and row.sort_name == first_rule(row.name):
                row.sort_name = surname_first(row.name)
            row.save(update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("actors", "0003_name_starts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

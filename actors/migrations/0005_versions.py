"""Actors count their edits, so that two curators at one form notice each other.

The column is added in place: Django would remake the table on SQLite, which drops the triggers that watch it.
"""

from django.db import migrations, models

SQLITE = 'ALTER TABLE {0} ADD COLUMN "version" integer unsigned NOT NULL DEFAULT 1 CHECK ("version" >= 0)'
POSTGRESQL = 'ALTER TABLE {0} ADD COLUMN "version" integer NOT NULL DEFAULT 1 CHECK ("version" >= 0)'


class AddVersion(migrations.AddField):
    """A column ``version`` of a table."""

    def __init__(self, model_name, name="version", field=None):
        super().__init__(model_name, name, models.PositiveIntegerField(db_default=1, default=1, editable=False))

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        sql = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
        schema_editor.execute(sql.format(table))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f'ALTER TABLE {table} DROP COLUMN "version"')


class Migration(migrations.Migration):
    dependencies = [("actors", "0004_plain_letters")]

    operations = [AddVersion("actor")]

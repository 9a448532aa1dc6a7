"""The words of claims in their order, and their dictionary forms."""

from importlib import import_module

from django.db import migrations, models

watch = import_module("claims.migrations.0009_changed_rows").watch

SQLITE_OFF = [
    "DROP TRIGGER claims_words_added",
    "DROP TRIGGER claims_words_removed",
    "DROP TRIGGER claims_words_changed",
    "DROP TABLE claims_words_index",
]
SQLITE_ON = [
    "CREATE VIRTUAL TABLE claims_words_index USING fts5("
    "text, forms, content='claims_claimwords', content_rowid='claim_id',"
    " tokenize='unicode61 remove_diacritics 0', prefix='3')",
    "CREATE TRIGGER claims_words_added AFTER INSERT ON claims_claimwords BEGIN"
    " INSERT INTO claims_words_index(rowid, text, forms) VALUES (new.claim_id, new.text, new.forms); END",
    "CREATE TRIGGER claims_words_removed AFTER DELETE ON claims_claimwords BEGIN"
    " INSERT INTO claims_words_index(claims_words_index, rowid, text, forms)"
    " VALUES ('delete', old.claim_id, old.text, old.forms); END",
    "CREATE TRIGGER claims_words_changed AFTER UPDATE ON claims_claimwords BEGIN"
    " INSERT INTO claims_words_index(claims_words_index, rowid, text, forms)"
    " VALUES ('delete', old.claim_id, old.text, old.forms);"
    " INSERT INTO claims_words_index(rowid, text, forms) VALUES (new.claim_id, new.text, new.forms); END",
]
SQLITE_OLD = [
    "CREATE VIRTUAL TABLE claims_words_index USING fts5("
    "text, content='claims_claimwords', content_rowid='claim_id', tokenize='unicode61 remove_diacritics 0', prefix='3')",
    "CREATE TRIGGER claims_words_added AFTER INSERT ON claims_claimwords BEGIN"
    " INSERT INTO claims_words_index(rowid, text) VALUES (new.claim_id, new.text); END",
    "CREATE TRIGGER claims_words_removed AFTER DELETE ON claims_claimwords BEGIN"
    " INSERT INTO claims_words_index(claims_words_index, rowid, text) VALUES ('delete', old.claim_id, old.text); END",
    "CREATE TRIGGER claims_words_changed AFTER UPDATE ON claims_claimwords BEGIN"
    " INSERT INTO claims_words_index(claims_words_index, rowid, text) VALUES ('delete', old.claim_id, old.text);"
    " INSERT INTO claims_words_index(rowid, text) VALUES (new.claim_id, new.text); END",
]
REBUILD = "INSERT INTO claims_words_index(claims_words_index) VALUES ('rebuild')"
POSTGRESQL_ON = [
    "CREATE INDEX claims_forms_index ON claims_claimwords USING gin (array_to_tsvector(string_to_array(forms, ' ')))"
]
POSTGRESQL_OFF = ["DROP INDEX claims_forms_index"]


def watch_again(apps, schema_editor):
    """On SQLite the table was remade, which drops the triggers that note its changes."""
    if schema_editor.connection.vendor == "sqlite":
        watch(schema_editor, ["claims_claimwords"])


def statements(sqlite=(), postgresql=()):
    def execute(apps, schema_editor):
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    """Claims that are there already are found again once `manage.py derive` has written their words anew."""

    dependencies = [("claims", "0009_changed_rows")]

    operations = [
        migrations.RunPython(statements(SQLITE_OFF), statements([*SQLITE_OLD, REBUILD])),
        migrations.AddField("claimwords", "forms", models.TextField(default=""), preserve_default=False),
        migrations.RunPython(watch_again, migrations.RunPython.noop),
        migrations.RunPython(statements([*SQLITE_ON, REBUILD], POSTGRESQL_ON), statements(SQLITE_OFF, POSTGRESQL_OFF)),
    ]

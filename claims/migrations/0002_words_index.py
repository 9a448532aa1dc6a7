"""Each engine's own full-text index over the tokens in ``claims_claimwords``.

In RunPython, so that the models stay the same on both engines. The tokens come ready-made from Python; neither
engine's own parser takes part, so that the same words find the same claims on both.
"""

from django.db import migrations

SQLITE = [
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
SQLITE_BACK = [
    "DROP TRIGGER claims_words_added",
    "DROP TRIGGER claims_words_removed",
    "DROP TRIGGER claims_words_changed",
    "DROP TABLE claims_words_index",
]
POSTGRESQL = [
    "CREATE INDEX claims_words_index ON claims_claimwords USING gin (array_to_tsvector(string_to_array(text, ' ')))"
]
POSTGRESQL_BACK = ["DROP INDEX claims_words_index"]


def forwards(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]

"""A captured text is never changed and never deleted: the database itself refuses.

On SQLite, `INSERT OR REPLACE` deletes the row in its way without asking the trigger against deletion, so an insertion
in the place of another row is refused as well. A later migration that lets Django remake the table on SQLite
(an altered column does) drops the triggers: it has to set them up again.
"""

from django.db import migrations

REFUSAL = "A captured text is neither changed nor deleted."
SQLITE = [
    f"CREATE TRIGGER claims_snapshot_unchanged BEFORE UPDATE ON claims_snapshot BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER claims_snapshot_undeleted BEFORE DELETE ON claims_snapshot BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "CREATE TRIGGER claims_snapshot_unreplaced BEFORE INSERT ON claims_snapshot"  # noqa: S608
    " WHEN EXISTS (SELECT 1 FROM claims_snapshot"
    " WHERE id = NEW.id OR (source_id = NEW.source_id AND sha256 = NEW.sha256))"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
]
SQLITE_BACK = [
    "DROP TRIGGER claims_snapshot_unchanged",
    "DROP TRIGGER claims_snapshot_undeleted",
    "DROP TRIGGER claims_snapshot_unreplaced",
]
POSTGRESQL = [
    "CREATE FUNCTION claims_snapshot_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER claims_snapshot_immutable BEFORE UPDATE OR DELETE ON claims_snapshot"
    " FOR EACH ROW EXECUTE FUNCTION claims_snapshot_refuse()",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER claims_snapshot_immutable ON claims_snapshot",
    "DROP FUNCTION claims_snapshot_refuse()",
]


def forwards(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_citation_checks")]

    operations = [migrations.RunPython(forwards, backwards)]

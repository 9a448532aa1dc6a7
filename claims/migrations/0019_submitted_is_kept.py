"""Nothing that was ever submitted or published is deleted, and nobody unsets when it was: the database sees to it.

A later migration that lets Django remake one of these tables on SQLite (an altered column does) drops the triggers: it
has to call ``keep`` again.
"""

from django.db import migrations

TABLES = ["claims_claim", "claims_event", "claims_position"]
REFUSAL = "What was ever submitted or published is not deleted."
FACTS = ("first_submitted_at", "published_at")
IS_KEPT = "OLD.state <> 'draft' OR OLD.first_submitted_at IS NOT NULL OR OLD.published_at IS NOT NULL"
IS_NEW = "NEW.state = 'in_review' AND NEW.first_submitted_at IS NULL"
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"


def sqlite(table):
    """The triggers of a table by name. SQLite can't change a row on its way in, so it is changed right afterwards."""
    note = f"BEGIN UPDATE {table} SET first_submitted_at = {NOW} WHERE id = NEW.id; END"  # noqa: S608
    made = {
        "undeleted": f"BEFORE DELETE ON {table} WHEN {IS_KEPT} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        "submitted_insert": f"AFTER INSERT ON {table} WHEN {IS_NEW} {note}",
        "submitted_update": f"AFTER UPDATE OF state ON {table} WHEN {IS_NEW} AND OLD.first_submitted_at IS NULL {note}",
    }
    for fact in FACTS:
        put_back = f"UPDATE {table} SET {fact} = OLD.{fact} WHERE id = NEW.id"  # noqa: S608
        lost = "NEW.published_at IS NULL" if fact == "published_at" else f"NEW.{fact} IS NOT OLD.{fact}"
        made[f"{fact}_kept"] = (
            f"AFTER UPDATE OF {fact} ON {table} WHEN OLD.{fact} IS NOT NULL AND {lost} BEGIN {put_back}; END"
        )
    return {f"{table}_{name}": body for name, body in made.items()}


FUNCTIONS = {
    "claims_refuse_deletion": f"""
        IF {IS_KEPT} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
        RETURN OLD""",
    "claims_note_submission": f"""
        IF TG_OP = 'UPDATE' THEN
            NEW.published_at := COALESCE(NEW.published_at, OLD.published_at);
            NEW.first_submitted_at := COALESCE(OLD.first_submitted_at, NEW.first_submitted_at);
        END IF;
        IF {IS_NEW} THEN NEW.first_submitted_at := now(); END IF;
        RETURN NEW""",
}


def postgresql(table):
    """The triggers of a table by name."""
    return {
        f"{table}_undeleted": f"BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION claims_refuse_deletion()",
        f"{table}_submitted": f"BEFORE INSERT OR UPDATE OF state, first_submitted_at, published_at ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION claims_note_submission()",
    }


def keep(schema_editor, tables=TABLES):
    """Set up the triggers of these tables."""
    triggers = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
    for table in tables:
        for name, body in triggers(table).items():
            schema_editor.execute(f"CREATE TRIGGER {name} {body}", None)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, body in FUNCTIONS.items():
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$", None
            )
    keep(schema_editor)


def backwards(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for name in postgresql(table) if on_postgresql else sqlite(table):
            schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgresql else ""))
    for name in FUNCTIONS if on_postgresql else ():
        schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("claims", "0018_when_submitted")]

    operations = [migrations.RunPython(forwards, backwards)]

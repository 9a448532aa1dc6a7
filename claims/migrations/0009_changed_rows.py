"""The log of what the read model of the claims browser has to read again, and the triggers that write it.

Signals would miss what is written in bulk, in SQL, or by another program. Only the newest entries are kept: a reader
whose last entry is gone reads everything again, as does one that finds another entry under its number.

On PostgreSQL, transactions end in another order than they took their numbers in, and a reader who has seen 7 would
never ask for 6 again. So a writer takes a lock, which it holds until its transaction ends, before it takes a number:
numbers become visible in their order. It takes it before it locks rows, lest two writers wait for each other.

No trigger names another watched table: SQLite refuses to remake a table (Django does for an altered column) that a
trigger of another one names. A migration that remakes a watched table drops its triggers: it has to call
``watch`` again.
"""

from secrets import randbits

from django.db import migrations, models

KEPT = 10_000
CLAIM_TABLES = {
    "claims_claim": "id",
    "claims_claimwords": "claim_id",
    "claims_citation": "claim_id",
    "claims_attributionstep": "claim_id",
    "claims_claim_issues": "claim_id",
    "claims_claim_events": "claim_id",
    "claims_claim_addressees": "claim_id",
    "claims_claim_mentions": "claim_id",
}
SMALL_TABLES = [
    "actors_actor",
    "claims_issue",
    "claims_source",
    "claims_event",
    "claims_stance",
    "claims_position",
    "claims_positionevidence",
    "claims_claimrelation",
]
# Nothing of them is counted, but pages show it.
PAGE_TABLES = [
    "actors_actorname",
    "actors_affiliation",
    "claims_change",
    "claims_citationcheck",
    "claims_event_participants",
    "claims_event_sources",
    "claims_oldslug",
    "claims_snapshot",
    "conflict_site_site",
]
COUNTED = {table: ("claim", key) for table, key in CLAIM_TABLES.items()} | dict.fromkeys(SMALL_TABLES, ("term", "id"))
WATCHED = COUNTED | dict.fromkeys(PAGE_TABLES, ("page", "id"))
OF_A_SOURCE = ["kind", "publisher_id", "published_earliest", "published_latest"]
NOTE = "INSERT INTO claims_changedrow (kind, key, token)"


def sqlite():
    """Triggers row by row: the statements that make them, by name."""
    made = {}
    for table, (kind, key) in WATCHED.items():
        old, new = (f"{NOTE} SELECT '{kind}', {row}.{key}, random()" for row in ("OLD", "NEW"))
        moved = f"{new} WHERE NEW.{key} IS NOT OLD.{key}"
        for event, notes in {"insert": [new], "delete": [old], "update": [old, moved]}.items():
            made[f"{table}_noted_{event}"] = f"AFTER {event.upper()} ON {table} BEGIN {'; '.join(notes)}; END"
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in OF_A_SOURCE)
    made["claims_source_noted_for_claims"] = (
        f"AFTER UPDATE ON claims_source WHEN {differs} BEGIN {NOTE} SELECT 'source', NEW.id, random(); END"
    )
    made["claims_changedrow_newest"] = (
        f"AFTER INSERT ON claims_changedrow BEGIN DELETE FROM claims_changedrow WHERE seq <= NEW.seq - {KEPT}; END"  # noqa: S608
    )
    return {name: f"CREATE TRIGGER {name} {body}" for name, body in made.items()}


RANDOM = "floor(random() * 4611686018427387904)::bigint"
FUNCTIONS = {
    "claims_changes_lock": "PERFORM pg_advisory_xact_lock(hashtext('claims_changedrow'))",
    # Of more rows than are kept, some are enough: they push out the entry that any reader saw last.
    "claims_changes_note": f"""
        EXECUTE format(
            'INSERT INTO claims_changedrow (kind, key, token) SELECT %L, key, {RANDOM}'
            ' FROM (SELECT DISTINCT %I AS key FROM (%s) AS changed LIMIT {KEPT + 1}) AS few',
            TG_ARGV[0], TG_ARGV[1], CASE TG_OP
                WHEN 'INSERT' THEN 'SELECT * FROM after' WHEN 'DELETE' THEN 'SELECT * FROM before'
                ELSE 'SELECT * FROM before UNION ALL SELECT * FROM after' END
        )""",  # noqa: S608
    "claims_changes_note_source": f"""
        {NOTE} SELECT 'source', after.id, {RANDOM} FROM before JOIN after USING (id)
        WHERE ({", ".join(f"before.{column}" for column in OF_A_SOURCE)})
        IS DISTINCT FROM ({", ".join(f"after.{column}" for column in OF_A_SOURCE)}) LIMIT {KEPT + 1}""",  # noqa: S608
    "claims_changes_note_all": f"{NOTE} VALUES ('everything', 0, {RANDOM})",
    "claims_changes_newest": "DELETE FROM claims_changedrow"  # noqa: S608
    f" WHERE seq <= (SELECT max(seq) FROM claims_changedrow) - {KEPT}",
}
BEFORE, AFTER = "OLD TABLE AS before", "NEW TABLE AS after"
EVENTS = {"INSERT": AFTER, "DELETE": BEFORE, "UPDATE": f"{BEFORE} {AFTER}"}


def postgresql():
    """Triggers once a statement, with all its rows: the statements that make them, by name and table."""
    made = {}
    for table, (kind, key) in WATCHED.items():
        made[f"{table}_locked", table] = "BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE", "", "claims_changes_lock()"
        made[f"{table}_noted_truncate", table] = "AFTER TRUNCATE", "", "claims_changes_note_all()"
        for event, rows in EVENTS.items():
            note = f"claims_changes_note('{kind}', '{key}')"
            made[f"{table}_noted_{event.lower()}", table] = f"AFTER {event}", f"REFERENCING {rows}", note
    for_claims = "AFTER UPDATE", f"REFERENCING {EVENTS['UPDATE']}", "claims_changes_note_source()"
    made["claims_source_noted_for_claims", "claims_source"] = for_claims
    made["claims_changedrow_newest", "claims_changedrow"] = "AFTER INSERT", "", "claims_changes_newest()"
    return {
        (name, table): f"CREATE TRIGGER {name} {event} ON {table} {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}"
        for (name, table), (event, rows, function) in made.items()
    }


def watch(schema_editor, tables=(*COUNTED, "claims_changedrow")):
    """Set up the triggers of these tables."""
    if schema_editor.connection.vendor == "sqlite":
        made = {name: sql for name, sql in sqlite().items() if sql.split(" ON ")[1].split()[0] in tables}
    else:
        made = {name: sql for (name, table), sql in postgresql().items() if table in tables}
    for sql in made.values():
        schema_editor.execute(sql, None)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name, body in FUNCTIONS.items():
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$",
                None,  # no parameters: the per cent signs are PostgreSQL's own
            )
    watch(schema_editor)
    apps.get_model("claims", "ChangedRow").objects.create(kind="everything", key=0, token=randbits(62))


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in sqlite():
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        return
    for name, table in postgresql():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    for name in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("actors", "0002_plain_messages"), ("claims", "0008_takedown_permissions")]

    operations = [
        migrations.CreateModel(
            name="ChangedRow",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claim", "A claim, or a row that hangs on it"),
                            ("source", "The sort, publisher or date of a source"),
                            ("term", "A row of a small table: actors, issues, sources, events"),
                            ("everything", "More than can be told"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("token", models.BigIntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(forwards, backwards),
    ]

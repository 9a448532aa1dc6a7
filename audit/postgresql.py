"""The triggers of the audit on PostgreSQL.

Entries are chained at the end of a transaction, by a deferred trigger: only then is a lock taken, so that writers wait
for each other no longer than it takes to end.
"""

from collections.abc import Iterable
from typing import Any

from audit.tables import KEPT, Table, kept

SEQ = "-nextval('audit_entry_seq_seq')"  # until the entry is chained
AT = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"  # as text, as it is hashed
CHAIN = """
DECLARE head record; moment timestamptz; chained bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_entry'));
    SELECT seq, hash INTO head FROM audit_entry WHERE seq > 0 ORDER BY seq DESC LIMIT 1;
    moment := clock_timestamp(); chained := coalesce(head.seq, 0) + 1;
    UPDATE audit_entry SET seq = chained, at = moment, prev = coalesce(head.hash, ''), hash = encode(sha256(convert_to(
        concat_ws(E'\\n', coalesce(head.hash, ''), chained,
            to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), coalesce(person::text, ''),
            replace(who, E'\\n', ' '), "table", operation, key, before, after), 'UTF8')), 'hex')
    WHERE seq = NEW.seq;
    RETURN NULL;
END"""
NOTE = f"""
DECLARE before jsonb; after jsonb; key text := TG_ARGV[0]; hidden text; number int;
BEGIN
    IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW); END IF;
    IF before = after THEN RETURN NULL; END IF;
    IF before -> key <> after -> key THEN RAISE EXCEPTION 'The key of a row is never changed.'; END IF;
    FOR number IN 1 .. TG_NARGS - 1 LOOP
        hidden := TG_ARGV[number];
        IF TG_OP = 'UPDATE' AND before -> hidden IS DISTINCT FROM after -> hidden
            THEN after := jsonb_set(after, ARRAY[hidden], '"changed"'); ELSE after := after - hidden; END IF;
        before := before - hidden;
    END LOOP;
    INSERT INTO audit_entry (seq, at, person, who, "table", operation, key, before, after, prev, hash) VALUES (
        {SEQ}, now(), nullif(current_setting('attributed.person', true), '')::bigint,
        coalesce(nullif(current_setting('attributed.who', true), ''),
            current_setting('application_name') || ' (' || session_user || ')'),
        TG_TABLE_NAME, lower(TG_OP), coalesce(after, before) ->> key,
        coalesce(before::text, ''), coalesce(after::text, ''), '', '');
    RETURN NULL;
END"""  # noqa: S608 (a constant)
REFUSE = "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END"
STAYS = ("person", "who", '"table"', "operation", "key", "before", "after")
OLD, NEW = (", ".join(f"{row}.{name}" for name in STAYS) for row in ("OLD", "NEW"))
UNCHANGED = f"""
BEGIN
    IF OLD.seq < 0 AND NEW.seq > 0 AND ({OLD}) IS NOT DISTINCT FROM ({NEW}) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'The audit is neither changed nor deleted.' USING ERRCODE = 'integrity_constraint_violation';
END"""
EMPTIED = "audit_refuse('No table is emptied at once.')"


def functions() -> dict[str, str]:
    """The bodies of the functions that the triggers call, by name."""
    return {"audit_chain": CHAIN, "audit_note": NOTE, "audit_refuse": REFUSE, "audit_stay": UNCHANGED}


def function(name: str, body: str) -> str:
    """The statement that sets up a function. Moments are noted in UTC, whatever the writer's zone is."""
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET timezone TO 'UTC' AS $${body}$$"


def present_functions(cursor: Any) -> dict[str, str]:
    """The bodies of the functions that are called by these names alone, by name: a restore keeps others elsewhere."""
    cursor.execute(
        "SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s) AND pg_function_is_visible(oid)",
        [list(functions())],
    )
    return dict(cursor.fetchall())


def triggers(tables: Iterable[Table]) -> dict[tuple[str, str], str]:
    """The statements that set up the triggers, as the database words them, by table and name."""
    made = {("audit_entry", name): body for name, body in _own().items()}
    for table in tables:
        arguments = ", ".join(f"'{one}'" for one in (table.key, *table.hidden))
        noted = (
            f"AFTER INSERT OR DELETE OR UPDATE ON {table.name} FOR EACH ROW EXECUTE FUNCTION audit_note({arguments})"
        )
        made[table.name, "audit_noted"] = noted
        made[table.name, "audit_unemptied"] = _statement(f"BEFORE TRUNCATE ON {table.name}", EMPTIED)
        made |= {(table.name, name): body for name, body in _keeping(table.name)}
    kind = {"audit_chained": "CONSTRAINT TRIGGER"}
    return {(table, name): f"CREATE {kind.get(name, 'TRIGGER')} {name} {body}" for (table, name), body in made.items()}


def present(cursor: Any) -> dict[tuple[str, str], str]:
    """The statements by which the triggers were set up that the database has and obeys, by table and name."""
    cursor.execute(
        "SELECT relname, tgname, pg_get_triggerdef(pg_trigger.oid, true) FROM pg_trigger"
        " JOIN pg_class ON pg_class.oid = tgrelid WHERE left(tgname, 6) = 'audit_' AND tgenabled = 'O'"
        " AND pg_table_is_visible(tgrelid)"
    )
    return {(table, name): sql for table, name, sql in cursor.fetchall()}


def dropped(table: str, name: str) -> str:
    """The statement that takes away a trigger."""
    return f"DROP TRIGGER IF EXISTS {name} ON {table}"


def row(table: Table, name: str) -> str:
    """The shown columns of a row as JSON, in SQL."""
    return f"(to_jsonb({name}) - ARRAY[{', '.join(f"'{column}'" for column in table.hidden)}]::text[])::text"


def _own() -> dict[str, str]:
    chained = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain()"
    return {
        "audit_chained": f"AFTER INSERT ON audit_entry {chained}",
        "audit_unchanged": "BEFORE DELETE OR UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_stay()",
        "audit_unemptied": _statement("BEFORE TRUNCATE ON audit_entry", EMPTIED),
    }


def _keeping(table: str) -> Iterable[tuple[str, str]]:
    if table not in KEPT:
        return
    refused = f"FOR EACH ROW EXECUTE FUNCTION audit_refuse('{kept(table)}')"
    columns = f" OF {', '.join(KEPT[table])}" if KEPT[table] else ""
    yield "audit_unchanged", f"BEFORE UPDATE{columns} ON {table} {refused}"
    yield "audit_undeleted", f"BEFORE DELETE ON {table} {refused}"


def _statement(event: str, function: str) -> str:
    return f"{event} FOR EACH STATEMENT EXECUTE FUNCTION {function}"

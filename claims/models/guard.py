"""Triggers that keep what readers see from being changed unless a permit names it, whoever writes and however.

They are worked out of the models, taken away before migrations (SQLite remakes no table that a trigger names) and set
up again after them. Free to change are the columns that no curator fills in, and what is derived: mentions, words,
where passages stand.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Model

from actors.models import Actor, ActorName, Affiliation
from claims.models.claim import AttributionStep, Citation, Claim, ClaimRelation
from claims.models.event import Event
from claims.models.issue import Issue, Stance
from claims.models.position import Position, PositionEvidence
from claims.models.source import Source
from conflict_site.base.fields import BoundField

REFUSAL = "What readers see changes by two people: it takes a revision that was approved, or a permit."
PREFIX = "guard_"
EDITORIAL: tuple[type[Model], ...] = (Claim, Event, Position)
RECORDS: tuple[type[Model], ...] = (Source, Issue, Actor)
# Rows that belong to a record, with the column that says to which.
PARTS: tuple[tuple[type[Model], str, type[Model]], ...] = (
    (AttributionStep, "claim_id", Claim),
    (Citation, "claim_id", Claim),
    (ClaimRelation, "from_claim_id", Claim),
    (Claim.addressees.through, "claim_id", Claim),
    (Claim.issues.through, "claim_id", Claim),
    (Claim.events.through, "claim_id", Claim),
    (Event.participants.through, "event_id", Event),
    (Event.sources.through, "event_id", Event),
    (PositionEvidence, "position_id", Position),
    (Stance, "issue_id", Issue),
    (ActorName, "actor_id", Actor),
    (Affiliation, "person_id", Actor),
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Before which event on which table a write is refused: ``when`` compares columns, ``refused`` asks tables."""

    table: str
    event: str
    when: str
    refused: str

    @property
    def name(self) -> str:
        """Its name, which says what it does: another rule has another name."""
        told = hashlib.sha256(f"{self.when}\n{self.refused}".encode()).hexdigest()[:8]
        return f"{PREFIX}{self.table}_{self.event.lower()}_{told}"


def install(using: str, **kwargs: Any) -> None:
    """Set up the triggers that a database lacks, and take away those that are no longer meant."""
    vendor = connections[using].vendor
    wanted = {trigger.name: trigger for trigger in triggers(vendor)}
    with connections[using].cursor() as cursor:
        there = _present(cursor, vendor)
        for name in there.keys() - wanted.keys():
            cursor.execute(_dropped(vendor, there[name], name))
        for name in wanted.keys() - there.keys():
            for statement in _made(vendor, wanted[name]):
                cursor.execute(statement)


def uninstall(using: str, **kwargs: Any) -> None:
    """Take the triggers away, so that migrations can alter the tables."""
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        for name, table in _present(cursor, vendor).items():
            cursor.execute(_dropped(vendor, table, name))


def triggers(vendor: str) -> Iterator[Trigger]:
    """All triggers, in the words of a kind of database."""
    for model in EDITORIAL:
        yield from _of_editorial(model, vendor)
    for model in RECORDS:
        table, name = model._meta.db_table, str(model._meta.model_name)
        yield Trigger(table, "UPDATE", _differ(model, vendor), _refused(name, "OLD.id"))
        yield Trigger(table, "DELETE", "", _refused(name, "OLD.id"))
    for model, column, owner in PARTS:
        yield from _of_part(model, column, str(owner._meta.model_name), vendor)


def _of_editorial(model: type[Model], vendor: str) -> Iterator[Trigger]:
    table, free = model._meta.db_table, f"NOT {_permit(str(model._meta.model_name), 'NEW.id')}"
    given = _differ(model, vendor, leave_out=("slug",))
    public = f"OLD.state = 'published' AND (NEW.state NOT IN ('published', 'withdrawn') OR {_differ(model, vendor)})"
    reviewed = f"OLD.state = 'in_review' AND NOT ({given})"
    published = f"OLD.state <> 'published' AND NEW.state = 'published' AND NOT NEW.forced AND NOT ({reviewed})"
    yield Trigger(table, "UPDATE", f"({public}) OR ({published})", free)
    yield Trigger(table, "INSERT", "NEW.state = 'published' AND NOT NEW.forced", free)


def _of_part(model: type[Model], column: str, owner: str, vendor: str) -> Iterator[Trigger]:
    table, old, new = model._meta.db_table, _refused(owner, f"OLD.{column}"), _refused(owner, f"NEW.{column}")
    yield Trigger(table, "INSERT", "", new)
    yield Trigger(table, "DELETE", "", old)
    yield Trigger(table, "UPDATE", _differ(model, vendor), f"({old}) OR ({new})")


def _differ(model: type[Model], vendor: str, leave_out: tuple[str, ...] = ()) -> str:
    """Whether a column that a curator fills in, or a date that follows from one, differs."""
    fields = [field for field in model._meta.concrete_fields if field.editable or isinstance(field, BoundField)]
    names = [field.column for field in fields if not field.primary_key and field.name not in leave_out]
    other = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    return " OR ".join(f'OLD."{name}" {other} NEW."{name}"' for name in names)


def _refused(owner: str, key: str) -> str:
    return f"({SHOWN[owner](key)}) AND NOT {_permit(owner, key)}"


def _permit(owner: str, key: str) -> str:
    named = f"model IN ('{owner}', '') AND object_id IN ({key}, 0)"
    return f"EXISTS (SELECT 1 FROM claims_permit WHERE {named})"  # noqa: S608


# The rules of ``claims.models.public``, in SQL; tests/claims/test_guard.py holds them together.


def _published(table: str, column: str, key: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} AS whole WHERE whole.state = 'published' AND whole.{column} = {key})"  # noqa: S608


def _belongs(part: str, link: str, table: str, column: str, key: str) -> str:
    whole = f"JOIN {table} AS whole ON whole.id = part.{link}"
    return f"EXISTS (SELECT 1 FROM {part} AS part {whole} WHERE whole.state = 'published' AND part.{column} = {key})"  # noqa: S608


def _source(key: str) -> str:
    cited = _belongs("claims_citation", "claim_id", "claims_claim", "source_id", key)
    return f"{cited} OR {_belongs('claims_event_sources', 'event_id', 'claims_event', 'source_id', key)}"


def _issue(key: str) -> str:
    filed = _belongs("claims_claim_issues", "claim_id", "claims_claim", "issue_id", key)
    held = "claims_position AS held JOIN claims_stance AS answer ON answer.id = held.stance_id"
    answered = f"SELECT 1 FROM {held} WHERE held.state = 'published' AND answer.issue_id = {key}"  # noqa: S608
    return f"{filed} OR EXISTS ({answered})"


def _appears(key: str) -> str:
    of_claims = ("claims_claim_addressees", "claims_claim_mentions", "claims_attributionstep")
    published = f"claims_source AS document WHERE document.publisher_id = {key} AND ({_source('document.id')})"
    return " OR ".join((
        _published("claims_claim", "speaker_id", key),
        _published("claims_claim", "on_behalf_of_id", key),
        _published("claims_position", "actor_id", key),
        *(_belongs(part, "claim_id", "claims_claim", "actor_id", key) for part in of_claims),
        _belongs("claims_event_participants", "event_id", "claims_event", "actor_id", key),
        f"EXISTS (SELECT 1 FROM {published})",  # noqa: S608
    ))  # fmt: skip


def _actor(key: str) -> str:
    members = f"actors_affiliation AS role WHERE role.organisation_id = {key} AND ({_appears('role.person_id')})"
    return f"{_appears(key)} OR EXISTS (SELECT 1 FROM {members})"  # noqa: S608


SHOWN = {
    "claim": lambda key: _published("claims_claim", "id", key),
    "event": lambda key: _published("claims_event", "id", key),
    "position": lambda key: _published("claims_position", "id", key),
    "source": _source,
    "issue": _issue,
    "actor": _actor,
}


def _present(cursor: Any, vendor: str) -> dict[str, str]:
    """The triggers that are set up, by name, each with its table."""
    if vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
            " AND pg_table_is_visible(tgrelid)"
        )
    else:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def _dropped(vendor: str, table: str, name: str) -> str:
    return f"DROP FUNCTION {name} CASCADE" if vendor == "postgresql" else f"DROP TRIGGER {name}"


def _made(vendor: str, trigger: Trigger) -> Iterator[str]:
    when = f"({trigger.when})" if trigger.when else ""
    if vendor == "postgresql":
        row = "OLD" if trigger.event == "DELETE" else "NEW"
        refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
        body = f"BEGIN IF {trigger.refused} THEN {refuse}; END IF; RETURN {row}; END"
        yield f"CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        yield (
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} FOR EACH ROW"
            f" {when and f'WHEN {when}'} EXECUTE FUNCTION {trigger.name}()"
        )
    else:
        condition = f"{when} AND ({trigger.refused})" if when else trigger.refused
        yield (
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table}"
            f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )

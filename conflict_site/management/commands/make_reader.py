"""Makes a role of PostgreSQL that can read what the public pages need, and nothing else: for PUBLIC_ONLY."""

import secrets
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

PUBLIC = ("actors", "claims", "conflict_site", "contenttypes")  # apps whose tables are read
ALSO = ("django_migrations",)
MAY_NOT = """{error}
Let the database's administrator, as its account postgres, make the role, and run this again, which gives it its rights:
    CREATE ROLE {name} LOGIN PASSWORD '…'; ALTER ROLE {name} SET default_transaction_read_only = on;"""
READS = "default_transaction_read_only=on"
HEAD = "seq, at, hash"  # of the entries of the audit: what the log of changes tells of them


class Command(BaseCommand):
    help = "Makes a PostgreSQL role that can only read (run it again after each update); prints the password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="of the role, in letters, digits and underscores")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles; PUBLIC_ONLY=1 opens a SQLite database for reading.")
        if not (name.isidentifier() and name.isascii() and len(name) < 60):
            raise CommandError("The name of a role has letters, digits and underscores.")
        try:
            password = make(name)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            raise CommandError(MAY_NOT.format(error=str(error).strip(), name=name)) from error
        if password:
            self.stdout.write(f"Made the role {name}. Its password, shown only now: {password}")
        self.stdout.write(f"{name} can read {len(tables())} tables.")


@transaction.atomic
def make(name: str) -> str:
    """Make the role, or only renew its rights; returns the password of a new one, else an empty string.

    All at once: who reads meanwhile is never without a right.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{READS}' = ANY(coalesce(rolconfig, '{{}}')) FROM pg_roles WHERE rolname = %s", [name])  # noqa: S608
        found = cursor.fetchone()
        password = "" if found else secrets.token_urlsafe(24)
        if password:
            _run(cursor, "CREATE ROLE {} LOGIN PASSWORD {}", sql.Identifier(name), sql.Literal(password))
        role, names = sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, tables()))
        if found != (True,):
            _run(cursor, f"ALTER ROLE {{}} SET {READS}", role)
        _run(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}", role)
        _run(cursor, "GRANT USAGE ON SCHEMA public TO {}", role)
        _run(cursor, "GRANT SELECT ON {} TO {}", names, role)
        _run(cursor, f"GRANT SELECT ({HEAD}) ON audit_entry TO {{}}", role)
    return password


def tables() -> list[str]:
    """The tables that public pages are made from: none with accounts, sessions, keys or the desk's log."""
    models = [model for name in PUBLIC for model in apps.get_app_config(name).get_models(include_auto_created=True)]
    return sorted({*(model._meta.db_table for model in models if model._meta.managed), *ALSO})


def _run(cursor: Any, statement: str, *parts: sql.Composable) -> None:
    cursor.execute(sql.SQL(statement).format(*parts))

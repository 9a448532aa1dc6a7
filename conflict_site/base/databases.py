"""The settings of a database, by its address."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

UNREADABLE = (
    "DATABASE_URL cannot be read. It begins with sqlite:// or postgresql://, and in a password the signs that mean"
    " something in an address are written by number: % as %25, # as %23, / as %2F."
)
SQLITE, POSTGRESQL = "conflict_site.base.sqlite", "conflict_site.base.postgresql"
QUICK = "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"


def database(url: str, program: str = "", read_only: bool = False) -> dict[str, Any]:
    """Django's settings for the database at an address, which this program asks, perhaps for reading only.

    Raises ImproperlyConfigured for an address that is none of SQLite or PostgreSQL.
    """
    try:
        parsed: dict[str, Any] = {**dj_database_url.parse(url)}
    except ValueError as error:
        raise ImproperlyConfigured(UNREADABLE) from error
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        return parsed | (_read_sqlite(parsed["NAME"]) if read_only else _sqlite(Path(parsed["NAME"])))
    if parsed["ENGINE"] == "django.db.backends.postgresql":
        return parsed | _postgresql(parsed.get("OPTIONS", {}), program, read_only)
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgresql://")


def replicas(urls: list[str], program: str) -> dict[str, dict[str, Any]]:
    """The settings of the databases that follow the primary, by ``replica1`` and so on.

    Raises ImproperlyConfigured for an address that is not PostgreSQL's.
    """
    found = {f"replica{number}": database(url, program, True) for number, url in enumerate(urls, 1)}
    if any(each["ENGINE"] != POSTGRESQL for each in found.values()):
        raise ImproperlyConfigured("REPLICA_URLS must begin with postgresql://; SQLite has no replicas.")
    return found


def _sqlite(file: Path) -> dict[str, Any]:
    """SQLite tuned for many readers."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": SQLITE,
        "CONN_MAX_AGE": 60,  # opening the file costs more than most queries; a restored one is seen in a minute
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # writers queue at BEGIN instead of failing at the first write
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {QUICK}",
        },
    }


def _read_sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": SQLITE,
        "NAME": f"file:{quote(name)}?mode=ro",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"init_command": f"PRAGMA query_only=ON; {QUICK}"},
    }


def _postgresql(given: dict[str, Any], program: str, read_only: bool) -> dict[str, Any]:
    """PostgreSQL by connections that threads keep, and that are tried before a request uses them.

    No pool of ours: after a restart of the server it waits ever longer before it tries again, and so do its readers.
    One beside the server is named in the address (``?pooled=1``); see ``pools``.
    """
    options = {"connect_timeout": 3, "application_name": program, **given}
    pooled = str(options.pop("pooled", "0")) == "1"
    if read_only and not pooled:
        options["options"] = "-c default_transaction_read_only=on"
    return {
        "ENGINE": POSTGRESQL,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,  # what a cursor of the server's has found is lost with the transaction
        "READ_ONLY": read_only,
        "OPTIONS": options,
    }

"""The invented record as a file that is made once, or in a PostgreSQL server that lasts as long as the run."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from audit.who import sha256
from bench.filters import Ask
from bench.peers import datasette
from bench.processes import ROOT

FOLDER = ROOT / "var" / "bench"
MADE_BY = ("vocabulary", "world", "draws", "rows", "loading", "generate", "peers/datasette")
# What a server of this size is usually given; its parallel plans stay as they are.
POSTGRESQL = ("work_mem = '64MB'", "effective_cache_size = '4GB'", "jit = off", "statement_timeout = '90s'")


def sqlite_file(size: int) -> Path:
    """The file with a record of so many claims, made unless it is there; older versions of it are deleted."""
    file = FOLDER / f"claims-{size}-{_digest()}.sqlite3"
    if not file.exists():
        for older in FOLDER.glob(f"claims-{size}-*"):
            older.unlink()
        print(f"Filling SQLite with {size:,} claims ...", flush=True)
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        fill(f"sqlite:///{unfinished}", size)
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(datasette.VIEW)
            connection.commit()
        unfinished.rename(file)
    return file


def fill_postgresql(url: str, size: int) -> None:
    """Fill a new server with the same record."""
    print(f"Filling PostgreSQL with {size:,} claims ...", flush=True)
    fill(url, size)
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in POSTGRESQL:
            connection.execute(f"ALTER DATABASE postgres SET {setting}".encode())


def fill(url: str, size: int) -> None:
    """Fill the database of a URL, in a process of its own."""
    command = [sys.executable, "-m", "bench.generate", str(size)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True)


def asking(vendor: str, connection: Any) -> Ask:
    """A function that runs SQL with %s on a connection of either driver and returns the rows."""

    def ask(sql: str, values: Sequence[Any]) -> list[Any]:
        cursor = connection.cursor()
        with closing(cursor):
            cursor.execute(sql.replace("%s", "?") if vendor == "sqlite" else sql, values)
            return list(cursor.fetchall()) if cursor.description else []

    return ask


def connect(vendor: str, place: str) -> Any:
    """A connection to a file or the URL of a server; each statement is a transaction."""
    if vendor == "sqlite":
        connection = sqlite3.connect(place, timeout=20, autocommit=True)
        for pragma in ("cache_size = -500000", "mmap_size = 4000000000", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        for name in ("attributed_person", "attributed_who"):  # the audit asks who writes: here, nobody who signed in
            connection.create_function(name, 0, lambda: "")
        connection.create_function("attributed_sha256", 1, sha256, deterministic=True)
        return connection
    return psycopg.connect(place, autocommit=True, options="-c statement_timeout=0")


def postmaster(connection: Any) -> int:
    """The process of the PostgreSQL server itself, of which every connection's process is a child."""
    [(backend,)] = connection.execute("SELECT pg_backend_pid()").fetchall()
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def _digest() -> str:
    """What the file depends on: the generator and the schema."""
    files = [ROOT / "bench" / f"{name}.py" for name in MADE_BY]
    files += sorted(
        path for app in ("conflict_site", "actors", "claims") for path in ROOT.glob(f"{app}/migrations/*.py")
    )
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]

"""What goes wrong with a database while readers read: locks that stay, connections that end, a server's restart."""

import fcntl
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic, sleep

import psycopg

from scripts.with_postgres import programs, unprivileged
from soak.places import server_folder, status

LOCK = "SELECT 1 FROM claims_claim ORDER BY id LIMIT 1 FOR UPDATE"
JOURNAL = "SELECT pg_advisory_xact_lock(hashtext('claims_changedrow'))"  # what every save waits for
TABLE = "LOCK TABLE claims_claim IN ACCESS EXCLUSIVE MODE"  # what readers wait for
WAL_LOCKS = (8, 120)  # bytes of the file -shm and the first of them, at which SQLite takes its locks in WAL mode


@contextmanager
def writing(url: str) -> Iterator[None]:
    """Somebody has begun to write, and does not end as long as the block lasts: a row, and the turn of all writers."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(_file(url), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(url) as holder:
        holder.execute(LOCK)
        holder.execute(JOURNAL)
        yield


@contextmanager
def closed(url: str) -> Iterator[None]:
    """What readers need themselves stays locked as long as the block lasts."""
    if url.startswith("sqlite"):
        with open(f"{_file(url)}-shm", "r+b") as shared:
            fcntl.lockf(shared, fcntl.LOCK_EX, *WAL_LOCKS)
            yield
        return
    with psycopg.connect(url) as holder:
        holder.execute(TABLE)
        yield


def end_backends(url: str) -> None:
    """End every connection to the server but this one's."""
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


def restart(url: str) -> None:
    """Restart the server of `scripts.with_postgres`, at once."""
    folder = server_folder(url)
    command = [str(programs(folder) / "pg_ctl"), f"--pgdata={folder / 'data'}", "restart", "--wait", "--mode=immediate"]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **unprivileged())


def errors_after(port: int, seconds: float, path: str = "/claims/") -> tuple[int, int]:
    """How many answers were errors within some seconds, and of how many."""
    end, statuses = monotonic() + seconds, []
    while monotonic() < end:
        statuses.append(status(port, path))
        sleep(0.02)
    return sum(one != 200 for one in statuses), len(statuses)


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")

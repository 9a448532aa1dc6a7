"""What goes wrong with PostgreSQL while readers read: a row that stays locked, backends that end, a restart."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import unquote, urlsplit

import psycopg

from scripts.with_postgres import programs, unprivileged
from soak import site

LOCK = "SELECT 1 FROM claims_claim ORDER BY id LIMIT 1 FOR UPDATE"
JOURNAL = "SELECT pg_advisory_xact_lock(hashtext('claims_changedrow'))"  # what every save waits for


@contextmanager
def held(url: str) -> Iterator[None]:
    """A row of the claims, and the lock that saves take turns at, stay taken as long as the block lasts."""
    with psycopg.connect(url) as holder:
        holder.execute(LOCK)
        holder.execute(JOURNAL)
        yield


def end_backends(url: str) -> None:
    """End every connection to the server but this one's."""
    with psycopg.connect(url, autocommit=True) as own:
        own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


def restart(url: str) -> None:
    """Restart the server of `scripts.with_postgres`, at once."""
    folder = Path(unquote(urlsplit(url).netloc.partition("@")[2]))
    command = [str(programs(folder) / "pg_ctl"), f"--pgdata={folder / 'data'}", "restart", "--wait", "--mode=immediate"]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **unprivileged())


def errors_after(port: int, seconds: float, path: str = "/claims/") -> tuple[int, int]:
    """How many answers were errors within some seconds, and of how many."""
    end, statuses = monotonic() + seconds, []
    while monotonic() < end:
        statuses.append(site.status(port, path))
        sleep(0.02)
    return sum(status != 200 for status in statuses), len(statuses)

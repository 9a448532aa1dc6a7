"""A disk that is nearly full, with a database on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import psycopg

from scripts.with_postgres import unprivileged
from soak.places import NotTried, Place

FREE = 3  # megabytes
ROOMY = "size=500m"
NUMBERS = count(1)


@contextmanager
def small(place: Place) -> Iterator[tuple[str, Callable[[], None]]]:
    """The URL of a database with the opening dossier on such a disk, which lasts as long as the block, and what gives
    the disk room again.
    """
    if os.geteuid() or sys.platform != "linux":
        raise NotTried("root alone can make a small disk, on Linux")
    number = next(NUMBERS)
    disk = place.beside() / f"disk{number}"
    disk.mkdir()
    _mount(ROOMY, "tmpfs", disk)
    url = place.database()
    try:
        yield _onto(disk, place, url, number), partial(_mount, f"remount,{ROOMY}", "tmpfs", disk)
    finally:
        if place.engine == "postgresql":
            _drop(url, place.server, number)
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _onto(disk: Path, place: Place, url: str, number: int) -> str:
    """Bring a database there, and leave no more room than some megabytes."""
    if place.engine == "sqlite":
        url = f"sqlite:///{shutil.copy(url.removeprefix('sqlite:///'), disk / 'site.sqlite3')}"
    else:
        _move(url, place.server, disk, number)
    used = shutil.disk_usage(disk).used // 1_000_000
    _mount(f"remount,size={used + FREE}m", "tmpfs", disk)
    return url


def _move(url: str, server: str, disk: Path, number: int) -> None:
    """Its tables; the log of what is written stays where the server has it."""
    if somebody := unprivileged():
        os.chown(disk, somebody["user"], somebody["group"])
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE TABLESPACE small{number} LOCATION '{disk}'".encode())
        connection.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET TABLESPACE small{number}".encode())


def _drop(url: str, server: str, number: int) -> None:
    """Let go of the disk: a server that cannot write there any more could do nothing else either."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)".encode())
        connection.execute(f"DROP TABLESPACE small{number}".encode())


def _mount(options: str, what: str, where: Path) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, what, str(where)], check=True)

"""Runs a command with DATABASE_URL naming a new PostgreSQL server, and throws the server away afterwards.

    python scripts/with_postgres.py COMMAND [ARGUMENT ...]

The server listens on a Unix socket in its own folder only, and does without everything that guards against power cuts.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FIND_POSTGRES = Path(__file__).with_name("find-postgres")
UNSAFE_AND_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c log_min_messages=fatal"
# Tests roll back what they write, thousands of times: without a vacuum at once, every query wades through what is dead.
TIDY = "-c autovacuum_naptime=1s -c autovacuum_vacuum_cost_delay=0 -c autovacuum_vacuum_scale_factor=0.05 -c jit=off"


def unprivileged() -> dict[str, Any]:
    """The arguments with which `subprocess.run` starts a program as somebody else: initdb refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def programs(folder: Path) -> Path:
    """The folder of PostgreSQL's programs; copied into `folder` if another user could not reach them in .venv."""
    found = Path(subprocess.run([FIND_POSTGRES], check=True, stdout=subprocess.PIPE, text=True).stdout.strip())
    if os.geteuid() == 0 and found.is_relative_to(sys.prefix):
        copied = folder / "programs"
        if not copied.exists():
            shutil.copytree(found.parent, copied)
        return copied / "bin"
    return found


@contextmanager
def postgres() -> Iterator[str]:
    """Runs a new server as long as the block lasts; gives the URL of its database."""
    # Not the default folder for such things: it can be too long for a socket's path, or closed to the other user.
    with tempfile.TemporaryDirectory(prefix="attributed-", dir="/tmp") as name:
        folder, somebody = Path(name), unprivileged()
        bin_folder, data = programs(folder), folder / "data"
        if somebody:
            os.chown(folder, somebody["user"], somebody["group"])

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [bin_folder / program, f"--pgdata={data}", *arguments],
                check=True, cwd=folder, stdout=subprocess.DEVNULL, **somebody,
            )  # fmt: skip

        # C.UTF-8 sorts as SQLite does, and knows the lower case of every script.
        run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' {UNSAFE_AND_QUICK} {TIDY}"
        run("pg_ctl", "start", "--wait", f"--options={options}")
        try:
            yield f"postgresql://postgres@{name.replace('/', '%2F')}/postgres"
        finally:
            run("pg_ctl", "stop", "--mode=immediate")


def main() -> int:
    """Runs the command of the command line; returns its exit status."""
    for told_to_stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told_to_stop, lambda number, _: sys.exit(128 + number))  # an exception: the server is stopped too
    with postgres() as url:
        return subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())

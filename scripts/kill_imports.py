"""Kills imports in the middle, again and again: afterwards there are all rows of the file or none.

    python -m scripts.kill_imports [--kills 60] [--rows 600] [--control]

DATABASE_URL names an empty database: a SQLite file, or PostgreSQL (put `scripts/with_postgres.py` before). With
``--control`` the import runs without its transaction, and the command must fail. Prints a line for each kill.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[1]
HEADER = "Speaker,Date,Text,URL"
CONTROL = "--control"
BATCH = 50  # rows at a time, so that there are many steps to be killed at


def main() -> int:
    """Kill so many imports; 0 where all or nothing was there after each of them, else 1."""
    parser = argparse.ArgumentParser(description="Kills imports in the middle.")
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument(CONTROL, action="store_true")
    given = parser.parse_args()
    _set_up()
    torn = sum(not kill(number, given.rows, control=given.control) for number in range(given.kills))
    print(f"{given.kills} kills, after {torn} of which a part of the rows was there")
    return 1 if torn else 0


def kill(number: int, rows: int, *, control: bool) -> bool:
    """Kill an import of a file of its own at some step; return whether all of its rows or none are there."""
    before = _counts()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"kill-{number}.csv")
        path.write_text(
            "\n".join([HEADER, *(_line(f"{os.getpid()}-{number}", row) for row in range(rows))]), encoding="utf-8"
        )
        last = _run_and_kill(path, rows, random.Random(number), control=control)  # noqa: S311 (any moment will do)
    added = [now - then for now, then in zip(_counts(), before, strict=True)]
    whole = added in ([0] * len(added), [rows] * len(added))
    print(f"kill {number}: at step {last}, rows added {added}{'' if whole else ': TORN'}", flush=True)
    return whole


def _run_and_kill(path: Path, rows: int, chance: random.Random, *, control: bool) -> int:
    """Start an import, and kill it after some step; return which."""
    command = [sys.executable, "-m", "scripts.kill_imports", "child", str(path), *([CONTROL] if control else [])]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        steps, last = chance.randint(1, 2 * rows // BATCH + 2), 0
        for line in child.stdout or []:
            last = int(line)
            steps -= 1
            if not steps:
                break
        child.send_signal(signal.SIGKILL)
    return last


def _line(number: str, row: int) -> str:
    words = f"sentence {row} of file {number} says that the talks go on as agreed"
    return f"Ann Lee,2024-01-15,{words},https://herald.example/{number}/{row}"


def child(path: Path, *, control: bool) -> None:
    """Import a file, telling each step; as a control without the transaction."""
    from django.contrib.auth import get_user_model

    from claims.imports import bring_in, plan, write

    plan.BATCH = write.BATCH = BATCH
    if control:
        from claims.imports import jobs

        jobs.transaction = SimpleNamespace(atomic=nullcontext)  # type: ignore[assignment]
        jobs._lock = lambda: None  # PostgreSQL locks within a transaction only
    by = get_user_model().objects.get(username="kills")
    bring_in(path.name, path.read_bytes(), by=by, progress=Steps())


class Steps:
    """Tells each step on a line."""

    def __init__(self) -> None:
        self.done = 0

    def start(self, total: int) -> None:
        print(0, flush=True)

    def step(self, number: int) -> None:
        self.done += number
        print(self.done, flush=True)


def _set_up() -> None:
    """An account and an actor in the database, which is migrated first."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from actors.models import Actor

    call_command("migrate", verbosity=0)
    get_user_model().objects.get_or_create(username="kills")
    Actor.objects.get_or_create(slug="ann-lee", defaults={"name": "Ann Lee", "kind": "person"})


def _counts() -> list[int]:
    from django.db import connection

    from claims.models import Citation, Claim, ClaimWords, ImportedRow, Source

    counts = [model._default_manager.count() for model in (Claim, Citation, Source, ImportedRow, ClaimWords)]
    connection.close()
    return counts


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conflict_site.settings")
    django.setup()
    if sys.argv[1:2] == ["child"]:
        child(Path(sys.argv[2]), control=CONTROL in sys.argv)
    else:
        sys.exit(main())

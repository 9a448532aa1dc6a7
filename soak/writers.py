"""Many who write at once, each a transaction after the other, and readers of the database beside them.

python -m soak.writers NUMBER SECONDS [stock]     (a process of so many writers, or of a reader where it is 0)
"""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic, sleep

import django

from soak import site

WRITERS, PROCESSES = 32, 4


@dataclass(frozen=True, slots=True)
class Written:
    """How many writes were acknowledged and how many failed, why, by how much the record grew, what readers waited."""

    acknowledged: int
    failed: list[str]
    counted: int
    longest: float
    read_p99: float

    @property
    def is_whole(self) -> bool:
        """Whether each write was acknowledged and is there, and no other."""
        return not self.failed and self.acknowledged == self.counted

    def words(self) -> str:
        waits = f"longest wait {self.longest:.1f} s, reader p99 {self.read_p99 * 1000:.0f} ms"
        return f"{self.acknowledged} written, {self.counted} there, {len(self.failed)} failed, {waits}"


def write_for(url: str, seconds: float, writers: int = WRITERS, backend: str = "") -> Written:
    """Let so many write for so long, and count what is there afterwards; ``stock`` is Django's own way to SQLite."""
    before = _counted(url)
    numbers = [0, *[writers // PROCESSES] * PROCESSES]
    running = [_process(url, number, seconds, backend) for number in numbers]
    reader, *told = (json.loads(process.communicate()[0]) for process in running)
    done = [one for each in told for one in each["done"]]
    failed = [one for each in told for one in each["failed"]]
    return Written(len(done), failed, _counted(url) - before, max(done, default=0), reader["read_p99"])


def _counted(url: str) -> int:
    return int(json.loads(_process(url, 0, 0, "").communicate()[0])["counted"])


def _process(url: str, number: int, seconds: float, backend: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "soak.writers", str(number), str(seconds), backend]
    return subprocess.Popen(command, cwd=site.ROOT, env=site.environment(url), stdout=subprocess.PIPE, text=True)


class Work:
    """What the threads of a process do, and what became of it."""

    def __init__(self) -> None:
        self.done: list[float] = []
        self.failed: list[str] = []
        self.read: list[float] = []
        self.over = threading.Event()

    def write(self) -> None:
        """Add a row a transaction, until it is over."""
        from django.db import DatabaseError, connection, transaction

        from actors.models import Actor

        while not self.over.is_set():
            begun = monotonic()
            try:
                with transaction.atomic():
                    Actor.objects.order_by("?").values_list("pk").first()
                    slug = f"soak-{threading.get_native_id()}-{len(self.done)}-{begun:.6f}".replace(".", "-")
                    Actor.objects.create(slug=slug, name="Soak", kind="person")
                self.done.append(monotonic() - begun)
            except DatabaseError as error:
                self.failed.append(str(error))
        connection.close()

    def look(self) -> None:
        """Read some rows ten times a second, until it is over."""
        from django.db import connection

        from claims.models import Claim

        while not self.over.is_set():
            begun = monotonic()
            list(Claim.objects.published()[:25])
            self.read.append(monotonic() - begun)
            sleep(0.1)
        connection.close()


def main() -> None:
    """Write in so many threads for so many seconds, or read; print the outcome as JSON."""
    threads, seconds, backend = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    _set_up(backend)
    from actors.models import Actor

    work = Work()
    with ThreadPoolExecutor(threads or 1) as pool:
        running = [pool.submit(work.write) for _ in range(threads)] or [pool.submit(work.look)]
        sleep(seconds)
        work.over.set()
    for one in running:
        one.result()
    read = sorted(work.read) or [0.0]
    told = {"done": work.done, "failed": work.failed, "read_p99": read[int(len(read) * 0.99)]}
    print(json.dumps(told | {"counted": Actor.objects.filter(name="Soak").count()}))


def _set_up(backend: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "conflict_site.settings"
    if backend == "stock":
        from django.conf import settings

        settings.DATABASES["default"]["ENGINE"] = "django.db.backends.sqlite3"
    django.setup()


if __name__ == "__main__":
    main()

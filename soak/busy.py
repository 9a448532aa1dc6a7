"""A site that is read and written to as long as a block lasts, over TLS, as a proxy passes it on."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from time import monotonic, sleep

from soak.desk import Desk, page

PAGES = ("/claims/", "/", "/actors/", "/claims/?q=ceasefire", "/issues/", "/claims.json")
READERS, PAUSE = 2, 0.05  # seconds from an answer to the next question
NUMBERS = count(1)


@dataclass
class Busy:
    """Readers and, unless told otherwise, somebody at the desk who adds one group after the other."""

    port: int
    writes: bool = True
    saved: list[str] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    longest: float = 0

    def __enter__(self) -> "Busy":
        self._over, self._pool = Event(), ThreadPoolExecutor(READERS + 1)
        work = [self._read] * READERS + [self._write] * self.writes
        self._working = [self._pool.submit(one) for one in work]
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._pool.shutdown()
        for one in self._working:
            one.result()

    def _read(self) -> None:
        for number in count():
            if self._over.is_set():
                return
            begun = monotonic()
            self.statuses[f"read {page(self.port, PAGES[number % len(PAGES)])}"] += 1
            self.longest = max(self.longest, monotonic() - begun)
            sleep(PAUSE)

    def _write(self) -> None:
        desk = Desk(self.port)
        while not self._over.is_set():
            name = f"drill {next(NUMBERS)}"
            status = desk.saved("/admin/auth/group/add/", name=name)
            self.statuses[f"saved {status}"] += 1
            self.saved += [name] if status == 302 else []
            sleep(PAUSE)

    @property
    def failed(self) -> dict[str, int]:
        """What came beside pages and saves, and how often."""
        return {what: number for what, number in self.statuses.items() if what not in ("read 200", "saved 302")}

    def words(self, what: str) -> str:
        """A sentence on it."""
        reads, saves = self.statuses["read 200"], self.statuses["saved 302"]
        failed = self.failed or "none"
        return f"{what}: {reads} reads and {saves} saves, {failed} failed, longest wait {self.longest:.1f} s"

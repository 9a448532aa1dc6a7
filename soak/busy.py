"""A site that is read and written to as long as a block lasts, over TLS, as a proxy passes it on."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from time import monotonic, sleep

from soak.desk import Desk, page

PAGES = ("/claims/", "/", "/actors/", "/claims/?q=ceasefire", "/issues/", "/claims.json")
ADD = "/admin/auth/group/add/"
READERS, PAUSE = 2, 0.05  # seconds from an answer to the next question
NUMBERS = count(1)


@dataclass
class Busy:
    """Readers and, unless told otherwise, somebody at the desk who adds one group after the other."""

    port: int
    writes: bool = True
    saved: dict[str, str] = field(default_factory=dict)  # by its name, the stage in which a group was saved
    statuses: Counter[str] = field(default_factory=Counter)
    longest: dict[str, tuple[float, str]] = field(default_factory=dict)  # seconds, and in which stage they began
    stage: str = "before"  # what goes on meanwhile, as who works at it says

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
            with self._timed("read"):
                self.statuses[f"read {page(self.port, PAGES[number % len(PAGES)])}"] += 1
            sleep(PAUSE)

    def _write(self) -> None:
        desk = Desk(self.port)
        while not self._over.is_set():
            name = f"drill {next(NUMBERS)}"
            with self._timed("save"):
                self.note(name, desk.saved(ADD, name=name))
            sleep(PAUSE)

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        begun, stage = monotonic(), self.stage
        yield
        self.longest[what] = max(self.longest.get(what, (0, "")), (monotonic() - begun, stage))

    def hear(self, said: str) -> None:
        """What goes on from now on."""
        if said.startswith("== "):
            self.stage = said.removeprefix("== ")

    def note(self, name: str, status: int) -> None:
        """What came of saving a group."""
        self.statuses[f"saved {status}"] += 1
        self.saved |= {name: self.stage} if status == 302 else {}

    @property
    def failed(self) -> dict[str, int]:
        """What came beside pages and saves, and how often."""
        return {what: number for what, number in self.statuses.copy().items() if what not in ("read 200", "saved 302")}

    def words(self, what: str) -> str:
        """A sentence on it."""
        reads, saves = self.statuses["read 200"], self.statuses["saved 302"]
        failed = self.failed or "none"
        longest = "; ".join(f"longest {one} {s:.1f} s, from “{stage}”" for one, (s, stage) in self.longest.items())
        return f"{what}: {reads} reads and {saves} saves, {failed} failed; {longest}"

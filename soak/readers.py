"""Readers, who come at their own pace whatever else is going on, and what they see."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from soak.places import status

PAGES = ("/claims/", "/", "/actors/", "/claims/?q=ceasefire", "/issues/")
READERS, PAUSE = 2, 0.05  # seconds from an answer to the next question


@dataclass(frozen=True, slots=True)
class Seen:
    """What readers saw: the seconds of each answer, in order, and how many were no page."""

    seconds: list[float]
    failed: int

    def share(self, of: float) -> float:
        """The seconds within which such a share of the answers came."""
        return self.seconds[min(len(self.seconds) - 1, int(len(self.seconds) * of))]

    def words(self) -> str:
        p50, p99 = (self.share(of) * 1000 for of in (0.5, 0.99))
        return f"{len(self.seconds)} answers, median {p50:.0f} ms, p99 {p99:.0f} ms, {self.failed} failed"


class Readers:
    """They read as long as the block lasts; then ``seen`` has what they saw."""

    def __init__(self, port: int, readers: int = READERS, pages: Sequence[str] = PAGES) -> None:
        self._port, self._readers, self._pages = port, readers, pages
        self._over, self._pool = threading.Event(), ThreadPoolExecutor(readers)

    def __enter__(self) -> "Readers":
        self._reading = [self._pool.submit(self._read) for _ in range(self._readers)]
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        found = [each for reading in self._reading for each in reading.result()]
        self._pool.shutdown()
        self.seen = Seen(sorted(seconds for seconds, _ in found), sum(status != 200 for _, status in found))

    def _read(self) -> list[tuple[float, int]]:
        found: list[tuple[float, int]] = []
        while not self._over.is_set():
            begun = monotonic()
            seen = status(self._port, self._pages[len(found) % len(self._pages)])
            found.append((monotonic() - begun, seen))
            sleep(PAUSE)
        return found


def warm(port: int) -> None:
    """Let each worker read the record into memory, and compile its pages."""
    for _ in range(8):
        for page in PAGES:
            status(port, page)


def seen_for(port: int, seconds: float, **given: Any) -> Seen:
    """What readers see within some seconds; how many they are and what they read, as ``Readers`` takes it."""
    with Readers(port, **given) as readers:
        sleep(seconds)
    return readers.seen

"""What a file of all claims costs: memory of the worker while it is written, the time until it begins, rows a second.

The worker has read its index and answered a page before, so that what it holds then is not the file's. The file is
read to its end, as fast as it comes, and thrown away. ``make bench`` ends with it; ``python -m bench.exports 1000000``
measures it alone, once that has made the record and the static files.
"""

import http.client
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from time import perf_counter

from bench import record
from bench.processes import family, memory
from bench.systems import PAGE, Places, System

FILES = {"CSV": "/claims.csv", "JSON-LD": "/claims.jsonld"}
LINES_OF_NO_CLAIM = {"CSV": 1, "JSON-LD": 2}  # a head, and for JSON-LD a foot
MOST_MB, MOST_MS = 200, 200
PIECE, EVERY, PATIENCE = 1 << 16, 0.2, 600  # bytes; seconds between samples; seconds for the next byte


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer that was read to its end: milliseconds until its first byte and first claim, and in all; its size."""

    first_byte: float
    first_claim: float
    whole: float
    size: int
    lines: int


@dataclass(frozen=True, slots=True)
class Export:
    """What one file cost. Memory is what the worker holds (PSS), in megabytes: before the request, and at most."""

    name: str
    reading: Reading
    before: float
    peak: float

    @property
    def rows(self) -> int:
        """How many claims are in it."""
        return self.reading.lines - LINES_OF_NO_CLAIM[self.name]

    @property
    def rows_a_second(self) -> float:
        """How many of them came a second."""
        return self.rows / self.reading.whole * 1_000

    @property
    def growth(self) -> float:
        """The megabytes that it took beyond what the worker held before."""
        return self.peak - self.before

    @property
    def holds(self) -> bool:
        """Whether it stays under what may be taken of time and memory."""
        return self.growth < MOST_MB and self.reading.first_byte < MOST_MS

    def __str__(self) -> str:
        return (
            f"{self.name:8}{self.rows:9,} claims, {self.reading.size / 1e6:.0f} MB, {self.rows_a_second:,.0f} a second;"
            f" first byte {self.reading.first_byte:.0f} ms, first claim {self.reading.first_claim:.0f} ms;"
            f" memory {self.before:.0f} MB and {self.growth:.0f} more"
        )


def export(system: System, name: str) -> Export:
    """Read one file from a running system, all claims of it."""
    for _ in range(2):  # so that the index is read, and what a page needs is there
        system.client.get(PAGE)
    worker = family(system.server.pid)[-1]
    before = memory(worker)
    with samples_of(worker) as samples:
        reading = read(system.server.port, FILES[name])
    return Export(name, reading, before, max(samples))


def read(port: int, path: str) -> Reading:
    """Read an answer to its end and throw it away. Raises OSError where it is a refusal."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    start = perf_counter()
    connection.request("GET", path, headers={"Host": "localhost"})
    response = connection.getresponse()
    if response.status != 200:
        raise OSError(f"{path} is answered by {response.status}")
    first_byte = first_claim = 0.0
    size = lines = 0
    while piece := response.read1(PIECE):
        size, lines = size + len(piece), lines + piece.count(b"\n")
        first_byte = first_byte or since(start)
        first_claim = first_claim or (since(start) if lines > 1 else 0.0)
    connection.close()
    return Reading(first_byte, first_claim, since(start), size, lines)


def since(start: float) -> float:
    """The milliseconds since a moment."""
    return (perf_counter() - start) * 1_000


@contextmanager
def samples_of(process: int) -> Iterator[list[float]]:
    """The megabytes that a process holds, again and again as long as the block lasts, and at its end."""
    samples: list[float] = []
    ended = Event()

    def sample() -> None:
        while not ended.wait(EVERY):
            samples.append(memory(process))

    thread = Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()
        samples.append(memory(process))


def main() -> None:
    """Measure both files of all claims, each in a new worker."""
    file = record.sqlite_file(int(sys.argv[1]))
    print(f"Files of all claims, to take less than {MOST_MB} MB of a worker and to begin within {MOST_MS} ms:")
    for name in FILES:
        with System("full-sqlite", Places(file)) as system:
            found = export(system, name)
        print(f"  {found}{'' if found.holds else ' (MISSED)'}", flush=True)


if __name__ == "__main__":
    main()

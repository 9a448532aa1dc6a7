"""Times of pages: all systems in turn within one run, one request to a slow one for eight to a fast one.

Who comes after whom is drawn by lot each time, lest one always find the processor's caches as another has left them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median

from bench.client import TIMEOUT
from bench.filters import Filter
from bench.processes import cpu
from bench.systems import System

TURNS = 8  # requests to a fast system a round
SEED = 1  # of the lot, so that a run can be made again


@dataclass(slots=True)
class Times:
    """What one system took for one filter: milliseconds by the clock, and of processor time."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    timed_out: bool = False

    def as_data(self) -> dict[str, float | int | bool | None]:
        """The medians. A system that has taken longer than the limit once is not asked again, and said to take it."""
        if self.timed_out:
            return {"wall": TIMEOUT * 1_000.0, "cpu": None, "requests": 1, "timed_out": True}
        return {
            "wall": median(self.wall),
            "cpu": median(self.cpu),
            "requests": len(self.wall),
            "timed_out": False,
        }


type Table = dict[str, dict[str, Times]]  # by system and filter


def measure(systems: Sequence[System], rows: Sequence[Filter], rounds: int) -> Table:
    """The times of every filter on every system."""
    table: Table = {system.key: {row.name: Times() for row in rows} for system in systems}
    fast = [system for system in systems if not system.is_slow]
    slow = [system for system in systems if system.is_slow]
    lot = Random(SEED)
    for number in range(1, rounds + 1):
        for row in rows:
            for _ in range(TURNS):
                _ask(table, lot.sample(fast, len(fast)), row)
            _ask(table, lot.sample(slow, len(slow)), row)
            print(f"  round {number} of {rounds}: {row.name}", flush=True)
    return table


def request(system: System, path: str, headers: dict[str, str] | None = None) -> tuple[float, float]:
    """The milliseconds, and those of processor time, of one request. Raises TimeoutError."""
    before = cpu(system.processes)
    reply = system.client.get(path, headers)
    if reply.status not in (200, 304):
        raise RuntimeError(f"{system.key} answers {reply.status} at {path}")
    return reply.milliseconds, cpu(system.processes) - before


def _ask(table: Table, systems: Iterable[System], row: Filter) -> None:
    for system in systems:
        times = table[system.key][row.name]
        if times.timed_out:
            continue
        try:
            wall, used = request(system, system.address(row))
        except TimeoutError:
            times.timed_out = True
            system.restart()
        else:
            times.wall.append(wall)
            times.cpu.append(used)

"""Servers as processes: started on a free port, stopped for certain, and what they use of processor and memory.

Reads Linux's /proc.
"""

import os
import re
import socket
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from bench.client import Client

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "var" / "bench" / "servers.log"
SECONDS_TO_START = 60
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the process that was started, and where it listens."""

    pid: int
    port: int


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(command: Sequence[str | Path], port: int, environment: Mapping[str, str], ready: str) -> Iterator[Server]:
    """Run a server as long as the block lasts; it is there once it answers at the path ``ready``."""
    with LOG.open("ab") as output:
        # A process group of its own: Ctrl-C does not reach it; it is stopped below, once.
        started = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output, process_group=0
        )
    try:
        _wait(started, port, ready)
        yield Server(started.pid, port)
    finally:
        started.terminate()
        try:
            started.wait(5)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(started.pid, 9)  # a query of minutes does not listen
            started.wait()


def _wait(started: subprocess.Popen[bytes], port: int, ready: str) -> None:
    deadline = monotonic() + SECONDS_TO_START
    while monotonic() < deadline:
        if started.poll() is not None:
            break
        with suppress(OSError):
            client = Client(port)
            client.get(ready)
            client.close()
            return
        sleep(0.05)
    raise RuntimeError(f"A server did not start; {LOG.relative_to(ROOT)} says why: {started.args!r}")


def family(pid: int) -> list[int]:
    """A process and all its descendants that are alive."""
    with suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *(descendant for child in children for descendant in family(int(child)))]
    return []


def cpu(pids: Iterable[int]) -> float:
    """The milliseconds of processor time that these processes and their descendants have used so far.

    Those alive are counted to the nanosecond, by thread; those that have ended, by the clock ticks they left behind.
    """
    return sum(_living(pid) + _ended(pid) for parent in pids for pid in family(parent))


def _living(pid: int) -> float:
    used = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(OSError):
            used += int(path.read_text().split()[0])
    return used / 1e6


def _ended(pid: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[13]) + int(fields[14])) * 1_000 / TICKS
    return 0.0


def memory(pid: int) -> float:
    """The megabytes that a process and its descendants hold, shared pages in parts (PSS)."""
    kilobytes = 0
    for one in family(pid):
        with suppress(OSError):
            found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
            kilobytes += int(found[1]) if found else 0
    return kilobytes / 1024

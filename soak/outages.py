"""What readers and a curator notice while machines go away, one after the other."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from time import monotonic, sleep

from soak.desk import Desk
from soak.machines import PROCESSES, Machines, is_ready, machines, until
from soak.places import Place, ask

READERS, PAUSE = 4, 0.02  # seconds from an answer to the next question
ADDRESSES = ("/", "/claims/", "/claims/?q=ceasefire", "/actors/", "/issues/", "/claims.json")
AWAY, BACK_WITHIN = 3.0, 5.0  # seconds
WORDS = re.compile(rb"Edition (\d+)")
SITE = "/admin/conflict_site/site/1/change/"
KILLED = ("replica1", "replica2", *PROCESSES, "pgbouncer")


@dataclass
class Seen:
    """What came of all requests; the edition that a curator was last told is saved."""

    saved: int = 0
    reads: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    stale: Counter[str] = field(default_factory=Counter)
    stage: str = "before"

    def read(self, port: int, address: str) -> None:
        """Ask for a page: it has at least the edition that was saved before it was asked for."""
        before, stage = self.saved, self.stage
        status, body = answer(port, address)
        self.reads += 1
        if status != 200:
            self.failed[f"{stage}: {address} {status}"] += 1
        elif not address.endswith(".json") and int((WORDS.search(body) or [b"", b"0"])[1]) < before:
            self.stale[stage] += 1


def answer(port: int, address: str) -> tuple[int | str, bytes]:
    """Status and body of an answer; why there was none."""
    try:
        status, _, body = ask(port, address)
    except (OSError, HTTPException) as error:
        return type(error).__name__, b""
    return status, body


class Curator:
    """Saves the site's own words with a number that goes up."""

    def __init__(self, port: int, seen: Seen) -> None:
        self._port, self._seen, self._desk = port, seen, Desk(port)

    def save(self) -> bool:
        """Save the next edition; whether that was acknowledged. Then it is there, for her and for everybody."""
        edition = self._seen.saved + 1
        if self._desk.saved(SITE, title=f"Edition {edition}") != 302:
            return False
        self._seen.saved = edition
        self._seen.read(self._port, "/")
        return True


def outages(place: Place, replicas: bool = True) -> str:
    """Kill each in turn under load; fails where a read failed, what was saved was not there, or writes stayed away."""
    with machines(replicas) as running:
        seen = Seen()
        port = running.ports["nginx"]
        curator = Curator(port, seen)
        assert curator.save(), "nothing could be saved to begin with"
        with readers(port, seen):
            if replicas:
                behind(running, curator, seen)
            for name in KILLED if replicas else ("pgbouncer",):
                away(running, curator, seen, name)
            back = promoted(running, curator, seen) if replicas else 0.0
    wrong = [f"{number} of {seen.reads} reads failed ({what})" for what, number in seen.failed.most_common(3)]
    wrong += [f"{number} pages were behind ({what})" for what, number in seen.stale.items() if what != "no primary"]
    assert not wrong, "; ".join(wrong)
    assert back <= BACK_WITHIN, f"writes were back {back:.1f} s after the promotion"
    return f"{seen.reads} reads, none failed or behind; {seen.saved} saved; writes back {back:.1f} s after promotion"


def outages_control(place: Place) -> str:
    """Without replicas."""
    return outages(place, replicas=False)


@contextmanager
def readers(port: int, seen: Seen) -> Iterator[None]:
    """Readers read as long as the block lasts."""
    over = threading.Event()

    def read(number: int) -> None:
        while not over.is_set():
            seen.read(port, ADDRESSES[number % len(ADDRESSES)])
            number += 1
            sleep(PAUSE)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def save_for(curator: Curator, seconds: float) -> int:
    """Save for some seconds; how often that was acknowledged."""
    end, saved = monotonic() + seconds, 0
    while monotonic() < end:
        saved += curator.save()
        sleep(0.05)
    return saved


def behind(running: Machines, curator: Curator, seen: Seen) -> None:
    """A replica falls behind, is left out, and comes back."""
    seen.stage = "replica1 behind"
    running.ask("replica1", "SELECT pg_wal_replay_pause()")
    save_for(curator, AWAY)
    for name in PROCESSES:
        assert is_ready(running.ports[name])["replica1"] == "behind", "what is behind is not known to be"
    running.ask("replica1", "SELECT pg_wal_replay_resume()")
    all_well(running, PROCESSES)


def away(running: Machines, curator: Curator, seen: Seen, name: str) -> None:
    """One is killed, and started again after a while."""
    seen.stage = f"{name} away"
    running.kill(name)
    save_for(curator, AWAY)
    running.start(name)
    seen.stage = f"{name} back"
    if running.has_replicas:
        all_well(running, PROCESSES)
    until(curator.save, 10)


def promoted(running: Machines, curator: Curator, seen: Seen) -> float:
    """The primary is killed, a replica takes its place; the seconds until somebody could save."""
    seen.stage = "no primary"
    running.kill("primary")
    sleep(AWAY)
    received = {name: running.ask(name, "SELECT pg_last_wal_receive_lsn()::text") for name in ("replica1", "replica2")}
    running.promote(max(received, key=lambda name: [int(part, 16) for part in received[name].split("/")]))
    back = until(curator.save, 60)
    seen.stage = "promoted"
    all_well(running, PROCESSES)
    save_for(curator, AWAY)
    return back


def all_well(running: Machines, names: tuple[str, ...]) -> None:
    """Each process asks each replica again."""
    until(lambda: all({*is_ready(running.ports[name]).values()} == {"ok"} for name in names), 30)

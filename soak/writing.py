"""What many who write cost each other, those who read, and the audit them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from threading import Event
from typing import Any

from soak import interruptions, logins, readers
from soak.places import Place, ask, script, site

WRITERS, PROCESSES, SECONDS = 32, 4, 60
SLOWEST_READ = 50  # milliseconds, of 99 in 100; on PostgreSQL 32 write at once, and readers share the cores with all
type Attack = Callable[[int], AbstractContextManager[Any]]  # on the port of a site
type Lock = Callable[[str], AbstractContextManager[None]]  # of a database, by its URL

MOST_SLOWER, ROUNDS = 15, 400  # per cent; saves


def writers(place: Place, seconds: int = SECONDS, impatient: str = "") -> str:
    """Fails where a write is refused, an acknowledged row is missing, or a reader waits."""
    url = place.database()
    with site(url, PUBLIC_ONLY="1") as port:
        readers.warm(port)
        started = [
            script(url, "writer", WRITERS // PROCESSES, seconds, *([impatient] if impatient else []))
            for _ in range(PROCESSES)
        ]
        seen = readers.seen_for(port, seconds, readers=1, pages=["/claims/"])
        lines = [line for each in started for line in each.communicate()[0].splitlines()]
    errors = [line for line in lines if not line.startswith("ack ")]
    p50, p99 = (seen.share(of) * 1000 for of in (0.5, 0.99))
    figure = f"{len(lines)} writes in {seconds} s, none failed; reader p99 {p99:.0f} ms, median {p50:.0f} ms"
    assert not errors, f"{len(errors)} of {len(lines)} writes failed: {errors[0]}"
    assert p99 < SLOWEST_READ or place.engine == "postgresql", figure
    return figure


def writers_control(place: Place) -> str:
    """Writers that do not wait for their turn."""
    return writers(place, 5, "impatient")


def locked(place: Place, seconds: float = 8, attack: Lock = interruptions.writing) -> str:
    """Fails where those who read wait for somebody who has begun to write and does not end."""
    url = place.database()
    with site(url) as port:
        readers.warm(port)
        idle = readers.seen_for(port, seconds)
        with attack(url):
            beside = readers.seen_for(port, seconds)
    return _no_slower(idle, beside)


def locked_control(place: Place) -> str:
    """Somebody who holds what readers need, too."""
    return locked(place, 4, interruptions.closed)


def tried_to_sign_in(place: Place, seconds: float = 15, attack: Attack = logins.trying) -> str:
    """Fails where those who read wait more than twice as long beside loops that try passwords."""
    with site(place.database()) as port:
        readers.warm(port)
        idle = readers.seen_for(port, seconds)
        with attack(port):
            beside = readers.seen_for(port, seconds)
    return _no_slower(idle, beside)


def _no_slower(idle: readers.Seen, beside: readers.Seen) -> str:
    """Fails where pages failed, or 99 in 100 took more than twice as long as those of the idle site."""
    alone, then = (seen.share(0.99) * 1000 for seen in (idle, beside))
    assert not beside.failed, f"{beside.failed} pages failed"
    assert then <= 2 * alone, f"reader p99 {then:.0f} ms, {alone:.0f} ms alone"
    return f"reader p99 {then:.0f} ms, {alone:.0f} ms alone"


def sign_in_control(place: Place) -> str:
    """Loops that ask for the longest file instead, which nothing bounds."""
    return tried_to_sign_in(place, 5, asking_for_files)


@contextmanager
def asking_for_files(port: int) -> Iterator[None]:
    """As many loops as try passwords, as long as the block lasts."""
    over = Event()

    def loop() -> None:
        while not over.is_set():
            ask(port, "/claims.csv")

    with ThreadPoolExecutor(logins.LOOPS) as pool:
        for _ in range(logins.LOOPS):
            pool.submit(loop)
        try:
            yield
        finally:
            over.set()


def audited(place: Place, rounds: int = ROUNDS, slow: str = "") -> str:
    """Fails where a save takes so much longer with the audit."""
    process = script(place.database(), "pace", rounds, *([slow] if slow else []))
    said = process.communicate()[0].split()
    assert process.returncode == 0, " ".join(said[-30:])
    with_audit, without = map(float, said[-2:])
    slower = (with_audit / without - 1) * 100
    assert slower <= MOST_SLOWER, f"{slower:.0f} % slower: {with_audit:.1f} ms a save, {without:.1f} ms without"
    return f"{slower:.0f} % slower: {with_audit:.1f} ms a save, {without:.1f} ms without"


def audited_control(place: Place) -> str:
    """An audit that takes ten milliseconds for each entry."""
    return audited(place, 80, "slow")

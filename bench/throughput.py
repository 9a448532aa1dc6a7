"""How many pages a second the production server gives out, as docs/deploying.md starts it, and how many fail."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from itertools import cycle, islice
from statistics import median, quantiles
from time import monotonic

from bench.client import Client
from bench.filters import Filter
from bench.processes import free_port
from bench.systems import AS_DEPLOYED, PAGE, Places, gunicorn

CONNECTIONS, SECONDS = 16, 20


def throughput(engine: str, places: Places, rows: Sequence[Filter], seconds: int = SECONDS) -> dict[str, float]:
    """Pages a second, errors, and the median and 95th percentile of the milliseconds, with all facets."""
    port = free_port()
    with gunicorn(port, AS_DEPLOYED, DATABASE_URL=places.database_url(engine)):
        for row in rows:
            _visit(port, [row], monotonic())
        start = monotonic()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            from_each = [[*rows[first:], *rows[:first]] for first in islice(cycle(range(len(rows))), CONNECTIONS)]
            visits = list(pool.map(lambda addresses: _visit(port, addresses, start + seconds), from_each))
        passed = monotonic() - start
    times = [time for visit, _ in visits for time in visit]
    return {
        "pages": len(times) / passed,
        "errors": sum(errors for _, errors in visits),
        "median": median(times),
        "slow": quantiles(times, n=20)[-1],
    }


def _visit(port: int, rows: Sequence[Filter], until: float) -> tuple[list[float], int]:
    """Ask for one page after the other on one connection; at least one. The milliseconds, and how many failed."""
    client, times, errors = Client(port), [], 0
    for row in cycle(rows):
        try:
            reply = client.get(row.url(PAGE))
        except (OSError, HTTPException):
            errors += 1
        else:
            if reply.status == 200:
                times.append(reply.milliseconds)
            else:
                errors += 1
        if monotonic() >= until:
            client.close()
            return times, errors
    return times, errors

"""What is measured apart: a worker's first page, the page after a write, and the answer that nothing has changed."""

import json
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench import record, timing, vocabulary
from bench.filters import Filter
from bench.systems import PAGE, Places, System

STARTS, WRITES, REPEATS = 3, 10, 25
WITHDRAW = "UPDATE claims_claim SET state = 'withdrawn', withdrawn_at = published_at, published_at = NULL WHERE id = %s"
RESTORE = "UPDATE claims_claim SET state = 'published', published_at = withdrawn_at, withdrawn_at = NULL WHERE id = %s"


class Stale(RuntimeError):
    """The site did not show what had been written before it was asked."""


def first_pages(key: str, places: Places) -> dict[str, float]:
    """Milliseconds of what a new worker, which has answered at /healthz before, is asked for first.

    The first and the second page, the first search for a word that is in a third of all claims, and the same again.
    """
    search = f"{PAGE}?{urlencode({'q': next(iter(vocabulary.SHARES))})}"
    asked = {"first": PAGE, "second": PAGE, "first_search": search, "second_search": search}
    runs = []
    for _ in range(STARTS):
        with System(key, places) as system:
            runs.append([system.client.get(path).milliseconds for path in asked.values()])
    return {name: median(times) for name, times in zip(asked, zip(*runs, strict=True), strict=True)}


def after_writes(system: System) -> dict[str, float]:
    """Milliseconds of the page that follows a write by another process, and of the next one, in which nothing changed.

    Raises Stale if the first does not show the write.
    """
    connection = record.connect(system.engine, system.places.of(system.engine))
    ask = record.asking(system.engine, connection)
    times, others = [], []
    try:
        newest = "SELECT id FROM claims_claim WHERE state = 'published' ORDER BY said_earliest DESC, id DESC LIMIT %s"
        for (claim,) in ask(newest, [WRITES]):
            count = _count(system)
            for sql, expected in ((WITHDRAW, count - 1), (RESTORE, count)):
                ask(sql, [claim])
                times.append(system.client.get(PAGE).milliseconds)
                others.append(system.client.get(PAGE).milliseconds)
                if _count(system) != expected:
                    raise Stale(f"{system.key} finds {_count(system)} claims after a write, not {expected}")
    finally:
        connection.close()
    return {"after_write": median(times), "page": median(others)}


def unchanged(system: System, claim_filter: Filter) -> dict[str, Any]:
    """Processor time of the page and of the 304 in its place; without times where it has no ETag."""
    path = system.address(claim_filter)
    tag = system.client.get(path).headers.get("ETag")
    if not tag:
        return {}
    headers = {"If-None-Match": tag}
    if system.client.get(path, headers).status != 304:
        raise RuntimeError(f"{system.key} does not answer 304 for the ETag it gave")
    pairs = [(timing.request(system, path), timing.request(system, path, headers)) for _ in range(REPEATS)]
    return {
        "page_cpu": median(page[1] for page, _ in pairs),
        "unchanged_cpu": median(same[1] for _, same in pairs),
        "unchanged_wall": median(same[0] for _, same in pairs),
    }


def _count(system: System) -> int:
    return int(json.loads(system.client.get("/claims.json").body)["count"])

"""What pages ask of the read model, by the threads of one worker at once, with somebody who writes beside them."""

import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import cycle
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import F
from django.http import QueryDict

from actors.models import Actor
from claims.filtering import facets, totals
from claims.filtering.clocks import CLOCKS
from claims.filtering.filter import ClaimFilter
from claims.filtering.horizon import Horizon
from claims.models import Claim
from claims.readmodel import coverage, part, values
from claims.readmodel.freshness import current
from claims.readmodel.orders import Ordered
from claims.readmodel.selection import Found, Having
from tests.claims.invented import Archive, anew

READERS = 4  # as a worker has them
ROUNDS = 8
COLUMNS = ("issue", "speaker", "act", "event", "source", "publisher", "language")
QUERIES = ("sort=oldest&clock=published", "speaker=a1&issue=i0&said_from=2022", "q=peace&not_issue=i1&sort=relevance")


@pytest.fixture(autouse=True)
def quick_switches(monkeypatch):
    """Threads take turns a thousand times as often as they would, and little is kept, so that it is made again."""
    monkeypatch.setattr(part, "KEPT", 5)
    monkeypatch.setattr(values, "LEAST", 3)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.fixture
def archive(transactional_db):
    """Some claims of every sort, published."""
    acts, texts = ["asserts", "denies", "offers"], ["peace", "talks", "aid", "peace talks"]
    described = [
        {
            "state": "published",
            "speaker": n % 4,
            "on_behalf_of": (n + 1) % 4,
            "act": acts[n % 3],
            "form": "paraphrase",
            "said": f"202{n % 4}-0{n % 9 + 1}",
            "day": n % 3 + 1,
            "words": texts[n % 4],
            "issues": {n % 3},
            "events": {n % 2},
            "addressees": {n % 4},
            "mentions": {(n + 2) % 4},
            "cited": [(n % 4, "en"), ((n + 1) % 4, "uk")],
            "steps": [(n % 4, "named")],
        }
        for n in range(12)
    ]
    return Archive(described)


@pytest.fixture
def together(archive, tmp_path):
    """What works find that begin at once, each with a thread and a connection of its own, as in a worker."""
    connect = connections_to_a_copy(tmp_path) if connection.vendor == "sqlite" else None

    def found(*works: Callable[[], Any]) -> list[Any]:
        start = Barrier(len(works))

        def begin(work):
            start.wait(10)
            try:
                return work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(works), initializer=connect) as pool:
            return [each.result(30) for each in [pool.submit(begin, work) for work in works]]

    return found


def connections_to_a_copy(folder):
    """How a thread connects to a copy of the database in a file: several connections to one in memory lock it."""
    own, file = connections[DEFAULT_DB_ALIAS], folder / "copy.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        own.connection.backup(copy)
    kept = own.settings_dict | {"NAME": file}
    return lambda: connections.__setitem__(DEFAULT_DB_ALIAS, type(own)(kept, DEFAULT_DB_ALIAS))


def plain(value):
    """An answer as values that can be compared."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    return [plain(each) for each in value] if isinstance(value, tuple | list) else value


def of_found(found):
    """All that can be asked of the rows that are found."""
    return [
        *(found.period(name) for name in COLUMNS),
        *(found.tally(name) for name in (*COLUMNS, "kind")),
        *(found.keys_of(name) for name in COLUMNS),
        *(found.of_clock(clock) for clock in CLOCKS),
        *(list(found.dates(clock)) for clock in CLOCKS),
        *(found.claims_of(table) for table in ("actor", "issue")),
        *(found.size, sorted(found.keys)),
    ]


def of_order(ordered):
    """All that can be asked of an order."""
    places = ordered.page(None, 3)
    after = places[-1] if places else None
    values = [ordered.value(key) for key, _ in places]
    numbers = [ordered.number(value) for value in values]
    return [places, values, numbers, ordered.page(after, 3), ordered.everything(), ordered.remaining(after)]


def of_filter(query, published):
    """All that a filter's page asks."""
    claim_filter = ClaimFilter(QueryDict(query))
    claim_filter.published = published
    assert claim_filter.is_valid(), claim_filter.errors
    page, selection = facets.places(claim_filter, 3), claim_filter.selection
    return [
        *(facets.counts(claim_filter), page.keys, page.before, page.after, facets.keys(claim_filter)),
        *(facets.facets(claim_filter), facets.tally(claim_filter)),
        *(facets.dates(claim_filter), facets.months(claim_filter), facets.ways_out(claim_filter)),
        *of_found(selection.found(claim_filter.choices[:1])),
        *of_order(Ordered(selection, claim_filter.chosen_sort, claim_filter.chosen_clock)),
    ]


def of_tallies(published):
    """All that other pages ask."""
    conditions = [Having(name, published.keys_of(name)[0]) for name in ("issue", "speaker")]
    selection = totals.within(Horizon(), *conditions, published=published)
    keys = np.sort(published.keys)
    return [
        *(totals.of(published), totals.newest(selection, 3), totals.numbers(published, "source")),
        *(totals.of_any([selection], keys.tolist()[:3]), coverage.counts(published), coverage.tables(published)),
    ]


def answers(published):
    """All that can be asked of the published claims of one snapshot."""
    of_filters = [answer for query in QUERIES for answer in of_filter(query, published)]
    return plain([*of_found(published), *of_filters, *of_tallies(published)])


def alone(of):
    """All published claims of the same snapshot, of which nobody has asked anything."""
    return Found.of(anew(of))


def test_threads_that_ask_a_new_snapshot_all_at_once_are_answered_as_one(together):
    [[expected, of]] = together(lambda: (answers(alone(current().snapshot)), current().snapshot))
    for _ in range(ROUNDS):
        published = alone(of)
        assert together(*[lambda asked=published: answers(asked)] * READERS) == [expected] * READERS


def test_threads_that_ask_while_somebody_writes_are_each_answered_from_one_snapshot(archive, together):
    keys, acts = [claim.pk for claim in archive.claims], cycle(["denies", "offers", "asks"])
    seen: dict[Any, list[Any]] = {}

    def ask():
        published = current()
        return published.snapshot, answers(published)

    def write():
        Claim.objects.filter(pk__in=keys[:3]).update(act=next(acts))
        Actor.objects.update(name=F("name"))  # the small tables are read again

    for _ in range(ROUNDS):
        for of, found in together(write, *[ask] * READERS)[1:]:
            seen.setdefault(of, []).append(found)
    assert len(seen) > 1
    for of, found in seen.items():
        assert found == together(lambda asked=of: answers(alone(asked))) * len(found)


def test_threads_that_tally_while_somebody_writes_something_else_count_the_same(archive, together):
    writing, acts = Claim.objects.filter(pk=archive.claims[0].pk), cycle(["denies", "offers", "asks"])

    def tally():
        return totals.of_each("speaker")

    def write():
        writing.update(act=next(acts))

    [expected] = together(tally)
    assert len(expected) == 4
    for _ in range(ROUNDS):
        assert together(write, *[tally] * READERS)[1:] == [expected] * READERS

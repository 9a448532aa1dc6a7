"""The threads of a worker share one snapshot: whichever of them asks first, each has the answer that one alone has."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from claims.readmodel.cache import Cache
from claims.readmodel.freshness import current
from claims.readmodel.orders import Ordered
from claims.readmodel.selection import Found, Having, Selection
from tests.claims.invented import anew
from tests.factories import a_citation, a_claim, a_step, an_actor, an_event, an_issue

pytestmark = pytest.mark.django_db

THREADS, ROUNDS = 8, 60
COLUMNS = ("speaker", "issue", "source", "event", "act", "form", "publisher", "language", "attribution", "mentioned")
SORTS = ("newest", "oldest", "recorded")
CLOCKS = ("said", "published", "recorded")


@pytest.fixture(autouse=True)
def restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.fixture
def published() -> Found:
    issue, event = an_issue(), an_event()
    for number in range(12):
        claim = a_claim(said_edtf=f"20{10 + number}-03", speaker=an_actor(), issues=[issue], events=[event])
        a_step(claim, an_actor())
        a_citation(claim)
    return current()


def plain(value: object) -> object:
    """What an answer holds, to be compared."""
    return (
        [plain(one) for one in value] if isinstance(value, tuple | list) else getattr(value, "tolist", lambda: value)()
    )


def answers(found: Found) -> list[object]:
    """What every public method answers."""
    speaker = int(found.snapshot.terms_of("speaker").coding.keys[0])
    conditions = [
        Having("speaker", speaker),
        Having("said", (date(2012, 1, 1), date(2020, 1, 1), False)),
        Having("actor", (speaker, "any")),
        Having("kind", "person"),
        Having("source_kind", "transcript", excluded=True),
        Having("as_of", date(2030, 1, 1)),
        Having("known_by", date(2100, 1, 1)),
    ]
    given: list[object] = []
    for clock in CLOCKS:
        selection = Selection(found, clock, conditions)
        for rows in (found, selection.found(), selection.found(conditions[1:])):
            given += [
                rows.size,
                list(rows.dates(clock)),
                list(found.snapshot.clocks[clock].months(rows.of_clock(clock))),
            ]
            given += [[rows.tally(name), rows.period(name), rows.keys_of(name)] for name in COLUMNS]
            given += [rows.claims_of("actor"), rows.tally("kind")]
        for sort in SORTS:
            ordered = Ordered(Selection(found, clock, conditions[2:3]), sort, clock)
            given += [ordered.page(None, 5), ordered.everything(), ordered.remaining(None)]
    return [plain(one) for one in given]


def unasked(found: Found) -> Found:
    """The same claims, of which nothing has been counted yet."""
    return Found.of(anew(found.snapshot))


def test_every_thread_has_the_answer_that_one_alone_has(published: Found) -> None:
    alone = answers(unasked(published))
    at_once = Barrier(THREADS)

    def ask(found: Found) -> list[object]:
        at_once.wait()
        return answers(found)

    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(3):
            shared = unasked(published)
            assert all(given == alone for given in pool.map(ask, [shared] * THREADS))


def test_the_first_and_last_days_come_together(published: Found) -> None:
    alone = plain(unasked(published).period("speaker"))
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(ROUNDS):
            shared = unasked(published)
            given = list(pool.map(lambda _, found=shared: plain(found.period("speaker")), range(THREADS)))
            assert given == [alone] * THREADS


def test_a_cache_that_lets_go_of_its_values_still_hands_them_on() -> None:
    cache = Cache(most=2)
    with ThreadPoolExecutor(THREADS) as pool:
        given = list(pool.map(lambda number: cache.get(number % 5, lambda: number % 5), range(5_000)))
    assert given == [number % 5 for number in range(5_000)]

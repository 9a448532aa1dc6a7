"""Which database answers a request: the primary, or a replica that has all that the primary has published.

One request asks one database, chosen at its start: the read model's columns and the rows beside them, and so its ETag,
are then of one copy of the record. Whoever writes or has signed in asks the primary. For a reader the primary is asked
for the newest entry of the journal of changes, one row of an index, and a replica is taken that has this entry: nobody
ever reads what was changed or withdrawn before the request came. Times and places in the log of writes would tell less:
they go on while nothing that readers see has changed, and stand still where a replica has lost its primary.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse

from claims.readmodel import freshness
from conflict_site.limits import fault_of
from conflict_site.programs import is_desk

PAUSE = 5.0  # seconds for which one that does not answer is left out; longer than it takes to open a connection in vain
OURS = ("57014", "55P03")  # a statement ended by a limit of ours, which another database would not answer sooner

_asked: ContextVar[str] = ContextVar("asked", default=PRIMARY)
_turn = count()

log = logging.getLogger(__name__)


class Router:
    """Django's: what a request reads is read from the database that was chosen for it; writes go to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _asked.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


class LeftOut:
    """The databases that did not answer. After a pause one thread tries them, and the others still do without."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def __contains__(self, alias: str) -> bool:
        return alias in self._until

    def may_be_tried(self, alias: str) -> bool:
        """Whether this thread may ask a database; of one that is left out, that it is now the one to try."""
        with self._lock:
            until, now = self._until.get(alias), monotonic()
            if until is not None and now >= until:
                self._until[alias] = now + PAUSE
            return until is None or now >= until

    def add(self, alias: str, error: BaseException) -> None:
        """Leave a database out: it did not answer."""
        connections[alias].close()
        if alias not in self:
            log.warning("%s does not answer and is left out: %s", alias, str(error).strip())
        self._until[alias] = monotonic() + PAUSE

    def remove(self, alias: str) -> None:
        """It has answered."""
        if self._until.pop(alias, None):
            log.warning("%s answers again.", alias)


left_out = LeftOut()


class Newest:
    """The newest entry of the primary's journal, as this process knows it."""

    def __init__(self) -> None:
        self._mark: freshness.Mark | None = None
        self._at = float("-inf")

    def mark(self) -> freshness.Mark | None:
        """It, asked for again where that was REPLICA_LAG seconds ago; while the primary does not answer, the last
        that was known. None of an empty journal, and where the primary has not answered yet.
        """
        if monotonic() - self._at >= settings.REPLICA_LAG:
            now, answered = monotonic(), tried(PRIMARY, lambda: (freshness.mark(),))
            if answered:
                (self._mark,), self._at = answered, now
        return self._mark


newest = Newest()


def one_database(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: a reader whose database goes away is answered by another one. It stands within ``Limits``, which
    makes an answer of what the database did not.

    What was chosen stands until the next request of the thread: files are still read while they are sent.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        for alias in in_order() if names() and is_reader(request) else [PRIMARY]:
            _asked.set(alias)
            response = answer(request)
            fault = fault_of(response)
            if fault is None or getattr(fault.__cause__, "sqlstate", None) in OURS:
                break
            left_out.add(alias, fault)
        return response

    return answered


def is_reader(request: HttpRequest) -> bool:
    """Whether a request only reads what is public, and of nobody who may just have written."""
    only_reads = request.method in ("GET", "HEAD") and not is_desk(request.path_info)
    return only_reads and settings.SESSION_COOKIE_NAME not in request.COOKIES


def in_order() -> Iterator[str]:
    """The databases that may answer a reader, the best first: replicas that have everything, in turns, then the
    primary; while that does not answer, any replica that does, with what it has.
    """
    mark, replicas = newest.mark(), _in_turns()
    if mark:
        yield from (alias for alias in replicas if tried(alias, lambda: freshness.has(mark)))
    if PRIMARY not in left_out:
        yield PRIMARY
    if PRIMARY in left_out:  # before, or since it was to answer this request
        yield from (alias for alias in replicas if tried(alias, lambda: (freshness.mark(),)))
        yield PRIMARY


def _in_turns() -> list[str]:
    replicas, turn = names(), next(_turn)
    return [replicas[(turn + number) % len(replicas)] for number in range(len(replicas))]


def names() -> list[str]:
    """The replicas, as the settings name them."""
    return [alias for alias in connections if alias != PRIMARY]


def tried[T](alias: str, ask: Callable[[], T]) -> T | None:
    """What a database answers; None where it is left out, or is so from now on."""
    if not left_out.may_be_tried(alias):
        return None
    try:
        with asking(alias):
            found = ask()
    except Error as error:
        left_out.add(alias, error)
        return None
    left_out.remove(alias)
    return found


@contextmanager
def asking(alias: str) -> Iterator[None]:
    """What is read within the block is read from this database."""
    before = _asked.set(alias)
    try:
        yield
    finally:
        _asked.reset(before)


def ask_for_reader() -> None:
    """From now on, read from the database that a reader would be answered from."""
    _asked.set(next(in_order()) if names() else PRIMARY)


def state(alias: str) -> str:
    """Of a replica in a word or two: "ok", "behind" (or of another record), "does not answer"."""
    mark = newest.mark()
    has = tried(alias, lambda: not mark or freshness.has(mark))
    return "does not answer" if has is None else "ok" if has else "behind"

"""The snapshot as of now, in every process: each request asks for the newest entry of the journal of changes.

If that is the one the process has seen last, its snapshot stands. Else the changes since are applied, to what is held
or to what another process has kept; or everything is read again where the log no longer leads from the one to the
other: a transaction was rolled back, a backup restored, or more has changed than the log holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from django.db import connections, router
from django.db.backends.utils import CursorWrapper

from claims.models import Changed, ChangedRow, Claim
from claims.readmodel import shared
from claims.readmodel.part import Mark, Part
from claims.readmodel.selection import Found
from claims.readmodel.snapshot import Snapshot, Standing, load
from claims.readmodel.terms import Tables
from claims.readmodel.words import words_of
from conflict_site.base import limits
from conflict_site.base.memory import give_back

TRIES = 5  # to catch up with somebody who writes all the time; what is missed then, the next request finds
FEW, SHARE = 2_000, 8  # rows that may be out of order: so many, or one in so many; then everything is read again

SEVERAL = 3  # snapshots that are kept where there are replicas

COLUMNS = "columns"  # what the file of everything that was read at once is called


@dataclass(frozen=True, slots=True)
class Held:
    """All published claims of a snapshot, and the newest entry of the log that it knows of; None of an empty one."""

    published: Found
    mark: Mark | None

    def is_at(self, mark: Mark | None) -> bool:
        """Whether this is the newest entry. An empty log says nothing: everything is read at each request."""
        return mark is not None and self.mark == mark


class Reader:
    """The newest snapshots that a process has read. Safe with threads: they share what never changes.

    Of several databases, which follow one another, the same entry says that they hold the same; one may be a moment
    behind. So what was read of one holds for all, and some are kept.
    """

    def __init__(self) -> None:
        self._held: tuple[Held, ...] = ()  # what was read last, first
        self._lock = Lock()

    def current(self) -> Found:
        """All published claims as this connection sees them now. One query where nothing has changed."""
        return self.newest().published

    def newest(self) -> Held:
        """The same, with the newest entry of the log."""
        alias = router.db_for_read(Claim)
        mark = _newest(alias)
        held = self._at(mark)
        if held:
            return held
        with self._lock:  # one of the threads works, the others wait for what it finds
            return self._at(mark) or self._brought_up_to_date(alias, mark)

    def held(self) -> Held | None:
        """The snapshot that was read last, if any was."""
        return self._held[0] if self._held else None

    def _at(self, mark: Mark | None) -> Held | None:
        return next((held for held in self._held if held.is_at(mark)), None)

    def _brought_up_to_date(self, alias: str, mark: Mark | None) -> Held:
        """What is held, with all changes up to the mark, and those that came since.

        Where one comes while others are read, they are read once more: half of what was written at once may be there.
        """
        for _ in range(TRIES):
            held = _updated(alias, self._held, mark)
            self._held = (held, *self._held)[: SEVERAL if len([*connections]) > 1 else 1]
            mark = _newest(alias)
            if mark is None or held.is_at(mark):
                break
        return held


_reader = Reader()


def current() -> Found:
    """All published claims as this connection sees them now, for this process. One query where nothing has changed."""
    return _reader.current()


def newest() -> Held:
    """The same, with the newest entry of the log: as long as that is the newest, so is every answer made of the two."""
    return _reader.newest()


def kept_whole() -> Found:
    """The same, once their words are read as well, and all is kept for other processes where that can be."""
    published = current()
    for met in published.parts:
        words_of(met.part)
    return published


def map_kept() -> None:
    """Map what others have kept, words too, so that no request waits for it; where nothing is kept nothing is read."""
    alias = router.db_for_read(Claim)
    if not shared.is_kept(alias, COLUMNS):
        return
    for met in current().parts:
        if met.part.mark and shared.is_kept(alias, "words-*"):
            words_of(met.part)


def mark() -> Mark | None:
    """The newest entry of the log: as long as it is the same, so is every answer. None where nothing can be said."""
    return _newest(router.db_for_read(Claim))


def has(entry: Mark) -> bool:
    """Whether the log has this entry, and so the database all that was changed before."""
    seq, token = entry
    return bool(ChangedRow.objects.using(router.db_for_read(Claim)).filter(seq=seq, token=token).exists())


def behind() -> int | None:
    """How many entries of the log this process has not read yet; None before it has read anything."""
    held, newest = _reader.held(), mark()
    return max(0, newest[0] - held.mark[0]) if held and held.mark and newest else None


def _updated(alias: str, held: Iterable[Held], mark: Mark | None) -> Held:
    """A newer snapshot, with all changes up to the mark, and those that came since."""
    with limits.patiently(), connections[alias].cursor() as cursor:
        caught_up = (_caught_up(each, cursor) for each in held if each.mark)
        found = next(filter(None, caught_up), None)
        return found or _taken(alias, cursor) or _read_again(alias, mark, cursor)


def _taken(alias: str, cursor: CursorWrapper) -> Held | None:
    """The same of what a process of this machine has kept for all."""
    kept = shared.taken(alias, COLUMNS)
    return _caught_up(_held(*kept), cursor) if kept else None


def _read_again(alias: str, mark: Mark | None, cursor: CursorWrapper) -> Held:
    """Everything, read by one process at a time: another one may have done so meanwhile."""
    with shared.alone(alias) as has_waited:
        found = _taken(alias, cursor) if has_waited else None
        if found:
            return found
        kept = load(cursor, mark)
        if mark:
            kept = shared.kept(alias, COLUMNS, kept)
            shared.keep_only(alias, COLUMNS)
    give_back()
    held = _held(*kept)
    return (_caught_up(held, cursor) if mark else None) or held  # it took its time, in which others went on


def _held(tables: Tables, part: Part) -> Held:
    """What was read at once."""
    return Held(Found.of(Snapshot(tables, (Standing.of(part),))), part.mark)


def _caught_up(held: Held, cursor: CursorWrapper) -> Held | None:
    """The snapshot with what has changed since; None where that cannot be told, or is too much."""
    newest, changes = _since(cursor, held.mark or (0, 0))
    if newest == held.mark:
        return held
    kinds, snapshot = {kind for kind, _ in changes}, held.published.snapshot
    if newest is None or Changed.EVERYTHING in kinds:
        return None
    keys = {key for kind, key in changes if kind == Changed.CLAIM}
    keys |= _citing(held.published, (key for kind, key in changes if kind == Changed.SOURCE))
    if snapshot.disorder + len(keys) > max(FEW, snapshot.ordered // SHARE):
        return None
    changed = snapshot.with_changes(cursor, sorted(keys), bool(kinds & {Changed.TERM, Changed.SOURCE}))
    return Held(Found.of(changed), newest)


def _since(cursor: CursorWrapper, mark: Mark) -> tuple[Mark | None, set[tuple[str, int]]]:
    """The newest entry of the log, and kind and key of all that has changed since one; None where that is gone."""
    cursor.execute("SELECT seq, token, kind, key FROM claims_changedrow WHERE seq >= %s ORDER BY seq", mark[:1])
    entries = cursor.fetchall()
    if not entries or entries[0][:2] != mark:
        return None, set()
    return entries[-1][:2], {(kind, key) for _, _, kind, key in entries[1:]}


def _citing(published: Found, sources: Iterable[int]) -> set[int]:
    """The claims that cite any of these sources, as the snapshot knows them: new citations are changes of their own."""
    changed = list(sources)
    return set(published.having("source", changed).keys.tolist()) if changed else set()


def _newest(alias: str) -> Mark | None:
    """Every request asks for it: in SQL, which takes a tenth of what Django takes to write the same."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT seq, token FROM claims_changedrow ORDER BY seq DESC LIMIT 1")
        found: Mark | None = cursor.fetchone()
    return found

"""The one loader of claims for lists, files and feeds: five narrow queries, however many claims.

Fetching claims as models, with all that hangs on each, takes longer than finding and counting them; and Django takes
longer to write the queries than the database to answer them. Actors have a query of their own: they stand in three
places of a claim, and PostgreSQL takes longer to plan three joins than to read their rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections, router
from django.db.backends.utils import CursorWrapper

from claims.models import Claim
from claims.wording.lines import ClaimLine, Document, Passage, Step, Topic, Voice
from conflict_site.base.edtf import parse

SQL = {
    "claims": "SELECT id, speaker_id, on_behalf_of_id, slug, as_stated, act, form, content, said_edtf, said_text,"
    " occasion, created_at, published_at FROM claims_claim WHERE state = 'published' AND id IN ({0})",
    "steps": "SELECT claim_id, actor_id, identification FROM claims_attributionstep"
    ' WHERE claim_id IN ({0}) ORDER BY "order"',
    "passages": "SELECT passage.claim_id, source.publisher_id, passage.exact, passage.translation, passage.language,"
    " passage.locator, passage.status, source.id, source.slug, source.title, source.kind, source.url,"
    " source.archive_url, source.published_edtf, source.published_text, source.taken_down_at IS NOT NULL"
    " FROM claims_citation AS passage JOIN claims_source AS source ON source.id = passage.source_id"
    " WHERE passage.claim_id IN ({0}) ORDER BY passage.id",
    "issues": "SELECT filed.claim_id, issue.slug, issue.title FROM claims_claim_issues AS filed"
    ' JOIN claims_issue AS issue ON issue.id = filed.issue_id WHERE filed.claim_id IN ({0}) ORDER BY issue."order",'
    " issue.slug",
}
ACTORS = "SELECT id, slug, name, name_in_text, sort_key, kind, wikidata_id FROM actors_actor WHERE id IN ({0})"


def claim_lines(keys: Iterable[int]) -> dict[int, ClaimLine]:
    """The lines of the published claims with these keys, those that may have been said last first."""
    wanted = [*dict.fromkeys(keys)]
    if not wanted:
        return {}
    with connections[router.db_for_read(Claim)].cursor() as cursor:
        rows = {name: _read(cursor, sql, wanted) for name, sql in SQL.items()}
        actors = _actors(cursor, rows)
    try:
        lines = _lines(rows, actors)
    except KeyError:  # a claim names an actor who has gone since it was read
        return claim_lines(wanted)
    return {line.key: line for line in sorted(lines, key=_when, reverse=True)}


def pick(lines: Mapping[int, ClaimLine], keys: Iterable[int]) -> list[ClaimLine]:
    """Those of the lines that have these keys, in the order of the lines."""
    wanted = set(keys)
    return [line for key, line in lines.items() if key in wanted]


def in_order(keys: Sequence[int]) -> list[ClaimLine]:
    """The lines of the published claims with these keys, in the order of the keys."""
    lines = claim_lines(keys)
    return [lines[key] for key in keys if key in lines]


def _when(line: ClaimLine) -> tuple[date, int]:
    return line.said.earliest or date.min, line.key


def _actors(cursor: CursorWrapper, rows: Mapping[str, Iterable[Sequence[Any]]]) -> dict[int, Voice]:
    """The speakers, those they speak for, the voices between and the publishers of these rows, by key."""
    named = {key for row in rows["claims"] for key in row[1:3] if key}
    named |= {row[1] for name in ("steps", "passages") for row in rows[name]}
    return {row[0]: Voice(*row) for row in _read(cursor, ACTORS, [*named])} if named else {}


def _lines(rows: Mapping[str, Sequence[tuple[Any, ...]]], actors: Mapping[int, Voice]) -> list[ClaimLine]:
    steps, passages, topics = (_by_claim(rows[name]) for name in ("steps", "passages", "issues"))
    return [_line(row, steps[row[0]], passages[row[0]], topics[row[0]], actors) for row in rows["claims"]]


def _line(
    row: Sequence[Any],
    steps: Iterable[Any],
    passages: Iterable[Any],
    topics: Iterable[Any],
    actors: Mapping[int, Voice],
) -> ClaimLine:
    key, speaker, behalf, slug, as_stated, act, form, content, said, said_text, occasion, recorded, published = row
    return ClaimLine(
        key, slug, actors[speaker], as_stated, actors[behalf].name if behalf else "", act, form, content,
        parse(said, said_text), occasion, _utc(recorded), _utc(published),
        tuple(Step(actors[actor], identification) for actor, identification in steps),
        tuple(_passage(actors[publisher], *passage) for publisher, *passage in passages),
        tuple(Topic(*topic) for topic in topics),
    )  # fmt: skip


def _passage(
    publisher: Voice, exact: str, translation: str, language: str, locator: str, status: str, *source: Any
) -> Passage:
    key, slug, title, kind, url, archive_url, published, published_text, is_taken_down = source
    day = parse(published, published_text) if published else None
    document = Document(key, slug, title, kind, url, archive_url, day, bool(is_taken_down), publisher)
    return Passage(document, exact, translation, language, locator, status)


def _utc(moment: datetime | None) -> Any:
    """The moment in UTC: SQLite gives those of hand-written queries without a zone."""
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _read(cursor: CursorWrapper, sql: str, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    cursor.execute(sql.format(", ".join(["%s"] * len(keys))), keys)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _by_claim(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[Any]]:
    """What stands behind the claim's key in these rows, by that key."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(rest)
    return found

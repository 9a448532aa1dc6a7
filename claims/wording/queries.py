"""The one loader of claims for lists, files and feeds: four narrow queries, however many claims.

Fetching claims as models, with all that hangs on each, takes longer than finding and counting them; and Django takes
longer to write the four queries than the database to answer them.
"""

# ruff: noqa: S608 (the SQL is made of names that are our own)

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections, router
from django.db.backends.utils import CursorWrapper

from claims.models import Claim
from claims.wording.lines import ClaimLine, Document, Passage, Step, Topic, Voice
from conflict_site.base.edtf import parse

ACTOR = "{0}.id, {0}.slug, {0}.name, {0}.name_in_text, {0}.sort_key, {0}.kind".format
SQL = {
    "claims": "SELECT claim.id, claim.slug, claim.as_stated, behalf.name, claim.act, claim.form, claim.content,"
    " claim.said_edtf, claim.said_text, claim.occasion, claim.created_at, claim.published_at, "
    f"{ACTOR('speaker')} FROM claims_claim AS claim JOIN actors_actor AS speaker ON speaker.id = claim.speaker_id"
    " LEFT JOIN actors_actor AS behalf ON behalf.id = claim.on_behalf_of_id"
    " WHERE claim.state = 'published' AND claim.id IN ({0})",
    "steps": f"SELECT step.claim_id, step.identification, {ACTOR('actor')} FROM claims_attributionstep AS step"
    ' JOIN actors_actor AS actor ON actor.id = step.actor_id WHERE step.claim_id IN ({0}) ORDER BY step."order"',
    "passages": "SELECT passage.claim_id, passage.exact, passage.translation, passage.language, passage.locator,"
    " passage.status, source.id, source.slug, source.title, source.kind, source.url, source.archive_url,"
    f" source.published_edtf, source.published_text, source.taken_down_at IS NOT NULL, {ACTOR('publisher')}"
    " FROM claims_citation AS passage JOIN claims_source AS source ON source.id = passage.source_id"
    " JOIN actors_actor AS publisher ON publisher.id = source.publisher_id"
    " WHERE passage.claim_id IN ({0}) ORDER BY passage.id",
    "issues": "SELECT filed.claim_id, issue.slug, issue.title FROM claims_claim_issues AS filed"
    ' JOIN claims_issue AS issue ON issue.id = filed.issue_id WHERE filed.claim_id IN ({0}) ORDER BY issue."order",'
    " issue.slug",
}


def claim_lines(keys: Iterable[int]) -> dict[int, ClaimLine]:
    """The lines of the published claims with these keys, those that may have been said last first."""
    wanted = [*dict.fromkeys(keys)]
    if not wanted:
        return {}
    with connections[router.db_for_read(Claim)].cursor() as cursor:
        rows = {name: _read(cursor, sql, wanted) for name, sql in SQL.items()}
    steps, passages, topics = (_by_claim(rows[name]) for name in ("steps", "passages", "issues"))
    lines = [_line(row, steps[row[0]], passages[row[0]], topics[row[0]]) for row in rows["claims"]]
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


def _line(row: Sequence[Any], steps: list[Any], passages: list[Any], topics: list[Any]) -> ClaimLine:
    key, slug, as_stated, behalf, act, form, content, said, said_text, occasion, recorded, published, *speaker = row
    return ClaimLine(
        key, slug, Voice(*speaker), as_stated, behalf or "", act, form, content, parse(said, said_text), occasion,
        _utc(recorded), _utc(published),
        tuple(Step(Voice(*actor), identification) for identification, *actor in steps),
        tuple(_passage(*passage) for passage in passages),
        tuple(Topic(*topic) for topic in topics),
    )  # fmt: skip


def _passage(exact: str, translation: str, language: str, locator: str, status: str, *source: Any) -> Passage:
    key, slug, title, kind, url, archive_url, published, published_text, is_taken_down, *publisher = source
    day = parse(published, published_text) if published else None
    document = Document(key, slug, title, kind, url, archive_url, day, bool(is_taken_down), Voice(*publisher))
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

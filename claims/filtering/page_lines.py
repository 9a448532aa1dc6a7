"""The claims of a page as entries, from four narrow queries and the names that the read model holds.

Fetching them as models, with all that hangs on each, takes longer than finding and counting them; and Django takes
longer to write the four queries than the database to answer them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import connections, router
from django.db.backends.utils import CursorWrapper

from claims.models import Claim
from claims.readmodel import Document, Printed, Voice
from claims.wording import Entry, entries, written
from conflict_site.base.edtf import FuzzyDate, parse

PLACE = attrgetter("place")
SQL = {
    "claims": "SELECT id, slug, speaker_id, as_stated, act, form, content, said_edtf FROM claims_claim"
    " WHERE state = 'published' AND id IN ({0})",
    "steps": "SELECT claim_id, actor_id, identification FROM claims_attributionstep"
    ' WHERE claim_id IN ({0}) ORDER BY "order"',
    "passages": "SELECT claim_id, source_id, exact, locator, language FROM claims_citation"
    " WHERE claim_id IN ({0}) ORDER BY id",
    "topics": "SELECT claim_id, issue_id FROM claims_claim_issues WHERE claim_id IN ({0})",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed of a claim."""

    slug: str
    speaker: Voice
    as_stated: str
    act: str
    form: str
    content: str
    said: FuzzyDate


@dataclass(frozen=True, slots=True)
class Step:
    """What is printed of a voice between the document and the speaker."""

    actor: Voice
    identification: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What is printed of a citation."""

    source: Document
    exact: str
    locator: str
    language: str


def lines(printed: Printed, keys: Sequence[int]) -> list[Entry]:
    """The entries of the published claims with these keys, in their order."""
    try:
        found = _lines(printed, keys) if keys else {}
    except KeyError:  # somebody wrote since the names were read: a claim speaks of what they do not hold
        claims = Claim.objects.published().for_list().order_by().in_bulk(keys)
        found = dict(zip(claims, entries(claims.values()), strict=True))
    return [found[key] for key in keys if key in found]


def _lines(printed: Printed, keys: Sequence[int]) -> dict[int, Entry]:
    with connections[router.db_for_read(Claim)].cursor() as cursor:
        rows = {name: _read(cursor, sql, keys) for name, sql in SQL.items()}
    steps, passages, topics = (_by_claim(rows[name]) for name in ("steps", "passages", "topics"))
    return {
        key: written(
            Line(slug, printed.voices[speaker], as_stated, act, form, content, parse(said)),
            [Step(printed.voices[actor], identification) for actor, identification in steps[key]],
            [Passage(printed.documents[source], *passage) for source, *passage in passages[key]],
            [topic.link for topic in sorted((printed.topics[issue] for (issue,) in topics[key]), key=PLACE)],
        )
        for key, slug, speaker, as_stated, act, form, content, said in rows["claims"]
    }


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

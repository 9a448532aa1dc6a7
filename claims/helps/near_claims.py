"""Claims on file that may be the one that is typed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz, process

from actors.models import Actor
from claims.models import Citation, Claim, Source, State, possibly_within
from conflict_site.base.edtf import FuzzyDate
from conflict_site.base.spelling import spelling
from conflict_site.base.text import fold

DAYS, YEAR = timedelta(days=3), timedelta(days=366)
ALIKE = 70.0  # of 100, by the words in any order
MOST = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source on which a claim rests."""

    source: Source
    exact: str


def near_claims(speaker: Actor, said: FuzzyDate | None, content: str, but: int | None = None) -> list[Claim]:
    """Claims of a speaker of about the same date in about the same words, the likest first; ``but`` is left out."""
    if not (said and content.strip()):
        return []
    on_file = _others(speaker, but).filter(_about(said))
    rows = dict(on_file.values_list("pk", "content"))
    found = process.extract(content, rows, scorer=fuzz.token_sort_ratio, processor=fold, score_cutoff=ALIKE, limit=MOST)
    near = _lines([key for _, _, key in found])
    return [near[key] for _, _, key in found]


def citing_the_same(
    speaker: Actor, said: FuzzyDate | None, passages: Sequence[Passage], but: int | None = None
) -> list[list[Claim]]:
    """For each passage the claims of a speaker, of about the same date if that is known, that rest on it, or on one
    within it or around it.
    """
    near = _others(speaker, but).filter(_about(said) if said else Q())
    cited = Citation.objects.filter(source__in={one.source.pk for one in passages}, claim__in=near).order_by()
    held = [(source, key, spelling(words)) for source, key, words in cited.values_list("source", "claim", "exact")]
    wanted = [(one.source.pk, spelling(one.exact)) for one in passages]
    found = [
        sorted({key for source, key, words in held if source == at and exact and _overlap(exact, words)})[:MOST]
        for at, exact in wanted
    ]
    rows = _lines({key for keys in found for key in keys})
    return [[rows[key] for key in keys] for keys in found]


def _others(speaker: Actor, but: int | None) -> Any:
    return Claim.objects.filter(speaker=speaker).exclude(state=State.WITHDRAWN).exclude(pk=but).order_by()


def _about(said: FuzzyDate) -> Q:
    """Rows whose date may be this one, give or take three days. What began a year before, or is open for longer, is
    too wide to tell anything, and would take long to read.
    """
    first = said.earliest or said.latest
    if first is None:
        return Q(pk=None)
    last = min(said.latest or date.max, moved(first, YEAR))
    first, last = moved(first, -DAYS), moved(last, DAYS)
    return possibly_within("said", first, last) & Q(said_earliest__range=(moved(first, -YEAR), last))


def moved(day: date, by: timedelta) -> date:
    """A day moved, as far as the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + by.days, 1), date.max.toordinal()))


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _lines(keys: Collection[int]) -> dict[int, Claim]:
    """Claims by their keys, with what their lines print."""
    return Claim.objects.for_list().in_bulk(keys) if keys else {}

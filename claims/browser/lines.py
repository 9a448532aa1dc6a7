"""The claims of a page as entries, from four narrow queries and the names that the read model holds.

Fetching them as models, with all that hangs on each, takes longer than finding and counting them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from claims.browser.index.terms import Document, Printed, Voice
from claims.entries import Entry, entries, written
from claims.models import AttributionStep, Citation, Claim
from conflict_site.edtf import FuzzyDate, parse

PLACE = attrgetter("place")


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
    claims = Claim.objects.published().filter(pk__in=keys).order_by()
    steps = AttributionStep.objects.filter(claim__in=keys).order_by("order")
    citations = Citation.objects.filter(claim__in=keys).order_by("id")
    topics = Claim.issues.through.objects.filter(claim__in=keys)
    voices_of, passages_of, topics_of = (
        _by_claim(steps.values_list("claim_id", "actor_id", "identification")),
        _by_claim(citations.values_list("claim_id", "source_id", "exact", "locator", "language")),
        _by_claim(topics.values_list("claim_id", "issue_id")),
    )
    rows = claims.values_list("pk", "slug", "speaker_id", "as_stated", "act", "form", "content", "said_edtf")
    return {
        key: written(
            Line(slug, printed.voices[speaker], as_stated, act, form, content, parse(said)),
            [Step(printed.voices[actor], identification) for actor, identification in voices_of[key]],
            [Passage(printed.documents[source], *passage) for source, *passage in passages_of[key]],
            [topic.link for topic in sorted((printed.topics[issue] for (issue,) in topics_of[key]), key=PLACE)],
        )
        for key, slug, speaker, as_stated, act, form, content, said in rows
    }


def _by_claim(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[Any]]:
    """What stands behind the claim's key in these rows, by that key."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for key, *rest in rows:
        found[key].append(rest)
    return found

"""What claims can be filtered by, in the order in which a sentence names it: the condition, and the words for it.

Conditions ask for claims whose key is among others, never by a join, so that no claim is found twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from actors.models import Kind
from claims.filtering import clocks
from claims.models import Act, AttributionStep, Citation, Claim, Form, Identification, SourceKind
from claims.search.index import matching


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to filter by. Its values stand on a fixed list, or are slugs of a table, or words."""

    name: str
    title: str
    lead: str
    anything: str
    condition: Callable[[Sequence[Any]], Q]
    choices: Mapping[str, str] | None = None
    table: str = ""


def listed(choices: Any) -> dict[str, str]:
    """The values and labels of a model's choices."""
    return dict(choices.choices)


def _among(rows: QuerySet[Any], key: str = "claim") -> Q:
    return Q(pk__in=rows.order_by().values(key))


def _cited(lookup: str) -> Callable[[Sequence[Any]], Q]:
    return lambda keys: _among(Citation.objects.filter(**{f"{lookup}__in": keys}))


def _holding(phrases: Sequence[str]) -> Q:
    found = Q()
    for phrase in phrases:
        found |= _among(matching(phrase), "pk")
    return found


def _of_issues(keys: Sequence[Any]) -> Q:
    return _among(Claim.issues.through.objects.filter(issue__in=keys))


def _of_events(keys: Sequence[Any]) -> Q:
    return _among(Claim.events.through.objects.filter(event__in=keys))


def _passed_on(keys: Sequence[Any]) -> Q:
    return _among(AttributionStep.objects.filter(identification__in=keys))


def _column(name: str) -> Callable[[Sequence[Any]], Q]:
    return lambda keys: Q(**{f"{name}__in": keys})


_ALL = (
    Dimension("q", "Words", "with the words", "with any words", _holding),
    Dimension("issue", "Issue", "about", "about any issue", _of_issues, table="issue"),
    Dimension("speaker", "Speaker", "by", "by anybody", _column("speaker"), table="actor"),
    Dimension(
        "kind",
        "Kind of speaker",
        "by speakers of the kind",
        "by speakers of any kind",
        _column("speaker__kind"),
        choices=listed(Kind),
    ),
    Dimension("act", "Act", "where the speaker", "of any act", _column("act"), choices=listed(Act)),
    Dimension("form", "Wording", "with the wording", "in any wording", _column("form"), choices=listed(Form)),
    Dimension(
        "publisher", "Publisher", "published by", "from any publisher", _cited("source__publisher"), table="actor"
    ),
    Dimension("source", "Source", "from", "from any source", _cited("source"), table="source"),
    Dimension(
        "source_kind",
        "Kind of source",
        "from sources of the kind",
        "from sources of any kind",
        _cited("source__kind"),
        choices=listed(SourceKind),
    ),
    Dimension(
        "language",
        "Language of the passage",
        "quoted in",
        "quoted in any language",
        _cited("language"),
        table="language",
    ),
    Dimension(
        "identification",
        "Voice that passes it on",
        "passed on by voices of the sort",
        "passed on or not",
        _passed_on,
        choices=listed(Identification),
    ),
    Dimension("event", "Event", "linked to", "linked to any event", _of_events, table="event"),
)
DIMENSIONS = {dimension.name: dimension for dimension in _ALL}

ROLES = {
    "any": "involving",
    "speaker": "spoken by",
    "on_behalf_of": "made on behalf of",
    "attribution": "passed on by",
    "addressee": "addressed to",
    "mentioned": "mentioning",
}


def involving(actor_in_role: tuple[int, str]) -> Q:
    """Claims in which an actor (its key) has a role: one of ``ROLES``."""
    actor, role = actor_in_role
    claims = Claim.objects.all()
    found = {
        "speaker": claims.spoken_by(actor),
        "on_behalf_of": claims.spoken_for(actor),
        "attribution": claims.passed_on_by(actor),
        "addressee": claims.addressed_to(actor),
        "mentioned": claims.mentioning(actor),
    }
    if role != "any":
        return _among(found[role], "pk")
    anywhere = Q()
    for claims_in_role in found.values():
        anywhere |= _among(claims_in_role, "pk")
    return anywhere


def said_by(day: date) -> Q:
    """Claims that may have been said on or before a day."""
    return Q(said_earliest__lte=day)


def known_by(day: date) -> Q:
    """Claims that the site had published by the end of a day."""
    return Q(published_at__date__lte=day)


def within(period: tuple[date | None, date | None, bool]) -> Q:
    """Claims ``by_clock`` from a first to a last day, certainly or possibly."""
    first, last, certain = period
    return clocks.within(first, last, certain=certain)


# One condition of each at most.
ALONE: dict[str, Callable[[Any], Q]] = {"actor": involving, "said": within, "as_of": said_by, "known_by": known_by}

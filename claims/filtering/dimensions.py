"""What claims can be filtered by, in the order in which a sentence names it, and the words for it.

What a condition means is defined once, in ``claims.readmodel.conditions``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actors.models import Kind
from claims.models import Act, Form, Identification, SourceKind


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing to filter by. Its values stand on a fixed list, or are slugs of a table, or words."""

    name: str
    title: str
    lead: str
    anything: str
    choices: Mapping[str, str] | None = None
    table: str = ""


def listed(choices: Any) -> dict[str, str]:
    """The values and labels of a model's choices."""
    return dict(choices.choices)


_ALL = (
    Dimension("q", "Words", "with the words", "with any words"),
    Dimension("issue", "Issue", "about", "about any issue", table="issue"),
    Dimension("speaker", "Speaker", "by", "by anybody", table="actor"),
    Dimension(
        "kind",
        "Kind of speaker",
        "by speakers of the kind",
        "by speakers of any kind",
        choices=listed(Kind),
    ),
    Dimension("act", "Act", "where the speaker", "of any act", choices=listed(Act)),
    Dimension("form", "Wording", "with the wording", "in any wording", choices=listed(Form)),
    Dimension("publisher", "Publisher", "published by", "from any publisher", table="actor"),
    Dimension("source", "Source", "from", "from any source", table="source"),
    Dimension(
        "source_kind",
        "Kind of source",
        "from sources of the kind",
        "from sources of any kind",
        choices=listed(SourceKind),
    ),
    Dimension(
        "language",
        "Language of the passage",
        "quoted in",
        "quoted in any language",
        table="language",
    ),
    Dimension(
        "identification",
        "Voice that passes it on",
        "passed on by voices of the sort",
        "passed on or not",
        choices=listed(Identification),
    ),
    Dimension("event", "Event", "linked to", "linked to any event", table="event"),
)
DIMENSIONS = {dimension.name: dimension for dimension in _ALL}

ROLES = {
    "any": "involving",
    "speaker": "spoken by",
    "on_behalf_of": "made on behalf of",
    "attribution": "passed on by",
    "addressee": "addressed to",
    "mentioned": "mentioning",
    "voice": "said by or for",
}
